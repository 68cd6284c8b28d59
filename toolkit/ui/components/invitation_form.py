"""Who is invited, and as what."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from toolkit.store.rights import Role

#: What each role is there for, in a sentence.
WHAT_FOR = {
    Role.ADMINISTRATOR: "Invites people and keeps the store; sees no candidate.",
    Role.RECRUITER: "Uploads candidates, writes screen and rubric, hands out reviews, decides.",
    Role.REVIEWER: "Rates the blinded candidates that are assigned to them.",
    Role.AUDITOR: "Reads figures by group, agreement and the log; changes nothing.",
}


@dataclass(frozen=True)
class Asked:
    """An invitation that is asked for.

    Parameters
    ----------
    sign_in : str
        The e-mail address.
    role : Role
    """

    sign_in: str
    role: Role


def invitation_form() -> Asked | None:
    """Address and role; what was asked for on the run in which it was sent."""
    with st.form("invite", clear_on_submit=True):
        address = st.text_input("E-mail address", key="invite-address", autocomplete="off")
        role = st.radio(
            "As",
            [role.value for role in WHAT_FOR],
            index=2,
            key="invite-role",
            format_func=str.capitalize,
            captions=list(WHAT_FOR.values()),
        )
        sent = st.form_submit_button("Make an invitation", key="invite-send")
    return Asked(address, Role(role)) if sent else None

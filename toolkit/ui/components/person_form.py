"""What can be changed about one person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from toolkit.store.rights import Person, Role
from toolkit.store.sessions import Session


@dataclass(frozen=True)
class PersonChange:
    """What was asked for about somebody; one thing at a time.

    Parameters
    ----------
    person : Person
    role : Role or None
        Another role.
    active : bool or None
        True to open the account again, False to close it.
    choose_password : bool
        True to let them choose another password.
    sign_out : bool
        True to end all their sessions.
    """

    person: Person
    role: Role | None = None
    active: bool | None = None
    choose_password: bool = False
    sign_out: bool = False


def person_form(
    people: Sequence[Person], sessions: Sequence[Session], myself: Person
) -> PersonChange | None:
    """Choose somebody, and what is to be different.

    Returns
    -------
    PersonChange or None
        What was asked for, on the run in which it was.
    """
    by_key = {one.id: one for one in people}
    with st.container(border=True):
        st.subheader("Change one person", anchor=False)
        key = st.selectbox(
            "Person",
            list(by_key),
            key="person",
            format_func=lambda key: f"{by_key[key].name}, {by_key[key].sign_in}",
        )
        one = by_key[key]
        if one.id == myself.id:
            st.caption("This is you.")
        role = st.selectbox(
            "Role",
            [role.value for role in Role],
            index=list(Role).index(one.role),
            key=f"role-{key}-{one.role}",
            format_func=str.capitalize,
        )
        return _asked(one, Role(role), any(session.person == key for session in sessions))


def _asked(one: Person, role: Role, signed_in: bool) -> PersonChange | None:
    with st.container(horizontal=True):
        if st.button(f"Make {role.value}", key="make", disabled=role is one.role):
            return PersonChange(one, role=role)
        if one.active and st.button("Close the account", key="close"):
            return PersonChange(one, active=False)
        if not one.active and st.button("Open the account again", key="open"):
            return PersonChange(one, active=True)
        if st.button("Sign out everywhere", key="end-sessions", disabled=not signed_in):
            return PersonChange(one, sign_out=True)
        if st.button("Let them choose another password", key="renew", disabled=not one.active):
            return PersonChange(one, choose_password=True)
    return None

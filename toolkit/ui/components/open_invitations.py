"""Invitations that nobody has taken up yet."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from toolkit.store.invitations import Invitation


def open_invitations(invitations: Sequence[Invitation]) -> str | None:
    """List them.

    Returns
    -------
    str or None
        Key of the one to withdraw, on the run in which that was asked for.
    """
    if not invitations:
        return None
    by_key = {one.id: f"{one.sign_in}, until {one.expires_at[:10]}" for one in invitations}
    with st.expander(f"Open invitations ({len(invitations)})"):
        frame = pd.DataFrame(
            [(one.sign_in, one.role.capitalize(), one.expires_at[:10]) for one in invitations],
            columns=["For", "As", "Open until"],
        )
        st.table(frame.set_index("For"))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            chosen = st.selectbox(
                "Invitation",
                list(by_key),
                key="withdraw-choice",
                format_func=by_key.__getitem__,
            )
            if st.button("Withdraw it", key="withdraw"):
                return str(chosen)
    return None

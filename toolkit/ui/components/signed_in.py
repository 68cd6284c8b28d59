"""Who is signed in, below the navigation, and the way out."""

from __future__ import annotations

import streamlit as st

from toolkit.store.rights import Role
from toolkit.ui.plain_text import plain


def signed_in(name: str, role: Role) -> bool:
    """Name and role of whoever is signed in.

    Returns
    -------
    bool
        True on the run in which they asked to be signed out.
    """
    with st.sidebar:
        st.markdown(f"Signed in as **{plain(name)}**, {role.value}")
        return st.button("Sign out", key="sign-out", width="stretch")

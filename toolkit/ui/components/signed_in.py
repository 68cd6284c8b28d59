"""Who is signed in, below the navigation, and the way out."""

from __future__ import annotations

import streamlit as st

from toolkit.store.rights import Role
from toolkit.ui.components.server_link import server_link
from toolkit.ui.plain_text import plain


def signed_in(name: str, role: Role, *, by_password: bool) -> bool:
    """Name and role of whoever is signed in.

    Parameters
    ----------
    by_password : bool
        Whether there are passwords here, so that one can be changed.

    Returns
    -------
    bool
        True on the run in which they asked to be signed out.
    """
    with st.sidebar:
        st.markdown(f"Signed in as **{plain(name)}**, {role.value}")
        asked = st.button("Sign out", key="sign-out", width="stretch")
        if by_password:
            server_link("Change your password", "password")
    return asked

"""What stands in place of every page where it is not known who is there."""

from __future__ import annotations

import streamlit as st

from toolkit.ui.components.heading import heading
from toolkit.ui.components.server_link import server_link
from toolkit.ui.plain_text import plain


def signed_out(why: str) -> None:
    """Say why, and lead to the form."""
    heading("Signed out", plain(why))
    server_link("Sign in", "sign-in")


def unavailable(why: str) -> None:
    """Say why nobody can work here at the moment."""
    heading("Not available")
    st.error(plain(why))

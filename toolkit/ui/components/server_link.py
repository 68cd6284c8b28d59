"""A link to one of the server's own pages."""

from __future__ import annotations

from html import escape

import streamlit as st


def server_link(label: str, address: str) -> None:
    """A link that the browser loads anew, as the forms of signing in need it.

    Parameters
    ----------
    label : str
    address : str
        Relative to the app's own address.
    """
    st.html(f'<a href="{escape(address)}" target="_self">{escape(label)}</a>')

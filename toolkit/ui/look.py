"""How the app looks: icon, logo, width and the few rules that the theme cannot express."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

ASSETS = Path(__file__).parent / "assets"


def dress_page(title: str) -> None:
    """Set the browser tab's title and icon, the logo, and the style sheet."""
    # The icon is a file of our own: a named icon would be fetched from another host.
    st.set_page_config(
        page_title=f"{title} · Cloutproof",
        page_icon=str(ASSETS / "icon.svg"),
        layout="wide",
    )
    st.logo(str(ASSETS / "logo.svg"), size="large", icon_image=str(ASSETS / "icon.svg"))
    st.html(ASSETS / "style.css")

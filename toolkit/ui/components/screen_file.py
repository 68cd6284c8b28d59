"""The screen as a small TOML file: read it, take it away, bring it back."""

from __future__ import annotations

import re

import streamlit as st

from toolkit.errors import ScreenError
from toolkit.screening.screen import Screen


def screen_text(screen: Screen, key: str) -> None:
    """Show the screen's TOML and a button that downloads it."""
    st.code(screen.to_toml(), language="toml")
    st.download_button(
        "Download the screen",
        data=screen.to_toml,
        file_name=file_name_of(screen),
        mime="application/toml",
        key=f"screen-download-{key}",
        on_click="ignore",
    )


def screen_upload(key: str, label: str = "Use a screen file") -> Screen | None:
    """Read an uploaded screen file.

    Returns
    -------
    Screen or None
        On the run in which its button was pressed.

    Raises
    ------
    ScreenError
        If the file is not a screen.
    """
    uploaded = st.file_uploader(f"{label} (TOML)", type=["toml"], key=f"screen-upload-{key}")
    if uploaded is None or not st.button("Use this file", key=f"screen-upload-use-{key}"):
        return None
    try:
        text = uploaded.getvalue().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ScreenError(
            f"{uploaded.name} is not text in UTF-8, so it is not a screen file. Upload a file "
            "that was downloaded here, or write one as the documentation shows."
        ) from None
    return Screen.from_toml(text, where=uploaded.name)


def file_name_of(screen: Screen) -> str:
    """A file name made of the screen's name.

    Examples
    --------
    >>> file_name_of(Screen(name="Agency screen 2011"))
    'agency-screen-2011.toml'
    """
    words = re.sub(r"[^\w]+", "-", screen.name.casefold()).strip("-_")
    return f"{words[:60] or 'screen'}.toml"

"""Show that work is going on."""

from __future__ import annotations

from contextlib import AbstractContextManager

import streamlit as st


def working(doing: str) -> AbstractContextManager[None]:
    """A line that says what is being done while the block runs, with the seconds so far."""
    return st.spinner(f"{doing} …", show_time=True)

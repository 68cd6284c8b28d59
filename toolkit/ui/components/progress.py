"""Show that work is going on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import streamlit as st


def working(doing: str) -> AbstractContextManager[None]:
    """A line that says what is being done while the block runs, with the seconds so far."""
    return st.spinner(f"{doing} …", show_time=True)


def share_done() -> Callable[[float], None]:
    """A bar that is told which share of the work is done, and goes when all of it is.

    Each report also lets Streamlit stop the work where the user has moved on meanwhile.
    """
    bar = st.progress(0.0)

    def advance(share: float) -> None:
        if share >= 1:
            bar.empty()
        else:
            bar.progress(share)

    return advance

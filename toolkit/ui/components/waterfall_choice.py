"""Choose what is drawn step by step: the decision, or the rank."""

from __future__ import annotations

import streamlit as st

from toolkit.ui.components.waterfall_picture import SharedOut

_WORDS: dict[str, str] = {"decision": "The decision", "rank": "The rank"}


def waterfall_choice() -> SharedOut:
    """Which of the two; the decision at first, which is what the page is about."""
    chosen = st.radio(
        "What is drawn",
        list(_WORDS),
        format_func=lambda what: _WORDS[what],
        horizontal=True,
        key="waterfall-of",
        persist_state="session",
        help="The decision is yes or no; the rank shows what a signal does to those, too, whose "
        "decision it does not change.",
    )
    return "rank" if chosen == "rank" else "decision"

"""The three steps of the job, each a card with a link."""

from __future__ import annotations

import streamlit as st

from toolkit.ui import places
from toolkit.ui.places import Place

_STEPS: tuple[tuple[str, str, str, Place], ...] = (
    (
        "1. Candidates",
        "Upload what you know about the applicants of one opening, as spreadsheets or text files.",
        "Upload candidates",
        places.CANDIDATES,
    ),
    (
        "2. Screen",
        "Say who is taken forward: gates, weights, tie-breakers and places.",
        "Build a screen",
        places.SCREEN,
    ),
    (
        "3. Answers",
        "See who gains and loses a place because of a score, and print sheets for the panel.",
        "See what each score changes",
        places.INFLUENCE,
    ),
)


def steps() -> None:
    """Draw the three cards side by side, or below each other in a narrow window."""
    for column, (title, words, label, place) in zip(st.columns(len(_STEPS)), _STEPS, strict=True):
        with column, st.container(border=True, height="stretch"):
            st.subheader(title, anchor=False)
            st.markdown(words)
            place.link(label)

"""What a page shows while it has nothing to show: what to do next, and a link to it."""

from __future__ import annotations

import streamlit as st

from toolkit.ui import places
from toolkit.ui.places import Place
from toolkit.ui.state import Workspace


def empty_state(sentence: str, *links: tuple[str, Place]) -> None:
    """Say what is missing and link to where it is made.

    Parameters
    ----------
    sentence : str
        What is missing and why it is needed, in Markdown.
    links : tuple of (str, Place)
        Words of each link, and where it leads.
    """
    with st.container(border=True):
        st.markdown(sentence)
        for label, place in links:
            place.link(label)


def candidates_missing(work: Workspace) -> bool:
    """Say so and return True where no candidates have been uploaded yet."""
    if work.cohort is not None:
        return False
    empty_state(
        "There are no candidates yet. Upload a file, or open one of the samples to look around.",
        ("Upload candidates", places.CANDIDATES),
        ("Open a sample", places.START),
    )
    return True


def screen_missing(work: Workspace) -> bool:
    """Say so and return True where candidates or a screen are missing."""
    if candidates_missing(work):
        return True
    if work.screen is not None:
        return False
    empty_state(
        "There is no screen yet. A screen is the rule that turns what is known about "
        "candidates into who is taken forward; this page shows what it does.",
        ("Build a screen", places.SCREEN),
    )
    return True

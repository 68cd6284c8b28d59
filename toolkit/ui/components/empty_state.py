"""What a page shows while it has nothing to show: what to do next, and a link to it."""

from __future__ import annotations

import streamlit as st

from toolkit.ui import places, team
from toolkit.ui.places import Place
from toolkit.ui.state import Workspace


def empty_state(sentence: str, *links: tuple[str, Place]) -> None:
    """Say what is missing and link to where it is made.

    Parameters
    ----------
    sentence : str
        What is missing and why it is needed, in Markdown.
    links : tuple of (str, Place)
        Words of each link, and where it leads. In place of a link that somebody of a team
        could not follow stands whose page it is.
    """
    person = team.person()
    with st.container(border=True):
        st.markdown(sentence)
        for label, place in links:
            if place.found_by(person):
                place.link(label)
            elif not place.for_teams:
                whose = " or ".join(f"{role.value}s" for role in place.roles)
                st.caption(f"{label}: that is done by {whose}, on the page {place.title}.")


def candidates_missing(work: Workspace) -> bool:
    """Say so and return True where no candidates have been uploaded yet."""
    if work.cohort is not None:
        return False
    if team.person() is not None and work.opened is None:
        empty_state(
            "There are no candidates yet. Open a requisition; its candidates stand here then.",
            ("Open a requisition", places.REQUISITIONS),
        )
    else:
        empty_state(
            "There are no candidates yet. Upload a file, or open one of the samples to look "
            "around.",
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

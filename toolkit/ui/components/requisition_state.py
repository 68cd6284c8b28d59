"""How far the opened requisition has come, and where to go on."""

from __future__ import annotations

from datetime import date

import streamlit as st

from toolkit.store.rights import Person
from toolkit.store.standing import Standing
from toolkit.ui import places
from toolkit.ui.components.requisition_table import state_of
from toolkit.ui.plain_text import plain
from toolkit.ui.state import Workspace


def requisition_state(work: Workspace, found: Standing, person: Person, today: date) -> bool:
    """Counts of the requisition, and links onward for whoever may follow them.

    Returns
    -------
    bool
        True on the run in which the person asked to put the requisition away.
    """
    one = found.requisition
    with st.container(border=True):
        columns = st.columns(4)
        columns[0].metric("Candidates", f"{found.candidates:,}")
        reviews = f"{found.reviews_done:,} of {found.reviews:,}" if found.reviews else "None yet"
        columns[1].metric("Reviews done", reviews)
        columns[2].metric("Decided", f"{found.decided:,} of {found.candidates:,}")
        columns[3].metric("State", state_of(one, today).capitalize())
        if work.opened is not None and work.opened.screen_version:
            name = f"“{plain(work.screen.name)}”, " if work.screen else ""
            st.markdown(f"Screen: {name}version {work.opened.screen_version}.")
        if one.retain_until:
            st.markdown(f"It may be kept until {one.retain_until}.")
        row = st.container(horizontal=True)
        with row:
            for label, place in _onward(work, found):
                if person.role in place.roles:
                    place.link(label, {"requisition": one.key})
        return st.button("Put this requisition away", key="put-away", type="tertiary")


def _onward(work: Workspace, found: Standing) -> list[tuple[str, places.Place]]:
    if not found.candidates:
        return [("Upload candidates", places.CANDIDATES)]
    first = "Look at the screen" if work.screen else "Build a screen"
    return [
        ("Candidates", places.CANDIDATES),
        (first, places.SCREEN),
        ("What each score changes", places.INFLUENCE),
        ("Ranking", places.RANKING),
        ("Groups", places.GROUPS),
        ("Agreement", places.AGREEMENT),
    ]

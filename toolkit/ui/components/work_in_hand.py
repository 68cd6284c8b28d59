"""What the session is working on, and how to put it down."""

from __future__ import annotations

import streamlit as st

from toolkit.ui import places
from toolkit.ui.plain_text import plain
from toolkit.ui.state import Workspace


def work_in_hand(work: Workspace) -> bool:
    """Say which candidates and which screen are open, with links onward.

    Returns
    -------
    bool
        True on the run in which the user asked to forget it all.
    """
    if work.cohort is None:
        return False
    with st.container(border=True):
        screen = f", screened by “{plain(work.screen.name)}”" if work.screen else ""
        st.markdown(
            f"Open now: **{plain(work.cohort_name)}**, {len(work.cohort):,} candidates{screen}."
        )
        if work.screen is None:
            places.SCREEN.link("Go on: build a screen")
        else:
            places.INFLUENCE.link("Go on: see what each score changes")
        return st.button(
            "Forget these candidates",
            key="forget",
            type="tertiary",
            help="Candidates, screens and results leave this computer's memory at once.",
        )

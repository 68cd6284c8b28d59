"""Choose the screen to compare with: without a score, kept from before, a practice, a file."""

from __future__ import annotations

import streamlit as st

from toolkit.intake.cohort import Cohort
from toolkit.screening.screen import Screen
from toolkit.ui.components.preset_picker import preset_picker
from toolkit.ui.components.screen_file import screen_upload
from toolkit.ui.components.signal_names import signal_name
from toolkit.ui.plain_text import plain

_WITHOUT = "This screen without a score"
_NOW = "This screen as it is now, to change it and compare"
_PRACTICE = "A practice"
_FILE = "A screen file"


def comparison_picker(cohort: Cohort, screen: Screen, other: Screen | None) -> Screen | None:
    """Choose, replace or drop the second screen.

    Parameters
    ----------
    cohort : Cohort
        Whose signals a practice is made of.
    screen : Screen
        The first screen.
    other : Screen or None
        The second screen at present.

    Returns
    -------
    Screen or None
        The second screen from now on; `other` itself where nothing was changed.

    Raises
    ------
    ScreenError
        If the choice does not make a screen.
    """
    if other is not None:
        left, right = st.columns([3, 1], vertical_alignment="center")
        left.markdown(f"Compared with “{plain(other.name)}”.")
        return None if right.button("Choose another", key="compare-drop") else other
    ways = [_WITHOUT, _NOW, _PRACTICE, _FILE]
    way = st.selectbox("Compare with", ways, key="compare-way")
    if way == _WITHOUT:
        return _without(cohort, screen)
    if way == _NOW:
        named = screen.changed(name=f"{screen.name}, before")
        return named if st.button("Keep it as the second screen", key="compare-keep") else None
    if way == _PRACTICE:
        return preset_picker(cohort, "compare", screen.places or 10)
    return screen_upload("compare", "Compare with a screen file")


def _without(cohort: Cohort, screen: Screen) -> Screen | None:
    used = [name for name in screen.signals if name in cohort.scores]
    if not used:
        st.markdown("This screen uses no score.")
        return None
    everything = "all scores"
    chosen = st.selectbox(
        "Without",
        [*used, everything] if len(used) > 1 else used,
        format_func=lambda name: name if name == everything else signal_name(cohort, name),
        key="compare-without",
    )
    if not st.button("Compare", key="compare-go", type="primary"):
        return None
    gone = used if chosen == everything else [chosen]
    what = chosen if chosen == everything else signal_name(cohort, chosen)
    return screen.without(*gone).changed(name=f"{screen.name} without {what}")

"""Screen: build the rule, see whom it selects, and compare it with another."""

from __future__ import annotations

import streamlit as st

from toolkit.screening.screen import Screen
from toolkit.store.rights import Action
from toolkit.ui import places
from toolkit.ui.components.comparison_picker import comparison_picker
from toolkit.ui.components.decision_summary import decision_summary
from toolkit.ui.components.decision_table import decision_table
from toolkit.ui.components.empty_state import candidates_missing
from toolkit.ui.components.formula import formula
from toolkit.ui.components.heading import heading, section
from toolkit.ui.components.preset_picker import preset_picker
from toolkit.ui.components.screen_comparison import screen_comparison
from toolkit.ui.components.screen_controls import screen_controls
from toolkit.ui.components.screen_file import screen_text, screen_upload
from toolkit.ui.faults import shown_in_place
from toolkit.ui.opened_requisition import keep_this_screen, may, screen_is_kept
from toolkit.ui.plain_text import plain
from toolkit.ui.results import cohort_of, decisions_of, screen_of
from toolkit.ui.state import Workspace, workspace


def page() -> None:
    """Draw the page."""
    heading(
        places.SCREEN.title,
        "A screen is the rule that turns what is known about candidates into who is taken "
        "forward: gates that must be met, weights that are added up, and places to fill.",
    )
    work = workspace()
    if candidates_missing(work):
        return
    if work.screen is None:
        _begin(work)
        return
    outcome = st.container()
    section("The rule")
    controls, file = st.tabs(["Build it", "As a file"])
    with controls:
        _edit(work)
    with file:
        _file(work)
    with outcome, shown_in_place():
        decision_summary(decisions_of(work, screen_of(work)))
        _keep(work)
    _list(work)
    _compare(work)


def _begin(work: Workspace) -> None:
    cohort = cohort_of(work)
    section("Begin with a practice", "Each of these has been used to hire or admit people.")
    with shown_in_place():
        _take(work, preset_picker(cohort, "begin", max(1, min(10, len(cohort) // 5))))
    section("Or bring a screen")
    with shown_in_place():
        _take(work, screen_upload("begin"))


def _edit(work: Workspace) -> None:
    before = screen_of(work)
    after = screen_controls(cohort_of(work), before, work.revision)
    work.screen = after
    if len(after.gates) != len(before.gates):
        # A gate's widgets are known by its position, and the positions have changed.
        work.revision += 1
        st.rerun()
    with st.expander("Begin again with a practice"), shown_in_place():
        _take(work, preset_picker(cohort_of(work), "again", after.places or 10))


def _file(work: Workspace) -> None:
    screen_text(screen_of(work), "own")
    with shown_in_place():
        _take(work, screen_upload("own", "Replace it by a screen file"))


def _keep(work: Workspace) -> None:
    """Keep the screen in the opened requisition, where there is one."""
    opened = work.opened
    if opened is None:
        return
    if screen_is_kept(work):
        st.caption(f"Kept in “{plain(opened.title)}”, version {opened.screen_version}.")
    elif may(work, Action.CHANGE_SCREEN) and st.button(
        "Keep this screen",
        key="keep-screen",
        type="primary",
        help="As another version in the requisition; earlier ones stay.",
    ):
        with shown_in_place():
            keep_this_screen(work)
            st.rerun()


def _list(work: Workspace) -> None:
    section("Every candidate")
    with shown_in_place():
        decision_table(cohort_of(work), decisions_of(work, screen_of(work)))
    formula(
        "Each signal $x$ is put on a common scale, multiplied by its share of the weights and "
        "added up. With z-scores the scale is the distance from the mean $\\mu$ in population "
        "standard deviations $\\sigma$ of these candidates. The sum is computed in whole "
        "numbers, so that it is the same to the last digit for any order of the rows.",
        r"\text{composite} = \sum_i \frac{w_i}{\sum_j |w_j|} \cdot \frac{x_i - \mu_i}{\sigma_i}",
    )


def _compare(work: Workspace) -> None:
    section("Compare with another screen", "Who would be selected by one and not by the other?")
    with shown_in_place():
        other = comparison_picker(cohort_of(work), screen_of(work), work.other_screen)
        if other is not work.other_screen:
            work.other_screen = other
            st.rerun()
        if other is not None:
            screen_comparison(
                cohort_of(work), decisions_of(work, screen_of(work)), decisions_of(work, other)
            )


def _take(work: Workspace, screen: Screen | None) -> None:
    if screen is not None:
        work.take_screen(screen)
        st.rerun()

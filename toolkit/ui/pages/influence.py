"""What each score changes: who moves in and out, every signal's figures, each candidate."""

from __future__ import annotations

import streamlit as st

from toolkit.influence.attribution import Attribution
from toolkit.influence.influence import Influence
from toolkit.influence.wording import headline
from toolkit.ui import places
from toolkit.ui.components.attribution_toggle import attribution_toggle
from toolkit.ui.components.candidate_card import candidate_card, flipped_first
from toolkit.ui.components.candidate_picker import candidate_picker
from toolkit.ui.components.empty_state import screen_missing
from toolkit.ui.components.flip_lists import flip_lists
from toolkit.ui.components.frontier_picker import frontier_picker, movable
from toolkit.ui.components.frontier_picture import frontier_picture
from toolkit.ui.components.heading import heading, lead_sentence, section
from toolkit.ui.components.movers_picture import movers_picture
from toolkit.ui.components.removal_picker import removal_picker
from toolkit.ui.components.signal_table import signal_formulas, signal_table
from toolkit.ui.components.waterfall_choice import waterfall_choice
from toolkit.ui.components.waterfall_picture import waterfall_picture
from toolkit.ui.components.what_if_controls import what_if_controls
from toolkit.ui.components.what_if_outcome import what_if_outcome
from toolkit.ui.faults import calmly, shown_in_place
from toolkit.ui.plain_text import plain
from toolkit.ui.results import (
    attribution_of,
    cohort_of,
    frontier_of,
    influence_of,
    rank_attribution_of,
    screen_of,
)
from toolkit.ui.state import Workspace, workspace
from toolkit.ui.stopping import unless_stopped


def page() -> None:
    """Draw the page."""
    heading(places.INFLUENCE.title)
    work = workspace()
    if screen_missing(work):
        return
    found = influence_of(work, screen_of(work))
    lead_sentence(plain(headline(found)))
    if not found.signals:
        st.markdown("The screen looks at no signal yet. Give it weights or gates.")
        places.SCREEN.link("Edit the screen")
        return
    _movers(work, found)
    section("Signal by signal", "What each signal is said to count for, and what it does.")
    wanted = attribution_toggle(len(found.signals), len(cohort_of(work)))
    shared: Attribution | None = None
    ranked: Attribution | None = None
    if wanted:
        with unless_stopped():
            shared = attribution_of(work, found.screen)
            ranked = rank_attribution_of(work, found.screen)
    signal_table(found, shared, ranked)
    signal_formulas()
    places.WORTH.link("Is it worth that? What the score is worth")
    places.STRESS.link("Would it last? Stress: what happens to scores, and to the decisions")
    places.SWEEP.link("And with another weight? Every weight and cut-off")
    section(
        "What if",
        "Move a slider and see what would change. The screen in use stays until you say so.",
    )
    # A part of its own: moving a slider draws this part again, not the whole page.
    st.fragment(calmly(_what_if))()
    section(
        "One candidate",
        "What every signal has to do with this candidate's decision. Those whose decision flips "
        "stand first in the list.",
    )
    chosen = candidate_picker(cohort_of(work), flipped_first(found), present=work.candidate)
    work.candidate = chosen
    if chosen is not None:
        candidate_card(cohort_of(work), found, chosen)
        if shared is not None:
            _step_by_step(work, found, shared, ranked, chosen)
        _two_together(work, found, chosen)
        places.EXPLAIN.link("Explain this decision in full", {"candidate": chosen})


def _step_by_step(
    work: Workspace,
    found: Influence,
    shared: Attribution,
    ranked: Attribution | None,
    chosen: str,
) -> None:
    st.subheader("Each signal's part", anchor=False)
    cohort = cohort_of(work)
    if ranked is not None and waterfall_choice() == "rank":
        waterfall_picture(cohort, found.decisions, ranked, chosen, "rank")
    else:
        waterfall_picture(cohort, found.decisions, shared, chosen)


def _two_together(work: Workspace, found: Influence, chosen: str) -> None:
    cohort = cohort_of(work)
    choices = movable(cohort, found.screen.signals, chosen)
    if len(choices) < 2:
        return
    st.subheader("Two signals moved together", anchor=False)
    with shown_in_place():
        pair = frontier_picker(cohort, choices)
        frontier_picture(frontier_of(work, found.screen, chosen, *pair))


def _movers(work: Workspace, found: Influence) -> None:
    cohort = cohort_of(work)
    taken = removal_picker(cohort, found)
    if taken is None:
        return
    if taken.sentence != headline(found):
        st.markdown(plain(taken.sentence))
    movers_picture(cohort, found.decisions, taken.without, taken.name)
    flip_lists(cohort, found.decisions, taken)


def _what_if() -> None:
    work = workspace()
    cohort, screen = cohort_of(work), screen_of(work)
    with shown_in_place():
        tried = what_if_controls(cohort, screen, work.revision)
        what_if_outcome(cohort, influence_of(work, screen), influence_of(work, tried))
        with st.container(horizontal=True):
            if st.button("Use this screen", type="primary", disabled=tried == screen):
                work.take_screen(tried)
                st.rerun()
            if st.button("Back to the screen in use", disabled=tried == screen):
                work.revision += 1
                st.rerun()

"""Every weight and cut-off: what each screen with another dial on one score would decide."""

from __future__ import annotations

import streamlit as st

from toolkit.influence.wording import sweep_headline
from toolkit.ui import places
from toolkit.ui.components.empty_state import empty_state, screen_missing
from toolkit.ui.components.formula import formula
from toolkit.ui.components.heading import heading, lead_sentence, section
from toolkit.ui.components.signal_names import signal_name
from toolkit.ui.components.sweep_figure import figure_picker, group_picker, score_picker
from toolkit.ui.components.sweep_picture import sweep_picture, sweep_table
from toolkit.ui.plain_text import plain
from toolkit.ui.results import cohort_of, screen_of, sweep_of
from toolkit.ui.state import workspace


def page() -> None:
    """Draw the page."""
    heading(places.SWEEP.title)
    work = workspace()
    if screen_missing(work):
        return
    cohort, screen = cohort_of(work), screen_of(work)
    if not cohort.scores:
        empty_state(
            "None of these candidates' columns is a score, so there is no weight and no cut-off "
            "to go through.",
            ("Say what each column is", places.CANDIDATES),
        )
        return
    said = st.container()
    left, middle, right = st.columns(3)
    with left:
        score = score_picker(cohort, screen.signals, work.cohort_key)
    with middle:
        attribute = group_picker(cohort, work.cohort_key)
    found = sweep_of(work, screen, score, attribute)
    with right:
        figure = figure_picker(found)
    about = cohort.about[score]
    label = signal_name(cohort, score)
    with said:
        lead_sentence(plain(sweep_headline(label, found)))
    section(figure.label, figure.meaning)
    sweep_picture(label, found, figure, about.decimals)
    section("Some of them as a table", f"Weight of {plain(label)} downwards, cut-off to the right.")
    sweep_table(found, figure, about.decimals)
    formula(
        "Every screen is decided exactly: with $R$ the composite of everything else and $S$ the "
        "scaled score, the screen at weight $w$ orders candidates by the sum below, and a "
        "cut-off lets through those whose score reaches it. The other signals keep their "
        "proportions, their gates and the places stay; the screen's own gates on the score give "
        "way to the cut-off.",
        r"(1 - w)\,R + w\,S, \qquad w = 0, 0.01, \dots, 1",
    )
    places.INFLUENCE.link("What each score changes")

"""Every weight and cut-off: what each screen with another dial on one score would decide."""

from __future__ import annotations

import streamlit as st

from toolkit.influence.sweep_pair import By
from toolkit.influence.wording import pair_headline, sweep_headline
from toolkit.ui import places
from toolkit.ui.components.empty_state import empty_state, screen_missing
from toolkit.ui.components.formula import formula
from toolkit.ui.components.heading import heading, lead_sentence, section
from toolkit.ui.components.signal_names import signal_name
from toolkit.ui.components.sweep_figure import (
    ONE,
    WEIGHTS,
    dials_picker,
    figure_picker,
    group_picker,
    score_picker,
)
from toolkit.ui.components.sweep_grid import grid_of_one, grid_of_two
from toolkit.ui.components.sweep_picture import sweep_picture, sweep_table
from toolkit.ui.plain_text import plain
from toolkit.ui.results import cohort_of, screen_of
from toolkit.ui.state import workspace
from toolkit.ui.stress_results import sweep_of, sweep_pair_of


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
    fields = iter([*st.columns(3), *st.columns(3)])
    dials = ONE
    if len(cohort.scores) > 1:
        with next(fields):
            dials = dials_picker(work.cohort_key)
    other = None
    with next(fields):
        name = "Score" if dials == ONE else "Score upwards"
        score = score_picker(cohort, screen.signals, work.cohort_key, name)
    if dials != ONE:
        with next(fields):
            other = score_picker(
                cohort, screen.signals, work.cohort_key, "Score to the right", but=score
            )
    attribute = None
    if len(cohort.groups.columns):
        with next(fields):
            attribute = group_picker(cohort, work.cohort_key)
    label, decimals = signal_name(cohort, score), cohort.about[score].decimals
    if other is None:
        found = sweep_of(work, screen, score, attribute)
        sentence: str = sweep_headline(label, found)
        grid = grid_of_one(label, found, decimals)
    else:
        by: By = "weights" if dials == WEIGHTS else "cutoffs"
        pair = sweep_pair_of(work, screen, (score, other), by, attribute)
        labels = (label, signal_name(cohort, other))
        sentence = pair_headline(labels, pair)
        grid = grid_of_two(labels, pair, (decimals, cohort.about[other].decimals))
    with next(fields):
        figure = figure_picker(grid.figures)
    with said:
        lead_sentence(plain(sentence))
    section(figure.label, figure.meaning)
    sweep_picture(grid, figure)
    section(
        "Some of them as a table",
        f"{plain(grid.rows.title)} downwards, {plain(grid.columns.within)} to the right.",
    )
    sweep_table(grid, figure)
    if other is None:
        _how_one()
    else:
        _how_two()
    places.INFLUENCE.link("What each score changes")


def _how_one() -> None:
    formula(
        "Every screen is decided exactly: with $R$ the composite of everything else and $S$ the "
        "scaled score, the screen at weight $w$ orders candidates by the sum below, and a "
        "cut-off lets through those whose score reaches it. The other signals keep their "
        "proportions, their gates and the places stay; the screen's own gates on the score give "
        "way to the cut-off.",
        r"(1 - w)\,R + w\,S, \qquad w = 0, 0.01, \dots, 1",
    )


def _how_two() -> None:
    formula(
        "Every screen is decided exactly: with $R$ the composite of everything else and $S$, $T$ "
        "the scaled scores, the screen at weights $s$ and $t$ orders candidates by the sum below. "
        "The other signals share what the two scores leave, in their proportions. On the map of "
        "weights all gates stay. On the map of cut-offs all weights stay, and the screen's own "
        "gates on the two scores give way to the cut-offs.",
        r"(1 - s - t)\,R + s\,S + t\,T, \qquad s + t \le 1",
    )

"""What the page Groups shows, each computed once and kept."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from toolkit.arrays import Floats
from toolkit.cli.group_question import GroupAnswer, GroupQuestion, answer_question
from toolkit.fairness.before_after import BeforeAfter
from toolkit.fairness.bootstrap import RESAMPLES
from toolkit.fairness.outcome_impact import OutcomeImpact, outcome_impact
from toolkit.fairness.score_impact import ScoreImpact, score_impact
from toolkit.influence.group_comparison import groups_compared
from toolkit.intake.raw_table import RawTable
from toolkit.screening.screen import Screen
from toolkit.ui.results import cohort_of, decisions_compared_of, decisions_of
from toolkit.ui.state import Workspace, content_hash


def groups_compared_of(
    work: Workspace, screen: Screen, attributes: Sequence[str], stratum: str | None
) -> BeforeAfter:
    """Selection by group with this screen, without each score, and by evidence only."""
    cohort = cohort_of(work)
    decisions = decisions_compared_of(work, screen)
    return work.keep(
        "groups-compared",
        work.cohort_key,
        screen.digest,
        content_hash(list(attributes), stratum),
        make=lambda: groups_compared(cohort, decisions, attributes, stratum, RESAMPLES),
        doing="Counting groups",
    )


def scores_compared_of(
    work: Workspace, screen: Screen, signal: str, attributes: Sequence[str]
) -> ScoreImpact:
    """The groups compared on one signal itself."""
    cohort = cohort_of(work)
    return work.keep(
        "groups-score",
        work.cohort_key,
        screen.digest,
        content_hash(signal, list(attributes)),
        make=lambda: score_impact(
            cohort.groups, _values(cohort.signals[signal]), attributes, name=signal
        ),
        doing="Comparing scores",
    )


def outcomes_compared_of(
    work: Workspace,
    screen: Screen,
    outcome: str,
    signal: str | None,
    good_from: float | None,
    attributes: Sequence[str],
) -> OutcomeImpact:
    """The groups compared on how people turned out."""
    cohort = cohort_of(work)
    selected = decisions_of(work, screen).selected
    return work.keep(
        "groups-outcome",
        work.cohort_key,
        screen.digest,
        content_hash(outcome, signal, good_from, list(attributes)),
        make=lambda: outcome_impact(
            cohort.groups,
            selected,
            _values(cohort.outcomes[outcome]),
            attributes,
            good_from=good_from,
            scores=None if signal is None else _values(cohort.signals[signal]),
            outcome_name=outcome,
            score_name="" if signal is None else cohort.about[signal].label,
        ),
        doing="Comparing outcomes",
    )


def counts_answer_of(work: Workspace, table: RawTable, asked: GroupQuestion) -> GroupAnswer:
    """What a table of counts says."""
    return work.keep(
        "groups-counts",
        content_hash(table.frame.to_csv(), repr(asked)),
        make=lambda: answer_question(table, asked),
        doing="Counting groups",
    )


def _values(column: pd.Series) -> Floats:
    return column.to_numpy(dtype="float64", na_value=float("nan"))

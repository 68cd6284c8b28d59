"""What a score is worth: how it goes with results, what it adds, and what it buys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from toolkit.arrays import Floats, Ints
from toolkit.correlation import correlations
from toolkit.errors import TooFewData
from toolkit.influence.explained_share import explained_share, profile_counts
from toolkit.influence.incremental_validity import IncrementalValidity, incremental_validity
from toolkit.influence.range_restriction import RangeRestriction, corrected_for_range
from toolkit.influence.reference_validities import reference_validities
from toolkit.influence.removal import decide_without
from toolkit.influence.selected_quality import SelectedQuality, mean_of, selected_by
from toolkit.influence.utility import (
    BASE_RATE,
    SELECTION_RATIO,
    expected_quality,
    require_shares,
    usual_base_rate,
)
from toolkit.influence.worth_result import ScoreAgainst, ScoreWorth, Worth
from toolkit.intake.cohort import Cohort
from toolkit.intake.criteria import Criterion, criteria_of
from toolkit.progress import Progress
from toolkit.screening.decisions import Decisions, decide
from toolkit.screening.screen import Screen


def worth(
    cohort: Cohort,
    screen: Screen | None = None,
    scores: Sequence[str] | None = None,
    outcomes: Sequence[str] | None = None,
    *,
    base_rate: float | None = None,
    selection_ratio: float | None = None,
    progress: Progress | None = None,
) -> Worth:
    """Measure scores against task results, ratings of work and later outcomes.

    Every estimate comes with its interval, or with the reason why there is none. The result
    does not depend on the order of the rows.

    Parameters
    ----------
    cohort : Cohort
    screen : Screen, optional
        Compared with itself without each score, and says which share is selected.
    scores : sequence of str, optional
        Signals to measure; the scores that the screen looks at where left out, or all scores
        where there is no screen or it looks at none.
    outcomes : sequence of str, optional
        Criteria to measure against, by name; all outcomes and all evidence where left out.
    base_rate : float, optional
        Share of all candidates who would do well. Where left out, one half, and of a criterion
        with two values the share who have the higher one.
    selection_ratio : float, optional
        Share who are selected; the screen's where left out, or 0.2 without a screen.
    progress : callable, optional
        Told the share of the work that is done.

    Returns
    -------
    Worth

    Raises
    ------
    UnknownName, ScreenError
        If the screen, `scores` or `outcomes` name what the cohort lacks.
    TooFewData
        If there is no score to measure, or nothing to measure it against.
    InputError
        If a share is out of its range, or an account's count is negative.
    """
    names = _scores(cohort, screen, scores)
    everything = [one for one in criteria_of(cohort) if one.name not in names]
    criteria = everything if outcomes is None else criteria_of(cohort, outcomes)
    criteria = [one for one in criteria if one.name not in names]
    if not criteria:
        raise TooFewData(
            "There is nothing to measure a score against. Add task results, ratings of work or "
            "later outcomes, such as a performance rating."
        )
    decisions = None if screen is None else decide(cohort, screen)
    ratio = _selection_ratio(decisions) if selection_ratio is None else selection_ratio
    require_shares(BASE_RATE if base_rate is None else base_rate, ratio)
    # The rows are taken in the order of their ids: the divisions of the cross-validation,
    # and the last bit of every sum, are then the same for any order of the file.
    rows = np.argsort(cohort.ids.astype(str), kind="stable").astype(np.int64)
    counts = {name: values[rows] for name, values in profile_counts(cohort).items()}
    measure = _Measure(cohort, everything, decisions, rows, base_rate, ratio)
    found = {}
    for position, name in enumerate(names):
        about = cohort.about[name]
        values = measure.score(name)
        without = measure.without(name)
        against = {}
        for at, criterion in enumerate(criteria):
            against[criterion.name] = measure.against(name, values, criterion, without)
            if progress is not None:
                progress((position + (at + 1) / len(criteria)) / len(names))
        explained = explained_share(
            values, counts, name=name, counted=about.high is None and (about.low or 0) >= 0
        )
        found[name] = ScoreWorth(name, about.label, explained, against)
    return Worth(
        candidates=len(cohort),
        screen=None if screen is None else screen.name,
        base_rate=BASE_RATE if base_rate is None else base_rate,
        selection_ratio=ratio,
        scores=found,
        criteria=tuple(criterion.name for criterion in criteria),
        reference=reference_validities(),
    )


@dataclass(frozen=True, eq=False)
class _Measure:
    """What all pairs of score and criterion share."""

    cohort: Cohort
    criteria: list[Criterion]
    decisions: Decisions | None
    rows: Ints
    base_rate: float | None
    selection_ratio: float

    def score(self, name: str) -> Floats:
        values: Floats = self.cohort.signals[name].to_numpy(dtype=np.float64)[self.rows]
        return values

    def without(self, name: str) -> Decisions | None:
        """The screen's decisions without the score; None where it does not look at it."""
        if self.decisions is None or name not in self.decisions.screen.signals:
            return None
        return decide_without(self.cohort, self.decisions, name)

    def against(
        self, name: str, score: Floats, criterion: Criterion, without: Decisions | None
    ) -> ScoreAgainst:
        values = criterion.values[self.rows]
        evidence = {
            one.name: one.values[self.rows]
            for one in self.criteria
            if one.kind == "evidence" and one.name != criterion.name
        }
        found = correlations(score, values)
        restriction = corrected_for_range(found.pearson, score, values)
        incremental = incremental_validity(score, values, evidence)
        base_rate = usual_base_rate(values) if self.base_rate is None else self.base_rate
        return ScoreAgainst(
            score=name,
            score_label=self.cohort.about[name].label,
            criterion=criterion.name,
            criterion_label=criterion.label,
            kind=criterion.kind,
            candidates=len(self.cohort),
            missing_score=int(np.count_nonzero(np.isnan(score))),
            missing_criterion=int(np.count_nonzero(np.isnan(values))),
            correlations=found,
            restriction=restriction,
            incremental=incremental,
            **_expected(restriction, incremental, base_rate, self.selection_ratio),
            selected=None
            if without is None
            else self._selected(criterion, values, without, base_rate),
            base_rate=base_rate,
        )

    def _selected(
        self, criterion: Criterion, values: Floats, without: Decisions, base_rate: float
    ) -> SelectedQuality:
        assert self.decisions is not None
        with_score, without_score = (
            selected_by(
                decisions.composite[self.rows],
                decisions.selected[self.rows],
                values,
                base_rate,
                self.selection_ratio,
            )
            for decisions in (self.decisions, without)
        )
        in_screen = criterion.name in self.decisions.screen.signals
        return SelectedQuality(with_score, without_score, mean_of(values), in_screen)


def expected_at(found: Worth, base_rate: float, selection_ratio: float) -> Worth:
    """The same measurements, with the expected quality for other shares.

    Parameters
    ----------
    found : Worth
    base_rate, selection_ratio : float
        See `toolkit.influence.utility.taylor_russell`.

    Raises
    ------
    InputError
        If a share is out of its range.
    """
    require_shares(base_rate, selection_ratio)

    def anew(one: ScoreAgainst) -> ScoreAgainst:
        return replace(
            one,
            **_expected(one.restriction, one.incremental, base_rate, selection_ratio),
            selected=one.selected and one.selected.expected_at(base_rate, selection_ratio),
            base_rate=base_rate,
        )

    return replace(
        found,
        base_rate=base_rate,
        selection_ratio=selection_ratio,
        scores={
            name: replace(score, against={key: anew(one) for key, one in score.against.items()})
            for name, score in found.scores.items()
        },
    )


def _expected(
    restriction: RangeRestriction,
    incremental: IncrementalValidity,
    base_rate: float,
    selection_ratio: float,
) -> dict[str, Any]:
    """Expected quality of those selected by the score, by evidence, and by both."""
    return {
        "by_score": expected_quality(restriction.corrected, base_rate, selection_ratio),
        "by_evidence": expected_quality(
            incremental.r2_evidence.through(_multiple_correlation), base_rate, selection_ratio
        ),
        "by_both": expected_quality(
            incremental.r2_with_score.through(_multiple_correlation), base_rate, selection_ratio
        ),
    }


def _scores(cohort: Cohort, screen: Screen | None, scores: Sequence[str] | None) -> list[str]:
    if scores is not None:
        for name in scores:
            cohort.signal(name, "the scores asked for")
        return list(dict.fromkeys(scores))
    used = [] if screen is None else [name for name in screen.signals if name in cohort.scores]
    names = used or cohort.scores
    if not names:
        raise TooFewData(
            "There is no score among these columns. Say which column is a score, or name one."
        )
    return names


def _selection_ratio(decisions: Decisions | None) -> float:
    """The share whom the screen selects; the usual one where it selects nobody."""
    if decisions is None or not decisions.selected.any():
        return SELECTION_RATIO
    return float(np.count_nonzero(decisions.selected) / decisions.selected.size)


def _multiple_correlation(share: float) -> float:
    return float(np.sqrt(min(max(share, 0.0), 1.0)))

"""What a score is worth: how it goes with results, what it adds, and what it buys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from toolkit.arrays import Floats, Ints
from toolkit.correlation import Correlations, correlations
from toolkit.errors import TooFewData
from toolkit.influence.explained_share import ExplainedShare, explained_share, profile_counts
from toolkit.influence.incremental_validity import IncrementalValidity, incremental_validity
from toolkit.influence.range_restriction import RangeRestriction, corrected_for_range
from toolkit.influence.reference_validities import Reference, reference_validities
from toolkit.influence.removal import decide_without
from toolkit.influence.selected_quality import SelectedQuality, mean_of, selected_by
from toolkit.influence.utility import (
    BASE_RATE,
    SELECTION_RATIO,
    ExpectedQuality,
    expected_quality,
    require_shares,
    usual_base_rate,
)
from toolkit.intake.cohort import Cohort
from toolkit.intake.criteria import Criterion, criteria_of
from toolkit.progress import Progress
from toolkit.screening.decisions import Decisions, decide
from toolkit.screening.screen import Screen


@dataclass(frozen=True)
class ScoreAgainst:
    """One score measured against one criterion.

    Parameters
    ----------
    score, score_label, criterion, criterion_label : str
    kind : {"outcome", "evidence"}
        Whether the criterion was seen later or collected with the application.
    candidates : int
        All of them; ``correlations.n`` have both values.
    missing_score, missing_criterion : int
        Candidates without the one, and without the other; some may lack both.
    correlations : Correlations
    restriction : RangeRestriction
        Pearson's correlation corrected for range restriction.
    incremental : IncrementalValidity
        What the score adds to the (other) evidence.
    by_score, by_evidence, by_both : ExpectedQuality
        Expected quality of those selected by the score alone, by evidence alone, by evidence
        and the score. The first uses the corrected correlation, the others the square root of
        the out-of-sample R², 0 where that is below 0.
    selected : SelectedQuality or None
        The screen with the score and without it; None where there is no screen, or where it
        does not look at the score.
    base_rate : float
        Share of all candidates taken to do well in the criterion.
    """

    score: str
    score_label: str
    criterion: str
    criterion_label: str
    kind: str
    candidates: int
    missing_score: int
    missing_criterion: int
    correlations: Correlations
    restriction: RangeRestriction
    incremental: IncrementalValidity
    by_score: ExpectedQuality
    by_evidence: ExpectedQuality
    by_both: ExpectedQuality
    selected: SelectedQuality | None
    base_rate: float

    def to_dict(self) -> dict[str, object]:
        return {
            "label": self.criterion_label,
            "kind": self.kind,
            "base_rate": self.base_rate,
            "missing_score": self.missing_score,
            "missing_criterion": self.missing_criterion,
            **self.correlations.to_dict(),
            "range_restriction": self.restriction.to_dict(),
            "incremental": self.incremental.to_dict(),
            "selected_by_score": self.by_score.to_dict(),
            "selected_by_evidence": self.by_evidence.to_dict(),
            "selected_by_evidence_and_score": self.by_both.to_dict(),
            "screen": None if self.selected is None else self.selected.to_dict(),
        }

    def row(self) -> dict[str, object]:
        """The same in one row of a table, without what only the JSON can hold."""
        selected = self.selected
        return {
            "score": self.score,
            "criterion": self.criterion,
            "kind": self.kind,
            "missing_score": self.missing_score,
            "missing_criterion": self.missing_criterion,
            **self.correlations.to_dict(),
            "sd_ratio": self.restriction.sd_ratio,
            **self.restriction.corrected.to_dict("pearson_corrected"),
            "n_incremental": self.incremental.n,
            **self.incremental.r2_evidence.to_dict("r2_evidence"),
            **self.incremental.r2_with_score.to_dict("r2_with_score"),
            **self.incremental.gain.to_dict("r2_gain"),
            "splits_low": self.incremental.splits_low,
            "splits_high": self.incremental.splits_high,
            "base_rate": self.base_rate,
            **self.by_score.to_dict(),
            "mean_selected_with_score": selected and selected.with_score.mean,
            "mean_selected_without_score": selected and selected.without_score.mean,
        }


@dataclass(frozen=True)
class ScoreWorth:
    """What one score is worth.

    Parameters
    ----------
    score, label : str
    explained : ExplainedShare
        Share of the score that followers and activity explain.
    against : mapping of str to ScoreAgainst
        By criterion, outcomes first.
    """

    score: str
    label: str
    explained: ExplainedShare
    against: Mapping[str, ScoreAgainst]

    def to_dict(self) -> dict[str, object]:
        return {
            "label": self.label,
            "explained_by_profile": self.explained.to_dict(),
            "criteria": {name: one.to_dict() for name, one in self.against.items()},
        }


@dataclass(frozen=True)
class Worth:
    """What the scores of a cohort are worth.

    Parameters
    ----------
    candidates : int
    screen : str or None
        Name of the screen.
    base_rate : float
        Share of all candidates taken to do well; of a criterion with two values, its own is
        taken where none was given (`ScoreAgainst.base_rate`).
    selection_ratio : float
        Share who are selected.
    scores : mapping of str to ScoreWorth
    criteria : tuple of str
        Names of what they were measured against, outcomes first.
    reference : Reference
        Published validities of other methods.
    """

    candidates: int
    screen: str | None
    base_rate: float
    selection_ratio: float
    scores: Mapping[str, ScoreWorth]
    criteria: tuple[str, ...]
    reference: Reference

    @property
    def pairs(self) -> list[ScoreAgainst]:
        """Every score against every criterion."""
        return [one for score in self.scores.values() for one in score.against.values()]

    def rows(self) -> list[dict[str, object]]:
        """One row a score and criterion: the CSV of the command ``worth``."""
        return [one.row() for one in self.pairs]

    def to_dict(self) -> dict[str, object]:
        """The JSON of the command ``worth``."""
        return {
            "screen": self.screen,
            "candidates": self.candidates,
            "base_rate": self.base_rate,
            "selection_ratio": self.selection_ratio,
            "criteria": list(self.criteria),
            "scores": {name: score.to_dict() for name, score in self.scores.items()},
            "reference": self.reference.to_dict(),
        }


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

"""What came of measuring scores: each against each criterion, and all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.correlation import Correlations
from toolkit.influence.explained_share import ExplainedShare
from toolkit.influence.incremental_validity import IncrementalValidity
from toolkit.influence.range_restriction import RangeRestriction
from toolkit.influence.reference_validities import Reference
from toolkit.influence.selected_quality import SelectedQuality
from toolkit.influence.utility import ExpectedQuality


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

"""Comparing groups on a score, where nobody has been selected yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.arrays import Ints
from toolkit.fairness.bootstrap import RESAMPLES, SEED
from toolkit.fairness.counts import Grouping
from toolkit.fairness.cut_curve import CutCurve, cut_curve
from toolkit.fairness.cut_resampled import CutResampled, cut_resampled
from toolkit.fairness.four_fifths import Floats, ratio
from toolkit.fairness.impact import Plan, assemble
from toolkit.fairness.mean_difference import mean_difference
from toolkit.fairness.people_columns import people_column
from toolkit.fairness.result import AttributeImpact, Impact, finite_or_none
from toolkit.fairness.rules import DEFAULT_RULES, Rules
from toolkit.fairness.score_cells import ScoreCells, score_cells


@dataclass(frozen=True)
class GroupScores:
    """One group's scores beside the referent's; None where a figure is not defined.

    Parameters
    ----------
    group : str
    n : int
        People with a score.
    mean, sd : float or None
        Standard deviation with n − 1.
    d, d_low, d_high, g, g_low, g_high : float or None
        Standardised differences from the referent; see `mean_difference.mean_difference`.
    above_median : int
    scoring_rate, scoring_rate_low, scoring_rate_high : float or None
        Share strictly above the median of everybody, with Wilson's interval.
    scoring_ratio, scoring_ratio_low, scoring_ratio_high : float or None
        That share over the referent's.
    """

    group: str
    n: int
    mean: float | None
    sd: float | None
    d: float | None
    d_low: float | None
    d_high: float | None
    g: float | None
    g_low: float | None
    g_high: float | None
    above_median: int
    scoring_rate: float | None
    scoring_rate_low: float | None
    scoring_rate_high: float | None
    scoring_ratio: float | None
    scoring_ratio_low: float | None
    scoring_ratio_high: float | None


@dataclass(frozen=True)
class AttributeScores:
    """One attribute, or the intersection, compared on a score.

    Parameters
    ----------
    attributes : tuple of str
    referent : str or None
        The group with the highest scoring rate among those large enough.
    unknown : int
        People with a score whose group is not known.
    groups : tuple of GroupScores
    curve : CutCurve or None
        Impact ratios at every cut-off; None without a referent.
    cut : CutResampled or None
        Rates if a share is selected from the top, where one was given.
    """

    attributes: tuple[str, ...]
    referent: str | None
    unknown: int
    groups: tuple[GroupScores, ...]
    curve: CutCurve | None
    cut: CutResampled | None = None

    @property
    def name(self) -> str:
        return " × ".join(self.attributes)

    def group(self, label: str) -> GroupScores:
        """The figures of one group.

        Raises
        ------
        KeyError
            If there is no such group.
        """
        for group in self.groups:
            if group.group == label:
                return group
        raise KeyError(label)

    def to_dict(self) -> dict[str, object]:
        return {
            "referent": self.referent,
            "unknown": self.unknown,
            "groups": [asdict(group) for group in self.groups],
            "curve": self.curve.to_dict() if self.curve else None,
            "cut": self.cut.to_dict() if self.cut else None,
        }


@dataclass(frozen=True)
class ScoreImpact:
    """Groups compared on one score.

    Parameters
    ----------
    score : str
    median : float
        Of everybody with a score.
    lower_middle : float
        The lower of the two scores that the median lies between: to be above it is to be above
        the median, even where that was rounded.
    scored, not_scored : int
        People; those without a score are left out.
    attributes : mapping of str to AttributeScores
    intersection : AttributeScores or None
    scoring : Impact
        Scoring above the median, taken as a decision: every figure that a decision has.
    """

    score: str
    median: float
    lower_middle: float
    scored: int
    not_scored: int
    attributes: Mapping[str, AttributeScores]
    intersection: AttributeScores | None
    scoring: Impact

    @property
    def tables(self) -> tuple[AttributeScores, ...]:
        own = tuple(self.attributes.values())
        return own if self.intersection is None else (*own, self.intersection)

    def rows(self) -> list[dict[str, object]]:
        """One flat row for each group of each table."""
        return [
            {"attribute": table.name, "referent": table.referent, **asdict(group)}
            for table in self.tables
            for group in table.groups
        ]

    def to_dict(self) -> dict[str, object]:
        return {
            "score": self.score,
            "median": self.median,
            "scored": self.scored,
            "not_scored": self.not_scored,
            "attributes": {name: table.to_dict() for name, table in self.attributes.items()},
            "intersection": self.intersection.to_dict() if self.intersection else None,
            "scoring": self.scoring.to_dict(),
        }


def score_impact(
    groups: pd.DataFrame,
    scores: npt.ArrayLike,
    attributes: Sequence[str] | None = None,
    *,
    name: str = "score",
    share: float | None = None,
    resamples: int = 0,
    seed: int = SEED,
    rules: Rules = DEFAULT_RULES,
) -> ScoreImpact:
    """Compare groups on a score, one row a person.

    Parameters
    ----------
    groups : DataFrame, shape (n_candidates, n_columns)
    scores : float array, shape (n_candidates,)
        NaN where there is none.
    attributes : sequence of str, optional
        All columns where left out.
    name : str
        What the score is called.
    share : float, optional
        What share would be selected from the top: its rates by group are resampled with the
        cut redone, see `cut_resampled.cut_resampled`.
    resamples, seed : int
        How often; `bootstrap.RESAMPLES` times where 0.
    rules : Rules

    Returns
    -------
    ScoreImpact

    Raises
    ------
    UnknownName, InputError
        If a column is not there, or there is not one score a row.
    TooFewData
        If nobody has a score.

    Examples
    --------
    >>> people = pd.DataFrame({"sex": ["M"] * 40 + ["F"] * 40})
    >>> found = score_impact(people, [*range(20, 60), *range(0, 40)])
    >>> women = found.attributes["sex"].group("F")
    >>> found.median, women.above_median, round(women.d, 2)
    (29.5, 10, -1.71)
    """
    plan = Plan.of(groups.columns.astype(str), attributes, None)
    cut = None if share is None else _Cut(share, resamples or RESAMPLES, seed)
    return _compared(score_cells(groups, plan.columns, scores), plan, name, cut, rules)


def score_impact_of_counts(
    counts: pd.DataFrame,
    score: str,
    total: str,
    attributes: Sequence[str] | None = None,
    *,
    share: float | None = None,
    resamples: int = 0,
    seed: int = SEED,
    rules: Rules = DEFAULT_RULES,
) -> ScoreImpact:
    """Compare groups on a score from counts alone: so many people of a group with this score.

    Parameters
    ----------
    counts : DataFrame
        One row for each group and value of the score.
    score, total : str
        Columns with the score, and with the people who have it.
    attributes : sequence of str, optional
    share, resamples, seed
        As in `score_impact`.
    rules : Rules

    Returns
    -------
    ScoreImpact
        The same as `score_impact` gives for the rows behind the counts.

    Raises
    ------
    UnknownName, InputError, TooFewData
        As `score_impact`; also if a count is not a whole number of people.
    """
    people = people_column(counts, total)
    names = [n for n in counts.columns.astype(str) if n not in (score, total)]
    plan = Plan.of(names, attributes, None)
    cut = None if share is None else _Cut(share, resamples or RESAMPLES, seed)
    cells = score_cells(counts, plan.columns, counts[score], people)
    return _compared(cells, plan, score, cut, rules)


@dataclass(frozen=True)
class _Cut:
    share: float
    resamples: int
    seed: int


def _compared(
    cells: ScoreCells, plan: Plan, name: str, cut: _Cut | None, rules: Rules
) -> ScoreImpact:
    groupings = plan.groupings(cells.layout)
    scoring = assemble(cells.scoring, groupings, None, rules)
    tables = [
        _table(cells, grouping, panel, cut, rules)
        for grouping, panel in zip(groupings, scoring.tables, strict=True)
    ]
    return ScoreImpact(
        score=name,
        median=cells.median,
        lower_middle=cells.lower_middle,
        scored=int(cells.n.sum()),
        not_scored=cells.not_scored,
        attributes={table.name: table for table in tables if len(table.attributes) == 1},
        intersection=next((t for t in tables if len(t.attributes) > 1), None),
        scoring=scoring,
    )


def _table(
    cells: ScoreCells,
    grouping: Grouping,
    panel: AttributeImpact,
    cut: _Cut | None,
    rules: Rules,
) -> AttributeScores:
    member = grouping.membership_matrix
    n = np.array([group.n for group in panel.groups], dtype=np.int64)
    total, squares = cells.total @ member, cells.squares @ member
    away = ratio(total, n)
    variance = np.maximum(ratio(squares - away * total, n - 1), 0.0)
    mean = cells.centre + away
    r = None if panel.referent is None else grouping.labels.index(panel.referent)
    apart = _differences(n, mean, variance, r, rules.confidence)
    curve = None
    if r is not None:
        at_least = np.rint(cells.at_least @ member).astype(np.int64)
        above = cells.at_least.sum(axis=1), int(cells.n.sum())
        curve = cut_curve(cells.cut_offs, at_least, n, grouping.labels, r, above, rules)
    return AttributeScores(
        attributes=panel.attributes,
        referent=panel.referent,
        unknown=panel.unknown,
        groups=tuple(
            GroupScores(
                group=group.group,
                n=group.n,
                mean=finite_or_none(mean[i]),
                sd=finite_or_none(np.sqrt(variance[i])),
                **{key: finite_or_none(column[i]) for key, column in apart.items()},
                above_median=group.selected,
                scoring_rate=group.rate,
                scoring_rate_low=group.rate_low,
                scoring_rate_high=group.rate_high,
                scoring_ratio=group.impact_ratio,
                scoring_ratio_low=group.impact_ratio_low,
                scoring_ratio_high=group.impact_ratio_high,
            )
            for i, group in enumerate(panel.groups)
        ),
        curve=curve,
        cut=None
        if cut is None
        else cut_resampled(cells, grouping, cut.share, cut.resamples, cut.seed, rules),
    )


def _differences(
    n: Ints, mean: Floats, variance: Floats, referent: int | None, confidence: float
) -> dict[str, Floats]:
    """Standardised differences by name; NaN for the referent itself."""
    nothing = np.full(len(n), np.nan)
    if referent is None:
        return dict.fromkeys(("d", "d_low", "d_high", "g", "g_low", "g_high"), nothing)
    r = [referent]
    found = mean_difference(n, mean, variance, n[r], mean[r], variance[r], confidence)
    others = np.arange(len(n)) != referent
    return {
        key: np.where(others, getattr(found, key), np.nan)
        for key in ("d", "d_low", "d_high", "g", "g_low", "g_high")
    }

"""Comparing groups where it is known how people turned out: errors, calibration, validity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.arrays import Bools, Floats, Ints
from toolkit.errors import InputError, TooFewData
from toolkit.fairness.calibration import Band, bands_of, calibration
from toolkit.fairness.cells import assign_cells
from toolkit.fairness.error_rates import ErrorRates, error_rates, without_errors
from toolkit.fairness.impact import Plan, as_decision, assemble
from toolkit.fairness.regression_lines import Line, LinesCompared, compare_lines, line
from toolkit.fairness.rules import DEFAULT_RULES, Rules
from toolkit.fairness.score_column import as_scores


@dataclass(frozen=True)
class GroupValidity:
    """How one group's outcomes go with its scores.

    Parameters
    ----------
    group : str
    line : Line
    compared : LinesCompared
        With the referent; empty for the referent itself.
    bands : tuple of Band
    """

    group: str
    line: Line
    compared: LinesCompared
    bands: tuple[Band, ...]

    def to_dict(self) -> dict[str, object]:
        return {
            "group": self.group,
            "n": self.line.n,
            **self.line.slope.to_dict("slope"),
            **self.line.intercept.to_dict("intercept"),
            **self.line.correlation.to_dict("correlation"),
            **asdict(self.compared),
            "bands": [asdict(band) for band in self.bands],
        }


@dataclass(frozen=True)
class AttributeOutcomes:
    """One attribute, or the intersection, compared on outcomes.

    Parameters
    ----------
    attributes : tuple of str
    referent : str or None
        That of the decision's impact ratios.
    unknown : int
        People with an outcome whose group is not known.
    rates : tuple of ErrorRates
        Empty where outcomes are not good or bad.
    true_positive_gap, false_positive_gap : float or None
        Largest less smallest rate among the groups large enough to be the referent.
    validity : tuple of GroupValidity
        Empty without a score.
    """

    attributes: tuple[str, ...]
    referent: str | None
    unknown: int
    rates: tuple[ErrorRates, ...]
    true_positive_gap: float | None
    false_positive_gap: float | None
    validity: tuple[GroupValidity, ...]

    @property
    def name(self) -> str:
        return " × ".join(self.attributes)

    def to_dict(self) -> dict[str, object]:
        return {
            "referent": self.referent,
            "unknown": self.unknown,
            "true_positive_gap": self.true_positive_gap,
            "false_positive_gap": self.false_positive_gap,
            "rates": [asdict(rates) for rates in self.rates],
            "validity": [group.to_dict() for group in self.validity],
        }


@dataclass(frozen=True)
class OutcomeImpact:
    """Groups compared on an outcome.

    Parameters
    ----------
    outcome : str
    score : str or None
    good_from : float or None
        Outcomes from here on are good; None where they are not good or bad.
    known, known_selected : int
        People whose outcome is known, and the selected among them.
    not_known : int
        People without an outcome, who are left out.
    note : str
        What to bear in mind about these outcomes; empty where nothing.
    attributes : mapping of str to AttributeOutcomes
    intersection : AttributeOutcomes or None
    """

    outcome: str
    score: str | None
    good_from: float | None
    known: int
    known_selected: int
    not_known: int
    note: str
    attributes: Mapping[str, AttributeOutcomes]
    intersection: AttributeOutcomes | None

    @property
    def tables(self) -> tuple[AttributeOutcomes, ...]:
        own = tuple(self.attributes.values())
        return own if self.intersection is None else (*own, self.intersection)

    def to_dict(self) -> dict[str, object]:
        return {
            "outcome": self.outcome,
            "score": self.score,
            "good_from": self.good_from,
            "known": self.known,
            "known_selected": self.known_selected,
            "not_known": self.not_known,
            "note": self.note,
            "attributes": {name: table.to_dict() for name, table in self.attributes.items()},
            "intersection": self.intersection.to_dict() if self.intersection else None,
        }


def outcome_impact(
    groups: pd.DataFrame,
    selected: npt.ArrayLike,
    outcomes: npt.ArrayLike,
    attributes: Sequence[str] | None = None,
    *,
    good_from: float | None = None,
    scores: npt.ArrayLike | None = None,
    outcome_name: str = "outcome",
    score_name: str = "score",
    rules: Rules = DEFAULT_RULES,
) -> OutcomeImpact:
    """Compare groups on how people turned out; one row a person.

    Parameters
    ----------
    groups : DataFrame, shape (n_candidates, n_columns)
    selected : bool array, shape (n_candidates,)
    outcomes : float array, shape (n_candidates,)
        NaN where not known; those people are left out.
    attributes : sequence of str, optional
    good_from : float, optional
        Outcomes from here on are good. Not needed where all outcomes are 0 or 1. Without it,
        other outcomes have no true and false positive rates.
    scores : float array, shape (n_candidates,), optional
        The score whose relation to the outcome is compared: calibration and validity.
    outcome_name, score_name : str
    rules : Rules

    Returns
    -------
    OutcomeImpact

    Raises
    ------
    UnknownName, InputError
        As `impact`; also if there is not one outcome, or score, a row.
    TooFewData
        If nobody's outcome is known.
    """
    decision = as_decision(selected, groups)
    values = as_scores(outcomes, len(groups))
    known = ~np.isnan(values)
    if not known.any():
        raise TooFewData(
            f"Nobody's outcome is known in '{outcome_name}', so there is nothing to compare with."
        )
    plan = Plan.of(groups.columns.astype(str), attributes, None)
    cells = assign_cells(groups.loc[known], plan.columns)
    groupings = plan.groupings(cells.layout)
    decided, turned_out = decision[known], values[known]
    if good_from is None and bool(np.isin(turned_out, (0.0, 1.0)).all()):
        good_from = 1.0
    if good_from is not None and not np.isfinite(good_from):
        raise InputError("The outcome from which on people did well must be a number.")
    scored = None if scores is None else as_scores(scores, len(groups))[known]
    panels = assemble(cells.count(decided), groupings, None, rules).tables
    tables = []
    for grouping, panel in zip(groupings, panels, strict=True):
        member = grouping.group_of_cell[cells.of_row]
        labels = grouping.labels
        r = None if panel.referent is None else labels.index(panel.referent)
        rates: tuple[ErrorRates, ...] = ()
        if good_from is not None:
            counts = _counted(member, turned_out >= good_from, decided, len(labels))
            rates = error_rates(labels, counts, r, rules.confidence)
            if decided.all() and not decision.all():
                rates = tuple(without_errors(one) for one in rates)
        large = {group.group for group in panel.groups if group.included}
        tables.append(
            AttributeOutcomes(
                attributes=panel.attributes,
                referent=panel.referent,
                unknown=panel.unknown,
                rates=rates,
                true_positive_gap=_spread(
                    [one.true_positive_rate for one in rates if one.group in large]
                ),
                false_positive_gap=_spread(
                    [one.false_positive_rate for one in rates if one.group in large]
                ),
                validity=()
                if scored is None
                else _validity(labels, member, scored, turned_out, r, rules),
            )
        )
    return OutcomeImpact(
        outcome=outcome_name,
        score=None if scores is None else score_name,
        good_from=good_from,
        known=int(known.sum()),
        known_selected=int(decided.sum()),
        not_known=int((~known).sum()),
        note=_note(decision, known),
        attributes={table.name: table for table in tables if len(table.attributes) == 1},
        intersection=next((t for t in tables if len(t.attributes) > 1), None),
    )


def _counted(member: Ints, good: Bools, chosen: Bools, size: int) -> Ints:
    """People by group, good outcome and decision."""
    mine = member >= 0
    key = (member[mine] * 2 + good[mine]) * 2 + chosen[mine]
    return np.bincount(key, minlength=4 * size).astype(np.int64).reshape(size, 2, 2)


def _spread(rates: Sequence[float | None]) -> float | None:
    there = [rate for rate in rates if rate is not None]
    return max(there) - min(there) if len(there) > 1 else None


def _validity(
    labels: tuple[str, ...],
    member: Ints,
    scores: Floats,
    outcomes: Floats,
    referent: int | None,
    rules: Rules,
) -> tuple[GroupValidity, ...]:
    both = ~np.isnan(scores)
    if not both.any():
        return ()
    member, scores, outcomes = member[both], scores[both], outcomes[both]
    band = bands_of(scores)
    result = []
    for i, label in enumerate(labels):
        mine = member == i
        compared = LinesCompared()
        if referent is not None and i != referent:
            theirs = member == referent
            compared = compare_lines(scores[mine], outcomes[mine], scores[theirs], outcomes[theirs])
        result.append(
            GroupValidity(
                label,
                line(scores[mine], outcomes[mine], rules.confidence),
                compared,
                calibration(scores, outcomes, band, mine, rules.confidence),
            )
        )
    return tuple(result)


def _note(decision: Bools, known: Bools) -> str:
    """Whether outcomes are known of those turned down, too."""
    down, down_known = int((~decision).sum()), int((~decision & known).sum())
    if not down or down_known == down:
        return ""
    if not down_known:
        return (
            "Outcomes are known of the selected alone. How those turned down would have done is "
            "not known, so no true or false positive rate says anything, and relations between "
            "score and outcome are weakened by the selection."
        )
    return (
        f"Of those turned down, outcomes are known of {down_known:,} in {down:,}. If they differ "
        "from the others, so would the rates."
    )

"""Sweep: every weight of one score against every cut-off on it, each screen decided exactly.

With R the composite of everything else and S the scaled score, the screen at weight w orders
candidates by (1 − w) R + w S; a cut-off lets through those whose score reaches it. Along one
weight the order is the same for every cut-off, so it is found once. Raising the cut-off then
only moves the last seat further down that order, and so each candidate is selected on one
stretch of cut-offs: from the one at which enough candidates ahead have dropped out, to the
last one that the candidate's own score reaches. Adding up over those stretches counts
everything that is asked of the selected, at all cut-offs at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from toolkit.arrays import Bools, Floats, Ints
from toolkit.errors import ScreenError
from toolkit.influence.along_weights import count_along
from toolkit.influence.count_seats import Counted
from toolkit.influence.field import Field
from toolkit.influence.sweep_figures import Ground, SweepFigures, ground_of
from toolkit.influence.sweep_parts import (
    WHOLE,
    SweepParts,
    cutoffs_reached,
    evenly,
    looks_alike,
    parts_and_lots,
    present_cutoff,
    thresholds_of,
    usual_cutoffs,
    without_gates,
)
from toolkit.intake.cohort import Cohort
from toolkit.progress import Progress
from toolkit.screening.frozen import freeze
from toolkit.screening.lottery import Lottery
from toolkit.screening.screen import Screen


@dataclass(frozen=True, eq=False)
class Sweep(SweepFigures):
    """What the screens at each weight and cut-off do: figures of shape (n_weights, n_cutoffs).

    Parameters
    ----------
    score : str
    weights : int array, shape (n_weights,)
        The score's share of the weights, in percent.
    cutoffs : float array, shape (n_cutoffs,)
        Least score that passes; −inf where there is no cut-off.
    current : tuple of int or None
        Position of the present screen on the grid, where it lies on it; its weight to the
        nearest percent.
    """

    score: str
    weights: Ints
    cutoffs: Floats
    current: tuple[int, int] | None

    def records(self) -> list[dict[str, object]]:
        """One row a screen of the grid, weights outermost; the JSON of the command ``sweep``."""
        return [
            {
                "weight": percent / WHOLE,
                "cutoff": None if np.isinf(cutoff) else float(cutoff),
                **self.record((row, column)),
                "current": (row, column) == self.current,
            }
            for row, percent in enumerate(self.weights.tolist())
            for column, cutoff in enumerate(self.cutoffs.tolist())
        ]

    def to_dict(self) -> dict[str, object]:
        return {"score": self.score, "screens": self.records()}


def sweep(
    cohort: Cohort,
    screen: Screen,
    score: str,
    *,
    weights: Sequence[int] | None = None,
    cutoffs: Sequence[float] | None = None,
    values: int = WHOLE,
    attribute: str | None = None,
    inflated: Bools | None = None,
    progress: Progress | None = None,
) -> Sweep:
    """Decide with every weight of a score and every cut-off on it.

    Everything else stays as the screen has it: the other signals' weights in proportion, their
    gates, the tie-breakers, the places and the treatment of missing values. The screen's own
    gates on the score give way to the cut-off.

    Parameters
    ----------
    cohort : Cohort
        n candidates.
    screen : Screen
    score : str
        A signal of the cohort.
    weights : sequence of int, optional
        Percent; 0 to 100 where left out.
    cutoffs : sequence of float, optional
        No cut-off, values over the score's range and the screen's own where left out.
    values : int
        How many values these are at most.
    attribute : str, optional
        Group attribute for the smallest impact ratio.
    inflated : bool array, shape (n,), optional
        Whose score is suspected to be inflated.
    progress : callable, optional
        Told the share of the weights that are done.

    Raises
    ------
    UnknownName
        If the cohort has no such signal or attribute.
    ScreenError
        If a weight is not a whole percent from 0 to 100.
    """
    about = cohort.signal(score, "the sweep")
    percents = percents_of(weights)
    steps = (
        usual_cutoffs(cohort, about, screen, values)
        if cutoffs is None
        else np.array(cutoffs, dtype=np.float64)
    )
    ground = ground_of(cohort, screen, (score,), attribute, inflated)
    rule = without_gates(evenly(screen, [score]), [score])
    frozen = freeze(cohort, rule, headroom=WHOLE.bit_length())
    parts, lots = parts_and_lots(cohort, frozen, [score])
    column = cohort.fixed(score)
    reached = cutoffs_reached(column, frozen, score, thresholds_of(column, steps))[parts.rows]
    counts, totals = count_along(
        field_of(parts, lots, reached, ground, frozen.places, steps.size),
        percents,
        ground.n_cells,
        progress,
    )
    figures = ground.figures(counts, totals)
    return Sweep(
        **vars(figures),
        score=score,
        weights=percents,
        cutoffs=steps,
        current=current_screen(screen, score, percents, steps, lacking=column.any_missing),
    )


def percents_of(weights: Sequence[int] | None) -> Ints:
    """The weights of a sweep; 0 to 100 % where none are given.

    Raises
    ------
    ScreenError
        If one is not a percentage.
    """
    percents = np.arange(WHOLE + 1) if weights is None else np.array(weights, dtype=np.int64)
    if percents.size and not (percents.min() >= 0 and percents.max() <= WHOLE):
        raise ScreenError("A sweep goes through weights of 0 to 100 percent.")
    return percents


def field_of(
    parts: SweepParts, lots: Lottery, reached: Ints, ground: Ground, places: int, n_cutoffs: int
) -> Field:
    """Everybody who competes, and what is counted of them."""
    (own,) = parts.own
    cell, value = ground.cell[parts.rows], ground.value[parts.rows]
    counted = Counted.of(reached, cell, ground.n_cells, value)
    ties = tuple(parts.tie_keys)
    return Field(parts.rest, own, reached, n_cutoffs, ties, lots, places, counted)


def current_screen(
    screen: Screen, score: str, percents: Ints, cutoffs: Floats, *, lacking: bool
) -> tuple[int, int] | None:
    """Where the screen itself lies, if its gates on the score are at most one lower bound.

    `lacking` says whether some candidate has no such score.
    """
    cutoff = present_cutoff(screen, score)
    if cutoff is None or not looks_alike(screen, [score] if lacking else []):
        return None
    at_weight = np.flatnonzero(percents == round(WHOLE * abs(screen.nominal_weight(score))))
    at_cutoff = np.flatnonzero(cutoffs == cutoff)
    return (int(at_weight[0]), int(at_cutoff[0])) if at_weight.size and at_cutoff.size else None

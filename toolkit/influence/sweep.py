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

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from toolkit.arrays import Bools, Floats, Ints
from toolkit.errors import ScreenError
from toolkit.fairness.counts import assign_cells
from toolkit.fairness.smallest_ratio import smallest_ratio
from toolkit.influence.last_seats import Contest, Seating, take_seats
from toolkit.influence.progress import Progress
from toolkit.intake.cohort import Cohort, Signal
from toolkit.screening import kernels
from toolkit.screening.decisions import decide
from toolkit.screening.frozen import FrozenScreen, freeze
from toolkit.screening.lottery import Lottery
from toolkit.screening.screen import Screen

#: Weights are whole percent, so composites are multiplied by at most this.
WHOLE = 100
#: Evidence is added up in integers of this many to the unit.
FINE = 2**20


@dataclass(frozen=True, eq=False)
class Sweep:
    """What the screens at each weight and cut-off do.

    Parameters
    ----------
    score : str
    weights : int array, shape (n_weights,)
        The score's share of the weights, in percent.
    cutoffs : float array, shape (n_cutoffs,)
        Least score that passes; −inf where there is no cut-off.
    selected : int array, shape (n_weights, n_cutoffs)
        How many are selected.
    flips : int array, shape (n_weights, n_cutoffs)
        Candidates whose decision differs from the screen's without any score.
    evidence : float array, shape (n_weights, n_cutoffs)
        Mean composite of the selected on that screen without scores; NaN where nobody is.
    inflated_share : float array or None
        Share of the selected whose score is suspected to be inflated.
    smallest_ratio : float array or None
        Smallest impact ratio of the attribute's groups.
    current : tuple of int or None
        Position of the present screen on the grid, where it lies on it.
    """

    score: str
    weights: Ints
    cutoffs: Floats
    selected: Ints
    flips: Ints
    evidence: Floats
    inflated_share: Floats | None
    smallest_ratio: Floats | None
    current: tuple[int, int] | None

    def records(self) -> list[dict[str, object]]:
        """One row a screen of the grid, weights outermost; the JSON of the command ``sweep``."""
        inflated, ratio = self.inflated_share, self.smallest_ratio
        return [
            {
                "weight": percent / WHOLE,
                "cutoff": None if np.isinf(cutoff) else float(cutoff),
                "selected": int(self.selected[at]),
                "flips": int(self.flips[at]),
                "evidence": _finite(self.evidence[at]),
                "inflated_share": None if inflated is None else _finite(inflated[at]),
                "smallest_ratio": None if ratio is None else _finite(ratio[at]),
                "current": at == self.current,
            }
            for row, percent in enumerate(self.weights.tolist())
            for column, cutoff in enumerate(self.cutoffs.tolist())
            for at in ((row, column),)
        ]

    def to_dict(self) -> dict[str, object]:
        return {"score": self.score, "screens": self.records()}


def _finite(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def sweep(
    cohort: Cohort,
    screen: Screen,
    score: str,
    *,
    weights: Sequence[int] | None = None,
    cutoffs: Sequence[float] | None = None,
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
        No cut-off and 100 values over the score's range where left out.
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
    percents = np.arange(WHOLE + 1) if weights is None else np.array(weights, dtype=np.int64)
    if percents.size and not (percents.min() >= 0 and percents.max() <= WHOLE):
        raise ScreenError("A sweep goes through weights of 0 to 100 percent.")
    steps = _usual_cutoffs(cohort, about) if cutoffs is None else np.array(cutoffs, dtype=float)
    frozen = freeze(cohort, _both_halves(screen, score), headroom=WHOLE.bit_length())
    parts = _parts(cohort, frozen, score, steps)

    scores = [signal for signal in screen.signals if signal in {*cohort.scores, score}]
    plain = decide(cohort, screen.without(*scores))
    chosen = plain.selected
    groups, n_groups = _group_codes(cohort, attribute)
    suspected = np.zeros(len(cohort), dtype=np.bool_) if inflated is None else inflated
    cell = (groups * 2 + chosen) * 2 + suspected
    value = np.rint(np.nan_to_num(plain.composite) * FINE)

    cell, value = cell[parts.rows], value[parts.rows]
    counts, totals = _along_cutoffs(
        parts, cell, 4 * (n_groups + 1), value, frozen.places, percents, steps.size, progress
    )
    table = counts.reshape(percents.size, steps.size, n_groups + 1, 2, 2)
    selected = table.sum(axis=(2, 3, 4))
    kept = table[..., 1, :].sum(axis=(2, 3))
    some = selected > 0
    with np.errstate(invalid="ignore"):
        evidence = np.where(some, totals / FINE / np.maximum(selected, 1), np.nan)
        suspects = table[..., 1].sum(axis=(2, 3)) / np.where(some, selected, np.nan)
    known = table[:, :, :n_groups].sum(axis=(3, 4))
    people = np.bincount(groups, minlength=n_groups + 1)[:n_groups]
    return Sweep(
        score=score,
        weights=percents,
        cutoffs=steps,
        selected=selected,
        flips=selected + int(np.count_nonzero(chosen)) - 2 * kept,
        evidence=evidence,
        inflated_share=None if inflated is None else suspects,
        smallest_ratio=None if attribute is None else smallest_ratio(known, people),
        current=_current(screen, score, percents, steps),
    )


def _usual_cutoffs(cohort: Cohort, about: Signal) -> Floats:
    """No cut-off, and 100 values from the lowest to the highest, on the score's own grid."""
    column = cohort.fixed(about.name)
    unit = column.halves_per_unit
    low = about.low if about.low is not None else (column.lowest or 0) / unit
    high = about.high if about.high is not None else (column.highest or 0) / unit
    spread = np.unique(np.round(np.linspace(low, high, WHOLE), about.decimals))
    return np.concatenate(([-np.inf], spread))


def _both_halves(screen: Screen, score: str) -> Screen:
    """The screen with half of the weight on the score and no gate on it."""
    others = {signal: w for signal, w in screen.weights.items() if signal != score}
    whole = sum(abs(weight) for weight in others.values()) or 1.0
    sign = -1.0 if screen.weights.get(score, 0.0) < 0 else 1.0
    gates = tuple(gate for gate in screen.gates if gate.signal != score)
    return screen.changed(weights={**others, score: sign * whole}, gates=gates)


@dataclass(frozen=True, eq=False)
class _Parts:
    """What the order is made of, for the candidates who pass every other gate.

    Parameters
    ----------
    rows : int64 array, shape (m,)
        Their rows in the cohort.
    rest, own : int64 array, shape (m,)
        Composite of everything else, and the scaled score, at one scale.
    reached : int64 array, shape (m,)
        How many cut-offs, from the lowest, each candidate's score reaches.
    tie_keys : sequence of int64 arrays, shape (m,)
    lottery : Lottery
        Of these candidates.
    """

    rows: Ints
    rest: Ints
    own: Ints
    reached: Ints
    tie_keys: Sequence[Ints]
    lottery: Lottery


def _parts(cohort: Cohort, frozen: FrozenScreen, score: str, cutoffs: Floats) -> _Parts:
    size = len(cohort)
    columns = {signal: cohort.fixed(signal) for signal in frozen.screen.signals}
    halves = kernels.filled(frozen, score, columns)
    own = kernels.term(frozen.weights[score], halves)
    rest = kernels.composites(frozen, columns, size) - frozen.offset - own
    lowest = np.iinfo(np.int64).min
    thresholds = np.array(
        [
            lowest if np.isinf(cutoff) else math.ceil(columns[score].half_steps(cutoff))
            for cutoff in cutoffs.tolist()
        ],
        dtype=np.int64,
    )
    reached = np.searchsorted(thresholds, halves, side="right")
    if columns[score].any_missing and not frozen.signals[score].fills:
        reached[columns[score].missing] = np.searchsorted(cutoffs, -np.inf, side="right")
    eligible = kernels.complete(frozen, columns, size)
    for gate in frozen.gates:
        eligible &= kernels.passes(frozen, gate, columns)
    rows = np.flatnonzero(eligible)
    ties = [kernels.filled(frozen, s, columns)[rows] for s in frozen.screen.tie_breakers]
    lottery = Lottery(frozen.screen.name, cohort.ids[rows])
    return _Parts(rows, rest[rows], own[rows], reached[rows], ties, lottery)


def _along_cutoffs(
    parts: _Parts,
    cell: Ints,
    n_cells: int,
    value: Floats,
    places: int,
    percents: Ints,
    n_cutoffs: int,
    progress: Progress | None,
) -> tuple[Ints, Floats]:
    """Counts of the selected by cell, and their summed values, at each weight and cut-off."""
    counts = np.zeros((percents.size, n_cutoffs, n_cells), dtype=np.int64)
    totals = np.zeros((percents.size, n_cutoffs))
    if places == 0:
        if progress is not None:
            progress(1.0)
        return counts, totals
    contest = Contest(parts.reached, n_cutoffs, parts.tie_keys, parts.lottery, places)
    seating = None
    for step, percent in enumerate(percents.tolist()):
        composites = parts.rest * (WHOLE - percent) + parts.own * percent
        seating = take_seats(contest, composites, seating)
        counts[step], totals[step] = _count_seats(contest, seating, cell, n_cells, value)
        if progress is not None:
            progress((step + 1) / percents.size)
    np.cumsum(counts, axis=1, out=counts)
    np.cumsum(totals, axis=1, out=totals)
    return counts, totals


def _count_seats(
    contest: Contest, seating: Seating, cell: Ints, n_cells: int, value: Floats
) -> tuple[Ints, Floats]:
    """How many of each cell, and which value in all, each cut-off adds to the one below it."""
    n_cutoffs = contest.n_cutoffs
    first = np.repeat(np.arange(n_cutoffs), np.diff(seating.seats, prepend=0))
    who = seating.order[: first.size]
    holds = first < contest.reached[who]
    begin, who = first[holds], who[holds]
    end = contest.reached[who]
    own, weight = cell[who], value[who]
    size = (n_cutoffs + 1) * n_cells
    marks: Ints = np.bincount(begin * n_cells + own, minlength=size)
    marks -= np.bincount(end * n_cells + own, minlength=size)
    sums = np.bincount(begin, weight, n_cutoffs + 1) - np.bincount(end, weight, n_cutoffs + 1)
    return marks.reshape(n_cutoffs + 1, n_cells)[:-1], sums[:-1].astype(np.float64)


def _group_codes(cohort: Cohort, attribute: str | None) -> tuple[Ints, int]:
    """Each candidate's group, unknown ones last."""
    if attribute is None:
        return np.zeros(len(cohort), dtype=np.int64), 0
    cells = assign_cells(cohort.groups, [attribute])
    n_groups = len(cells.layout.labels[0])
    member = cells.layout.members[cells.of_row, 0]
    return np.where(member < 0, n_groups, member).astype(np.int64), n_groups


def _current(screen: Screen, score: str, percents: Ints, cutoffs: Floats) -> tuple[int, int] | None:
    """Where the screen itself lies, if its gates on the score are at most one lower bound."""
    gates = [gate for gate in screen.gates if gate.signal == score]
    if len(gates) > 1 or any(g.at_most is not None or g.one_of is not None for g in gates):
        return None
    cutoff = gates[0].at_least if gates and gates[0].at_least is not None else -np.inf
    percent = WHOLE * abs(screen.nominal_weight(score))
    at_weight = np.flatnonzero(np.abs(percents - percent) < 0.5)
    at_cutoff = np.flatnonzero(cutoffs <= cutoff)
    return (int(at_weight[0]), int(at_cutoff[-1])) if at_weight.size and at_cutoff.size else None

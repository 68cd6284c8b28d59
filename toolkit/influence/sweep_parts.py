"""What the order of candidates is made of, with swept scores apart from everything else."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from toolkit.arrays import Floats, Ints
from toolkit.intake.cohort import Cohort, Signal
from toolkit.intake.column_figures import Figures
from toolkit.intake.fixed_column import FixedColumn
from toolkit.screening import kernels
from toolkit.screening.frozen import FrozenScreen
from toolkit.screening.lottery import Lottery
from toolkit.screening.screen import Screen

#: Weights are whole percent, so composites are multiplied by at most this.
WHOLE = 100
#: What stands for no cut-off among thresholds.
NO_CUTOFF = np.iinfo(np.int64).min


@dataclass(frozen=True, eq=False)
class SweepParts:
    """Parts of the composite, for the candidates who pass every gate that stays.

    Parameters
    ----------
    rows : int64 array, shape (m,)
        Their rows in the cohort.
    rest : int64 array, shape (m,)
        Composite of everything else.
    own : sequence of int64 arrays, shape (m,)
        Each swept score, scaled, on the scale of `rest`.
    tie_keys : sequence of int64 arrays, shape (m,)
    """

    rows: Ints
    rest: Ints
    own: Sequence[Ints]
    tie_keys: Sequence[Ints]


def evenly(screen: Screen, swept: Sequence[str]) -> Screen:
    """The screen with as much weight on each swept score as on everything else together.

    A score that counts against candidates goes on doing so.
    """
    others = {signal: w for signal, w in screen.weights.items() if signal not in swept}
    whole = sum(abs(weight) for weight in others.values()) or 1.0
    own = {
        score: -whole if screen.weights.get(score, 0.0) < 0 else whole
        for score in dict.fromkeys(swept)
    }
    return screen.changed(weights={**others, **own})


def without_gates(screen: Screen, swept: Sequence[str]) -> Screen:
    """The screen without its gates on the swept scores."""
    return screen.model_copy(
        update={"gates": tuple(gate for gate in screen.gates if gate.signal not in swept)}
    )


def parts_of(
    frozen: FrozenScreen, columns: Mapping[str, FixedColumn], size: int, swept: Sequence[str]
) -> SweepParts:
    """Take a frozen screen's composite apart.

    Parameters
    ----------
    frozen : FrozenScreen
    columns : mapping of str to FixedColumn
        Its signals.
    size : int
        How many candidates there are.
    swept : sequence of str
    """
    own = [
        kernels.term(frozen.weights[score], kernels.filled(frozen, score, columns))
        if score in frozen.weights
        else np.zeros(size, dtype=np.int64)
        for score in swept
    ]
    rest = kernels.composites(frozen, columns, size) - frozen.offset
    for one in own:
        rest -= one
    eligible = kernels.complete(frozen, columns, size)
    for gate in frozen.gates:
        eligible &= kernels.passes(frozen, gate, columns)
    rows = np.flatnonzero(eligible)
    ties = [kernels.filled(frozen, s, columns)[rows] for s in frozen.screen.tie_breakers]
    return SweepParts(rows, rest[rows], [one[rows] for one in own], ties)


def parts_and_lots(
    cohort: Cohort, frozen: FrozenScreen, swept: Sequence[str]
) -> tuple[SweepParts, Lottery]:
    """The parts of a cohort's composites, and the lots of those who pass the gates."""
    columns = {signal: cohort.fixed(signal) for signal in frozen.screen.signals}
    parts = parts_of(frozen, columns, len(cohort), swept)
    return parts, Lottery(frozen.screen.name, cohort.ids[parts.rows])


def thresholds_of(figures: Figures, cutoffs: Floats) -> Ints:
    """Rising cut-offs on a score in half steps; the lowest integer where there is none."""
    return np.array(
        [
            NO_CUTOFF if np.isinf(cutoff) else math.ceil(figures.half_steps(cutoff))
            for cutoff in cutoffs.tolist()
        ],
        dtype=np.int64,
    )


def cutoffs_reached(
    column: FixedColumn, frozen: FrozenScreen, score: str, thresholds: Ints
) -> Ints:
    """How many cut-offs, from the lowest, each candidate's score reaches, shape (n,).

    Parameters
    ----------
    column : FixedColumn
        The score.
    frozen : FrozenScreen
        Knows what stands in for a missing value.
    score : str
        A signal of the frozen screen.
    thresholds : int64 array, rising
        From `thresholds_of`.
    """
    halves = kernels.filled(frozen, score, {score: column})
    low, high = (int(halves.min()), int(halves.max())) if halves.size else (0, 0)
    if high - low < halves.size:
        # Fewer values than candidates: each is looked up once.
        each = np.searchsorted(thresholds, np.arange(low, high + 1), side="right")
        reached: Ints = each[halves - low]
    else:
        reached = np.searchsorted(thresholds, halves, side="right")
    if column.any_missing and not frozen.signals[score].fills:
        reached[column.missing] = np.count_nonzero(thresholds == NO_CUTOFF)
    return reached


def usual_cutoffs(cohort: Cohort, about: Signal, screen: Screen, values: int = WHOLE) -> Floats:
    """No cut-off, so many values of the score, and the screen's own; see `spread_cutoffs`."""
    column = cohort.fixed(about.name)
    return spread_cutoffs(about, screen, column, lambda at: np.sort(column.present)[at], values)


def spread_cutoffs(
    about: Signal,
    screen: Screen,
    figures: Figures,
    ranked: Callable[[Ints], Ints],
    values: int = WHOLE,
) -> Floats:
    """No cut-off, so many values of the score, and the screen's own.

    Values are spread evenly from the lowest to the highest. Of a score without an upper end,
    such as a count, a few candidates would have most of that range for themselves; values are
    then those of candidates, so that each step takes about as many of them out.

    Parameters
    ----------
    about : Signal
        The score; values lie on its own grid.
    screen : Screen
    figures : Figures
        Of the score.
    ranked : callable
        From ranks, 0 for the lowest, to the half steps of the candidates who have them.
    values : int
        At most so many.
    """
    unit = 2 * 10**figures.decimals
    spread: Floats = np.zeros(0)
    if about.high is not None:
        low = about.low if about.low is not None else (figures.lowest or 0) / unit
        spread = np.linspace(low, about.high, values).round(about.decimals)
    elif figures.count:
        at = np.rint(np.linspace(0, figures.count - 1, values)).astype(np.int64)
        spread = ranked(at) / unit
    own = present_cutoff(screen, about.name)
    ends = [-np.inf] if own is None else [-np.inf, own]
    return np.unique(np.concatenate((ends, spread)))


def looks_alike(screen: Screen, lacking: Sequence[str]) -> bool:
    """Whether the screen treats candidates as the screens of its map do, which look at each score.

    Where missing values reject, a screen that does not look at a score lets those through who
    lack it, and no screen of the map does.

    Parameters
    ----------
    screen : Screen
    lacking : sequence of str
        Those of the swept scores that some candidate lacks.
    """
    return screen.missing != "reject" or all(score in screen.signals for score in lacking)


def present_cutoff(screen: Screen, score: str) -> float | None:
    """The screen's cut-off on a score, −inf for none; None where its rule is another one."""
    gates = [gate for gate in screen.gates if gate.signal == score]
    if len(gates) > 1 or any(g.at_most is not None or g.one_of is not None for g in gates):
        return None
    return gates[0].at_least if gates and gates[0].at_least is not None else -np.inf

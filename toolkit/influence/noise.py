"""Noise: a score measured again on another day, many times over."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from toolkit.arrays import Bools, Floats, Ints
from toolkit.estimate import CONFIDENCE, Z
from toolkit.fairness.intervals import wilson
from toolkit.intake.cohort import Cohort, Signal
from toolkit.intake.fixed_column import FixedColumn
from toolkit.progress import Progress
from toolkit.screening.decisions import Decisions, decide_columns
from toolkit.screening.room import with_room

#: A share that is not shown to lie below this, or above one minus this, is too close to call.
CLOSE = 0.05
#: With fewer draws than this, not even a share of 0 or 1 is shown to lie outside that band.
FEWEST_TO_CALL = 73

#: Standard deviations beyond which no draw of a normal distribution is looked for.
FARTHEST = 9.0


@dataclass(frozen=True, eq=False)
class Redraw:
    """How columns are drawn anew.

    Parameters
    ----------
    draw : callable
        Gives one draw of the columns that vary.
    extremes : mapping of str to (int, int)
        Lowest and highest value that may be drawn, in half steps, where they lie outside the
        column's own.
    """

    draw: Callable[[np.random.Generator], Mapping[str, FixedColumn]]
    extremes: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Redrawn:
    """How the decisions come out when values are drawn again and again.

    Parameters
    ----------
    draws : int
    selected_share : float array, shape (n,)
        Share of the draws in which each candidate is selected.
    expected_flips : float
        Mean number of candidates whose decision differs from the one that was made.
    expected_flips_se : float
        Its Monte-Carlo standard error.
    """

    draws: int
    selected_share: Floats
    expected_flips: float
    expected_flips_se: float

    @property
    def standard_error(self) -> Floats:
        """Monte-Carlo standard error of `selected_share`, √(p(1 − p) / draws)."""
        share = self.selected_share
        return np.sqrt(share * (1 - share) / self.draws)

    @cached_property
    def interval(self) -> tuple[Floats, Floats]:
        """95 % interval of `selected_share`: Wilson's, of the drawing alone."""
        times = np.rint(self.selected_share * self.draws).astype(np.int64)
        return wilson(times, np.full(times.shape, self.draws), CONFIDENCE)

    @property
    def expected_flips_interval(self) -> tuple[float, float]:
        """95 % interval of `expected_flips`, of the drawing alone; not below 0."""
        half = Z * self.expected_flips_se
        return max(self.expected_flips - half, 0.0), self.expected_flips + half

    @property
    def too_close_to_call(self) -> Bools:
        """Candidates whose decision the draws do not settle.

        Settled is a share that lies above 95 %, or below 5 %, with its whole interval.
        """
        low, high = self.interval
        return (high >= CLOSE) & (low <= 1 - CLOSE)


def redraw(
    cohort: Cohort,
    decisions: Decisions,
    changed: Redraw,
    *,
    draws: int,
    seed: int,
    progress: Progress | None = None,
) -> Redrawn:
    """Decide again with columns drawn anew, the frozen screen and everything else as it is.

    Parameters
    ----------
    cohort : Cohort
    decisions : Decisions
        Made on this cohort.
    changed : Redraw
    draws : int
        At least 1.
    seed : int
    progress : callable, optional
        Told the share of the draws that are done.
    """
    generator = np.random.default_rng(seed)
    frozen = with_room(cohort, decisions, changed.extremes).frozen
    columns = {signal: cohort.fixed(signal) for signal in decisions.screen.signals}
    chosen = np.zeros(len(cohort), dtype=np.int64)
    flips, squares = 0, 0
    for done in range(1, draws + 1):
        drawn = columns | dict(changed.draw(generator))
        selected = decide_columns(frozen, drawn, decisions.lottery).selected
        chosen += selected
        different = int(np.count_nonzero(selected != decisions.selected))
        flips += different
        squares += different * different
        if progress is not None and done % 10 == 0:
            progress(done / draws)
    mean = flips / draws
    spread = max(squares / draws - mean * mean, 0.0)
    return Redrawn(draws, chosen / draws, mean, float(np.sqrt(spread / max(draws - 1, 1))))


def measured_again(cohort: Cohort, spreads: Mapping[str, float]) -> Redraw:
    """Draws of scores with independent normal measurement noise.

    Parameters
    ----------
    cohort : Cohort
    spreads : mapping of str to float
        Standard deviation of each score's noise, in its own units. Values stay at the
        score's decimals and within its scale; missing ones stay missing.
    """
    # Noise goes to candidates in the order of their ids, so that the order of the rows
    # does not matter.
    by_id = np.argsort(cohort.ids, kind="stable")
    ends = {signal: _ends(cohort.fixed(signal), cohort.signal(signal)) for signal in spreads}

    def draw(generator: np.random.Generator) -> dict[str, FixedColumn]:
        drawn = {}
        for signal, spread in spreads.items():
            column = cohort.fixed(signal)
            noise = np.empty(len(cohort))
            noise[by_id] = generator.standard_normal(len(cohort))
            noise *= spread * 10**column.decimals
            steps = np.rint(noise, out=noise).astype(np.int64)
            steps *= 2
            steps += column.halves
            drawn[signal] = FixedColumn(
                _within(steps, ends[signal]), column.missing, column.decimals
            )
        return drawn

    return Redraw(draw, {signal: _extremes(cohort, signal, sd) for signal, sd in spreads.items()})


def _extremes(cohort: Cohort, signal: str, spread: float) -> tuple[int, int]:
    column = cohort.fixed(signal)
    far = math.ceil(FARTHEST * spread * column.halves_per_unit)
    moved = np.array([(column.lowest or 0) - far, (column.highest or 0) + far], dtype=np.int64)
    low, high = _within(moved, _ends(column, cohort.signal(signal))).tolist()
    return low, high


def gone_missing(cohort: Cohort, signal: str, share: float) -> Redraw:
    """Draws in which each candidate's score is missing with the same probability."""
    by_id = np.argsort(cohort.ids, kind="stable")

    def draw(generator: np.random.Generator) -> dict[str, FixedColumn]:
        column = cohort.fixed(signal)
        absent = np.empty(len(cohort), dtype=np.bool_)
        absent[by_id] = generator.random(len(cohort)) < share
        missing = column.missing | absent
        return {signal: FixedColumn(np.where(missing, 0, column.halves), missing, column.decimals)}

    return Redraw(draw)


def _ends(column: FixedColumn, about: Signal) -> tuple[int | None, int | None]:
    """The ends of the score's scale, on whole steps; None where it is open."""
    low = None if about.low is None else 2 * math.ceil(column.half_steps(about.low) / 2)
    high = None if about.high is None else 2 * math.floor(column.half_steps(about.high) / 2)
    return low, high


def _within(halves: Ints, ends: tuple[int | None, int | None]) -> Ints:
    """Clip to the ends of a scale."""
    low, high = ends
    if low is not None:
        halves = np.maximum(halves, low)
    return halves if high is None else np.minimum(halves, high)

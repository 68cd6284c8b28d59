"""Margins: the smallest change of one signal of one candidate that flips the decision.

Everything else stays as it is: the other candidates, the candidate's other signals, and
the frozen screen. The rival at the cut (see `toolkit.influence.rivals`) is then fixed, and a
margin is an inequality in one unknown, solved in integers:

    c · Δ > R − C,

with c the signal's coefficient, C the candidate's composite and R the rival's. At equality
the tie-breakers and then the lots decide. A gate on the same signal narrows the values that
select, and opens a second way out for those who are selected.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd

from toolkit.arrays import Bools, Floats, Ints
from toolkit.influence.rivals import Rivals, rivals_at_the_cut
from toolkit.intake.cohort import Cohort, Signal
from toolkit.intake.fixed_column import FixedColumn
from toolkit.screening.decisions import Decisions
from toolkit.screening.frozen import FrozenGate, PercentileTable

#: Half steps that stand for "any value" and "no value", beyond every admissible one.
LOWEST, HIGHEST = -(2**62), 2**62
#: Candidates are gone through in blocks of so many, which stay in the processor's cache.
BLOCK = 2**13


@dataclass(frozen=True)
class Side:
    """Candidates who are all selected, or all not, and so have one rival.

    Parameters
    ----------
    selected : bool
    rival : int
        Row of the rival; −1 for nobody, when whoever passes the gates is selected.
    rows : int64 array, shape (m,)
        Those whose decision could change.
    gap : int64 array, shape (m,)
        Composite of the rival minus the candidate's own.
    """

    selected: bool
    rival: int
    rows: Ints
    gap: Ints

    def blocks(self) -> Iterator[Side]:
        """The same side in parts of at most `BLOCK` candidates."""
        if self.rows.size <= BLOCK:
            yield self
            return
        for start in range(0, self.rows.size, BLOCK):
            part = slice(start, start + BLOCK)
            yield Side(self.selected, self.rival, self.rows[part], self.gap[part])


@dataclass(frozen=True)
class Interval:
    """Half steps from `low` to `high`, for each candidate or for all; empty where low > high."""

    low: Ints | int
    high: Ints | int


def margins(cohort: Cohort, decisions: Decisions, signals: Sequence[str]) -> pd.DataFrame:
    """The smallest change of each signal that flips each candidate's decision.

    Parameters
    ----------
    cohort : Cohort
        n candidates.
    decisions : Decisions
        Made on this cohort.
    signals : sequence of str
        Signals of the screen.

    Returns
    -------
    DataFrame of float64, shape (n, n_signals), index ``candidate_id``
        Signed change in the signal's own units, a whole number of its steps; NaN where no
        admissible value flips the decision or the candidate has no value to change.
    """
    return as_frame(cohort, signals, smallest_changes(cohort, decisions, signals))


def as_frame(cohort: Cohort, signals: Sequence[str], changes: Floats) -> pd.DataFrame:
    """The array of `smallest_changes` as the table that `margins` gives."""
    return pd.DataFrame(changes.T, index=cohort.candidate_ids, columns=list(signals), copy=False)


class Measured(Protocol):
    """Candidates with their signals: a cohort, or rows that have just these."""

    def __len__(self) -> int: ...
    def fixed(self, signal: str, /) -> FixedColumn: ...
    def signal(self, name: str, /) -> Signal: ...


def smallest_changes(cohort: Measured, decisions: Decisions, signals: Sequence[str]) -> Floats:
    """The figures of `margins` as an array, shape (n_signals, n)."""
    rivals = rivals_at_the_cut(decisions)
    found = np.full((len(signals), len(cohort)), np.nan)
    usual: tuple[Side, ...] | None = None
    for row, signal in enumerate(signals):
        column, about = cohort.fixed(signal), cohort.signal(signal)
        gates = [gate for gate in decisions.frozen.gates if gate.signal == signal]
        if gates or column.any_missing:
            may = _passes_without(decisions, signal)
            sides = _sides(decisions, rivals, may & ~column.missing if column.any_missing else may)
        else:
            # A signal without a gate or a gap keeps nobody out, so these are all alike.
            sides = usual = usual or _sides(decisions, rivals, decisions.eligible)
        admissible = (
            LOWEST if about.low is None else math.ceil(column.half_steps(about.low)),
            HIGHEST if about.high is None else math.floor(column.half_steps(about.high)),
        )
        for side in sides:
            nearest = _nearest_losing if side.selected else _nearest_selecting
            for block in side.blocks():
                halves = column.halves[block.rows]
                winning = _winning(decisions, block, signal, halves)
                target, flips = nearest(halves, winning, gates, admissible)
                change = (target - halves) / column.halves_per_unit
                found[row, block.rows] = np.where(flips, change, np.nan)
    return found


def _sides(decisions: Decisions, rivals: Rivals, may: Bools) -> tuple[Side, ...]:
    """Those whose decision could change, by whether they are selected."""
    found = []
    for selected, rival in ((True, rivals.first_out), (False, rivals.last_in)):
        if not selected and rivals.hopeless:
            continue
        rows = np.flatnonzero(may & (decisions.selected == selected))
        composites = decisions.composites
        gap = composites[rival] - composites[rows] if rival >= 0 else np.zeros_like(rows)
        found.append(Side(selected, rival, rows, gap))
    return tuple(found)


def _passes_without(decisions: Decisions, signal: str) -> Bools:
    """Who would be eligible if the signal's own gates were always met."""
    met = np.ones(decisions.selected.shape, dtype=np.bool_)
    for gate, passed in zip(decisions.frozen.gates, decisions.passed, strict=True):
        if gate.signal != signal:
            met &= passed
    if decisions.screen.missing == "reject":
        for other, missing in decisions.missing.items():
            if other != signal:
                met &= ~missing
    return met


def _winning(decisions: Decisions, side: Side, signal: str, halves: Ints) -> Interval:
    """Values of the signal with which each candidate is ahead of the rival.

    Where a negative weight, a percentile scale and a tie-break on the same signal meet, the
    values can form two intervals; the one nearer to the candidate is returned.
    """
    if side.rival < 0:
        return Interval(LOWEST, HIGHEST)
    weight = decisions.frozen.weights.get(signal)
    if weight is None or weight.coefficient == 0:
        low = np.where(side.gap < 0, LOWEST, HIGHEST)
        level = np.flatnonzero(side.gap == 0)
        low[level] = _least_to_win_ties(decisions, side, signal, level)
        return Interval(low, HIGHEST)

    table = weight.table
    reading = halves if table is None else table.positions(halves)
    quotient = side.gap // weight.coefficient
    divides = quotient * weight.coefficient == side.gap
    needed = reading + quotient
    rising = weight.coefficient > 0
    # c · Δ > gap with c < 0 asks for Δ below gap / c, whose floor is the quotient.
    won = _first_at_least(table, needed + 1) if rising else _last_at_most(table, needed - divides)
    # Few can draw level exactly; only they look at tie-breakers and lots.
    level = np.flatnonzero(divides)
    if level.size:
        first, last = _plateau(table, needed[level])
        level, first, last = (each[first <= last] for each in (level, first, last))
        by_ties = _least_to_win_ties(decisions, side, signal, level)
        if rising:
            from_ties = np.maximum(first, by_ties)
            won[level] = np.where(from_ties <= last, from_ties, won[level])
        else:
            nearest = first if side.selected else last
            won[level] = np.where(by_ties <= nearest, last, won[level])
    return Interval(won, HIGHEST) if rising else Interval(LOWEST, won)


def _least_to_win_ties(decisions: Decisions, side: Side, signal: str, level: Ints) -> Ints:
    """The least whole step of the signal that wins tie-breakers and lots against the rival.

    For those in the positions `level` of the side, who draw level with the rival. `LOWEST`
    where any value wins, `HIGHEST` where none does.
    """
    names = decisions.screen.tie_breakers
    own = names.index(signal) if signal in names else len(names)
    rows = side.rows[level]
    before = np.zeros(rows.shape, dtype=np.int64)
    after = np.zeros(rows.shape, dtype=np.int64)
    for position, key in enumerate(decisions.tie_keys):
        if position == own:
            continue
        so_far = before if position < own else after
        so_far += np.where(so_far == 0, np.sign(key[rows] - key[side.rival]), 0)
    undecided = np.flatnonzero((before == 0) & (after == 0))
    if undecided.size:
        against = np.full(undecided.size, side.rival)
        ahead = decisions.lottery.ahead(rows[undecided], against)
        after[undecided] = np.where(ahead, 1, -1)
    if own == len(names):
        return np.where(np.where(before == 0, after, before) > 0, LOWEST, HIGHEST)
    needed = _even_up(decisions.tie_keys[own][side.rival] + (after <= 0))
    return np.where(before == 0, needed, np.where(before > 0, LOWEST, HIGHEST))


def _even_up(halves: Ints) -> Ints:
    """The next whole step at or above; the stand-ins are even already."""
    return halves + (halves & 1)


def _even_down(halves: Ints) -> Ints:
    return halves - (halves & 1)


def _first_at_least(table: PercentileTable | None, reading: Ints) -> Ints:
    """The least whole step whose reading is at least this."""
    if table is None:
        return _even_up(reading)
    starts, _, positions = _plateaus(table)
    index = np.searchsorted(positions, reading, side="left")
    return np.append(starts, HIGHEST)[index]


def _last_at_most(table: PercentileTable | None, reading: Ints) -> Ints:
    """The greatest whole step whose reading is at most this."""
    if table is None:
        return _even_down(reading)
    _, ends, positions = _plateaus(table)
    index = np.searchsorted(positions, reading, side="right")
    return np.append(LOWEST, ends)[index]


def _plateau(table: PercentileTable | None, reading: Ints) -> tuple[Ints, Ints]:
    """First and last whole step with exactly this reading; first > last where there is none."""
    if table is None:
        odd = reading & 1
        return reading + odd, reading - odd
    starts, ends, positions = _plateaus(table)
    index = np.minimum(np.searchsorted(positions, reading), positions.size - 1)
    found = positions[index] == reading
    return np.where(found, starts[index], HIGHEST), np.where(found, ends[index], LOWEST)


def _plateaus(table: PercentileTable) -> tuple[Ints, Ints, Ints]:
    """Stretches of whole steps that share a percentile position: starts, ends, positions.

    Every value that occurs is a stretch of its own; so is each gap between two of them, and
    everything below the lowest and above the highest.
    """
    values = table.values
    below = np.append(table.counts_below, table.total)
    starts = np.column_stack((np.append(LOWEST, values + 2), np.append(values, HIGHEST))).ravel()
    ends = np.column_stack((np.append(values - 2, HIGHEST), np.append(values, LOWEST))).ravel()
    positions = np.column_stack((2 * below, np.append(below[:-1] + below[1:], 0))).ravel()
    kept = starts <= ends
    return starts[kept], ends[kept], positions[kept]


def _nearest_selecting(
    halves: Ints, winning: Interval, gates: Sequence[FrozenGate], admissible: tuple[int, int]
) -> tuple[Ints, Bools]:
    """The value nearest to the present one that wins, passes the gates and is admissible.

    Returns
    -------
    target : int64 array
    flips : bool array
        Whether there is one.
    """
    lowest, highest = max(admissible[0], LOWEST + 2), min(admissible[1], HIGHEST - 2)
    allowed: set[int] | None = None
    for gate in gates:
        lowest = max(lowest, lowest if gate.lowest is None else gate.lowest)
        highest = min(highest, highest if gate.highest is None else gate.highest)
        if gate.members is not None:
            allowed = set(gate.members) if allowed is None else allowed & set(gate.members)
    if lowest > highest:
        return halves, np.zeros(halves.shape, dtype=np.bool_)
    low = np.maximum(winning.low, lowest + (lowest & 1))
    high = np.minimum(winning.high, highest - (highest & 1))
    nearest = np.minimum(np.maximum(halves, low), high)
    if allowed is None:
        return nearest, np.less_equal(low, high)
    members = np.array([LOWEST, *sorted(m for m in allowed if m % 2 == 0), HIGHEST])
    above = members[np.searchsorted(members, nearest, side="left")]
    under = members[np.searchsorted(members, nearest, side="right") - 1]
    up = np.where((above <= high) & (above >= low), above - halves, HIGHEST)
    down = np.where((under <= high) & (under >= low), halves - under, HIGHEST)
    # A fall where both are as near.
    return np.where(down <= up, under, above), np.minimum(down, up) < HIGHEST


def _nearest_losing(
    halves: Ints, winning: Interval, gates: Sequence[FrozenGate], admissible: tuple[int, int]
) -> tuple[Ints, Bools]:
    """The admissible value nearest to the present one that loses or fails a gate.

    Returns
    -------
    target : int64 array
    flips : bool array
        Whether there is one.
    """
    lowest, highest = LOWEST, HIGHEST
    for gate in gates:
        if gate.lowest is not None:
            lowest = max(lowest, gate.lowest + (gate.lowest & 1) - 2)
        if gate.highest is not None:
            highest = min(highest, gate.highest - (gate.highest & 1) + 2)
    under = np.maximum(np.subtract(winning.low, 2), lowest)
    above = np.minimum(np.add(winning.high, 2), highest)
    for gate in gates:
        if gate.members is not None:
            next_under, next_above = _nearest_outside(halves, gate.members)
            under, above = np.maximum(under, next_under), np.minimum(above, next_above)
    falls = under >= max(admissible[0], LOWEST + 2)
    rises = above <= min(admissible[1], HIGHEST - 2)
    if not rises.any():
        return under, falls
    down = np.where(falls, halves - under, HIGHEST)
    up = np.where(rises, above - halves, HIGHEST)
    return np.where(down <= up, under, above), falls | rises


def _nearest_outside(halves: Ints, members: tuple[int, ...]) -> tuple[Ints, Ints]:
    """The nearest whole steps below and above that are not members."""
    under, above = halves - 2, halves + 2
    for member in sorted(members, reverse=True):
        under = np.where(under == member, under - 2, under)
    for member in sorted(members):
        above = np.where(above == member, above + 2, above)
    return under, above

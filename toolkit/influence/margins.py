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
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from toolkit.arrays import Bools, Floats, Ints
from toolkit.influence.rivals import Standing, standing
from toolkit.intake.cohort import Cohort
from toolkit.screening.decisions import Decisions
from toolkit.screening.frozen import FrozenGate, PercentileTable

#: Half steps that stand for "any value" and "no value", beyond every admissible one.
LOWEST, HIGHEST = -(2**62), 2**62


@dataclass(frozen=True)
class Interval:
    """Half steps from `low` to `high`, one interval a candidate; empty where low > high."""

    low: Ints
    high: Ints


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
    against = standing(decisions)
    found = np.empty((len(cohort), len(signals)))
    for column, signal in enumerate(signals):
        found[:, column] = _of_signal(cohort, decisions, against, signal)
    return pd.DataFrame(found, index=cohort.candidate_ids, columns=list(signals))


def _of_signal(cohort: Cohort, decisions: Decisions, against: Standing, signal: str) -> Floats:
    column, about = cohort.fixed(signal), cohort.signal(signal)
    admissible = (
        LOWEST if about.low is None else math.ceil(column.half_steps(about.low)),
        HIGHEST if about.high is None else math.floor(column.half_steps(about.high)),
    )
    gates = [gate for gate in decisions.frozen.gates if gate.signal == signal]
    winning = _winning(decisions, against, signal, column.halves)
    selecting = _nearest_selecting(column.halves, winning, gates, admissible)
    losing = _nearest_losing(column.halves, winning, gates, admissible)
    target = np.where(decisions.selected, losing, selecting)
    movable = (target > LOWEST) & (target < HIGHEST) & ~against.hopeless
    movable &= _passes_without(decisions, signal)
    if column.any_missing:
        movable &= ~column.missing
    return np.where(movable, (target - column.halves) / column.halves_per_unit, np.nan)


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


def _winning(decisions: Decisions, against: Standing, signal: str, halves: Ints) -> Interval:
    """Values of the signal with which each candidate is ahead of their rival.

    Where a negative weight, a percentile scale and a tie-break on the same signal meet, the
    values can form two intervals; the one nearer to the candidate is returned.
    """
    weight = decisions.frozen.weights.get(signal)
    lowest = np.full(halves.shape, LOWEST)
    highest = np.full(halves.shape, HIGHEST)
    if weight is None or weight.coefficient == 0:
        level = (against.gap == 0) & ~against.unopposed
        by_ties = _least_to_win_ties(decisions, against, signal, level)
        ahead = against.unopposed | (against.gap < 0)
        return Interval(np.where(level, by_ties, np.where(ahead, LOWEST, HIGHEST)), highest)

    table = weight.table
    reading = halves if table is None else table.positions(halves)
    quotient, remainder = np.divmod(against.gap, weight.coefficient)
    divides = remainder == 0
    first, last = _plateau(table, reading + quotient)
    level = divides & (first <= last) & ~against.unopposed
    by_ties = _least_to_win_ties(decisions, against, signal, level)
    if weight.coefficient > 0:
        strict = _first_at_least(table, reading + quotient + 1)
        from_ties = np.maximum(first, by_ties)
        low = np.where(level & (from_ties <= last), from_ties, strict)
        return Interval(np.where(against.unopposed, LOWEST, low), highest)
    # c · Δ > gap with c < 0 asks for Δ below gap / c, whose floor is the quotient.
    strict = _last_at_most(table, reading + quotient - divides)
    nearest = np.where(decisions.selected, first, last)
    high = np.where(level & (by_ties <= nearest), last, strict)
    return Interval(lowest, np.where(against.unopposed, HIGHEST, high))


def _least_to_win_ties(decisions: Decisions, against: Standing, signal: str, level: Bools) -> Ints:
    """The least whole step of the signal that wins tie-breakers and lots against the rival.

    `LOWEST` where any value wins, `HIGHEST` where none does. Only rows that can draw
    `level` with their rival matter; lots are drawn for no others.
    """
    names = decisions.screen.tie_breakers
    own = names.index(signal) if signal in names else len(names)
    before = np.zeros(level.shape, dtype=np.int64)
    after = np.zeros(level.shape, dtype=np.int64)
    for position, key in enumerate(decisions.tie_keys):
        if position == own:
            continue
        so_far = before if position < own else after
        so_far += np.where(so_far == 0, np.sign(key - against.tie_keys[position]), 0)
    undecided = np.flatnonzero(level & (before == 0) & (after == 0))
    if undecided.size:
        ahead = decisions.lottery.ahead(undecided, against.rival[undecided])
        after[undecided] = np.where(ahead, 1, -1)
    if own == len(names):
        return np.where(np.where(before == 0, after, before) > 0, LOWEST, HIGHEST)
    needed = _even_up(against.tie_keys[own] + (after <= 0))
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
) -> Ints:
    """The value nearest to the present one that wins, passes the gates and is admissible."""
    low = np.maximum(winning.low, admissible[0])
    high = np.minimum(winning.high, admissible[1])
    allowed: set[int] | None = None
    for gate in gates:
        low = np.maximum(low, LOWEST if gate.lowest is None else gate.lowest)
        high = np.minimum(high, HIGHEST if gate.highest is None else gate.highest)
        if gate.members is not None:
            allowed = set(gate.members) if allowed is None else allowed & set(gate.members)
    low, high = _even_up(low), _even_down(high)
    nearest = np.clip(halves, low, np.maximum(low, high))
    if allowed is None:
        return np.where(low <= high, nearest, HIGHEST)
    members = np.array([LOWEST, *sorted(m for m in allowed if m % 2 == 0), HIGHEST])
    above = members[np.searchsorted(members, nearest, side="left")]
    under = members[np.searchsorted(members, nearest, side="right") - 1]
    above = np.where((above <= high) & (above >= low), above, HIGHEST)
    under = np.where((under <= high) & (under >= low), under, LOWEST)
    return _nearer(halves, under, above)


def _nearest_losing(
    halves: Ints, winning: Interval, gates: Sequence[FrozenGate], admissible: tuple[int, int]
) -> Ints:
    """The admissible value nearest to the present one that loses or fails a gate."""
    under = np.where(winning.low > LOWEST, winning.low - 2, LOWEST)
    above = np.where(winning.high < HIGHEST, winning.high + 2, HIGHEST)
    for gate in gates:
        if gate.lowest is not None:
            under = np.maximum(under, _even_up(np.asarray(gate.lowest)) - 2)
        if gate.highest is not None:
            above = np.minimum(above, _even_down(np.asarray(gate.highest)) + 2)
        if gate.members is not None:
            next_under, next_above = _nearest_outside(halves, gate.members)
            under, above = np.maximum(under, next_under), np.minimum(above, next_above)
    under = np.where(under >= admissible[0], under, LOWEST)
    above = np.where(above <= admissible[1], above, HIGHEST)
    return _nearer(halves, under, above)


def _nearest_outside(halves: Ints, members: tuple[int, ...]) -> tuple[Ints, Ints]:
    """The nearest whole steps below and above that are not members."""
    under, above = halves - 2, halves + 2
    for member in sorted(members, reverse=True):
        under = np.where(under == member, under - 2, under)
    for member in sorted(members):
        above = np.where(above == member, above + 2, above)
    return under, above


def _nearer(halves: Ints, under: Ints, above: Ints) -> Ints:
    """The nearer of two values; a fall where both are as near; a stand-in where neither is."""
    down = np.where(under > LOWEST, halves - under, HIGHEST)
    up = np.where(above < HIGHEST, above - halves, HIGHEST)
    return np.where(down <= up, under, above)

"""Margins: the smallest change of one signal of one candidate that flips the decision.

Everything else stays as it is: the other candidates, the candidate's other signals, and
the frozen screen. A candidate who is not selected must get ahead of the *last one in*; a
candidate who is selected must fall behind the *first one out*. Both rivals are fixed, so a
margin is an inequality in one unknown, solved in integers:

    c · Δ > R − C,

with c the signal's coefficient, C the candidate's composite and R the rival's. At equality
the tie-breakers and then the lots decide. A gate on the same signal narrows the values that
select, and opens a second way out for those who are selected.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from toolkit.arrays import Floats, Ints
from toolkit.influence.rivals import Rival, Rivals, rivals_at_the_cut
from toolkit.intake.cohort import Cohort
from toolkit.screening.decisions import Decisions
from toolkit.screening.frozen import FrozenGate, PercentileTable
from toolkit.screening.lottery import lots

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
    rivals = rivals_at_the_cut(decisions)
    found = {signal: _of_signal(cohort, decisions, rivals, signal) for signal in signals}
    return pd.DataFrame(found, index=decisions.candidate_ids, columns=list(signals))


def _of_signal(cohort: Cohort, decisions: Decisions, rivals: Rivals, signal: str) -> Floats:
    column, about = cohort.fixed(signal), cohort.signal(signal)
    admissible = (
        LOWEST if about.low is None else int(np.ceil(about.low * column.halves_per_unit)),
        HIGHEST if about.high is None else int(np.floor(about.high * column.halves_per_unit)),
    )
    gates = [gate for gate in decisions.frozen.gates if gate.signal == signal]
    open_otherwise = ~column.missing & _passes_without(cohort, decisions, signal)
    change = np.full(len(cohort), np.nan)

    outside = np.flatnonzero(open_otherwise & ~decisions.selected)
    if outside.size and (rivals.place_free or rivals.last_in is not None):
        winning = _winning(decisions, rivals.last_in, signal, column.halves, outside, entering=True)
        target = _nearest_selecting(column.halves[outside], winning, gates, admissible)
        change[outside] = _in_units(target, column.halves[outside], column.halves_per_unit)

    inside = np.flatnonzero(open_otherwise & decisions.selected)
    if inside.size:
        winning = _winning(
            decisions, rivals.first_out, signal, column.halves, inside, entering=False
        )
        target = _nearest_losing(column.halves[inside], winning, gates, admissible)
        change[inside] = _in_units(target, column.halves[inside], column.halves_per_unit)
    return change


def _passes_without(
    cohort: Cohort, decisions: Decisions, signal: str
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Who would be eligible if the signal's own gates were always met."""
    met = np.ones(len(cohort), dtype=np.bool_)
    for gate, passed in zip(decisions.frozen.gates, decisions.passed, strict=True):
        if gate.signal != signal:
            met &= passed
    if decisions.screen.missing == "reject":
        for other, missing in decisions.missing.items():
            if other != signal:
                met &= ~missing
    return met


def _in_units(target: Ints, halves: Ints, halves_per_unit: int) -> Floats:
    change = (target - halves) / halves_per_unit
    return np.where((target <= LOWEST) | (target >= HIGHEST), np.nan, change)


def _winning(
    decisions: Decisions,
    rival: Rival | None,
    signal: str,
    halves: Ints,
    rows: Ints,
    *,
    entering: bool,
) -> Interval:
    """Values of the signal with which each candidate in `rows` is ahead of the rival.

    Where a negative weight, a percentile scale and a tie-break on the same signal meet, the
    values can form two intervals; the one nearer to a candidate who is entering, or who is
    leaving, is returned.
    """
    everything = np.full(rows.shape, LOWEST), np.full(rows.shape, HIGHEST)
    if rival is None:
        return Interval(*everything)
    gap = rival.composite - decisions.composites[rows]
    weight = decisions.frozen.weights.get(signal)
    if weight is None or weight.coefficient == 0:
        by_ties = _least_to_win_ties(decisions, rival, signal, rows, gap == 0)
        low = np.where(gap == 0, by_ties, np.where(gap < 0, LOWEST, HIGHEST))
        return Interval(_even_up(low), everything[1])

    coefficient = weight.coefficient
    now = halves[rows]
    reading = now if weight.table is None else weight.table.positions(now)
    quotient = np.floor_divide(gap, coefficient)
    divides = gap == quotient * coefficient
    equal = reading + quotient
    if coefficient > 0:
        strict = _first_at_least(weight.table, reading + quotient + 1)
    else:
        # c · Δ > gap asks for Δ below gap / c, and quotient is the floor of gap / c.
        strict = _last_at_most(weight.table, reading + quotient - divides)
    first, last = _plateau(weight.table, equal)
    level = divides & (first <= last)
    by_ties = _even_up(_least_to_win_ties(decisions, rival, signal, rows, level))
    if coefficient > 0:
        from_ties = np.maximum(first, by_ties)
        return Interval(np.where(level & (from_ties <= last), from_ties, strict), everything[1])
    wins_level = level & (by_ties <= (last if entering else first))
    return Interval(everything[0], np.where(wins_level, last, strict))


def _least_to_win_ties(
    decisions: Decisions, rival: Rival, signal: str, rows: Ints, wanted: Ints
) -> Ints:
    """The least value of the signal that wins the tie-breakers and lots against the rival.

    `LOWEST` where any value wins, `HIGHEST` where none does. Only rows marked as `wanted`
    matter; lots are drawn for no others.
    """
    names = decisions.screen.tie_breakers
    own = names.index(signal) if signal in names else None
    before = np.zeros(rows.shape, dtype=np.int64)
    after = np.zeros(rows.shape, dtype=np.int64)
    for position, (key, against) in enumerate(zip(decisions.tie_keys, rival.tie_keys, strict=True)):
        sign = np.sign(key[rows] - against)
        if own is None or position < own:
            before = np.where(before == 0, sign, before)
        elif position > own:
            after = np.where(after == 0, sign, after)
    undecided = np.flatnonzero(np.asarray(wanted) & (before == 0) & (after == 0))
    if undecided.size:
        after[undecided] = _ahead_by_lot(decisions, rival, rows[undecided])
    if own is None:
        return np.where(np.where(before == 0, after, before) > 0, LOWEST, HIGHEST)
    needed = rival.tie_keys[own] + (after <= 0)
    return np.where(before == 0, needed, np.where(before > 0, LOWEST, HIGHEST))


def _ahead_by_lot(decisions: Decisions, rival: Rival, rows: Ints) -> Ints:
    ids = decisions.candidate_ids[rows].astype(str).to_numpy(dtype=object)
    own = lots(decisions.screen.name, ids)
    against = lots(decisions.screen.name, [rival.candidate_id])[0]
    ahead = (own < against) | ((own == against) & (ids < rival.candidate_id))
    return np.where(ahead, 1, -1)


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

"""The frontier: two signals of one candidate moved together until the decision flips.

A margin moves one value and leaves the rest. Two scores often move together, and each then
needs less. The frontier is the set of all pairs of changes (Δa, Δb) that flip the decision
and from which nothing can be taken away: no other pair that flips it has |Δa| and |Δb| at
most as large, and one of them smaller. Everything else stays as it is, as for a margin; both
values stay whole steps within their admissible range, and gates count.

For each value that *a* may take, the smallest change of *b* is a margin, of a candidate who
has that value: the frontier is the margins of all these candidates
(`toolkit.influence.margins`), thinned to the minimal ones. It falls in steps: more of one
never asks for more of the other.

Where the range of *a* is open, values are tried as far as they can matter. Beyond every gate
bound, every tie with the rival and the ends of a percentile table, only the composite counts,
and it is decided by

    |c_a| · |Δa| > |R − C| + |c_b| · (the largest change of b up to its own such points),

with R − C the gap to the rival and c the coefficients: a pair with a larger Δa is not minimal.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from toolkit.arrays import Bools, Floats, Ints
from toolkit.errors import ScreenError, TooFewData, UnknownName
from toolkit.influence.alone import selected_alone
from toolkit.influence.margins import margins
from toolkit.influence.rivals import rivals_at_the_cut, standing
from toolkit.intake.cohort import Cohort, Signal
from toolkit.screening.decisions import Decisions, decide_columns
from toolkit.screening.lottery import Lottery

#: At most so many values of one signal are tried.
MOST_VALUES = 2**21


@dataclass(frozen=True, eq=False)
class Frontier:
    """Minimal pairs of changes of two signals that flip one candidate's decision.

    Parameters
    ----------
    candidate_id : str
    first, second : Signal
        The two signals.
    values : tuple of float
        The candidate's, of the first and the second.
    selected : bool
        The decision as it is.
    pairs : float array, shape (m, 2)
        Changes of the first and of the second, each in its own units and a whole number of
        its steps; the smallest change of the first comes first. Empty where no admissible
        pair flips the decision.
    """

    candidate_id: str
    first: Signal
    second: Signal
    values: tuple[float, float]
    selected: bool
    pairs: Floats

    @property
    def alone(self) -> tuple[float | None, float | None]:
        """The margins: the change of each that flips the decision without the other.

        A fall where a fall and a rise are as small; None where no admissible value does.
        """
        first = self.pairs[self.pairs[:, 1] == 0, 0]
        second = self.pairs[self.pairs[:, 0] == 0, 1]
        return (float(first.min()) if first.size else None), (
            float(second.min()) if second.size else None
        )

    def to_dict(self) -> dict[str, object]:
        """The ``frontier`` in the JSON of the command ``influence``."""
        names = (self.first.name, self.second.name)
        return {
            "candidate_id": self.candidate_id,
            "selected": self.selected,
            "signals": list(names),
            "values": dict(zip(names, self.values, strict=True)),
            "alone": dict(zip(names, self.alone, strict=True)),
            "pairs": [dict(zip(names, pair, strict=True)) for pair in self.pairs.tolist()],
        }


def frontier(
    cohort: Cohort, decisions: Decisions, candidate_id: str, first: str, second: str
) -> Frontier:
    """The minimal pairs of changes of two signals that flip one candidate's decision.

    Parameters
    ----------
    cohort : Cohort
    decisions : Decisions
        Made on this cohort.
    candidate_id : str
    first, second : str
        Two signals of the screen.

    Returns
    -------
    Frontier

    Raises
    ------
    UnknownName
        If there is no such candidate, or the screen does not use a signal.
    ScreenError
        If both signals are the same, or have too many values to try them all.
    TooFewData
        If the candidate has no value of one of the signals.
    """
    row = _row(cohort, candidate_id)
    for signal in (first, second):
        if signal not in decisions.screen.signals:
            known, where = decisions.screen.signals, f"the screen '{decisions.screen.name}'"
            raise UnknownName("signal", signal, known, where)
    if first == second:
        raise ScreenError(f"Both signals are '{first}'. Name two signals of the screen.")
    for signal in (first, second):
        if cohort.fixed(signal).missing[row]:
            raise TooFewData(
                f"Candidate '{candidate_id}' has no value of '{signal}', so there is none to "
                "move. Choose another signal or candidate."
            )
    one = _OfOne(cohort, decisions, row)
    ranges = {s: one.range_that_matters(s, o) for s, o in ((first, second), (second, first))}
    # The signal with fewer values is gone through; the other's changes are then exact anyway.
    tried, other = sorted((first, second), key=lambda signal: _size(ranges[signal]))
    if _size(ranges[tried]) > MOST_VALUES:
        raise ScreenError(
            f"'{first}' and '{second}' each have more than {MOST_VALUES:,} values that could "
            "matter. Choose a signal with fewer decimals or a narrower range."
        )
    found = one.minimal(tried, other, ranges[tried])
    pairs = found if tried == first else found[:, ::-1]
    values = cohort.signals[[first, second]].to_numpy(dtype=np.float64)[row]
    return Frontier(
        candidate_id=candidate_id,
        first=cohort.about[first],
        second=cohort.about[second],
        values=(float(values[0]), float(values[1])),
        selected=bool(decisions.selected[row]),
        pairs=pairs[np.lexsort((pairs[:, 1], pairs[:, 0], np.abs(pairs[:, 0])))],
    )


def _row(cohort: Cohort, candidate_id: str) -> int:
    row = int(cohort.candidate_ids.get_indexer(pd.Index([candidate_id]))[0])
    if row < 0:
        raise UnknownName("candidate", candidate_id, map(str, cohort.candidate_ids), "the cohort")
    return row


def _size(ends: tuple[int, int]) -> int:
    return (ends[1] - ends[0]) // 2 + 1


class _OfOne:
    """One candidate's chances with other values, against the rival at the cut."""

    def __init__(self, cohort: Cohort, decisions: Decisions, row: int) -> None:
        self.cohort, self.decisions, self.row = cohort, decisions, row
        self.selected = bool(decisions.selected[row])
        rivals = rivals_at_the_cut(decisions)
        self.rival = rivals.first_out if self.selected else rivals.last_in
        self.place_free = rivals.place_free

    def _reach(self, signal: str) -> tuple[int, int]:
        """Whole steps beyond which the signal's gates, ties and percentiles say nothing new."""
        frozen, column = self.decisions.frozen, self.cohort.fixed(signal)
        points = [int(column.halves[self.row])]
        for gate in frozen.gates:
            if gate.signal == signal:
                points += [p for p in (gate.lowest, gate.highest) if p is not None]
                points += gate.members or ()
        if self.rival >= 0 and signal in frozen.screen.tie_breakers:
            key = self.decisions.tie_keys[frozen.screen.tie_breakers.index(signal)]
            points.append(int(key[self.rival]))
        weight = frozen.weights.get(signal)
        if weight is not None and weight.coefficient and weight.table is not None:
            points += [int(weight.table.values[0]), int(weight.table.values[-1])]
        # One whole step further, from the whole step at or beyond each end.
        low, high = min(points), max(points)
        return self._admissible(signal, low - low % 2 - 2, high + high % 2 + 2)

    def _admissible(self, signal: str, low: int, high: int) -> tuple[int, int]:
        about, column = self.cohort.signal(signal), self.cohort.fixed(signal)
        if about.low is not None:
            low = max(low, 2 * math.ceil(column.half_steps(about.low) / 2))
        if about.high is not None:
            high = min(high, 2 * math.floor(column.half_steps(about.high) / 2))
        return low, high

    def _most_composite(self, signal: str) -> int:
        """The largest change of the composite by the signal within `_reach`."""
        weight = self.decisions.frozen.weights.get(signal)
        if weight is None:
            return 0
        if weight.table is not None:
            return abs(weight.coefficient) * 2 * weight.table.total
        now = int(self.cohort.fixed(signal).halves[self.row])
        return abs(weight.coefficient) * max(abs(end - now) for end in self._reach(signal))

    def range_that_matters(self, signal: str, other: str) -> tuple[int, int]:
        """First and last whole step of a signal that a minimal pair with another can have."""
        low, high = self._reach(signal)
        weight = self.decisions.frozen.weights.get(signal)
        if self.rival < 0 or weight is None or weight.table is not None or not weight.coefficient:
            return low, high
        composites = self.decisions.composites
        gap = abs(int(composites[self.rival]) - int(composites[self.row]))
        beyond = (gap + self._most_composite(other)) // abs(weight.coefficient) + 2
        beyond += beyond % 2
        return self._admissible(signal, low - beyond, high + beyond)

    def minimal(self, tried: str, other: str, ends: tuple[int, int]) -> Floats:
        """Minimal pairs of changes of the signal that is gone through and of the other."""
        if self.rival < 0 and not self.selected and not self.place_free:
            return np.empty((0, 2))
        column, theirs = self.cohort.fixed(tried), self.cohort.fixed(other)
        values = np.arange(ends[0], ends[1] + 1, 2)
        now, here = int(column.halves[self.row]), int(theirs.halves[self.row])
        at_once = self._flips({tried: values, other: np.full(values.size, here)})
        needed = self._margins(tried, values, other)
        steps = np.where(at_once, 0.0, np.rint(needed * theirs.halves_per_unit / 2))
        kept = _pareto((values - now) // 2, steps)
        first, second = values[kept], here + 2 * steps[kept].astype(np.int64)
        # A margin is one change; one as large the other way may flip the decision as well.
        mirrored = 2 * here - second
        low, high = self._admissible(
            other, int(mirrored.min(initial=here)), int(mirrored.max(initial=here))
        )
        also = (mirrored != second) & (mirrored >= low) & (mirrored <= high)
        also &= self._flips({tried: first, other: mirrored})
        first, second = np.append(first, first[also]), np.append(second, mirrored[also])
        return np.column_stack(
            ((first - now) / column.halves_per_unit, (second - here) / theirs.halves_per_unit)
        )

    def _flips(self, changed: dict[str, Ints]) -> Bools:
        """Whether each pair of values gives the candidate the other decision."""
        cohort, decisions = self._copies(changed)
        columns = {signal: cohort.fixed(signal) for signal in decisions.screen.signals}
        chosen = selected_alone(decisions, standing(decisions), columns)
        size = next(iter(changed.values())).size
        flipped: Bools = chosen[:size] != self.selected
        return flipped

    def _margins(self, tried: str, values: Ints, other: str) -> Floats:
        """The other signal's margin at each value of the one that is gone through."""
        cohort, decisions = self._copies({tried: values})
        return margins(cohort, decisions, [other])[other].to_numpy()[: values.size]

    def _copies(self, changed: dict[str, Ints]) -> tuple[Cohort, Decisions]:
        """A cohort of copies of the candidate with other values, and the rival, last.

        Each copy has the decision that was made, so that its rival is the candidate's.
        """
        size = next(iter(changed.values())).size
        rows = np.full(size, self.row)
        if self.rival >= 0:
            rows = np.append(rows, self.rival)
        signals = list(self.decisions.screen.signals)
        table = self.cohort.signals[signals].to_numpy(dtype=np.float64)[rows]
        for signal, halves in changed.items():
            table[:size, signals.index(signal)] = halves / self.cohort.fixed(signal).halves_per_unit
        index = pd.Index(self.cohort.ids[rows], name="candidate_id", dtype=object)
        cohort = Cohort(
            candidates=pd.DataFrame(index=index),
            signals=pd.DataFrame(table, index=index, columns=signals),
            about={signal: self.cohort.about[signal] for signal in signals},
        )
        # Nobody else is there: whether a place is free is not counted anew, but carried over.
        places = rows.size + 1 if self.place_free else 0
        frozen = replace(self.decisions.frozen, places=places)
        columns = {signal: cohort.fixed(signal) for signal in signals}
        decided = decide_columns(frozen, columns, Lottery(frozen.screen.name, cohort.ids))
        selected = np.full(rows.size, self.selected)
        selected[size:] = not self.selected
        return cohort, replace(decided, selected=selected)


def _pareto(first: Ints, second: Floats) -> Ints:
    """Positions of the pairs from which nothing can be taken away, by size; NaN is no pair."""
    size, step = np.abs(first), np.abs(second)
    known = np.flatnonzero(~np.isnan(step))
    order: Ints = known[np.lexsort((step[known], size[known]))]
    if not order.size:
        return order
    size, step = size[order], step[order]
    new = np.append(True, np.diff(size) != 0)
    level = new.cumsum() - 1
    least = step[new][level]
    # A pair has to stay below the least that goes with any smaller change of the first.
    before = np.append(np.inf, np.minimum.accumulate(step))[np.flatnonzero(new)][level]
    kept: Ints = order[(step == least) & (least < before)]
    return kept

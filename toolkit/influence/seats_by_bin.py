"""Counts of those who hold the seats at every cut-off, where very many compete.

Putting them in order would take longest, so only a few are. Composites fall into bins. How many
of each wide bin reach how many cut-offs says in which wide bin the last seat at each cut-off
falls; how many of each narrow one reach which of the cut-offs whose last seat falls into its
wide bin says in which narrow one. Whoever is in no bin with a last seat is known by the bin to
be ahead of it or behind. The others, a few in a hundred, are put in order.

Everything that goes through all candidates lets other threads run meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csc_array

from toolkit.arrays import Bools, Floats, Ints
from toolkit.influence.count_seats import Values
from toolkit.influence.field import Field, LotsOfSome
from toolkit.influence.last_seats import LOOKED_AT, Contest, last_ones
from toolkit.influence.sweep_parts import WHOLE

Small = npt.NDArray[np.int32]
Bin = npt.NDArray[np.uint16]

#: Bits of a bin's number, and those of them that tell narrow bins of a wide one apart.
BITS, NARROW = 16, 8
#: Candidates of a block that stays in the processor's cache, and of one that is counted at once.
BLOCK, COUNTED = 2**16, 2**20
#: Cut-offs times cells up to which the tables stay small.
MOST_MARKS = 2**20
#: Composites are below this in size.
LARGEST = 2**62 - 1


@dataclass(frozen=True, eq=False)
class Seats:
    """Who holds the seats at each cut-off, in counts.

    Parameters
    ----------
    counts : int64 array, shape (n_cutoffs, 2 ** bits)
    totals : float array, shape (n_cutoffs,)
        As `Counted.count_seats` has them.
    filled : bool array, shape (n_cutoffs,)
    last : int64 array, shape (n_cutoffs,)
        As `Seating` has them.
    """

    counts: Ints
    totals: Floats
    filled: Bools
    last: Ints


@dataclass(frozen=True, eq=False)
class Crowd:
    """Many who compete at several weights.

    Parameters
    ----------
    field : Field
    contest : Contest
        Theirs.
    ends : int64 array, float array
        How many, and which value, drop out at each cut-off.
    """

    field: Field
    contest: Contest
    ends: tuple[Ints, Floats]

    @classmethod
    def of(cls, field: Field, taken: Ints) -> Crowd:
        """What is the same at every weight.

        Parameters
        ----------
        field : Field
        taken : int64 array, shape (n_cutoffs,)
            Places that others have for certain, who are ahead of all of these.
        """
        table = _Marks.of(field)
        for rows in _blocks(field.size, COUNTED):
            table.add(field.counted.key[rows].astype(np.int32), field.counted.value[rows])
        return cls(field, field.contest(taken), table.by_cutoff())

    @staticmethod
    def can_count(field: Field) -> bool:
        """Whether there are no more cut-offs and cells than the tables are made for."""
        return (field.n_cutoffs + 1) << field.counted.bits <= MOST_MARKS

    def seats(self, percent: int) -> Seats:
        """Fill the places at one weight of the score."""
        counted, left = self.field.counted, self.contest.left
        passing = self.ends[0].sum(axis=1)[:0:-1].cumsum()[::-1]
        filled = passing >= left
        cutoffs = np.flatnonzero(filled & (left > 0))
        bins, table = self._bins(percent)
        wide, nth = _wide_bins(table, left[cutoffs], cutoffs)
        last_in, nth = self._narrowed(bins, wide, nth, cutoffs)
        # Ahead of the first last seat is who has a seat wherever there is one to be had.
        begin = np.searchsorted(last_in, np.arange(1 << BITS)).astype(np.int32)
        begin += np.int32(np.count_nonzero(filled & (left <= 0)))
        begin[last_in] = self.field.n_cutoffs
        begin <<= counted.bits
        marks, some = _Marks.of(self.field), [np.zeros(0, dtype=np.int64)]
        work = _room(self.field.size)
        mask = np.int32((1 << counted.bits) - 1)
        for rows in _blocks(self.field.size, COUNTED):
            first = work[: rows.stop - rows.start]
            for part in _blocks(first.size, BLOCK):
                at = slice(rows.start + part.start, rows.start + part.stop)
                key, own = counted.key[at], first[part]
                np.take(begin, bins[at], out=own, mode="clip")
                own |= key & mask
                # Who begins where the score has dropped out holds no seat, or has to be looked at.
                some.append(np.flatnonzero(own >= key) + at.start)
            marks.add(first, counted.value[rows])
        aside = np.concatenate(some)
        first = begin[bins[aside]]
        first |= (counted.key[aside] & mask).astype(np.int32)
        marks.add(first, counted.value[aside], -1)
        last = np.zeros(self.field.n_cutoffs, dtype=np.int64)
        if cutoffs.size:
            hit = np.zeros(1 << BITS, dtype=np.bool_)
            hit[last_in] = True
            close = np.flatnonzero(hit[bins[aside]])
            near = aside[close]
            own_begin, last[cutoffs] = self._exactly(percent, near, bins[near], last_in, nth)
            first[close] = (own_begin << counted.bits) | (first[close] & mask)
        # Of those who were set aside, both ends are counted one by one; the others drop out
        # where their score does.
        end, value = counted.key[aside].astype(np.int32), counted.value[aside]
        marks.add(first, value)
        marks.add(end, value)
        np.maximum(first, end, out=end)
        marks.add(end, value, -1)
        counts, sums = marks.by_cutoff()
        return Seats((counts - self.ends[0])[:-1], (sums - self.ends[1])[:-1], filled, last)

    def _bins(self, percent: int) -> tuple[Bin, Small]:
        """Each candidate's bin, the best first; how many reach what in each wide bin."""
        field, width = self.field, self.field.n_cutoffs + 1
        step = max(-(-field.size // LOOKED_AT), 1)
        some = field.composites(percent, slice(None, None, step))
        low, high = (int(some.min()), int(some.max())) if some.size else (0, 0)
        # A few far out must not make the bins wide for everybody else.
        wider = (high - low) >> 3
        top, bottom = min(high + wider, LARGEST), max(low - wider, -LARGEST)
        shift = max((top - bottom).bit_length() - BITS, 0)
        bins = np.empty(field.size, dtype=np.uint16)
        table, work = np.zeros(width << (BITS - NARROW), dtype=np.int32), _room(field.size)
        for rows in _blocks(field.size, COUNTED):
            reached = work[: rows.stop - rows.start]
            for part in _blocks(reached.size, BLOCK):
                at = slice(rows.start + part.start, rows.start + part.stop)
                behind = field.composites(percent, at)
                np.clip(behind, bottom, top, out=behind)
                np.subtract(top, behind, out=behind)
                behind >>= shift
                bins[at] = behind
                own = reached[part]
                np.right_shift(bins[at], NARROW, out=own)
                own *= width
                own += field.reached[at]
            table += _counts(reached, table.size)
        return bins, table.reshape(-1, width)

    def _narrowed(self, bins: Bin, wide: Ints, nth: Ints, cutoffs: Ints) -> tuple[Ints, Ints]:
        """The bin that the last seat at each cut-off falls into, and the how many-th of it."""
        field, n_wide = self.field, 1 << (BITS - NARROW)
        # Of a wide bin, a column for each number of its own cut-offs that may be reached.
        first = np.searchsorted(wide, np.arange(n_wide))
        number = np.bincount(wide, minlength=n_wide)
        begin = np.cumsum(number + 1) - (number + 1)
        lowest = cutoffs[0] if cutoffs.size else 0
        own = np.arange(field.n_cutoffs + 1) - (lowest + first)[:, None]
        column = begin[:, None] + np.clip(own, 0, number[:, None])
        width = int(column[-1, -1] + number[-1] + 1)
        column = column.astype(np.int32).ravel()
        table, work = np.zeros(width << NARROW, dtype=np.int32), _room(field.size)
        for rows in _blocks(field.size, COUNTED):
            found = work[: rows.stop - rows.start]
            for part in _blocks(found.size, BLOCK):
                at = slice(rows.start + part.start, rows.start + part.stop)
                own = (bins[at] >> NARROW).astype(np.int32)
                own *= field.n_cutoffs + 1
                own += field.reached[at]
                np.take(column, own, out=found[part], mode="clip")
                np.bitwise_and(bins[at], (1 << NARROW) - 1, out=own)
                own *= width
                found[part] += own
            table += _counts(found, table.size)
        passing = _so_far(table.reshape(-1, width))
        # Who reaches more than a cut-off stands in the columns behind it, to the wide bin's end.
        behind = np.zeros((1 << NARROW, width + 1), dtype=np.int32)
        np.cumsum(passing[:, ::-1], axis=1, dtype=np.int32, out=behind[:, -2::-1])
        after = begin[wide] + np.arange(wide.size) - first[wide] + 1
        end = begin[wide] + number[wide] + 1
        narrow, nth = _nth_of(behind[:, after] - behind[:, end], nth)
        return (wide << NARROW) + narrow, nth

    def _exactly(
        self, percent: int, near: Ints, bins: Bin, last_in: Ints, nth: Ints
    ) -> tuple[Small, Ints]:
        """The cut-offs at which those near a last seat begin, and the last seats' composites."""
        field = self.field
        contest = Contest(
            field.reached[near],
            field.n_cutoffs,
            [key[near] for key in field.tie_keys],
            LotsOfSome(field.lottery, near),
            field.places,
        )
        composites = field.rest[near] * (WHOLE - percent) + field.own[near] * percent
        lowest = int(np.count_nonzero(self.contest.left <= 0))
        cutoffs = lowest + np.arange(last_in.size)
        up_to = np.bincount(bins, minlength=1 << BITS).cumsum()
        ahead = np.where(last_in > 0, up_to[last_in - 1], 0)
        order, last = last_ones(contest, composites, np.arange(near.size), nth, cutoffs, ahead)
        begin = np.empty(near.size, dtype=np.int32)
        begin[order] = lowest + np.searchsorted(last, np.arange(near.size))
        return begin, composites[order[last]]


@dataclass(frozen=True, eq=False)
class _Marks:
    """Where candidates begin or end, added up: by cut-off and cell, and their values."""

    counts: Ints
    sums: Floats
    shape: tuple[int, int]

    @classmethod
    def of(cls, field: Field) -> _Marks:
        shape = field.n_cutoffs + 1, 1 << field.counted.bits
        return cls(np.zeros(shape[0] * shape[1], np.int64), np.zeros(shape[0] * shape[1]), shape)

    def add(self, at: Small, value: Values, sign: int = 1) -> None:
        self.counts.__iadd__(sign * _counts(at, self.counts.size))
        self.sums.__iadd__(sign * _sums(at, value.astype(np.float64, copy=False), self.sums.size))

    def by_cutoff(self) -> tuple[Ints, Floats]:
        return self.counts.reshape(self.shape), self.sums.reshape(self.shape).sum(axis=1)


def _blocks(size: int, length: int) -> Iterator[slice]:
    for begin in range(0, size, length):
        yield slice(begin, min(begin + length, size))


def _wide_bins(table: Small, left: Ints, cutoffs: Ints) -> tuple[Ints, Ints]:
    """The wide bin that the last seat at each cut-off falls into, and the how many-th of it.

    From how many of each wide bin reach how many cut-offs.
    """
    so_far = _so_far(table)
    passing = np.cumsum(so_far[:, :0:-1], axis=1, dtype=np.int32)[:, ::-1]
    return _nth_of(passing[:, cutoffs], left)


def _so_far(table: Small) -> Small:
    """Each row with those before it added, in place."""
    for before, own in pairwise(table):
        own += before
    return table


def _nth_of(so_far: Small, nth: Ints) -> tuple[Ints, Ints]:
    """In which row each column's n-th is, from counts added up along the rows; and which there."""
    at: Ints = np.count_nonzero(so_far < nth, axis=0)
    before = np.where(at > 0, so_far[at - 1, np.arange(at.size)], 0)
    return at, nth - before


def _room(size: int) -> Small:
    """For the numbers of those who are counted at once."""
    return np.empty(min(size, COUNTED), dtype=np.int32)


@cache
def _ones(size: int) -> Small:
    return np.ones(size, dtype=np.int32)


def _counts(at: Small, size: int) -> Small:
    """How often each number occurs."""
    ones = _ones(1 << max(at.size - 1, 0).bit_length())
    found: Small = _sums(at, ones[: at.size], size)
    return found


def _sums(at: Small, weight: npt.NDArray[Any], size: int) -> npt.NDArray[Any]:
    """Weights added up by number.

    A matrix of one column, times one: what `numpy.bincount` gives, which lets no other thread
    run meanwhile.
    """
    column: Any = csc_array((weight, at, np.array([0, at.size], dtype=np.int32)), shape=(size, 1))
    found: npt.NDArray[Any] = column @ np.ones(1, dtype=weight.dtype)
    return found

"""The k-th lowest of values that do not fit into memory, exactly, by counting.

All values are counted into bins of one width; the bin that holds the k-th is counted again
into finer bins, until a bin is one value wide. Two to four looks find it among any number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from toolkit.arrays import Ints
from toolkit.engine.engine import Engine

#: Bins of one look are ``2 ** BITS``, where nothing else is said.
BITS = 14
#: From a batch to the values of each question.
Values = Callable[[pa.RecordBatch], Sequence[Ints]]


@dataclass(frozen=True)
class Search:
    """Where the k-th lowest of some values lies.

    Parameters
    ----------
    rank : int
        From 0 among the values from `low` to `high`.
    low, high : int
        Both possible.
    bits : int
        Bins of one look are ``2 ** bits``.
    """

    rank: int
    low: int
    high: int
    bits: int = BITS

    @property
    def shift(self) -> int:
        """Bits that the bins of the next look do not tell apart."""
        return max((self.high - self.low).bit_length() - self.bits, 0)

    def bin_of(self, value: int) -> int:
        """The bin that a value between the ends is counted in."""
        return (value - self.low) >> self.shift

    def narrowed(self, counts: Ints) -> Search:
        """The bin that holds the value."""
        up_to = np.cumsum(counts)
        at = int(np.searchsorted(up_to, self.rank, side="right"))
        low = self.low + (at << self.shift)
        high = min(low + (1 << self.shift) - 1, self.high)
        return Search(self.rank - int(up_to[at] - counts[at]), low, high, self.bits)


@dataclass(frozen=True, eq=False)
class Counts:
    """Counts of each question's bins."""

    bins: tuple[Ints, ...]

    def __add__(self, other: Counts) -> Counts:
        return Counts(tuple(a + b for a, b in zip(self.bins, other.bins, strict=True)))


@dataclass(frozen=True)
class BinKernel:
    """Counts the values of each question into its bins."""

    values: Values
    searches: tuple[Search, ...]

    def __call__(self, batch: pa.RecordBatch) -> Counts:
        return Counts(
            tuple(
                binned(values, search)
                for values, search in zip(self.values(batch), self.searches, strict=True)
            )
        )


def binned(values: Ints, search: Search) -> Ints:
    """How many of the values lie in each bin of a search."""
    inside = values[(values >= search.low) & (values <= search.high)]
    bins = (inside - search.low) >> search.shift
    counts: Ints = np.bincount(bins, minlength=1 << search.bits)
    return counts


def nth_values(
    engine: Engine, columns: Sequence[str], values: Values, searches: Sequence[Search]
) -> list[int]:
    """The value of each rank.

    Parameters
    ----------
    engine : Engine
    columns : sequence of str
        What `values` looks at.
    values : callable
        From a batch to one int64 array a question.
    searches : sequence of Search
        A question each: its rank, and the ends of its values.
    """
    open_ones = tuple(searches)
    while any(search.low < search.high for search in open_ones):
        found = engine.add_up(columns, BinKernel(values, open_ones))
        assert found is not None
        open_ones = tuple(
            search.narrowed(counts) if search.low < search.high else replace(search)
            for search, counts in zip(open_ones, found.bins, strict=True)
        )
    return [search.low for search in open_ones]

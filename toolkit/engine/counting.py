"""How often each combination of the values of some columns occurs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.arrays import Bools, Ints

#: Combinations of one batch that are counted whether they occur or not.
_AT_ONCE = 2**14
Values = tuple[str | None, ...]


@dataclass(frozen=True, eq=False)
class Combinations:
    """Combinations of values, as texts, and how often each occurs.

    Parameters
    ----------
    counts : mapping of tuple of (str or None) to int
    """

    counts: Mapping[Values, int]

    def __add__(self, other: Combinations) -> Combinations:
        return Combinations(Counter(self.counts) + Counter(other.counts))


@dataclass(frozen=True)
class CountCombinations:
    """Counts the combinations of some columns in a batch.

    Parameters
    ----------
    columns : tuple of str
    """

    columns: tuple[str, ...]

    def __call__(self, batch: pa.RecordBatch) -> Combinations:
        if not self.columns or not batch.num_rows:
            return Combinations({})
        return keys_of(batch, self.columns).count()


@dataclass(frozen=True, eq=False)
class Keys:
    """The combination of each row of a batch, as a number.

    Parameters
    ----------
    of_rows : integer array, shape (n,)
    values : tuple of list of (str or None)
        Of each column: a number is a place in their table.
    """

    of_rows: Ints
    values: tuple[list[str | None], ...]

    @property
    def sizes(self) -> tuple[int, ...]:
        return tuple(len(values) for values in self.values)

    @property
    def few(self) -> bool:
        """Whether all combinations may be counted, whether they occur or not."""
        return math.prod(self.sizes) <= _AT_ONCE

    def count(self) -> Combinations:
        """How often each occurs."""
        if self.few:
            (counted,) = self.count_parts(None)
            return counted
        keys, counts = np.unique(self.of_rows, return_counts=True)
        return self._named(keys, counts)

    def count_parts(self, part: Bools | None) -> tuple[Combinations, ...]:
        """How often each occurs in all rows, and in some of them; where they are `few`."""
        size = math.prod(self.sizes)
        if part is None:
            whole = np.bincount(self.of_rows, minlength=size)
            return (self._everywhere(whole),)
        marked = np.multiply(part, size, dtype=np.int64)
        marked += self.of_rows
        others, chosen = np.bincount(marked, minlength=2 * size).reshape(2, size)
        return self._everywhere(others + chosen), self._everywhere(chosen)

    def _everywhere(self, counts: Ints) -> Combinations:
        keys = np.flatnonzero(counts)
        return self._named(keys, counts[keys])

    def _named(self, keys: Ints, counts: Ints) -> Combinations:
        places = np.unravel_index(keys, self.sizes) if self.values else ()
        named = [
            [values[at] for at in place.tolist()]
            for values, place in zip(self.values, places, strict=True)
        ]
        whole = zip(*named, strict=True) if named else [()] * keys.size
        return Combinations(dict(zip(whole, counts.tolist(), strict=True)))


def keys_of(batch: pa.RecordBatch, columns: Sequence[str]) -> Keys:
    """The combination of these columns' values in each row."""
    read = [coded(batch.column(name)) for name in columns]
    of_rows = np.zeros(0 if read else batch.num_rows, dtype=np.int64)
    for at, (codes, values) in enumerate(read):
        of_rows = of_rows * len(values) + codes if at else codes
    return Keys(of_rows, tuple(values for _, values in read))


def coded(array: pa.Array) -> tuple[Ints, list[str | None]]:
    """A column as positions in the list of the texts that occur; missing is one of them."""
    if not pa.types.is_dictionary(array.type):
        array = pc.dictionary_encode(pc.cast(array, pa.string()))
    values: list[str | None] = pc.cast(array.dictionary, pa.string()).to_pylist()
    if not array.null_count:
        return array.indices.to_numpy().astype(np.int64, copy=False), values
    codes = array.indices.fill_null(len(values)).to_numpy().astype(np.int64, copy=False)
    return codes, [*values, None]

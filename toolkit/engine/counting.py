"""How often each combination of the values of some columns occurs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.arrays import Ints

#: Combinations of one batch that are counted whether they occur or not.
_AT_ONCE = 2**14
Values = tuple[str | None, ...]
Codes = npt.NDArray[np.integer]
Marks = npt.NDArray[np.uint8]


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

    of_rows: Codes
    values: tuple[list[str | None], ...]

    @property
    def sizes(self) -> tuple[int, ...]:
        return tuple(len(values) for values in self.values)

    @property
    def few(self) -> bool:
        """Whether all combinations may be counted, whether they occur or not."""
        return few(self.sizes)

    def count(self) -> Combinations:
        """How often each occurs."""
        if self.few:
            return self.named(np.bincount(self.of_rows, minlength=math.prod(self.sizes)))
        keys, counts = np.unique(self.of_rows, return_counts=True)
        return self._named(keys, counts)

    def named(self, counts: Ints) -> Combinations:
        """Counts of all combinations by their names, without those that do not occur."""
        keys = np.flatnonzero(counts)
        return self._named(keys, counts[keys])

    def _named(self, keys: Codes, counts: Ints) -> Combinations:
        places = np.unravel_index(keys, self.sizes) if self.values else ()
        named = [
            [values[at] for at in place.tolist()]
            for values, place in zip(self.values, places, strict=True)
        ]
        whole = zip(*named, strict=True) if named else [()] * keys.size
        return Combinations(dict(zip(whole, counts.tolist(), strict=True)))


def keys_of(batch: pa.RecordBatch, columns: Sequence[str]) -> Keys:
    """The combination of these columns' values in each row."""
    arrays = [encoded(batch.column(name)) for name in columns]
    values = tuple(_values(array) for array in arrays)
    codes = [positions(array) for array in arrays]
    return Keys(joint(codes, [len(own) for own in values], batch.num_rows), values)


def coded(array: pa.Array) -> tuple[Ints, list[str | None]]:
    """A column as positions in the list of the texts that occur; missing is one of them."""
    array = encoded(array)
    return positions(array).astype(np.int64, copy=False), _values(array)


def encoded(array: pa.Array) -> pa.DictionaryArray:
    """A column as positions in a list of the texts that occur."""
    if pa.types.is_dictionary(array.type):
        return array
    return pc.dictionary_encode(pc.cast(array, pa.string()))


def positions(array: pa.DictionaryArray) -> Codes:
    """The positions; who has no text comes after the last."""
    indices = array.indices
    codes: Codes = (
        indices.fill_null(len(array.dictionary)) if array.null_count else indices
    ).to_numpy()
    return codes


def texts_of(dictionary: pa.Array) -> list[str | None]:
    """The list of the texts."""
    texts: list[str | None] = pc.cast(dictionary, pa.string()).to_pylist()
    return texts


def _values(array: pa.DictionaryArray) -> list[str | None]:
    texts = texts_of(array.dictionary)
    return [*texts, None] if array.null_count else texts


def joint(codes: Sequence[Codes], sizes: Sequence[int], rows: int) -> Codes:
    """Positions in several lists as one number of each row."""
    kind = np.int32 if math.prod(sizes) < 2**31 else np.int64
    key: Codes = np.zeros(0 if codes else rows, dtype=kind)
    for at, (own, size) in enumerate(zip(codes, sizes, strict=True)):
        if at:
            key = np.multiply(key, size, dtype=kind)
            key += own
        else:
            key = own.astype(kind, copy=False)
    return key


def few(sizes: Sequence[int]) -> bool:
    """Whether all combinations may be counted, whether they occur or not."""
    return math.prod(sizes) <= _AT_ONCE

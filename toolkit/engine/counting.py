"""How often each combination of the values of some columns occurs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.arrays import Ints

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
        read = [coded(batch.column(name)) for name in self.columns]
        sizes = [len(values) for _, values in read]
        key = read[0][0]
        for (codes, _), size in zip(read[1:], sizes[1:], strict=True):
            key = key * size + codes
        if int(np.prod(sizes, dtype=np.float64)) > _AT_ONCE:
            keys, counts = np.unique(key, return_counts=True)
        else:
            everywhere = np.bincount(key, minlength=int(np.prod(sizes)))
            keys = np.flatnonzero(everywhere)
            counts = everywhere[keys]
        places = np.unravel_index(keys, sizes)
        named = [
            [values[at] for at in place.tolist()]
            for (_, values), place in zip(read, places, strict=True)
        ]
        return Combinations(dict(zip(zip(*named, strict=True), counts.tolist(), strict=True)))


def coded(array: pa.Array) -> tuple[Ints, list[str | None]]:
    """A column as positions in the list of the texts that occur; missing is one of them."""
    if not pa.types.is_dictionary(array.type):
        array = pc.dictionary_encode(pc.cast(array, pa.string()))
    values: list[str | None] = pc.cast(array.dictionary, pa.string()).to_pylist()
    if not array.null_count:
        return array.indices.to_numpy().astype(np.int64, copy=False), values
    codes = array.indices.fill_null(len(values)).to_numpy().astype(np.int64, copy=False)
    return codes, [*values, None]

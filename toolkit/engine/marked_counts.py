"""Counting marked rows over batches that follow each other.

Batches from one place share the list of the texts that occur: positions in it are counted, and
named when a batch comes with another list.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from toolkit.arrays import Ints
from toolkit.engine.counting import (
    Combinations,
    Keys,
    Marks,
    Values,
    encoded,
    few,
    joint,
    positions,
    texts_of,
)


class MarkedCounts:
    """How often each combination of some columns' values occurs with each mark.

    Parameters
    ----------
    columns : sequence of str
    marks : int
        A mark is below this.
    """

    def __init__(self, columns: Sequence[str], marks: int) -> None:
        self._columns = tuple(columns)
        self._named: list[Counter[Values]] = [Counter() for _ in range(marks)]
        self._lists: list[pa.Array] = []
        self._values: tuple[list[str | None], ...] = ()
        self._counts: Ints | None = None

    def add(self, batch: pa.RecordBatch, mark: Marks) -> bool:
        """Count the rows of a batch.

        Parameters
        ----------
        batch : RecordBatch
        mark : uint8 array, shape (n,)

        Returns
        -------
        bool
            False where too many combinations might occur: then nothing was counted.
        """
        arrays = [encoded(batch.column(name)) for name in self._columns]
        lists = [array.dictionary for array in arrays]
        if self._counts is None or not all(map(pa.Array.equals, lists, self._lists)):
            # One place more than there are texts, for those who have none.
            sizes = [len(texts) + 1 for texts in lists]
            if not few(sizes):
                return False
            self._name()
            self._lists = lists
            self._values = tuple([*texts_of(texts), None] for texts in lists)
            self._counts = np.zeros(math.prod(sizes) * len(self._named), dtype=np.int64)
        codes = [*map(positions, arrays), mark]
        sizes = [*map(len, self._values), len(self._named)]
        self._counts += np.bincount(joint(codes, sizes, 0), minlength=self._counts.size)
        return True

    def by_mark(self) -> list[Combinations]:
        """The counts of each mark."""
        self._name()
        return [Combinations(dict(counted)) for counted in self._named]

    def _name(self) -> None:
        if self._counts is not None:
            keys = Keys(np.zeros(0, dtype=np.int32), self._values)
            for whole, counts in zip(
                self._named, self._counts.reshape(-1, len(self._named)).T, strict=True
            ):
                whole.update(keys.named(counts).counts)
            self._counts = None

"""A few rows of many batches, kept for later."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from toolkit.arrays import Ints
from toolkit.engine.counting import encoded, positions

#: Rows of many batches are put together once there are so many, so that few are there twice.
TOGETHER = 2**16


class KeptRows:
    """Rows of batches that follow each other and have the same columns, without a gap in numbers.

    Picking them column by column and putting many together at once takes a fraction of the time
    that a table for each batch would.

    Parameters
    ----------
    numbers, texts : sequence of str
        The columns to keep.
    together : int
        So many rows of several batches are put together.
    """

    def __init__(
        self, numbers: Sequence[str], texts: Sequence[str], together: int = TOGETHER
    ) -> None:
        self._names = [*numbers, *texts]
        self._texts = tuple(texts)
        self._parts: list[list[npt.NDArray[np.generic]]] = []
        self._lists: list[pa.Array] = []
        self._batches: list[pa.RecordBatch] = []
        self._together = together
        self._loose = 0
        self.rows = 0

    def add(self, batch: pa.RecordBatch, rows: Ints) -> None:
        """Keep these rows of a batch."""
        texts = [encoded(batch.column(name)) for name in self._texts]
        lists = [array.dictionary for array in texts]
        if not all(map(pa.Array.equals, lists, self._lists)):
            self._put_together()
        self._lists = lists
        numbers = self._names[: len(self._names) - len(texts)]
        columns = [batch.column(name).to_numpy() for name in numbers] + list(map(positions, texts))
        self._parts.append([column[rows] for column in columns])
        self.rows += rows.size
        self._loose += rows.size
        if self._loose >= self._together:
            self._put_together()

    def clear(self) -> None:
        """Keep none of them."""
        self._parts.clear()
        self._batches.clear()
        self._loose = 0

    def batches(self) -> list[pa.RecordBatch]:
        """All that were kept."""
        self._put_together()
        return self._batches

    def _put_together(self) -> None:
        if not self._parts:
            return
        columns = [np.concatenate(own) for own in zip(*self._parts, strict=True)]
        self._parts.clear()
        self._loose = 0
        first_text = len(columns) - len(self._lists)
        arrays = [pa.array(column) for column in columns[:first_text]]
        for codes, texts in zip(columns[first_text:], self._lists, strict=True):
            # Who has no text has the position after the last.
            places = pa.array(codes, mask=codes == len(texts))
            arrays.append(pa.DictionaryArray.from_arrays(places, texts))
        self._batches.append(pa.RecordBatch.from_arrays(arrays, names=self._names))

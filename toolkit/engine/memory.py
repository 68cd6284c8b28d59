"""Rows in memory: the case of one table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.engine.buckets import bucket_of, buckets_for
from toolkit.engine.engine import Engine, Kernel, Rewriting, T, added, added_by_name, asked, over
from toolkit.engine.folder import Folder
from toolkit.progress import Progress

#: Rows that a kernel is given at once: their columns stay in the processor's cache.
BATCH = 2**16


@dataclass(frozen=True, eq=False)
class MemoryEngine:
    """Goes through a table in memory.

    Parameters
    ----------
    table : pyarrow.Table
    batch : int
        Most rows of a batch.
    files : tuple of (str, int)
        Which file the rows come from, and how many each has, in their order.
    """

    table: pa.Table
    batch: int = BATCH
    files: tuple[tuple[str, int], ...] = ()
    name: str = "memory"

    @classmethod
    def of(cls, engine: Engine, columns: Sequence[str]) -> MemoryEngine:
        """The rows of another engine, read into memory."""
        columns = list(dict.fromkeys(columns))
        found = engine.add_up_by_file(columns, _kept)
        if not found:
            return cls(pa.schema([engine.schema.field(name) for name in columns]).empty_table())
        files = tuple((name, rows.table.num_rows) for name, rows in found.items())
        return cls(pa.concat_tables([rows.table for rows in found.values()]), files=files)

    @property
    def schema(self) -> pa.Schema:
        return self.table.schema

    def count(self) -> int:
        return int(self.table.num_rows)

    def some(self, columns: Sequence[str], rows: int) -> pa.RecordBatch | None:
        table = self.table.select(asked(columns, self.schema))
        step = max(table.num_rows // max(rows, 1), 1)
        return one_batch(table.take(np.arange(0, table.num_rows, step))) if len(table) else None

    def reach(self, column: str) -> float | None:  # noqa: ARG002
        """Not known before it is looked at."""
        return None

    def add_up(
        self, columns: Sequence[str], kernel: Kernel[T], progress: Progress | None = None
    ) -> T | None:
        return over(kernel, self._told(columns, progress))

    def add_up_by_bucket(
        self, columns: Sequence[str], key: str, kernel: Kernel[T], progress: Progress | None = None
    ) -> T | None:
        whole = added(kernel(batch) for batch in self._buckets(columns, key))
        if progress is not None:
            progress(1.0)
        return whole

    def add_up_by_file(
        self,
        columns: Sequence[str],
        kernel: Callable[[pa.RecordBatch], T | None],
        progress: Progress | None = None,
    ) -> dict[str, T]:
        table = self.table.select(asked(columns, self.schema))
        ends = accumulate(n for _, n in self.files)
        parts = [
            (name, table.slice(end - n, n)) for (name, n), end in zip(self.files, ends, strict=True)
        ]
        found = added_by_name(
            (name, kernel(batch))
            for name, part in parts or [("", table)]
            for batch in part.to_batches(max_chunksize=self.batch)
            if batch.num_rows
        )
        if progress is not None:
            progress(1.0)
        return found

    def write(
        self,
        columns: Sequence[str],
        kernel: Rewriting,
        schema: pa.Schema,
        out: Path,
        plan: str,
        key: str | None = None,
        progress: Progress | None = None,
    ) -> int:
        read = self._told(columns, progress) if key is None else self._buckets(columns, key)
        with Folder.begun(out, plan) as folder:
            folder.write("part-00000", map(kernel, read), schema)
        return folder.rows

    def _buckets(self, columns: Sequence[str], key: str) -> Iterator[pa.RecordBatch]:
        table = self.table.select(asked(columns, self.schema))
        number = buckets_for(table.num_rows)
        bucket = pa.array(bucket_of(one_array(table[key]), number))
        for at in range(number):
            part = table.filter(pc.equal(bucket, at))
            if part.num_rows:
                yield one_batch(part)

    def _told(
        self, columns: Sequence[str], progress: Progress | None = None
    ) -> Iterator[pa.RecordBatch]:
        done = 0
        for batch in self.table.select(asked(columns, self.schema)).to_batches(
            max_chunksize=self.batch
        ):
            if batch.num_rows:
                yield batch
            done += batch.num_rows
            if progress is not None:
                progress(done / self.table.num_rows)


@dataclass(frozen=True, eq=False)
class _Rows:
    """Rows that add up to a table."""

    table: pa.Table

    def __add__(self, other: _Rows) -> _Rows:
        return _Rows(pa.concat_tables([self.table, other.table]))


def _kept(batch: pa.RecordBatch) -> _Rows:
    return _Rows(pa.Table.from_batches([batch]))


def one_batch(table: pa.Table) -> pa.RecordBatch:
    """A table as a single batch."""
    whole = table.combine_chunks()
    return whole.to_batches(max_chunksize=max(whole.num_rows, 1))[0]


def one_array(column: pa.ChunkedArray) -> pa.Array:
    """A column as a single array."""
    whole = column.combine_chunks()
    return whole.combine_chunks() if isinstance(whole, pa.ChunkedArray) else whole

"""Rows in memory: the case of one table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.engine.buckets import bucket_of, buckets_for
from toolkit.engine.engine import Kernel, Rewriting, T, added
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
    """

    table: pa.Table
    batch: int = BATCH
    name: str = "memory"

    @property
    def schema(self) -> pa.Schema:
        return self.table.schema

    def count(self) -> int:
        return int(self.table.num_rows)

    def add_up(
        self, columns: Sequence[str], kernel: Kernel[T], progress: Progress | None = None
    ) -> T | None:
        return added(kernel(batch) for batch in self._told(columns, progress))

    def add_up_by_bucket(
        self, columns: Sequence[str], key: str, kernel: Kernel[T], progress: Progress | None = None
    ) -> T | None:
        table = self.table.select(list(columns))
        number = buckets_for(table.num_rows)
        bucket = pa.array(bucket_of(table[key].combine_chunks(), number))
        whole: T | None = None
        for at in range(number):
            part = table.filter(pc.equal(bucket, at))
            if part.num_rows:
                found = kernel(one_batch(part))
                whole = found if whole is None else whole + found
            if progress is not None:
                progress((at + 1) / number)
        return whole

    def write(
        self,
        columns: Sequence[str],
        kernel: Rewriting,
        schema: pa.Schema,
        out: Path,
        plan: str,
        progress: Progress | None = None,
    ) -> int:
        with Folder.begun(out, plan) as folder:
            folder.write("part-00000", map(kernel, self._told(columns, progress)), schema)
        return folder.rows

    def _told(
        self, columns: Sequence[str], progress: Progress | None = None
    ) -> Iterator[pa.RecordBatch]:
        done = 0
        for batch in self.table.select(list(columns)).to_batches(max_chunksize=self.batch):
            if batch.num_rows:
                yield batch
            done += batch.num_rows
            if progress is not None:
                progress(done / self.table.num_rows)


def one_batch(table: pa.Table) -> pa.RecordBatch:
    """A table as a single batch."""
    whole = table.combine_chunks()
    return whole.to_batches(max_chunksize=max(whole.num_rows, 1))[0]

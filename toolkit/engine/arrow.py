"""Parquet on one machine: threads over row groups, only the columns that are looked at."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa

from toolkit.engine.buckets import bucket_of, buckets_for
from toolkit.engine.engine import Kernel, Rewriting, T, added, added_by_name, asked
from toolkit.engine.folder import Folder
from toolkit.engine.memory import BATCH, one_batch
from toolkit.engine.over_stretches import sum_over, sums_by_file
from toolkit.engine.parquet_files import ParquetRows, Stretch
from toolkit.progress import Progress

#: A sample comes from so many places at most.
_SAMPLED = 16


@dataclass(frozen=True, eq=False)
class ArrowEngine:
    """Goes through Parquet files with a few threads and little memory.

    Parameters
    ----------
    rows : ParquetRows
    threads : int
        As many as there are processors, where left out.
    batch : int
        Most rows of a batch.
    """

    rows: ParquetRows
    threads: int = field(default_factory=lambda: os.cpu_count() or 1)
    batch: int = BATCH
    name: str = "arrow"

    @property
    def schema(self) -> pa.Schema:
        return self.rows.schema

    def count(self) -> int:
        return self.rows.count

    def some(self, columns: Sequence[str], rows: int) -> pa.RecordBatch | None:
        """The first rows of a few stretches, evenly apart."""
        columns = asked(columns, self.schema)
        stretches = self.rows.stretches
        few = stretches[:: -(-len(stretches) // _SAMPLED)]
        size = -(-rows // max(len(few), 1))

        def beginning(stretch: Stretch) -> pa.RecordBatch | None:
            return next((b for b in stretch.batches(columns, size) if b.num_rows), None)

        with ThreadPoolExecutor(self.threads) as pool:
            found = [batch for batch in pool.map(beginning, few) if batch is not None]
        return one_batch(pa.Table.from_batches(found)) if found else None

    def reach(self, column: str) -> float | None:
        return self.rows.reach(column)

    def add_up(
        self, columns: Sequence[str], kernel: Kernel[T], progress: Progress | None = None
    ) -> T | None:
        tell = _Told(self.rows.count, progress)
        columns = asked(columns, self.schema)
        shared = _Shared(self.rows.stretches)

        def over(_: int) -> T | None:
            return sum_over(shared, columns, kernel, batch=self.batch, passing=tell.about)

        with ThreadPoolExecutor(self.threads) as pool:
            return added(pool.map(over, range(self.threads)))

    def add_up_by_bucket(
        self, columns: Sequence[str], key: str, kernel: Kernel[T], progress: Progress | None = None
    ) -> T | None:
        """Rows are first sorted into one file a bucket, which is then read on its own."""
        tell = _Told(2 * self.rows.count, progress)

        def one(path: Path) -> T | None:
            batch = _read_once(path)
            tell.more(batch.num_rows if batch else 0)
            return kernel(batch) if batch else None

        with self._sorted(columns, key, tell) as files, ThreadPoolExecutor(self.threads) as pool:
            return added(pool.map(one, files))

    def add_up_by_file(
        self,
        columns: Sequence[str],
        kernel: Callable[[pa.RecordBatch], T | None],
        progress: Progress | None = None,
    ) -> dict[str, T]:
        tell = _Told(self.rows.count, progress)
        columns = asked(columns, self.schema)
        shared = _Shared(self.rows.stretches)

        def over(_: int) -> dict[str, T]:
            return sums_by_file(shared, columns, kernel, batch=self.batch, passing=tell.about)

        with ThreadPoolExecutor(self.threads) as pool:
            found = list(pool.map(over, range(self.threads)))
        whole = added_by_name(part for of_thread in found for part in of_thread.items())
        return dict(sorted(whole.items()))

    @contextmanager
    def _sorted(self, columns: Sequence[str], key: str, tell: _Told) -> Iterator[list[Path]]:
        """The rows in one file a bucket, for as long as the block lasts."""
        schema = pa.schema([self.schema.field(name) for name in columns])
        with tempfile.TemporaryDirectory(prefix="cloutproof-") as folder:
            number = max(buckets_for(self.rows.count), self.threads)
            files = [Path(folder) / f"{at:05d}.arrow" for at in range(number)]
            self._sort_into(files, columns, key, schema, tell)
            yield files

    def _sort_into(
        self,
        files: Sequence[Path],
        columns: Sequence[str],
        key: str,
        schema: pa.Schema,
        tell: _Told,
    ) -> None:
        writers = [pa.ipc.new_stream(str(path), schema) for path in files]
        locks = [threading.Lock() for _ in files]

        def over(stretches: Iterator[Stretch]) -> None:
            for stretch in stretches:
                for batch in stretch.batches(columns, 16 * self.batch):
                    bucket = bucket_of(batch.column(key), len(files))
                    order = np.argsort(bucket, kind="stable")
                    sorted_rows = batch.take(pa.array(order))
                    ends = np.searchsorted(bucket[order], np.arange(len(files) + 1))
                    for at in np.flatnonzero(np.diff(ends)).tolist():
                        rows = sorted_rows.slice(ends[at], ends[at + 1] - ends[at])
                        with locks[at]:
                            writers[at].write_batch(rows.cast(schema))
                    tell.more(batch.num_rows)

        shared = _Shared(self.rows.stretches)
        try:
            with ThreadPoolExecutor(self.threads) as pool:
                list(pool.map(over, [shared] * self.threads))
        finally:
            for writer in writers:
                writer.close()

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
        plan = f"{plan}\n{self.rows.digest}"
        with Folder.begun(out, plan) as folder, ThreadPoolExecutor(self.threads) as pool:
            if key is None:
                tell = _Told(self.rows.count, progress)

                def one(numbered: tuple[int, Stretch]) -> None:
                    at, stretch = numbered
                    read = stretch.batches(columns, self.batch)
                    folder.write(f"part-{at:05d}", map(kernel, tell.about(read)), schema)

                list(pool.map(one, enumerate(self.rows.stretches)))
            else:
                tell = _Told(2 * self.rows.count, progress)

                def bucket(numbered: tuple[int, Path]) -> None:
                    at, path = numbered
                    batch = _read_once(path)
                    read = tell.about(iter([batch] if batch else []))
                    folder.write(f"part-{at:05d}", map(kernel, read), schema)

                with self._sorted(columns, key, tell) as files:
                    list(pool.map(bucket, enumerate(files)))
        return folder.rows


def _read_once(path: Path) -> pa.RecordBatch | None:
    """The rows of a bucket's file, which is removed; None where it has none."""
    with pa.OSFile(str(path)) as source:
        table = pa.ipc.open_stream(source).read_all()
    path.unlink()
    return one_batch(table) if table.num_rows else None


class _Shared:
    """One iterator that several threads take from."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self._left = iter(stretches)
        self._lock = threading.Lock()

    def __iter__(self) -> Iterator[Stretch]:
        return self

    def __next__(self) -> Stretch:
        with self._lock:
            return next(self._left)


class _Told:
    """Adds up the rows that are done, from several threads."""

    def __init__(self, rows: int, progress: Progress | None) -> None:
        self._rows = rows
        self._progress = progress
        self._done = 0
        self._lock = threading.Lock()

    def more(self, rows: int) -> None:
        if self._progress is not None:
            with self._lock:
                self._done += rows
                self._progress(min(self._done / max(self._rows, 1), 1.0))

    def about(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The same batches, told of once they were taken."""
        for batch in batches:
            yield batch
            self.more(batch.num_rows)

"""What a kernel makes of stretches of files, wherever they are read: a thread, or a worker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import pyarrow as pa

from toolkit.engine.engine import Kernel, T, added_by_name, over, rows_at_once
from toolkit.engine.memory import BATCH
from toolkit.engine.parquet_files import Stretch

#: Takes batches and passes them on, for instance to tell how many rows are done.
Passing = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]


def sum_over(
    stretches: Iterable[Stretch],
    columns: Sequence[str],
    kernel: Kernel[T],
    *,
    batch: int = BATCH,
    passing: Passing = iter,
) -> T | None:
    """The sum of what a kernel makes of the batches; None where there is none."""
    size = rows_at_once(kernel, batch)
    return over(kernel, (b for s in stretches for b in passing(s.batches(columns, size))))


def sums_by_file(
    stretches: Iterable[Stretch],
    columns: Sequence[str],
    kernel: Callable[[pa.RecordBatch], T | None],
    *,
    batch: int = BATCH,
    passing: Passing = iter,
) -> dict[str, T]:
    """The same by the name of the file, for files of which the kernel makes something."""
    size = rows_at_once(kernel, batch)
    return added_by_name(
        (stretch.file.name, kernel(rows))
        for stretch in stretches
        for rows in passing(stretch.batches(columns, size))
    )

"""Parquet files on a Spark cluster: Spark hands stretches out, and its workers read them.

The Java process sees no row: it would turn each into Arrow one by one, for a Python worker that
reads the same file faster itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from toolkit.engine.agreement import kind_of
from toolkit.engine.arrow import ArrowEngine
from toolkit.engine.engine import Kernel, T
from toolkit.engine.memory import BATCH
from toolkit.engine.over_stretches import sum_over, sums_by_file
from toolkit.engine.parquet_files import STRETCH_ROWS, ParquetRows, Stretch
from toolkit.engine.spark_session import session_of

if TYPE_CHECKING:
    from pyspark import SparkContext
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

#: Tasks that each of the cluster's processors gets at least, so that none waits for the last.
_TASKS_EACH = 4
Task = tuple[Stretch, ...]
#: From all batches of a task to those that it makes of them.
OnWorker = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]


@dataclass(frozen=True, eq=False)
class SparkFiles:
    """Rows of files that every worker can open.

    Parameters
    ----------
    context : pyspark.SparkContext
    rows : ParquetRows
    """

    context: SparkContext
    rows: ParquetRows

    @property
    def schema(self) -> pa.Schema:
        return self.rows.schema

    @property
    def names(self) -> tuple[str, ...]:
        """The files, as the user knows them."""
        return tuple(file.name for file in self.rows.files)

    def count(self) -> int:
        return self.rows.count

    def some(self, columns: Sequence[str], rows: int) -> pa.RecordBatch | None:
        """A small sample, which takes no Spark."""
        return ArrowEngine(self.rows).some(columns, rows)

    def reach(self, column: str) -> float | None:
        return self.rows.reach(column)

    def totals(self, columns: Sequence[str], kernel: Kernel[T]) -> list[T]:
        """What the kernel makes of the rows of each task."""
        return self._handed_out(_Sum(tuple(columns), kernel))

    def totals_by_file(
        self, columns: Sequence[str], kernel: Callable[[pa.RecordBatch], T | None]
    ) -> list[tuple[str, T]]:
        """The same by file."""
        return self._handed_out(_SumsByFile(tuple(columns), kernel))

    def struct(self, columns: Sequence[str]) -> StructType:
        """The columns of `mapped`, as Spark names their types."""
        from pyspark.sql.pandas.types import from_arrow_schema

        return from_arrow_schema(pa.schema([self.plain.field(name) for name in columns]))

    def mapped(self, columns: Sequence[str], of_task: OnWorker, made: StructType) -> DataFrame:
        """A frame of what is made of the rows of each task."""
        stretches = replace(self.rows, schema=self.plain, coded=frozenset()).stretches
        tasks = tasks_of(stretches, self.context.defaultParallelism)
        numbers = session_of(self.context).range(0, len(tasks), 1, max(len(tasks), 1))
        return numbers.mapInArrow(_Read(tasks, tuple(columns), of_task), made)

    @property
    def plain(self) -> pa.Schema:
        """The columns as types that Spark has."""
        return pa.schema([field.with_type(_in_spark(field.type)) for field in self.schema])

    def _handed_out(self, of_task: Callable[[Task], Iterator[Any]]) -> list[Any]:
        """All that is made of the tasks."""
        tasks = tasks_of(self.rows.stretches, self.context.defaultParallelism)
        if not tasks:
            return []
        # Python alone takes part in these: starting Spark's SQL takes longer than most looks.
        found: list[Any] = self.context.parallelize(tasks, len(tasks)).flatMap(of_task).collect()
        return found


def tasks_of(stretches: Sequence[Stretch], at_once: int) -> list[Task]:
    """Stretches that follow each other, put together to tasks of about as many rows.

    Parameters
    ----------
    stretches : sequence of Stretch
    at_once : int
        How many tasks run at the same time.
    """
    whole = sum(stretch.rows for stretch in stretches)
    number = max(-(-whole // STRETCH_ROWS), _TASKS_EACH * at_once)
    tasks: dict[int, list[Stretch]] = {}
    before = 0
    for stretch in stretches:
        middle = before + stretch.rows / 2
        tasks.setdefault(int(middle * number // whole), []).append(stretch)
        before += stretch.rows
    return [tuple(task) for task in tasks.values()]


def _in_spark(kind: pa.DataType) -> pa.DataType:
    """The type that Spark has for the same values; what is neither number nor truth is text."""
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if pa.types.is_unsigned_integer(kind):
        return pa.decimal128(20, 0) if kind == pa.uint64() else pa.int64()
    if pa.types.is_float16(kind):
        return pa.float32()
    return kind if kind_of(kind) in ("number", "truth") else pa.string()


@dataclass(frozen=True)
class _Sum:
    """On a worker: adds up what the kernel makes of the rows of a task."""

    columns: tuple[str, ...]
    kernel: Any

    def __call__(self, task: Task) -> Iterator[Any]:
        whole = sum_over(task, self.columns, self.kernel)
        if whole is not None:
            yield whole


@dataclass(frozen=True)
class _SumsByFile:
    """The same for each file."""

    columns: tuple[str, ...]
    kernel: Any

    def __call__(self, task: Task) -> Iterator[tuple[str, Any]]:
        yield from sums_by_file(task, self.columns, self.kernel).items()


@dataclass(frozen=True)
class _Read:
    """On a worker: the rows of tasks, of which Spark names the numbers."""

    tasks: list[Task]
    columns: tuple[str, ...]
    of_task: OnWorker

    def __call__(self, numbers: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return self.of_task(self._rows(numbers))

    def _rows(self, numbers: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for some in numbers:
            for number in some.column(0).to_pylist():
                for stretch in self.tasks[number]:
                    yield from stretch.batches(self.columns, BATCH)

"""A table or view that Spark knows: the Java process reads it, and hands rows over in batches."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.engine.engine import Kernel, T, added_by_name, asked, over
from toolkit.engine.memory import one_batch
from toolkit.engine.spark_files import OnWorker

if TYPE_CHECKING:
    from pyspark import SparkContext
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

_FILE = "file of a row"


@dataclass(frozen=True, eq=False)
class SparkTable:
    """Rows of a Spark frame.

    Parameters
    ----------
    frame : pyspark.sql.DataFrame
        Spark 4 or later.
    """

    frame: DataFrame
    #: No files that the user knows.
    names: tuple[str, ...] = ()

    @property
    def context(self) -> SparkContext:
        return self.frame.sparkSession.sparkContext

    @property
    def schema(self) -> pa.Schema:
        from pyspark.sql.pandas.types import to_arrow_schema

        return to_arrow_schema(self.frame.schema)

    def count(self) -> int:
        return int(self.frame.count())

    def some(self, columns: Sequence[str], rows: int) -> pa.RecordBatch | None:
        """The first that Spark comes across."""
        table = self.frame.select(*asked(columns, self.schema)).limit(rows).toArrow()
        return one_batch(table) if table.num_rows else None

    def reach(self, column: str) -> float | None:  # noqa: ARG002
        """Nothing says so of a table."""
        return None

    def totals(self, columns: Sequence[str], kernel: Kernel[T]) -> list[T]:
        """What the kernel makes of the rows of each task."""
        named = self.frame.select(*columns)
        made = named.mapInArrow(_Sum(kernel), "total binary").collect()
        return [pickle.loads(row.total) for row in made]

    def totals_by_file(
        self, columns: Sequence[str], kernel: Callable[[pa.RecordBatch], T | None]
    ) -> list[tuple[str, T]]:
        """The same by file, under the address that Spark has for it."""
        from pyspark.sql.functions import input_file_name

        named = self.frame.select(*columns, input_file_name().alias(_FILE))
        made = named.mapInArrow(_SumsByFile(kernel), "file string, total binary").collect()
        return [(row.file, pickle.loads(row.total)) for row in made]

    def struct(self, columns: Sequence[str]) -> StructType:
        """The columns of `mapped`, as Spark names their types."""
        return self.frame.select(*columns).schema

    def mapped(self, columns: Sequence[str], of_task: OnWorker, made: StructType) -> DataFrame:
        """A frame of what is made of the rows of each task."""
        return self.frame.select(*columns).mapInArrow(of_task, made)


def sent(total: object) -> pa.RecordBatch:
    """A value on its way from a worker, for Spark a row."""
    return pa.RecordBatch.from_pydict({"total": [pickle.dumps(total)]})


@dataclass(frozen=True)
class _Sum:
    """On a worker: adds up what the kernel makes of its batches."""

    kernel: Any

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        whole = over(self.kernel, (batch for batch in batches if batch.num_rows))
        if whole is not None:
            yield sent(whole)


@dataclass(frozen=True)
class _SumsByFile:
    """The same for each file."""

    kernel: Any

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        found = added_by_name(
            (name, self.kernel(part)) for batch in batches for name, part in _by_file(batch)
        )
        for name, total in found.items():
            yield pa.RecordBatch.from_pydict({"file": [name], "total": [pickle.dumps(total)]})


def _by_file(batch: pa.RecordBatch) -> Iterator[tuple[str, pa.RecordBatch]]:
    files = batch.column(_FILE)
    rows = batch.drop_columns([_FILE])
    for name in pc.unique(files):
        part = rows.filter(pc.equal(files, name))
        if part.num_rows:
            yield name.as_py(), part

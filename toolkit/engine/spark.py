"""A Spark cluster: the same kernels, on the workers, over files or a table."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from toolkit.engine.buckets import bucket_of, buckets_for
from toolkit.engine.engine import Kernel, Rewriting, T, added, added_by_name, asked
from toolkit.engine.listing import address
from toolkit.engine.memory import one_batch
from toolkit.engine.spark_files import SparkFiles
from toolkit.engine.spark_session import said_plainly, session_of, told
from toolkit.engine.spark_table import SparkTable, sent
from toolkit.errors import InputError
from toolkit.progress import Progress

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, GroupedData

_Bucketed = Callable[[pa.Table], pa.Table]
_BUCKET = "bucket of a row"
#: Buckets of few rows, so that several workers share them.
_LEAST = 16


@dataclass(frozen=True, eq=False)
class SparkEngine:
    """Goes through the rows of files, or of a table, on a cluster.

    Parameters
    ----------
    rows : SparkFiles or SparkTable
        How they come to the workers.
    name : str
    """

    rows: SparkFiles | SparkTable
    name: str = "spark"

    @property
    def schema(self) -> pa.Schema:
        return self.rows.schema

    def count(self) -> int:
        return self._count

    @cached_property
    def _count(self) -> int:
        with self._working(None):
            return self.rows.count()

    def some(self, columns: Sequence[str], rows: int) -> pa.RecordBatch | None:
        with self._working(None):
            return self.rows.some(columns, rows)

    def reach(self, column: str) -> float | None:
        return self.rows.reach(column)

    def add_up(
        self, columns: Sequence[str], kernel: Kernel[T], progress: Progress | None = None
    ) -> T | None:
        with self._working(progress):
            return added(iter(self.rows.totals(asked(columns, self.schema), kernel)))

    def add_up_by_bucket(
        self, columns: Sequence[str], key: str, kernel: Kernel[T], progress: Progress | None = None
    ) -> T | None:
        of_bucket = _SumOfBucket(list(columns), kernel)
        with self._working(progress):
            totals = self._grouped(columns, key).applyInArrow(
                _one_argument(of_bucket), "total binary"
            )
            whole: T | None = added(pickle.loads(row.total) for row in totals.collect())
        return whole

    def add_up_by_file(
        self,
        columns: Sequence[str],
        kernel: Callable[[pa.RecordBatch], T | None],
        progress: Progress | None = None,
    ) -> dict[str, T]:
        with self._working(progress):
            found = self.rows.totals_by_file(asked(columns, self.schema), kernel)
        return dict(sorted(added_by_name(found).items()))

    @contextmanager
    def _working(self, progress: Progress | None) -> Iterator[None]:
        """While Spark works: tells how far it is, and says plainly what it finds wrong."""
        with said_plainly(self.rows.names), told(self.rows.context, progress):
            yield

    def _grouped(self, columns: Sequence[str], key: str) -> GroupedData:
        """The rows by bucket."""
        from pyspark.sql.types import LongType, StructField, StructType

        struct = StructType([*self.rows.struct(columns).fields, StructField(_BUCKET, LongType())])
        number = max(buckets_for(self.count()), _LEAST)
        marked = self.rows.mapped(columns, _Marked(key, number), struct)
        return marked.groupBy(_BUCKET)

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
        """See `Engine.write`; Spark commits the files itself, and a cut run begins anew."""
        del plan
        from pyspark.sql.pandas.types import from_arrow_schema

        place = address(out)
        unfinished = f"{place}.unfinished"
        # Spark's own file system, which need not be that of this machine.
        session = session_of(self.rows.context)
        jvm: Any = session._jvm
        whole, part = (jvm.org.apache.hadoop.fs.Path(path) for path in (place, unfinished))
        system = whole.getFileSystem(session._jsc.hadoopConfiguration())
        if system.exists(whole):
            raise InputError(f"{place} exists. Name a folder that does not, or remove it first.")
        with self._working(progress):
            made = self._rewritten(columns, kernel, from_arrow_schema(schema), key)
            made.write.mode("overwrite").parquet(unfinished)
        if not system.rename(part, whole):
            raise InputError(f"{unfinished} could not be renamed to {place}. Rename it by hand.")
        return int(session.read.parquet(place).count())

    def _rewritten(
        self, columns: Sequence[str], kernel: Rewriting, made: Any, key: str | None
    ) -> DataFrame:
        if key is None:
            return self.rows.mapped(columns, _Each(kernel), made)
        of_bucket = _RowsOfBucket(list(columns), kernel)
        return self._grouped(columns, key).applyInArrow(_one_argument(of_bucket), made)


@dataclass(frozen=True)
class _Each:
    """On a worker: what the kernel makes of each batch."""

    kernel: Any

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            if batch.num_rows:
                yield self.kernel(batch)


@dataclass(frozen=True)
class _Marked:
    """On a worker: the same rows, and the bucket of each."""

    key: str
    buckets: int

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            bucket = pa.array(bucket_of(batch.column(self.key), self.buckets))
            yield batch.append_column(_BUCKET, bucket)


@dataclass(frozen=True)
class _SumOfBucket:
    columns: list[str]
    kernel: Any

    def __call__(self, table: pa.Table) -> pa.Table:
        found = self.kernel(one_batch(table.select(self.columns)))
        return pa.Table.from_batches([sent(found)])


@dataclass(frozen=True)
class _RowsOfBucket:
    columns: list[str]
    kernel: Any

    def __call__(self, table: pa.Table) -> pa.Table:
        return pa.Table.from_batches([self.kernel(one_batch(table.select(self.columns)))])


def _one_argument(of_bucket: _Bucketed) -> _Bucketed:
    """The same as a plain function: Spark counts the arguments, and would count `self`."""

    def of_table(table: pa.Table) -> pa.Table:
        return of_bucket(table)

    return of_table

"""A Spark cluster: the same kernels, on the workers, through Arrow batches."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.engine.arrow import ArrowEngine
from toolkit.engine.buckets import bucket_of, buckets_for
from toolkit.engine.engine import Kernel, Rewriting, T, added, added_by_name, asked
from toolkit.engine.listing import address
from toolkit.engine.memory import one_batch
from toolkit.engine.parquet_files import ParquetRows
from toolkit.engine.spark_session import known_as, said_plainly, told
from toolkit.errors import InputError
from toolkit.progress import Progress

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, GroupedData, SparkSession

_Bucketed = Callable[[pa.Table], pa.Table]
_BUCKET = "bucket of a row"
_FILE = "file of a row"
#: Buckets of few rows, so that several workers share them.
_LEAST = 16


@dataclass(frozen=True, eq=False)
class SparkEngine:
    """Goes through a Spark frame.

    Parameters
    ----------
    frame : pyspark.sql.DataFrame
        Spark 4 or later.
    rows : int, optional
        How many there are, where that is known.
    files : mapping of str to str
        Addresses of the files → as the user knows them.
    parquet : ParquetRows, optional
        The files, where rows come from files: a sample of them takes no Spark.
    name : str
    """

    frame: DataFrame
    rows: int | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    parquet: ParquetRows | None = None
    name: str = "spark"

    @classmethod
    def over(cls, session: SparkSession, rows: ParquetRows) -> SparkEngine:
        """Over Parquet files that agree.

        Files whose columns differ in type are read on their own and put together, since Spark
        reads every file with the types of one.
        """
        from pyspark.sql import DataFrame
        from pyspark.sql.pandas.types import from_arrow_schema

        # What folders' names say is cast like everything else, and not guessed at.
        session.conf.set("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
        wanted = from_arrow_schema(rows.schema)
        alike: dict[str, list[str]] = {}
        for file in rows.files:
            kind = str([file.schema.field(name).type for name in rows.schema.names])
            alike.setdefault(kind, []).append(file.address)
        root = rows.root if "://" in rows.root else str(Path(rows.root).absolute())
        frames = []
        with said_plainly():
            for addresses in alike.values():
                read = session.read.option("basePath", root).parquet(*addresses)
                columns = [
                    read[f"`{field.name}`"].cast(field.dataType).alias(field.name)
                    for field in wanted.fields
                ]
                frames.append(read.select(*columns))
        names = {file.address: file.name for file in rows.files}
        return cls(reduce(DataFrame.unionAll, frames), rows.count, names, rows)

    @property
    def schema(self) -> pa.Schema:
        from pyspark.sql.pandas.types import to_arrow_schema

        return to_arrow_schema(self.frame.schema)

    def count(self) -> int:
        if self.rows is not None:
            return self.rows
        with said_plainly(self.files):
            return int(self.frame.count())

    def some(self, columns: Sequence[str], rows: int) -> pa.RecordBatch | None:
        """From files as `ArrowEngine` takes them; else the first that Spark comes across."""
        if self.parquet is not None:
            return ArrowEngine(self.parquet).some(columns, rows)
        named = self.frame.select(*asked(columns, self.schema))
        with said_plainly(self.files):
            table = named.limit(rows).toArrow()
        return one_batch(table) if table.num_rows else None

    def add_up(
        self, columns: Sequence[str], kernel: Kernel[T], progress: Progress | None = None
    ) -> T | None:
        named = self.frame.select(*asked(columns, self.schema))
        totals = named.mapInArrow(_Sum(kernel), "total binary")
        whole: T | None = added(pickle.loads(row.total) for row in self._all(totals, progress))
        return whole

    def add_up_by_bucket(
        self, columns: Sequence[str], key: str, kernel: Kernel[T], progress: Progress | None = None
    ) -> T | None:
        of_bucket = _SumOfBucket(list(columns), kernel)
        grouped = self._grouped(columns, key)
        totals = grouped.applyInArrow(_one_argument(of_bucket), "total binary")
        whole: T | None = added(pickle.loads(row.total) for row in self._all(totals, progress))
        return whole

    def add_up_by_file(
        self,
        columns: Sequence[str],
        kernel: Callable[[pa.RecordBatch], T | None],
        progress: Progress | None = None,
    ) -> dict[str, T]:
        from pyspark.sql.functions import input_file_name

        named = self.frame.select(*asked(columns, self.schema), input_file_name().alias(_FILE))
        totals = named.mapInArrow(_SumOfFile(kernel), "file string, total binary")
        found = added_by_name(
            (known_as(row.file, self.files), pickle.loads(row.total))
            for row in self._all(totals, progress)
        )
        return dict(sorted(found.items()))

    def _all(self, frame: DataFrame, progress: Progress | None) -> list[Any]:
        """The rows of a small frame; all partitions at once."""
        with said_plainly(self.files), told(self.frame.sparkSession, progress):
            rows: list[Any] = frame.collect()
        return rows

    def _grouped(self, columns: Sequence[str], key: str) -> GroupedData:
        """The rows by bucket."""
        from pyspark.sql.types import LongType, StructField, StructType

        named = self.frame.select(*columns)
        schema = StructType([*named.schema.fields, StructField(_BUCKET, LongType())])
        number = max(buckets_for(self.count()), _LEAST)
        marked = named.mapInArrow(_Marked(key, number), schema)
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

        wanted = from_arrow_schema(schema)
        if key is None:
            made = self.frame.select(*columns).mapInArrow(_Each(kernel), wanted)
        else:
            of_bucket = _RowsOfBucket(list(columns), kernel)
            made = self._grouped(columns, key).applyInArrow(_one_argument(of_bucket), wanted)
        session = self.frame.sparkSession
        place = address(out)
        unfinished = f"{place}.unfinished"
        # Spark's own file system, which need not be that of this machine.
        jvm: Any = session._jvm
        whole, part = (jvm.org.apache.hadoop.fs.Path(path) for path in (place, unfinished))
        system = whole.getFileSystem(session._jsc.hadoopConfiguration())
        if system.exists(whole):
            raise InputError(f"{place} exists. Name a folder that does not, or remove it first.")
        with said_plainly(self.files), told(session, progress):
            made.write.mode("overwrite").parquet(unfinished)
        if not system.rename(part, whole):
            raise InputError(f"{unfinished} could not be renamed to {place}. Rename it by hand.")
        return int(session.read.parquet(place).count())


@dataclass(frozen=True)
class _Sum:
    """On a worker: adds up what the kernel makes of its batches."""

    kernel: Any

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        whole = added(self.kernel(batch) for batch in batches if batch.num_rows)
        if whole is not None:
            yield _sent(whole)


@dataclass(frozen=True)
class _SumOfFile:
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


@dataclass(frozen=True)
class _Each:
    kernel: Any

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            if batch.num_rows:
                yield self.kernel(batch)


@dataclass(frozen=True)
class _Marked:
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
        return pa.Table.from_batches([_sent(found)])


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


def _sent(total: object) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict({"total": [pickle.dumps(total)]})

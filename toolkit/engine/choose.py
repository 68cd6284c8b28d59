"""Which engine goes through which rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from toolkit.engine.arrow import ArrowEngine
from toolkit.engine.engine import Engine
from toolkit.engine.memory import MemoryEngine
from toolkit.engine.parquet_files import parquet_rows
from toolkit.engine.query import Query, answer, columns_of_query
from toolkit.engine.spark import SparkEngine
from toolkit.engine.spark_files import SparkFiles
from toolkit.engine.spark_session import said_plainly, session_of, spark_context
from toolkit.engine.spark_table import SparkTable
from toolkit.errors import InputError, UnknownName
from toolkit.intake.issue import Issue

#: Up to so many rows, memory is quicker than going through files again and again.
IN_MEMORY = 2_000_000
#: Up to so many rows, Spark takes longer to start than Java has to work on rows of files.
_MANY = 2**25
NAMES = ("memory", "arrow", "spark")


def engine_over(
    where: str | Path | Query,
    columns: Sequence[str],
    *,
    coded: Sequence[str] = (),
    name: str | None = None,
    set_aside: bool = False,
    master: str | None = None,
    left_out: Mapping[str, str] | None = None,
) -> tuple[Engine, tuple[Issue, ...]]:
    """An engine over Parquet files, what a query gives, or a table that Spark knows.

    Parameters
    ----------
    where : str, Path or Query
        See `toolkit.engine.parquet_files.parquet_rows`; with Spark also the name of a table.
    columns : sequence of str
        What will be looked at.
    coded : sequence of str
        Those of them that hold a few different texts each.
    name : {"memory", "arrow", "spark"}, optional
        By the number of rows where left out.
    set_aside : bool
        Whether files with a fault are left out.
    master : str, optional
        Address of the Spark cluster; this machine where left out.
    left_out : mapping of str to str
        Files that turned out to have a fault, with what it is.

    Returns
    -------
    Engine
    tuple of Issue
        What was noticed in the files.

    Raises
    ------
    InputError, UnknownName
        If there are no such rows, or the extra that an engine needs is not installed.
    """
    if name not in (None, *NAMES):
        raise InputError(f"'{name}' is no engine. Choose one of {', '.join(NAMES)}.")
    if isinstance(where, Query):
        _not_for_spark(name)
        rows = answer(where, columns)
    elif name == "spark" and _is_table(where):
        return _checked(_table(str(where), master), columns, where), ()
    else:
        rows = parquet_rows(where, columns, set_aside=set_aside, left_out=left_out)
    rows = rows.reading_coded(coded)
    if name == "spark":
        context = spark_context(master, for_long=rows.count > _MANY)
        return SparkEngine(SparkFiles(context, rows)), rows.issues
    arrow = ArrowEngine(rows)
    if name == "memory" or (name is None and rows.count <= IN_MEMORY):
        return MemoryEngine.of(arrow, columns), rows.issues
    return arrow, rows.issues


def _not_for_spark(name: str | None) -> None:
    if name == "spark":
        raise InputError(
            "DuckDB answers queries on this machine: leave out --engine spark, or make a view in "
            "Spark and name that."
        )


def _is_table(where: str | Path) -> bool:
    """Whether this is a name rather than a place: no folder, no pattern, nothing on disk."""
    text = str(where)
    return not any(mark in text for mark in "/\\*?[") and not Path(text).exists()


def _table(name: str, master: str | None) -> SparkEngine:
    session = session_of(spark_context(master))
    with said_plainly():
        return SparkEngine(SparkTable(session.table(name)))


def _checked(engine: SparkEngine, columns: Sequence[str], where: str | Path) -> SparkEngine:
    for column in columns:
        if column not in engine.schema.names:
            raise UnknownName("column", column, engine.schema.names, str(where))
    return engine


def rows_in_footers(where: str) -> int:
    """How many rows Parquet files say they have; 0 where something else lies there."""
    path = Path(where)
    named = path.suffix in (".parquet", ".pq") or set(where) & set("*?[") or "://" in where
    if not named and not (path.is_dir() and any(path.rglob("*.parquet"))):
        return 0
    if path.is_dir() and any(p.is_file() and p.suffix != ".parquet" for p in path.rglob("[!_.]*")):
        return 0
    try:
        return parquet_rows(where, [], set_aside=True).count
    except InputError:
        return 0


def columns_of(where: str | Query, name: str | None = None, master: str | None = None) -> list[str]:
    """Names of the columns that some of the files, the query or the table have.

    Raises
    ------
    InputError
        If there are no such rows.
    """
    if isinstance(where, Query):
        _not_for_spark(name)
        return columns_of_query(where)
    if name == "spark" and _is_table(where):
        return list(_table(where, master).schema.names)
    files = parquet_rows(where, [], set_aside=True).files
    return list(dict.fromkeys(column for file in files for column in file.schema.names))

"""Rows that a query in SQL gives, by way of DuckDB.

The query is run once, and its rows are kept in a temporary folder for as long as they are
needed: a command goes through them several times, and every look has to see the same rows,
which a query with `LIMIT`, a sample or a join of changing files does not promise.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from toolkit.engine.parquet_files import ParquetRows, parquet_rows
from toolkit.errors import InputError, UnknownName

#: Rows that are fetched and written at once.
_ROWS = 2**17
#: Nothing is fetched from elsewhere, and variables of this program are no tables.
_SETTINGS = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "preserve_insertion_order": "false",
}
_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "FLOAT", "DOUBLE", "DECIMAL", "BOOLEAN")


@dataclass(frozen=True)
class Query:
    """A question whose answer is the rows.

    Parameters
    ----------
    sql : str
        One SELECT. Files are named in it by their paths.
    name : str
        What messages call it.
    database : Path, optional
        A DuckDB database with tables to ask; it is only read.
    """

    sql: str
    name: str = "the query"
    database: Path | None = None

    def __str__(self) -> str:
        return self.name


class _Folder:
    """A temporary folder that goes when nobody holds this any more, at the end at the latest."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="cloutproof-"))
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


def columns_of_query(query: Query) -> list[str]:
    """Names of the columns that a query gives; it is not run.

    Raises
    ------
    InputError
        If the extra is not installed, or the query cannot be run.
    """
    with _asked(query) as relation:
        return list(relation.columns)


def answer(query: Query, columns: Sequence[str]) -> ParquetRows:
    """Run a query and keep what it gives in a temporary folder.

    Parameters
    ----------
    query : Query
    columns : sequence of str
        What will be looked at; nothing else is kept.

    Raises
    ------
    InputError
        If the extra is not installed, or the query cannot be run.
    UnknownName
        If it does not give a column.
    """
    folder = _Folder()
    path = folder.path / "rows.parquet"
    with _asked(query, folder.path) as relation:
        kept = relation.project(", ".join(_read_as(relation, name, query) for name in columns))
        # DuckDB 2 has another name for it.
        read = getattr(kept, "to_arrow_reader", None) or kept.fetch_arrow_reader
        with read(_ROWS) as reader, pq.ParquetWriter(path, reader.schema) as writer:
            for batch in reader:
                writer.write_batch(batch)
    rows = parquet_rows(path, columns, set_aside=False)
    files = tuple(replace(file, name=query.name) for file in rows.files)
    issues = tuple(replace(issue, file=query.name) for issue in rows.issues)
    return replace(rows, files=files, issues=issues, kept=folder)


@contextmanager
def _asked(query: Query, folder: Path | None = None) -> Iterator[Any]:
    """The query as DuckDB understands it, not yet run."""
    try:
        import duckdb
    except ImportError as error:
        raise InputError(
            "A query takes an extra: install cloutproof[duckdb]. Or write its rows as Parquet."
        ) from error
    if query.database is not None and not query.database.is_file():
        raise InputError(f"{query.database}: there is no such database.")
    config = _SETTINGS if folder is None else _SETTINGS | {"temp_directory": str(folder)}
    try:
        database = ":memory:" if query.database is None else str(query.database)
        read_only = query.database is not None
        with duckdb.connect(database, read_only=read_only, config=config) as connection:
            connection.execute("SET lock_configuration = true")
            statements = connection.extract_statements(query.sql)
            if [statement.type.name for statement in statements] != ["SELECT"]:
                raise InputError(f"{query.name}: rows come from one SELECT, and nothing else.")
            yield connection.sql(query.sql)
    except (duckdb.Error, pa.ArrowException) as error:
        raise InputError(f"{query.name}: {_in_short(error)}") from error


def _read_as(relation: Any, name: str, query: Query) -> str:
    """A column as numbers, truth or text, quoted."""
    columns = list(relation.columns)
    if name not in columns:
        raise UnknownName("column", name, columns, query.name)
    if columns.count(name) > 1:
        raise InputError(
            f"{query.name} gives two columns '{name}'. Join with USING, or name one of them "
            "otherwise with AS."
        )
    kind = str(relation.types[columns.index(name)])
    quoted = '"' + name.replace('"', '""') + '"'
    if kind.removeprefix("U").startswith(_NUMBERS):
        return quoted
    wanted = "BIGINT" if kind == "HUGEINT" else "VARCHAR"
    return f"CAST({quoted} AS {wanted}) AS {quoted}"


def _in_short(error: Exception) -> str:
    """What DuckDB says, up to its advice on what to install."""
    said = str(error).strip().split("\n\n")
    shown = said[:2] if len(said) > 1 and said[1].startswith("LINE") else said[:1]
    text = "\n".join(shown)
    if "requires the extension" in text:
        text += ". Nothing is fetched over the network: copy the file here first"
    return text if text.endswith((".", "^", "!", "?")) else f"{text}."

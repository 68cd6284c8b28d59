"""Options of the commands that go through rows too many for memory."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.many_rows import Rows, rows_of

__all__ = [
    "EngineName",
    "Explain",
    "FilesOrSql",
    "GroupColumns",
    "IdColumn",
    "Master",
    "Rows",
    "SetAside",
    "Sql",
    "TrustCodes",
    "rows_of",
]

EngineName = Annotated[
    str | None,
    typer.Option(
        "--engine",
        metavar="ENGINE",
        help="memory, arrow or spark: goes through Parquet files without reading them whole.",
    ),
]
GroupColumns = Annotated[
    list[str] | None,
    typer.Option("--group", metavar="COL", help="With --engine: count by this column; repeatable."),
]
IdColumn = Annotated[
    str, typer.Option("--id", metavar="COL", help="With --engine: the column of codes.")
]
SetAside = Annotated[
    bool,
    typer.Option("--set-aside", help="With --engine: leave out what has a fault, and say so."),
]
Master = Annotated[
    str | None,
    typer.Option(
        "--master", metavar="URL", help="With --engine spark: the cluster; this machine if not."
    ),
]
Explain = Annotated[
    bool,
    typer.Option("--explain", help="With --engine: say what would be read how often, and end."),
]
TrustCodes = Annotated[
    bool,
    typer.Option(
        "--trust-codes", help="With --engine: do not look whether a code stands in several rows."
    ),
]
Sql = Annotated[
    str | None,
    typer.Option(
        "--sql", metavar="QUERY", help="A SELECT whose answer is the rows, instead of FILE."
    ),
]
FilesOrSql = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="FILE",
        help="CSV, TSV, XLSX, JSON, JSON Lines, Parquet, ZIP, a folder of these, or a query.",
        show_default=False,
    ),
]

"""Options of the commands that go through rows too many for memory."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.errors import InputError

if TYPE_CHECKING:
    from toolkit.engine.engine import Engine

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
    typer.Option("--set-aside", help="With --engine: leave out files with a fault, and say so."),
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


@dataclass(frozen=True)
class Rows:
    """Rows on the command line that an engine goes through.

    Parameters
    ----------
    where : str
        A file, a folder, a pattern, an address or the name of a table.
    engine : str
    set_aside : bool
    master : str or None
    """

    where: str
    engine: str
    set_aside: bool
    master: str | None

    def opened(self, columns: Sequence[str], coded: Sequence[str] = ()) -> Engine:
        """An engine over the rows; what was noticed in the files goes to standard error.

        Raises
        ------
        InputError, UnknownName
            If the rows cannot be used.
        """
        from toolkit.engine.choose import engine_over

        engine, issues = engine_over(
            self.where,
            list(dict.fromkeys(columns)),
            coded=coded,
            name=self.engine,
            set_aside=self.set_aside,
            master=self.master,
        )
        for issue in issues:
            print(f"cloutproof: {issue}", file=sys.stderr)
        return engine

    def codes(self, id_column: str, *, needed: bool = False) -> list[str]:
        """The column of codes, where the rows have it or it has to be there."""
        return [id_column] if needed or self.has(id_column) else []

    def has(self, column: str) -> bool:
        """Whether the rows have a column."""
        from toolkit.engine.choose import columns_of

        return column in columns_of(self.where, self.engine, self.master)


def rows_of(
    files: Sequence[Path], engine: str | None, *, set_aside: bool, master: str | None
) -> Rows | None:
    """The rows for an engine; None where the files are for the usual reading.

    Parquet files with more rows than memory is good for get an engine without being asked,
    which is said on standard error.

    Raises
    ------
    InputError
        If several places are named for an engine, or options of one are given without it.
    """
    from toolkit.engine.choose import IN_MEMORY, NAMES, rows_in_footers

    if engine is not None and engine not in NAMES:
        raise InputError(f"'{engine}' is no engine. Choose one of {', '.join(NAMES)}.")
    places = [re.sub(r"^(\w{2,}):/+", r"\1://", str(file)) for file in files]
    if engine is None:
        if len(places) == 1 and (count := rows_in_footers(places[0])) > IN_MEMORY:
            print(f"cloutproof: {count:,} rows, so the engine is arrow.", file=sys.stderr)
            return Rows(places[0], "arrow", set_aside, master)
        if master is not None or set_aside:
            raise InputError("--set-aside and --master belong to an engine: add --engine.")
        return None
    if len(places) != 1:
        raise InputError("Name one folder, file or pattern (in quotes) of Parquet for --engine.")
    return Rows(places[0], engine, set_aside, master)

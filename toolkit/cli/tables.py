"""The one table of a file that a command is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import InputError

if TYPE_CHECKING:
    from toolkit.intake.raw_table import RawTable


def table_for(file: Path, fits: Callable[[Sequence[str]], bool], wanted: str) -> RawTable:
    """The one table of a file whose columns fit; its others do not matter.

    Parameters
    ----------
    file : Path
    fits : callable
        Told the names of a table's columns.
    wanted : str
        The columns in words, for the message.

    Raises
    ------
    InputError
        If the file cannot be read, or none or several of its tables fit.
    """
    from toolkit.intake.raw_tables import raw_tables

    tables = raw_tables(file)
    fitting = [table for table in tables if fits([str(c) for c in table.frame.columns])]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        names = " and ".join(table.name for table in fitting)
        raise InputError(
            f"{names} all have the columns {wanted}. Put the one that is meant into a file of its "
            "own."
        )
    there = ", ".join(f"'{c}'" for c in list(tables[0].frame.columns)[:8])
    raise InputError(
        f"{tables[0].name}: the columns {wanted} are needed; found: {there}. Name them so."
    )

"""One answer, three forms: a table for people, JSON and CSV for programs."""

from __future__ import annotations

import csv
import io
import math
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
import pydantic_core
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from toolkit.errors import InputError
from toolkit.sheets.csv_safety import disarmed
from toolkit.sheets.whole_file import write_whole

#: A table on the screen stops after this many rows and says how many follow.
MOST_ROWS = 60
#: Columns of text that a table may take where the output is not a terminal.
WIDTH_OF_A_FILE = 160


class Format(StrEnum):
    TABLE = "table"
    JSON = "json"
    CSV = "csv"


@dataclass(frozen=True)
class Table:
    """Rows with a title.

    Parameters
    ----------
    title : str
    columns : sequence of str
        Also the header of the CSV.
    rows : sequence of sequences
        Cells as values, never as text made for reading; None where there is nothing.
    reading_order : sequence of int, optional
        Rows as a person wants to see them, where that differs from the order of the data.
    """

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[object]]
    reading_order: Sequence[int] | None = None

    @classmethod
    def of(
        cls,
        title: str,
        records: Iterable[Mapping[str, object]],
        columns: Sequence[str] | Mapping[str, str],
        reading_order: Sequence[int] | None = None,
    ) -> Table:
        """Some keys of each record, in this order; a mapping renames them."""
        titles = list(columns.values()) if isinstance(columns, Mapping) else columns
        rows = [[record[key] for key in columns] for record in records]
        return cls(title, titles, rows, reading_order)


@dataclass(frozen=True)
class Answer:
    """What a command found.

    Parameters
    ----------
    data : mapping or sequence
        The JSON of the contract.
    rows : Table
        The CSV.
    summary : sequence of str
        Sentences above the tables.
    tables : sequence of Table, optional
        What is shown for reading; `rows` alone where nothing else is given.
    """

    data: Any
    rows: Table
    summary: Sequence[str] = ()
    tables: Sequence[Table] | None = None


def emit(answer: Answer, form: Format, out: Path | None = None) -> None:
    """Write an answer to a file, or to standard output.

    Raises
    ------
    InputError
        If the file cannot be written.
    """
    if form is Format.TABLE and out is None:
        _print_tables(answer, Console(soft_wrap=False) if sys.stdout.isatty() else _plain())
        return
    if form is Format.JSON:
        text = json_text(answer.data)
    elif form is Format.CSV:
        text = csv_text(answer.rows)
    else:
        page = io.StringIO()
        _print_tables(answer, _plain(page), most_rows=None)
        text = page.getvalue()
    if out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
        return
    write_file(out, text.encode(), "--out")


def write_file(path: Path, content: bytes, option: str) -> None:
    """Write a file that was asked for with an option.

    Raises
    ------
    InputError
        If it cannot be written.
    """
    try:
        write_whole(path, content)
    except OSError as error:
        raise InputError(
            f"{path} cannot be written: {error.strerror}. Give another path to {option}."
        ) from error


def json_text(data: object) -> str:
    """JSON with every digit of every number; NaN and infinity are null."""
    text = pydantic_core.to_json(data, indent=2, inf_nan_mode="null", fallback=_plain_value)
    return text.decode() + "\n"


def _plain_value(value: object) -> object:
    """The Python value of a NumPy one, for JSON."""
    if isinstance(value, np.generic | np.ndarray):
        return value.tolist()
    raise TypeError(f"{type(value).__name__} has no JSON form")


def csv_text(table: Table) -> str:
    """CSV with every digit of every number; an empty cell where there is nothing.

    Text that a spreadsheet would take for a formula gets an apostrophe in front, which
    spreadsheets show as plain text.
    """
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow([_csv_cell(column) for column in table.columns])
    writer.writerows([_csv_cell(cell) for cell in row] for row in table.rows)
    return page.getvalue()


def _csv_cell(cell: object) -> object:
    match cell:
        case None:
            return ""
        case bool() | np.bool_():
            return "true" if cell else "false"
        case float() | np.floating():
            return repr(float(cell)) if math.isfinite(cell) else ""
        case list() | tuple():
            return _csv_cell("; ".join(map(str, cell)))
        case str():
            return disarmed(cell)
        case _:
            return cell


def _plain(file: io.StringIO | None = None) -> Console:
    return Console(file=file, width=WIDTH_OF_A_FILE, color_system=None, highlight=False)


def _print_tables(answer: Answer, console: Console, most_rows: int | None = MOST_ROWS) -> None:
    for sentence in answer.summary:
        console.print(Text(printable(sentence)))
    for table in [answer.rows] if answer.tables is None else answer.tables:
        if not table.rows:
            continue
        console.print()
        console.print(Text(table.title, style="bold"))
        order = table.reading_order if table.reading_order is not None else range(len(table.rows))
        shown = order[:most_rows]
        drawn = RichTable(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
        columns = []
        for at, column in enumerate(table.columns):
            cells = [table.rows[row][at] for row in shown]
            numeric = all(map(_is_number, cells))
            drawn.add_column(Text(column), justify="right" if numeric else "left")
            decimals = _decimals(cells)
            columns.append([Text(_cell(cell, decimals)) for cell in cells])
        for row in zip(*columns, strict=True):
            drawn.add_row(*row)
        console.print(drawn)
        hidden = len(table.rows) - len(shown)
        if hidden:
            console.print(Text(f"… and {hidden:,} more: --format csv or --out FILE has all."))


def _is_number(cell: object) -> bool:
    return cell is None or (
        isinstance(cell, int | float | np.number) and not isinstance(cell, bool)
    )


def _decimals(cells: Sequence[object]) -> int:
    """Decimals that show four digits of a column's largest number; 0 for whole numbers."""
    numbers = [
        abs(float(cell))
        for cell in cells
        if isinstance(cell, float | np.floating) and math.isfinite(cell)
    ]
    if all(number.is_integer() for number in numbers):
        return 0
    return min(max(3 - math.floor(math.log10(max(numbers))), 0), 4)


def _cell(cell: object, decimals: int) -> str:
    """A cell for reading: rounded, yes and no, a dash for nothing."""
    match cell:
        case None:
            return "–"
        case bool() | np.bool_():
            return "yes" if cell else "no"
        case int() | np.integer():
            return f"{cell:,}"
        case float() | np.floating():
            return _reading(float(cell), decimals)
        case list() | tuple():
            return printable(", ".join(map(str, cell))) or "–"
        case _:
            return printable(str(cell))


def printable(text: str) -> str:
    """The text without control characters, which could command the terminal."""
    return "".join("�" if unicodedata.category(c) == "Cc" and c != "\n" else c for c in text)


def _reading(number: float, decimals: int) -> str:
    if math.isnan(number):
        return "–"
    if math.isinf(number):
        return "∞" if number > 0 else "-∞"
    if number and round(number, decimals) == 0:
        return f"{number:.1e}"
    return f"{number:,.{decimals}f}"

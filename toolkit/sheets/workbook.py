"""Tables as an XLSX workbook: the only writer of workbooks in the product.

Every cell is written as the type that its column declares, so that a spreadsheet counts with
the numbers and runs nothing: text stays text, whatever it begins with. The first row is the
header alone, so that a program can read the sheet back; what the columns mean stands in a last
sheet, *How to read this*, and as a note on each header. The same tables give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from toolkit.errors import SheetError
from toolkit.sheets.sheet_names import sheet_names

# The writer of workbooks has no types of its own.
Workbook = Any
Format = Any
Worksheet = Any

Kind = Literal["text", "whole", "number", "percent", "date", "truth"]

#: Name of the sheet that explains the others.
HOW_TO_READ = "How to read this"
#: The product's documents carry a date only where their content has one.
NO_DATE = dt.date(1980, 1, 1)

MOST_ROWS = 1_048_575
MOST_CHARACTERS = 32_767
_FIRST_DAY = dt.date(1900, 3, 1)
#: A spreadsheet keeps fifteen digits; longer whole numbers are codes, and kept as text.
_LARGEST_WHOLE = 10**15
#: A spreadsheet holds no number from here on.
_LARGEST = 1e308
_NARROWEST, _WIDEST = 8, 48
#: Cells that are measured to find a column's width.
_MEASURED = 500
_EXPLANATION_WIDTH = 92
#: What pandas calls the values of a column, to how they are written.
_KIND_OF_VALUES: Mapping[str, Kind] = {
    "boolean": "truth",
    "integer": "whole",
    "floating": "number",
    "mixed-integer-float": "number",
    "date": "date",
    "datetime": "date",
    "datetime64": "date",
}
_CUT = "… (cut: a cell holds no more)"


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    key : str
        Where the value is found in a row.
    title : str
        Header.
    kind : {"text", "whole", "number", "percent", "date", "truth"}
        How values are written. A percentage is given as a fraction of 1.
    decimals : int
        Shown for "number" and "percent"; the cell keeps sixteen digits, all that the format has.
    note : str
        What the column means.
    """

    key: str
    title: str
    kind: Kind = "text"
    decimals: int = 2
    note: str = ""


@dataclass(frozen=True)
class SheetTable:
    """One sheet of a workbook.

    Parameters
    ----------
    name : str
        Wished name of the sheet; made safe and unique in the workbook.
    columns : sequence of Column
    rows : sequence of mappings
        Values by `Column.key`; a missing key, None, NaN and infinity give an empty cell.
    about : sequence of str
        Sentences on this table for the sheet *How to read this*.
    """

    name: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, object]]
    about: Sequence[str] = ()


def workbook(
    tables: Sequence[SheetTable],
    *,
    title: str,
    reading: Sequence[str] = (),
    date: dt.date = NO_DATE,
) -> bytes:
    """The tables as one XLSX file.

    Parameters
    ----------
    tables : sequence of SheetTable
        At least one.
    title : str
        Of the document.
    reading : sequence of str
        Sentences at the head of *How to read this*, for instance what the figures cannot say.
    date : date
        Creation date in the file's properties. Never the clock, so that the same tables give
        the same bytes.

    Returns
    -------
    bytes

    Raises
    ------
    SheetError
        If a table has more rows than a sheet can hold.

    Examples
    --------
    >>> columns = [Column("group", "Group"), Column("rate", "Rate", "percent", 1)]
    >>> made = workbook([SheetTable("By sex", columns, [{"group": "F", "rate": 0.447}])], title="x")
    >>> made[:2]
    b'PK'
    """
    import xlsxwriter  # type: ignore[import-untyped]

    for table in tables:
        if len(table.rows) > MOST_ROWS:
            raise SheetError(
                f"The table '{table.name}' has {len(table.rows):,} rows; a sheet of a workbook "
                f"holds {MOST_ROWS:,}. Take it as CSV."
            )
    *names, last = sheet_names([*(table.name for table in tables), HOW_TO_READ])
    target = io.BytesIO()
    with xlsxwriter.Workbook(
        target,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": "yyyy-mm-dd",
        },
    ) as book:
        created = dt.datetime(date.year, date.month, date.day, tzinfo=dt.UTC)
        book.set_properties({"title": _text(title), "created": created})
        looks = _Looks(book)
        for name, table in zip(names, tables, strict=True):
            _write(book.add_worksheet(name), table, looks)
        _explain(book.add_worksheet(last), list(zip(names, tables, strict=True)), reading, looks)
    return target.getvalue()


def columns_of(
    frame: pd.DataFrame,
    titles: Mapping[str, str] | None = None,
    kinds: Mapping[str, Kind] | None = None,
    notes: Mapping[str, str] | None = None,
    decimals: Mapping[str, int] | None = None,
) -> list[Column]:
    """Columns for any frame: kinds from its types where they are not given.

    Examples
    --------
    >>> frame = pd.DataFrame({"name": ["Ann"], "n": [3], "rate": [0.5]})
    >>> [column.kind for column in columns_of(frame, kinds={"rate": "percent"})]
    ['text', 'whole', 'percent']
    """
    titles, kinds, notes, decimals = titles or {}, kinds or {}, notes or {}, decimals or {}
    return [
        Column(
            key=str(key),
            title=titles.get(str(key), str(key)),
            kind=kinds.get(str(key), _kind_of(column)),
            decimals=decimals.get(str(key), 4),
            note=notes.get(str(key), ""),
        )
        for key, column in frame.items()
    ]


def table_of(name: str, frame: pd.DataFrame, columns: Sequence[Column] = ()) -> SheetTable:
    """A frame as one sheet, without its index."""
    rows = [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]
    return SheetTable(name, columns or columns_of(frame), rows)


def _kind_of(column: pd.Series) -> Kind:
    kind = column.dtype
    if pd.api.types.is_bool_dtype(kind):
        return "truth"
    if pd.api.types.is_integer_dtype(kind):
        return "whole"
    if pd.api.types.is_float_dtype(kind):
        return "number"
    if pd.api.types.is_datetime64_any_dtype(kind):
        return "date"
    # A column of Python values, for instance of numbers and None.
    return _KIND_OF_VALUES.get(pd.api.types.infer_dtype(column, skipna=True), "text")


class _Looks:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[Kind, int], Format] = {}
        top = {"valign": "top", "text_wrap": True}
        self.header = book.add_format({**top, "bold": True, "bottom": 1, "bg_color": "#F3F6F5"})
        self.title = book.add_format({**top, "bold": True, "font_size": 13})
        self.part = book.add_format({**top, "bold": True})
        self.words = book.add_format(top)

    def of(self, column: Column) -> Format:
        key = (column.kind, column.decimals if column.kind in ("number", "percent") else 0)
        if key not in self._made:
            self._made[key] = self._book.add_format(_look(*key))
        return self._made[key]


def _look(kind: Kind, decimals: int) -> dict[str, object]:
    places = "." + "0" * decimals if decimals else ""
    match kind:
        case "text":
            return {"valign": "top", "text_wrap": True, "num_format": "@"}
        case "whole":
            return {"valign": "top", "num_format": "#,##0"}
        case "number":
            return {"valign": "top", "num_format": f"#,##0{places}"}
        case "percent":
            return {"valign": "top", "num_format": f"0{places}%"}
        case "date":
            return {"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"}
        case "truth":
            return {"valign": "top", "align": "left"}


def _write(sheet: Worksheet, table: SheetTable, looks: _Looks) -> None:
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, _width(column, table.rows))
        sheet.write_string(0, at, _text(column.title), looks.header)
        if column.note:
            sheet.write_comment(0, at, _text(column.note), {"x_scale": 2, "author": ""})
        look = looks.of(column)
        for y, row in enumerate(table.rows, start=1):
            _cell(sheet, y, at, row.get(column.key), column.kind, look)
    sheet.freeze_panes(1, 1 if len(table.columns) > 3 else 0)
    if table.rows and table.columns:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _cell(sheet: Worksheet, y: int, x: int, value: object, kind: Kind, look: Format) -> None:
    """One value as its column's type; as text where it is not of that type."""
    value = _plain(value)
    match value:
        case None | "":
            return
        case bool() if kind == "truth":
            sheet.write_boolean(y, x, value, look)
        case int() | float() if kind in ("whole", "number", "percent") and _is_number(value):
            sheet.write_number(y, x, value, look)
        case dt.date() if kind == "date" and _day(value) >= _FIRST_DAY:
            sheet.write_datetime(y, x, _day(value), look)
        case _:
            sheet.write_string(y, x, _text(_words(value)), look)


def _plain(value: object) -> object:
    """The Python value of a NumPy or pandas one; None for what says nothing."""
    if value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _is_number(value: int | float) -> bool:
    largest = _LARGEST if isinstance(value, float) else _LARGEST_WHOLE
    return type(value) in (int, float) and abs(value) < largest


def _day(value: dt.date) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value


def _words(value: object) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _day(value).isoformat() if isinstance(value, dt.date) else str(value)


def _text(words: str) -> str:
    """Text that the format can hold: no halves of characters, and not too long."""
    whole = words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if len(whole.encode("utf-16-le")) <= 2 * MOST_CHARACTERS:
        return whole
    room = 2 * (MOST_CHARACTERS - len(_CUT))
    return whole.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + _CUT


def _width(column: Column, rows: Sequence[Mapping[str, object]]) -> float:
    """Characters that show the header's longest word and most cells without a break."""
    shown = max((len(word) for word in column.title.split()), default=0) + 3
    cells = (_shown(_plain(row.get(column.key)), column) for row in rows[:_MEASURED])
    longest = max((len(line) for cell in cells for line in cell.split("\n")), default=0) + 1
    return min(max(shown, longest, _NARROWEST), _WIDEST)


def _shown(value: object, column: Column) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        match column.kind:
            case "whole":
                return f"{value:,.0f}"
            case "number":
                return f"{value:,.{column.decimals}f}"
            case "percent":
                return f"{value:.{column.decimals}%}"
    return _words(value)


def _explain(
    sheet: Worksheet,
    tables: Iterable[tuple[str, SheetTable]],
    reading: Sequence[str],
    looks: _Looks,
) -> None:
    """The sheet *How to read this*: sentences, then what every column means."""
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, _EXPLANATION_WIDTH)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, HOW_TO_READ, looks.title)
    y = 1
    for sentence in reading:
        sheet.write_string(y, 1, _text(sentence), looks.words)
        y += 1
    for name, table in tables:
        y += 1
        sheet.write_string(y, 0, name, looks.part)
        for sentence in table.about:
            sheet.write_string(y, 1, _text(sentence), looks.words)
            y += 1
        if not table.about:
            y += 1
        for column in table.columns:
            if column.note:
                sheet.write_string(y, 0, _text(column.title), looks.words)
                sheet.write_string(y, 1, _text(column.note), looks.words)
                y += 1

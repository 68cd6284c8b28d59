"""Which mark stands before the decimals of a column: 61.5 or 61,5.

A cell such as ``1,234`` can be read both ways. A cell such as ``3,5``, ``0,123`` or
``1.234,5`` cannot: it decides for its column, and where a column has none, for its table.
"""

from __future__ import annotations

from typing import Literal

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

Mark = Literal[".", ","]
Marks = Literal[".", ",", "both"] | None

#: What may stand around or within a number without saying anything about the mark.
DECORATION = "[\\s\u00a0\u2009\u202f'’%€$£¥]"

_LIKE_A_NUMBER = r"^[+\-−]?[\d.,]*\d[\d.,]*(?:[eEkKmM][+-]?\d*)?$"
_SURE_COMMA = (
    r"^[+\-−]?(?:\d*,(?:\d{1,2}|\d{4,})|0+,\d+|\d{4,},\d+"
    r"|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,})(?:[eE][+-]?\d+)?$"
)
_EITHER = (r"^[+\-−]?[1-9]\d{0,2},\d{3}$", r"^[+\-−]?[1-9]\d{0,2}\.\d{3}$")
_SURE_DOT = (
    r"^[+\-−]?(?:\d*\.(?:\d{1,2}|\d{4,})|0+\.\d+|\d{4,}\.\d+"
    r"|\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,})(?:[eE][+-]?\d+)?$"
)


def column_mark(cells: pd.Series) -> Marks:
    """The decimal mark that a column's cells give away.

    Returns
    -------
    {".", ",", "both", None}
        None where every cell can be read both ways, or most are texts.

    Examples
    --------
    >>> column_mark(pd.Series(["3,5", "1,234"])), column_mark(pd.Series(["1,234", "7"]))
    (',', None)
    >>> column_mark(pd.Series(["1,234.5", "7"])), column_mark(pd.Series(["3,5", "3.5"]))
    ('.', 'both')
    """
    bare = pc.replace_substring_regex(_text(cells), DECORATION, "")
    numbers = pc.sum(pc.match_substring_regex(bare, _LIKE_A_NUMBER)).as_py() or 0
    if 2 * numbers < pc.count(bare).as_py():
        return None  # a text that looks like a number says nothing
    comma = _any(pc.match_substring_regex(bare, _SURE_COMMA))
    dot = _any(pc.match_substring_regex(bare, _SURE_DOT))
    if comma and dot:
        return "both"
    if comma:
        return ","
    if dot:
        return "."
    # 12,345 beside 1.900: one of them has the mark between thousands, but which?
    either = [_any(pc.match_substring_regex(bare, form)) for form in _EITHER]
    return "both" if all(either) else None


def table_mark(frame: pd.DataFrame, suggested: Mark | None = None) -> Mark | None:
    """The decimal mark of a whole table, where its columns agree on one.

    Parameters
    ----------
    frame : DataFrame of text cells
    suggested : {".", ","}, optional
        What decides when no cell does: files with semicolons between the cells come from
        where the comma is the decimal mark.
    """
    # A comma decides something only where it stands, and so do several dots in a cell.
    columns = [frame[name] for name in frame.columns]
    telling = [cells for cells in columns if not casts(cells) and _holds(cells, r",|\..*\.")]
    if telling or suggested == ",":
        telling = [cells for cells in columns if _holds(cells, r"[.,]")]
    marks = {column_mark(cells) for cells in telling} - {None}
    if not marks:
        return suggested or (None if telling else ".")
    if marks == {","}:
        return ","
    return "." if marks == {"."} else None


def casts(cells: pd.Series) -> bool:
    """True where every filled cell is a number in plain notation."""
    try:
        pc.cast(_text(cells), pa.float64())
    except pa.ArrowInvalid:
        return False
    return True


def _holds(cells: pd.Series, pattern: str) -> bool:
    return _any(pc.match_substring_regex(_text(cells), pattern))


def _text(cells: pd.Series) -> pa.Array | pa.ChunkedArray:
    return pa.array(cells, type=pa.large_string(), from_pandas=True)


def _any(mask: pa.Array | pa.ChunkedArray) -> bool:
    return bool(pc.any(mask).as_py())

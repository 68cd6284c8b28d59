"""Text cells → dates, in whatever form they were written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.arrays import Bools
from toolkit.intake.vocabulary import vocabulary

_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ].*)?")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})(?:[/.](\d{1,2}))?(?: .*)?")
_TWO_FIRST = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d{2})(?:,? .*)?")
_YEAR = re.compile(r"(1[89]|20)\d{2}")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.](\d{4})")
_NAMED = (
    "%d %B %Y", "%d %b %Y", "%d. %B %Y", "%B %d, %Y", "%b %d, %Y", "%B %Y", "%b %Y", "%b-%y",
    "%d-%b-%Y", "%d-%b-%y", "%Y%m%d", "%a %b %d %H:%M:%S %z %Y", "%a, %d %b %Y %H:%M:%S %z",
)  # fmt: skip
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_SECONDS = re.compile(r"1\d{9}(\.\d+)?")
_EPOCH = dt.date(1899, 12, 30)
_QUARTER = re.compile(r"(\d{4})[- ]?Q([1-4])|Q([1-4])[- /]?(\d{4})", re.IGNORECASE)

Dates = npt.NDArray[np.datetime64]


@dataclass(frozen=True, eq=False)
class DateColumn:
    """A column of dates read from text.

    Parameters
    ----------
    values : datetime64[D] array, shape (n_rows,)
        NaT where the cell is empty or was not read.
    unread : bool array, shape (n_rows,)
        Filled cells that are no date.
    either_way : str or None
        A cell in which day and month could be exchanged, where no cell of the column tells
        them apart; the day was then taken to come first.
    """

    values: Dates
    unread: Bools
    either_way: str | None = None


def read_dates(cells: pd.Series) -> DateColumn:
    """Read a column of dates.

    ISO 8601, day.month.year, day/month/year or month/day/year as the column's own cells
    decide, month names, years, quarters, serial numbers of spreadsheets, seconds since 1970.

    Examples
    --------
    >>> dates = read_dates(pd.Series(["2013-07-01", "1.7.2013", "July 2013", "soon"]))
    >>> [str(value) for value in dates.values], dates.unread.tolist()
    (['2013-07-01', '2013-07-01', '2013-07-01', 'NaT'], [False, False, False, True])
    """
    codes, texts = pd.factorize(cells.astype(object), use_na_sentinel=True)
    day_first, either_way = _day_first([str(text) for text in texts])
    read = [_read_one(str(text).strip(), day_first) for text in texts]
    values = np.array([np.datetime64(day, "D") for day, _ in read], dtype="datetime64[D]")
    faults = np.array([fault for _, fault in read], dtype=np.bool_)
    n = len(cells)
    found = np.full(n, np.datetime64("NaT"), dtype="datetime64[D]")
    unread = np.zeros(n, dtype=np.bool_)
    filled = codes >= 0
    if filled.any():
        found[filled] = values[codes[filled]]
        unread[filled] = faults[codes[filled]]
    return DateColumn(found, unread, either_way)


def _day_first(texts: Sequence[str]) -> tuple[bool, str | None]:
    """Whether the day stands before the month, and a cell where that is a guess."""
    pairs = [
        (int(found[1]), int(found[3]), text)
        for text in texts
        if (found := _TWO_FIRST.fullmatch(text.strip())) and found[2] != "."
    ]
    if any(first > 12 for first, _, _ in pairs):
        return True, None
    if any(second > 12 for _, second, _ in pairs):
        return False, None
    return True, next((text for first, second, text in pairs if first != second), None)


def _read_one(text: str, day_first: bool) -> tuple[dt.date | None, bool]:
    """The date of one text, and whether it could not be read."""
    if text.casefold() in vocabulary().cells["missing"]:
        return None, False
    try:
        day = _parsed(text, day_first)
    except (ValueError, OverflowError):
        return None, True
    return day, day is None


def _parsed(text: str, day_first: bool) -> dt.date | None:
    if found := _ISO.fullmatch(text) or _YEAR_FIRST.fullmatch(text):
        return dt.date(int(found[1]), int(found[2]), int(found[3] or 1))
    if found := _TWO_FIRST.fullmatch(text):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        year += 0 if year > 99 else 2000 if year < 70 else 1900
        day, month = (first, second) if day_first or found[2] == "." else (second, first)
        return dt.date(year, month, day)
    if found := _MONTH_YEAR.fullmatch(text):
        return dt.date(int(found[2]), int(found[1]), 1)
    if _YEAR.fullmatch(text):
        return dt.date(int(text), 1, 1)
    if found := _QUARTER.fullmatch(text):
        return dt.date(int(found[1] or found[4]), 3 * int(found[2] or found[3]) - 2, 1)
    for form in _NAMED:
        try:
            return dt.datetime.strptime(text, form).date()
        except ValueError:
            continue
    if _SERIAL.fullmatch(text):
        return _EPOCH + dt.timedelta(days=int(float(text)))
    if _SECONDS.fullmatch(text):
        return dt.datetime.fromtimestamp(float(text), dt.UTC).date()
    return None

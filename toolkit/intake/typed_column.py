"""One column of text cells → numbers, dates or yes and no, with what had to be said of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.arrays import Bools, Floats
from toolkit.intake.dates import Dates, read_dates
from toolkit.intake.issue import Issue, Level
from toolkit.intake.number_marks import Mark
from toolkit.intake.numbers import (
    FORMULA_ERROR,
    INFINITE,
    NO_NUMBER,
    NO_VALUE,
    TWO_WAYS,
    read_numbers,
)
from toolkit.intake.problem_cells import cell_issues, counted, rows_issue, shown
from toolkit.intake.truths import read_truths

_FAULTS = {
    NO_NUMBER: (
        "is not a number",
        "It was set aside as missing: write a number, or leave the cell empty.",
    ),
    INFINITE: (
        "is infinite",
        "It was set aside as missing: no score is. Correct the value, or leave the cell empty.",
    ),
    FORMULA_ERROR: (
        "is the error of a formula",
        "It was set aside as missing: mend the formula, or leave the cell empty.",
    ),
    TWO_WAYS: (
        "can be read in two ways, since the column has numbers with commas and with dots",
        "It was set aside as missing: write it without a mark between thousands.",
    ),
}


#: A number that a spreadsheet program took for a date: 3.5 became 3-May.
_DATE = r"\d{1,2}[-. ]?[A-Za-z]{3,9}|[A-Za-z]{3,9}[-. ]\d{2,4}|\d{4}-\d\d-\d\d|\d+\.\d+\.\d{2,4}"
_DATE_FAULT = (
    "is a date where a number belongs; spreadsheet programs turn 3.5 into 3-May",
    "It was set aside as missing: format the column as numbers or text, enter it again, and "
    "export the file.",
)


@dataclass(frozen=True)
class Place:
    """Where a column stands, and how the table writes numbers.

    Parameters
    ----------
    file, sheet, column : str
    mark : {".", ","} or None
        The table's decimal mark.
    typed : bool
        As in `RawTable`.
    """

    file: str
    sheet: str | None = None
    column: str | None = None
    mark: Mark | None = None
    typed: bool = False

    def at(self, column: str) -> Place:
        return replace(self, column=column)

    def issue(self, level: Level, message: str, row: int | None = None) -> Issue:
        """An issue here."""
        return Issue(level, message, self.file, self.sheet, row, self.column)

    def about_rows(self, level: Level, message: str, rows: npt.NDArray[np.int64]) -> Issue:
        """One issue about several rows."""
        return rows_issue(
            level, message, rows, file=self.file, sheet=self.sheet, column=self.column
        )

    def about_cells(self, what: str, remedy: str, cells: pd.Series, where: Bools) -> list[Issue]:
        """Warnings about cells, each with its row."""
        return cell_issues(
            "warning",
            what,
            remedy,
            cells.index.to_numpy(dtype=np.int64)[where],
            cells[where].tolist(),
            file=self.file,
            sheet=self.sheet,
            column=self.column,
        )


def number_column(
    cells: pd.Series, place: Place, levels: tuple[str, ...] = ()
) -> tuple[Floats, list[Issue]]:
    """Numbers of a column, NaN where missing or set aside.

    Parameters
    ----------
    cells : Series of str, index of spreadsheet rows
    place : Place
    levels : tuple of str
        Names of 0, 1, 2, ... for ordinal scores.
    """
    numbers = read_numbers(cells, place.mark, place.typed, levels)
    issues: list[Issue] = []
    for fault, where in numbers.faults.items():
        if fault == NO_NUMBER:
            dates = where & cells.str.fullmatch(_DATE).fillna(False).to_numpy(dtype=np.bool_)
            if dates.any():
                issues.extend(place.about_cells(*_DATE_FAULT, cells, dates))
            where = where & ~dates
        issues.extend(place.about_cells(*_FAULTS[fault], cells, where) if where.any() else ())
    rows = cells.index.to_numpy(dtype=np.int64)
    for reading in numbers.readings:
        count = counted(int(reading.cells.sum()), "cell")
        if reading.how == NO_VALUE:
            message = f"{count} said that there is no value ({shown(reading.text)}): left empty."
        else:
            message = (
                f"{count} read with {reading.how}: {shown(reading.text)} as {reading.value:.15g}."
            )
        issues.append(place.about_rows("note", message, rows[reading.cells]))
    return numbers.values, issues


def perhaps_fractions(cells: pd.Series, values: Floats, place: Place) -> list[Issue]:
    """Warnings about shares between 0 and 1, which may be fractions instead of percent.

    They are suspect where no share of the column is above 1, or others bear a percent sign.
    """
    signed = cells.str.endswith("%").fillna(False).to_numpy(dtype=np.bool_)
    small = (values > 0) & (values < 1) & ~signed
    if not small.any() or not (signed.any() or np.nanmax(values) <= 1):
        return []
    return place.about_cells(
        "may be a fraction, but was taken as a percentage",
        "Write 5 for 5 %, not 0.05.",
        cells,
        small,
    )


def date_column(cells: pd.Series, place: Place, *, past: bool = False) -> tuple[Dates, list[Issue]]:
    """Dates of a column, NaT where missing or set aside; `past` ones cannot be yet to come."""
    dates = read_dates(cells)
    issues = place.about_cells(
        "is not a date that can be read",
        "It was set aside as missing: write dates as 2013-07-31.",
        cells,
        dates.unread,
    )
    if dates.either_way:
        issues.append(
            place.issue(
                "warning",
                f"Day and month cannot be told apart ({shown(dates.either_way)}): the day was "
                "taken to come first. Write dates as 2013-07-31 to be sure.",
            )
        )
    if not past:
        return dates.values, issues
    today = np.datetime64(dt.date.today(), "D")
    future = ~np.isnat(dates.values) & (dates.values > today)
    issues += place.about_cells(
        f"is in the future: it is {today}",
        "It was set aside as missing: correct the date.",
        cells,
        future,
    )
    return np.where(future, np.datetime64("NaT", "D"), dates.values), issues


def truth_column(cells: pd.Series, place: Place) -> tuple[Floats, list[Issue]]:
    """1 for yes, 0 for no, NaN where missing or set aside."""
    values, unread = read_truths(cells)
    return values, place.about_cells(
        "is neither yes nor no",
        "It was set aside as missing: write yes, no, 1 or 0.",
        cells,
        unread,
    )

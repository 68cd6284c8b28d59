"""A long table of series, months and counts, read strictly: what is wrong is told by its row.

Nothing is set aside in silence, for a month that is left out would change the shape of what
happened around it. A count that is missing, negative or no number, a month in the future, and two
rows for the same series and date stop the reading, all of them named at once. What can be
understood is told as a warning: a gap (months in which nothing came) and a series that is too
short to judge.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.arrays import Bools, Floats, Ints
from toolkit.errors import InputError
from toolkit.inflation.months import month_name, one_a_month, without_gaps
from toolkit.inflation.spike_features import MonthlyCounts
from toolkit.intake.dates import read_dates
from toolkit.intake.issue import Issue
from toolkit.intake.kinds import field_of, is_id_name
from toolkit.intake.numbers import read_numbers
from toolkit.intake.plain_name import plain_name
from toolkit.intake.problem_cells import LISTED_ONE_BY_ONE, cell_issues, row_list, rows_issue

#: Column → the field of a score history whose names are understood too.
COLUMNS = {"series": "score", "month": "date", "count": "value"}
LEAST_MONTHS = 6
#: A series this long that never falls reads like running totals.
LONG_ENOUGH_TO_FALL = 12


@dataclass(frozen=True, eq=False)
class LongSeries:
    """Monthly counts of s series.

    Parameters
    ----------
    names : object array of str, shape (s,)
        In the order in which the file names them first.
    first_month : int array, shape (s,)
        Months since January of year 0.
    monthly : MonthlyCounts
        Without gaps.
    issues : tuple of Issue
        Warnings and notes, by row.
    """

    names: npt.NDArray[np.object_]
    first_month: Ints
    monthly: MonthlyCounts
    issues: tuple[Issue, ...] = ()

    @property
    def judged(self) -> Bools:
        """Which series are long enough to judge."""
        return self.monthly.lengths >= LEAST_MONTHS


@dataclass(frozen=True)
class _Place:
    """Where the rows stand, for messages."""

    file: str
    sheet: str | None
    rows: Ints

    def cells(
        self, what: str, remedy: str, column: str, cells: pd.Series, where: Bools
    ) -> list[Issue]:
        return cell_issues(
            "error",
            what,
            remedy,
            self.rows[where],
            ["(empty)" if pd.isna(c) else c for c in cells[where].tolist()],
            file=self.file,
            sheet=self.sheet,
            column=column,
        )

    def warning(self, message: str, rows: Ints, column: str | None = None) -> Issue:
        return rows_issue("warning", message, rows, file=self.file, sheet=self.sheet, column=column)


def long_series(
    frame: pd.DataFrame,
    *,
    file: str = "The table",
    sheet: str | None = None,
    today: dt.date | None = None,
) -> LongSeries:
    """Read a long table.

    Parameters
    ----------
    frame : DataFrame, index of int
        Columns ``series``, ``month`` and ``count`` (names that score histories use are
        understood too), as text or as numbers and dates. A code of a candidate beside them
        makes series of the same name different ones. The index is the row in messages.
    file, sheet : str, optional
        Where it stands, for messages.
    today : date, optional
        Months after this one are in the future; the computer's date when left out.

    Raises
    ------
    InputError
        If a column is missing, or a cell cannot be used; every such cell is named.
    """
    columns = _columns(frame, file)
    place = _Place(file, sheet, frame.index.to_numpy(dtype=np.int64))
    codes, names, nameless = _series_of(frame, columns, place)
    day, wrong_days = _days(frame[columns["month"]], place, columns["month"], today)
    count, wrong_counts = _counts(frame[columns["count"]], place, columns["count"])
    problems = [*nameless, *wrong_days, *wrong_counts]
    if problems:
        raise InputError(_all_of(problems))
    order = _order(codes, day)
    codes, day, count, rows = codes[order], day[order], count[order], place.rows[order]
    repeated = _repeated(codes, day, names, rows, place)
    if repeated:
        raise InputError(_all_of(repeated))
    month = _month_of(day)
    counts_of_months = np.zeros(names.size, dtype=np.bool_)
    issues = tuple(_warnings(codes, month, count, names, rows, place))
    monthly, first = without_gaps(
        *one_a_month(codes, month, count, counts_of_months), counts_of_months
    )
    return LongSeries(names, first, monthly, issues)


def has_series(columns: Sequence[str]) -> bool:
    """Whether a table with these columns can be read as a long one."""
    return not _missing(_found(columns))


def _columns(frame: pd.DataFrame, file: str) -> dict[str, str]:
    found = _found([str(c) for c in frame.columns])
    missing = _missing(found)
    if missing:
        there = ", ".join(f"'{c}'" for c in frame.columns[:8]) or "none"
        raise InputError(
            f"{file}: no column for {' and '.join(map(repr, missing))}. A long table of series "
            f"has the columns 'series', 'month' and 'count'; found: {there}."
        )
    if not len(frame):
        raise InputError(f"{file}: there are column names but no rows below them.")
    return found


def _found(columns: Sequence[str]) -> dict[str, str]:
    plain = {plain_name(c): c for c in reversed(columns)}
    found = {}
    for name, field in COLUMNS.items():
        alike = next((c for c in columns if field_of("score_history", c) == field), None)
        chosen = plain.get(name, alike)
        if chosen is not None:
            found[name] = chosen
    who = next((c for c in columns if is_id_name(c) and c not in found.values()), None)
    if who is not None:
        found["who"] = who
        found.setdefault("series", who)
    return found


def _missing(found: dict[str, str]) -> list[str]:
    return [name for name in COLUMNS if name not in found]


def _series_of(
    frame: pd.DataFrame, columns: dict[str, str], place: _Place
) -> tuple[Ints, npt.NDArray[np.object_], list[Issue]]:
    """The number of each row's series, the series' names, and rows without one."""
    column = columns["series"]
    cells = frame[column]
    who = columns.get("who", column)
    if who != column:
        cells = frame[who].astype("str") + " · " + cells.astype("str")
    codes, names = pd.factorize(cells, use_na_sentinel=True)
    nameless = codes < 0
    issues = (
        place.cells(
            "names no series", "Write the name of the series.", column, frame[column], nameless
        )
        if nameless.any()
        else []
    )
    return codes.astype(np.int64), np.array([str(n) for n in names], dtype=object), issues


def _days(
    cells: pd.Series, place: _Place, column: str, today: dt.date | None
) -> tuple[npt.NDArray[np.datetime64], list[Issue]]:
    if pd.api.types.is_datetime64_any_dtype(cells):
        day = cells.to_numpy(dtype="datetime64[D]")
    elif isinstance(cells.dtype, pd.PeriodDtype):
        day = cells.dt.to_timestamp().to_numpy(dtype="datetime64[D]")
    else:
        codes, texts = pd.factorize(cells.astype("str"), use_na_sentinel=True)
        of_texts = read_dates(pd.Series(texts, dtype="str")).values
        day = np.append(of_texts, np.datetime64("NaT", "D"))[codes]
    issues = []
    unread = np.isnat(day)
    if unread.any():
        issues += place.cells(
            "is not a month that can be read", "Write months as 2024-05.", column, cells, unread
        )
    now = np.datetime64(today or dt.date.today(), "M")
    future = ~unread & (day.astype("datetime64[M]") > now)
    if future.any():
        issues += place.cells(
            f"is in the future: it is {now}",
            "Correct the date, or leave out what has not come yet.",
            column,
            cells,
            future,
        )
    return day, issues


def _counts(cells: pd.Series, place: _Place, column: str) -> tuple[Floats, list[Issue]]:
    if pd.api.types.is_numeric_dtype(cells):
        count = cells.to_numpy(dtype=np.float64, na_value=np.nan)
    else:
        count = read_numbers(cells.astype("str"), ".").values
    issues = []
    unread, negative = ~np.isfinite(count), count < 0
    if unread.any():
        issues += place.cells(
            "is not a count", "Write a number from 0; 0 where nothing came.", column, cells, unread
        )
    if (negative & ~unread).any():
        issues += place.cells(
            "is negative, and a count cannot be",
            "Write what came in the month, not by how much it changed.",
            column,
            cells,
            negative & ~unread,
        )
    return count, issues


def _order(codes: Ints, day: npt.NDArray[np.datetime64]) -> Ints | slice:
    """By series and day; files mostly are so already."""
    step, later = np.diff(codes), np.diff(day.astype(np.int64))
    if bool(np.all((step > 0) | ((step == 0) & (later >= 0)))):
        return slice(None)
    return np.lexsort((day, codes)).astype(np.int64)


def _month_of(day: npt.NDArray[np.datetime64]) -> Ints:
    return day.astype("datetime64[M]").astype(np.int64) + 1970 * 12


def _repeated(
    codes: Ints,
    day: npt.NDArray[np.datetime64],
    names: npt.NDArray[np.object_],
    rows: Ints,
    place: _Place,
) -> list[Issue]:
    same = np.flatnonzero((np.diff(codes) == 0) & (day[1:] == day[:-1])) + 1
    issues = [
        Issue(
            "error",
            f"The series '{names[codes[at]]}' has {day[at]} twice, in "
            f"{row_list(rows[at - 1 : at + 1])}. Keep one row for each month.",
            place.file,
            place.sheet,
            int(rows[at]),
        )
        for at in same[:LISTED_ONE_BY_ONE]
    ]
    if same.size > LISTED_ONE_BY_ONE:
        message = (
            f"{same.size:,} rows repeat the series and month of another, among them "
            f"{row_list(np.sort(rows[same]))}. Keep one row for each month."
        )
        issues = [rows_issue("error", message, rows[same], file=place.file, sheet=place.sheet)]
    return issues


def _warnings(
    codes: Ints,
    month: Ints,
    count: Floats,
    names: npt.NDArray[np.object_],
    rows: Ints,
    place: _Place,
) -> Iterator[Issue]:
    """Gaps, series too short to judge, and series that read like running totals."""
    within = np.diff(codes) == 0
    skipped = np.diff(month) - 1
    gaps = np.flatnonzero(within & (skipped > 0)) + 1
    if gaps.size > LISTED_ONE_BY_ONE:
        yield place.warning(
            f"{gaps.size:,} gaps: months are missing before {row_list(np.sort(rows[gaps]))}. They "
            "count as months in which nothing came.",
            np.sort(rows[gaps]),
        )
    else:
        for at in gaps:
            first, last = month_name(int(month[at - 1]) + 1), month_name(int(month[at]) - 1)
            span = first if first == last else f"{first} to {last}"
            yield place.warning(
                f"A gap: the series '{names[codes[at]]}' has no row for {span}. It counts as "
                "nothing came; add the rows if something did.",
                rows[at : at + 1],
            )
    starts = np.flatnonzero(np.concatenate([[True], ~within]))
    ends = np.append(starts[1:], codes.size) - 1
    months = month[ends] - month[starts] + 1
    short = np.flatnonzero(months < LEAST_MONTHS)
    if short.size > LISTED_ONE_BY_ONE:
        yield place.warning(
            f"{short.size:,} series have fewer than {LEAST_MONTHS} months, which begin in "
            f"{row_list(np.sort(rows[starts[short]]))}: too short to judge.",
            np.sort(rows[starts[short]]),
        )
    else:
        for at in short:
            span = "one month" if months[at] == 1 else f"{months[at]} months"
            yield place.warning(
                f"The series '{names[codes[starts[at]]]}' has {span}, and takes "
                f"{LEAST_MONTHS} to be judged: its months are not.",
                rows[starts[at] : starts[at] + 1],
            )
    falls = np.bincount(codes[1:], within & (np.diff(count) < 0), minlength=names.size)
    rises = count[ends] > count[starts]
    totals = np.flatnonzero((months >= LONG_ENOUGH_TO_FALL) & (falls[codes[starts]] == 0) & rises)
    if totals.size:
        yield place.warning(
            f"{totals.size:,} series never fall, for instance '{names[codes[starts[totals[0]]]]}': "
            "they read like running totals. What is wanted is what came in each month.",
            rows[starts[totals]],
        )


def _all_of(problems: Sequence[Issue]) -> str:
    return "\n".join(str(problem) for problem in sorted(problems, key=lambda p: p.row or 0))

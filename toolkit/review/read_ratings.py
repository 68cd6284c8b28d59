"""Files → `Ratings`: long tables, or one row a candidate and one column a reviewer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from toolkit.arrays import Floats
from toolkit.errors import InputError
from toolkit.intake.dates import read_dates
from toolkit.intake.kinds import field_of, is_id_name
from toolkit.intake.number_marks import table_mark
from toolkit.intake.numbers import read_numbers
from toolkit.intake.plain_name import plain_name
from toolkit.intake.problem_cells import row_list, shown
from toolkit.intake.raw_table import RawTable
from toolkit.intake.raw_tables import raw_tables
from toolkit.review.ratings import Ratings, ratings_of

#: Share of a column's filled cells that must be numbers for it to be a reviewer's.
MOSTLY = 0.5
#: Columns that say when a rating was made, as a place in an order or as a date.
ORDERS = frozenset({"order", "position", "sequence", "rating_order", "review_order", "place"})
DATES = frozenset(
    {"date", "rated_at", "rated_on", "made_at", "submitted_at", "timestamp", "time", "day", "when"}
)


def read_ratings(*sources: str | Path) -> Ratings:
    """Read ratings.

    A long table has a column for the candidate, the reviewer and the rating, and may have
    one for the criterion, and one for when each rating was made: a place in the order of
    ratings, or a date. Any other table is read as one row a candidate and one column a
    reviewer; a column of candidates' codes is recognised by its name, or by holding the
    only text.

    Raises
    ------
    InputError
        If a file cannot be read, several tables hold ratings, or a rating cannot be used.
    """
    tables = raw_tables(*sources)
    long = long_tables(tables)
    if len(long or tables) > 1:
        names = " and ".join(table.name for table in long or tables)
        raise InputError(f"{names} may all be meant. Put the ratings into a file of their own.")
    return ratings_in((long or tables)[0])


def long_tables(tables: Sequence[RawTable]) -> list[RawTable]:
    """Those tables that have a column for the reviewer and one for the rating."""
    return [table for table in tables if _is_long(table)]


def ratings_in(table: RawTable) -> Ratings:
    """The ratings of one table, in either form.

    Raises
    ------
    InputError
        If a rating cannot be used, or the table holds none.
    """
    return _long(table) if _is_long(table) else _wide(table)


def _is_long(table: RawTable) -> bool:
    fields = {field_of("ratings", column) for column in table.frame.columns}
    return {"reviewer", "rating"} <= fields


def _fields(table: RawTable) -> dict[str, str]:
    """The columns of a long table, by what they hold; the first of each."""
    found: dict[str, str] = {}
    for column in table.frame.columns:
        field = "candidate" if is_id_name(column) else field_of("ratings", column)
        if field is not None:
            found.setdefault(field, column)
    if "candidate" not in found and {"reviewer", "rating"} <= found.keys():
        others = [name for name in table.frame.columns if name not in found.values()]
        named = [name for name in others if name.casefold() in ("subject", "target", "unit")]
        if not named:
            raise InputError(
                f"{table.name} has reviewers and ratings, but no column says who was rated. "
                f"Name it 'candidate'. Its columns: {', '.join(table.frame.columns)}."
            )
        found["candidate"] = named[0]
    return found


def _long(table: RawTable) -> Ratings:
    fields, frame = _fields(table), table.frame
    values = _readable(table, [fields["rating"]])
    time, time_is = _time(table, set(fields.values()))
    return ratings_of(
        frame[fields["candidate"]],
        frame[fields["reviewer"]],
        values[fields["rating"]],
        frame[fields["criterion"]] if "criterion" in fields else None,
        time=time,
        time_is=time_is,
        rows=table.rows.tolist(),
        where=table.name,
    )


def _time(table: RawTable, taken: set[str]) -> tuple[Floats | None, Literal["order", "date"]]:
    """When each rating was made; an order says more than a date, which many may share."""
    names = {plain_name(name): name for name in table.frame.columns if name not in taken}
    orders = [name for plain, name in names.items() if plain in ORDERS]
    if orders:
        return _readable_order(table, orders[0]), "order"
    dates = [name for plain, name in names.items() if plain in DATES]
    if not dates:
        return None, "order"
    cells = table.frame[dates[0]]
    exact = pd.to_datetime(cells, format="ISO8601", errors="coerce", utc=True)
    if exact.notna().equals(cells.notna()):
        days = exact.dt.tz_localize(None).to_numpy(dtype="datetime64[us]")
        unread = np.zeros(len(cells), dtype=np.bool_)
    else:
        read = read_dates(cells)
        days, unread = read.values.astype("datetime64[us]"), read.unread
    if unread.any():
        row = int(table.rows[unread][0])
        raise InputError(
            f"{table.name}, row {row}, column '{dates[0]}': {shown(cells.loc[row])} is no date. "
            "Write it like 2026-03-31, or leave the cell empty."
        )
    since = (days - np.datetime64(0, "us")) / np.timedelta64(1, "D")
    return np.where(np.isnat(days), np.nan, since), "date"


def _readable_order(table: RawTable, column: str) -> Floats:
    mark = table_mark(table.frame, table.decimal)
    read = read_numbers(table.frame[column], mark, table.typed)
    for how, where in read.faults.items():
        if where.any():
            row = int(table.rows[where][0])
            raise InputError(
                f"{table.name}, row {row}, column '{column}': "
                f"{shown(table.frame[column].loc[row])} ({how}) among places in an order. Give "
                "the place as a number, or leave the cell empty."
            )
    return read.values


def _wide(table: RawTable) -> Ratings:
    frame, name = table.frame, _id_column(table)
    reviewers = [column for column in frame.columns if column != name]
    if len(reviewers) < 2:
        raise InputError(
            f"{table.name} has fewer than two columns of ratings. Give it a column for each "
            "reviewer, or the columns 'candidate', 'reviewer' and 'rating'."
        )
    values = _readable(table, reviewers)
    if name is None:
        codes = [f"row {row}" for row in table.rows]
    else:
        absent = frame[name].isna()
        if absent.any():
            raise InputError(
                f"{table.name}, column '{name}': {row_list(table.rows[absent.to_numpy()])} "
                "without a candidate. Fill it in."
            )
        codes = frame[name].tolist()
        if frame[name].duplicated().any():
            row = int(table.rows[frame[name].duplicated().to_numpy()][0])
            raise InputError(
                f"{table.name}, row {row}: {shown(frame.loc[row, name])} has a row already. Put "
                "all ratings of a candidate into one row, or use the columns 'candidate', "
                "'reviewer' and 'rating'."
            )
    return ratings_of(
        np.repeat(np.array(codes, dtype=object), len(reviewers)).tolist(),
        reviewers * len(frame),
        pd.concat([values[name] for name in reviewers], axis=1).to_numpy(dtype=object).ravel(),
        rows=np.repeat(table.rows, len(reviewers)).tolist(),
        where=table.name,
    )


def _id_column(table: RawTable) -> str | None:
    """The column of candidates' codes, or None where rows have none."""
    columns = list(table.frame.columns)
    for column in columns:
        if is_id_name(column) or column.casefold() in ("subject", "target", "unit", "column 1"):
            return column
    if columns and not _share_of_numbers(table, columns[0]):
        others = columns[1:]
        if others and all(_share_of_numbers(table, column) > MOSTLY for column in others):
            return columns[0]
    return None


def _share_of_numbers(table: RawTable, column: str) -> float:
    cells = table.frame[column]
    filled = cells.notna().sum()
    return float(np.isfinite(_numbers(table, column)).sum() / filled) if filled else 0.0


def _numbers(table: RawTable, column: str) -> Floats:
    mark = table_mark(table.frame, table.decimal)
    return read_numbers(table.frame[column], mark, table.typed).values


def _readable(table: RawTable, columns: list[str]) -> dict[str, pd.Series]:
    """Columns of ratings: all numbers, or all words without an order.

    Raises
    ------
    InputError
        If among numbers there is something else; nothing is set aside in silence.
    """
    cells = {column: table.frame[column] for column in columns}
    mark = table_mark(table.frame, table.decimal)
    numbers = {column: read_numbers(series, mark, table.typed) for column, series in cells.items()}
    if not any(np.isfinite(one.values).any() for one in numbers.values()):
        return cells
    for column, one in numbers.items():
        for how, where in one.faults.items():
            if where.any():
                row = int(table.rows[where][0])
                raise InputError(
                    f"{table.name}, row {row}, column '{column}': "
                    f"{shown(cells[column].loc[row])} ({how}) among ratings that are numbers. "
                    "Give the rating as a number, leave the cell empty where there was no "
                    "basis to judge, or take the column out if it holds no ratings."
                )
    return {column: pd.Series(one.values) for column, one in numbers.items()}

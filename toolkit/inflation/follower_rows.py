"""A table of sampled followers, read strictly: what is wrong is told by its row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from toolkit.arrays import Bools, Floats, Ints
from toolkit.errors import InputError
from toolkit.inflation.account_facts import AccountFacts
from toolkit.intake.dates import read_dates
from toolkit.intake.issue import Issue
from toolkit.intake.kinds import ACCOUNT_FIELDS, FieldType, field_of
from toolkit.intake.numbers import read_numbers
from toolkit.intake.plain_name import plain_name
from toolkit.intake.problem_cells import cell_issues, row_list, rows_issue
from toolkit.intake.truths import read_truths

NEEDED = ("followers", "following")
#: Columns that name the sampled account; the same one twice is one too many.
HANDLES = frozenset(
    {"account", "handle", "username", "user", "user_name", "screen_name", "follower_id", "login"}
)


@dataclass(frozen=True, eq=False)
class FollowerRows:
    """Facts of n sampled followers.

    Parameters
    ----------
    rows : int array, shape (n,)
        Row numbers as a spreadsheet shows them.
    facts : AccountFacts
        One account each.
    issues : tuple of Issue
        Warnings by row.
    """

    rows: Ints
    facts: AccountFacts
    issues: tuple[Issue, ...]

    def __len__(self) -> int:
        return self.rows.size


def has_followers(columns: Sequence[str]) -> bool:
    """Whether a table with these columns can be read as a sample of followers."""
    return set(NEEDED) <= {field_of("followers", c) for c in columns}


def follower_rows(
    frame: pd.DataFrame,
    *,
    file: str = "The table",
    sheet: str | None = None,
    today: dt.date | None = None,
) -> FollowerRows:
    """Read a table of sampled followers.

    Parameters
    ----------
    frame : DataFrame, index of int
        One row a follower: ``followers`` and ``following``, and where known ``posts``,
        ``has_picture``, ``has_bio`` and others, as text or as numbers. The index is the row in
        messages.
    file, sheet : str, optional
        Where it stands, for messages.
    today : date, optional
        An account created after this date is in the future; the computer's date when left out.

    Raises
    ------
    InputError
        If a column is missing, a cell cannot be used, or an account stands there twice; every
        such row is named.
    """
    columns = {field: c for c in reversed(frame.columns) if (field := field_of("followers", c))}
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        there = ", ".join(f"'{c}'" for c in frame.columns[:8]) or "none"
        raise InputError(
            f"{file}: no column for {' and '.join(map(repr, missing))}. A sample of followers has "
            f"the columns 'followers' and 'following'; found: {there}."
        )
    if not len(frame):
        raise InputError(f"{file}: there are column names but no rows below them.")
    rows = frame.index.to_numpy(dtype=np.int64)
    problems = _twice(frame, rows, file, sheet)
    values = {}
    for field, of_type in ACCOUNT_FIELDS.items():
        if field in columns:
            values[field], found = _column(frame[columns[field]], of_type, today)
            for what, remedy, where in found:
                problems += cell_issues(
                    "error",
                    what,
                    remedy,
                    rows[where],
                    frame[columns[field]][where].tolist(),
                    file=file,
                    sheet=sheet,
                    column=columns[field],
                )
    if problems:
        raise InputError("\n".join(map(str, sorted(problems, key=lambda p: p.row or 0))))
    unknown = np.isnan(values["followers"]) | np.isnan(values["following"])
    issues = []
    if unknown.any():
        message = (
            f"Without both followers and following an account cannot be classified: "
            f"{row_list(rows[unknown])}, left out of the sample. Fill in the cells."
        )
        issues.append(rows_issue("warning", message, rows[unknown], file=file, sheet=sheet))
    return FollowerRows(rows, _facts(values, len(frame)), tuple(issues))


Fault = tuple[str, str, Bools]


def _column(
    cells: pd.Series, of_type: FieldType, today: dt.date | None
) -> tuple[Floats, list[Fault]]:
    """Values of a column, and what is wrong with which cells; empty ones are unknown."""
    filled = cells.notna().to_numpy(dtype=np.bool_)
    plain = pd.api.types.is_numeric_dtype(cells) and of_type != "date"
    if of_type == "date":
        return _dates(cells, filled, today)
    if of_type == "truth" and not plain:
        values, unread = read_truths(cells.astype("str"))
        return values, _fault("is neither yes nor no", "Write yes, no, 1 or 0.", unread)
    if plain:
        values, aside = cells.to_numpy(dtype=np.float64, na_value=np.nan), ~filled
    else:
        numbers = read_numbers(cells.astype("str"), ".")
        values = numbers.values
        aside = np.zeros(values.size, dtype=np.bool_)
        for where in numbers.faults.values():
            aside |= where
    if of_type == "truth":
        wrong = ~np.isnan(values) & (values != 0) & (values != 1)
        return values, _fault("is neither yes nor no", "Write yes, no, 1 or 0.", wrong)
    infinite = np.isinf(values) | (aside & filled)
    with np.errstate(invalid="ignore"):
        negative = values < 0
    faults = _fault("is not a number", "Write a number, or leave the cell empty.", infinite)
    faults += _fault(
        "is negative, and a count cannot be",
        "Correct the value, or leave the cell empty.",
        negative & ~infinite,
    )
    return values, faults


def _dates(cells: pd.Series, filled: Bools, today: dt.date | None) -> tuple[Floats, list[Fault]]:
    day = read_dates(cells.astype("str")).values
    now = np.datetime64(today or dt.date.today(), "D")
    future = ~np.isnat(day) & (day > now)
    faults = _fault("is not a date that can be read", "Write 2019-07-31.", filled & np.isnat(day))
    faults += _fault(f"is in the future: it is {now}", "Correct the date.", future)
    age = (now - day).astype(np.float64)
    return np.where(np.isnat(day), np.nan, age), faults


def _fault(what: str, remedy: str, where: Bools) -> list[Fault]:
    return [(what, remedy, where)] if where.any() else []


def _twice(frame: pd.DataFrame, rows: Ints, file: str, sheet: str | None) -> list[Issue]:
    handle = next((c for c in frame.columns if plain_name(str(c)) in HANDLES), None)
    if handle is None:
        return []
    again = (frame[handle].notna() & frame[handle].duplicated()).to_numpy(dtype=np.bool_)
    if not again.any():
        return []
    return cell_issues(
        "error",
        "stands in an earlier row too",
        "A sample holds each follower once: keep one of the rows.",
        rows[again],
        frame[handle][again].tolist(),
        file=file,
        sheet=sheet,
        column=handle,
    )


def _facts(values: dict[str, Floats], n: int) -> AccountFacts:
    unknown = np.full(n, np.nan)
    known = {name: values.get(name, unknown) for name in ACCOUNT_FIELDS if name != "created"}
    return AccountFacts(
        n_candidates=n,
        position=np.arange(n),
        platform=("",) * n,
        age_days=values.get("created", unknown),
        **known,
    )

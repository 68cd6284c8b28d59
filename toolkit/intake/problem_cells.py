"""Many cells with the same problem, told without drowning the reader."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from toolkit.intake.issue import Issue, Level

#: Up to this many rows with the same problem get a line each, more share one.
LISTED_ONE_BY_ONE = 50
_SHOWN = 8
_LONGEST_SHOWN = 60

Rows = npt.NDArray[np.int64]


def shown(text: object) -> str:
    r"""A cell's text as a message quotes it: on one line, shortened.

    Examples
    --------
    >>> shown("two\nlines")
    "'two lines'"
    """
    line = " ".join(str(text).split())
    if len(line) > _LONGEST_SHOWN:
        line = line[: _LONGEST_SHOWN - 1] + "…"
    return f"'{line}'"


def row_list(rows: Sequence[int] | Rows) -> str:
    """Row numbers in words, the first few of many.

    Examples
    --------
    >>> row_list([2]), row_list([2, 5, 9])
    ('row 2', 'rows 2, 5 and 9')
    >>> row_list(range(2, 100))
    'rows 2, 3, 4, 5, 6, 7, 8, 9 and 90 more'
    """
    numbers = [str(int(row)) for row in rows[:_SHOWN]]
    if len(rows) > _SHOWN:
        return f"rows {', '.join(numbers)} and {len(rows) - _SHOWN:,} more"
    if len(numbers) == 1:
        return f"row {numbers[0]}"
    return f"rows {', '.join(numbers[:-1])} and {numbers[-1]}"


def counted(number: int, thing: str) -> str:
    """A number and what it counts, in the singular where it is one.

    Examples
    --------
    >>> counted(1, "cell"), counted(1200, "cell")
    ('1 cell', '1,200 cells')
    """
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def rows_issue(
    level: Level,
    message: str,
    rows: Sequence[int] | Rows,
    *,
    file: str,
    sheet: str | None = None,
    column: str | None = None,
) -> Issue:
    """One issue for several rows; the message says which."""
    numbers = tuple(int(row) for row in rows)
    return Issue(
        level,
        message,
        file=file,
        sheet=sheet,
        row=numbers[0] if numbers else None,
        column=column,
        rows=numbers if len(numbers) > 1 else (),
    )


def cell_issues(
    level: Level,
    what: str,
    remedy: str,
    rows: Rows,
    cells: Sequence[object],
    *,
    file: str,
    sheet: str | None = None,
    column: str | None = None,
) -> list[Issue]:
    """One issue a cell, or one for all of them where they are many.

    Parameters
    ----------
    level : {"error", "warning", "note"}
    what : str
        The problem, continuing after the cell's text, for instance ``"is not a number"``.
    remedy : str
        What was done and what the reader can do.
    rows : int array, shape (n,)
        Spreadsheet rows of the cells.
    cells : sequence of object, length n
        What was found.
    file, sheet, column : str, optional
        Where.
    """
    if len(rows) <= LISTED_ONE_BY_ONE:
        return [
            Issue(level, f"{shown(cell)} {what}. {remedy}", file, sheet, int(row), column)
            for row, cell in zip(rows, cells, strict=True)
        ]
    examples = ", ".join(dict.fromkeys(shown(cell) for cell in cells[:3]))
    message = f"{len(rows):,} cells ({examples}, ...), in {row_list(rows)}: each {what}. {remedy}"
    return [rows_issue(level, message, rows, file=file, sheet=sheet, column=column)]

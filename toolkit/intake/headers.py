"""Where the column names of a grid of cells stand.

Reports begin with a title, sheets with merged cells have two header rows, and some files
have none. The first rows decide; whatever was decided is listed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.intake.issue import Issue
from toolkit.intake.problem_cells import shown

#: Rows that are looked at.
LOOKED_AT = 30
_NUMBER = re.compile(r"[+-]?[\d.,\s%]*\d[\d.,\s%]*")


@dataclass(frozen=True)
class Header:
    """The column names of a grid.

    Parameters
    ----------
    names : tuple of str
        One a column, as many as the row of names has cells; empty where none stands.
    first_data : int
        Index of the first row below the names.
    issues : tuple of Issue
    """

    names: tuple[str, ...]
    first_data: int
    issues: tuple[Issue, ...] = ()


def find_header(
    rows: Sequence[Sequence[str]],
    file: str,
    sheet: str | None = None,
    merged: Sequence[tuple[int, int, int]] = (),
    first_row: int = 1,
) -> Header | None:
    """Find the column names in the first rows of a grid.

    Parameters
    ----------
    rows : sequence of rows of text cells
        The first rows, up to `LOOKED_AT`; empty text where a cell is empty.
    file, sheet : str
        For messages.
    merged : sequence of (row index, first column, last column)
        Cells merged across columns.
    first_row : int
        Spreadsheet row of ``rows[0]``.

    Returns
    -------
    Header or None
        None where every cell is empty.

    Examples
    --------
    >>> header = find_header([["Export of 3 May", ""], ["id", "klout"], ["a", "50"]], "x.csv")
    >>> header.names, header.first_data
    (('id', 'klout'), 2)
    """
    width = max((len(row) for row in rows), default=0)
    grid = [[*(cell.strip() for cell in row), *[""] * (width - len(row))] for row in rows]
    filled = [sum(bool(cell) for cell in row) for row in grid]
    at = next((i for i, n in enumerate(filled) if n), None)
    if at is None:
        return None
    issues: list[Issue] = []
    while filled[at] == 1 and max(filled[at + 1 : at + 6], default=0) > 1:
        title = next(cell for cell in grid[at] if cell)
        issues.append(
            Issue(
                "note",
                f"{shown(title)} stands alone above the table and was taken as its title.",
                file=file,
                sheet=sheet,
                row=first_row + at,
            )
        )
        at = next(i for i in range(at + 1, len(grid)) if filled[i])
    names = grid[at]
    if _is_data(names):
        issues.append(
            Issue(
                "warning",
                f"Row {first_row + at} holds values where column names should stand "
                f"({', '.join(shown(cell) for cell in names[:4] if cell)}): it was read as the "
                "first candidate, and the columns were numbered. Add a first row that names "
                "the columns.",
                file=file,
                sheet=sheet,
                row=first_row + at,
            )
        )
        return Header(("",) * len(rows[at]), at, tuple(issues))
    below = next((i for i in range(at + 1, len(grid)) if filled[i]), None)
    if below is not None and _spans(names, grid, at, below, merged):
        over = _carried(names, at, merged)
        issues.append(
            Issue(
                "note",
                f"Rows {first_row + at} and {first_row + below} together name the columns "
                "(merged cells): the lower name was used, with the upper one in front where "
                "it is needed to tell columns apart.",
                file=file,
                sheet=sheet,
                row=first_row + at,
            )
        )
        wide = max(len(rows[at]), len(rows[below]))
        return Header(_joined(over, grid[below])[:wide], below + 1, tuple(issues))
    return Header(tuple(names[: len(rows[at])]), at + 1, tuple(issues))


def _is_data(cells: Sequence[str]) -> bool:
    """True where most of what should be names is numbers."""
    filled = [cell for cell in cells if cell]
    numbers = sum(_NUMBER.fullmatch(cell) is not None for cell in filled)
    return 2 * numbers > len(filled)


def _spans(
    names: Sequence[str],
    grid: Sequence[Sequence[str]],
    at: int,
    below: int,
    merged: Sequence[tuple[int, int, int]],
) -> bool:
    """True where the header row has gaps that the row below fills with names."""
    under = grid[below]
    gaps = [i for i, name in enumerate(names) if not name and under[i]]
    if not gaps or any(_NUMBER.fullmatch(cell) for cell in under if cell):
        return False
    if any(row == at for row, _, _ in merged):
        return True
    # Without knowledge of merged cells, a row of names looks different from the data below.
    data = grid[below + 1 :]
    return len(set(filter(None, under))) == sum(map(bool, under)) and any(
        _NUMBER.fullmatch(cell) for row in data for cell in row if cell
    )


def _carried(names: Sequence[str], at: int, merged: Sequence[tuple[int, int, int]]) -> list[str]:
    """The upper names carried over the columns that they span."""
    spans = [(first, last) for row, first, last in merged if row == at]
    carried: list[str] = []
    for i, name in enumerate(names):
        if not name and spans:
            name = next((names[a] for a, b in spans if a <= i <= b), "")
        elif not name and i:
            name = carried[-1]
        carried.append(name)
    return carried


def _joined(over: Sequence[str], under: Sequence[str]) -> tuple[str, ...]:
    repeated = {name for name in under if name and list(under).count(name) > 1}
    return tuple(
        f"{upper} {lower}".strip() if not lower or lower in repeated else lower
        for upper, lower in zip(over, under, strict=True)
    )

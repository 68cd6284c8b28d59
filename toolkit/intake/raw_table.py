"""One table as it stands in a file: text cells under column names, and their rows.

Secrets leave here: a column named like a password never gets into the table, and a cell
that looks like a token is emptied, before anything else sees it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.clean_cells import INVISIBLE, clean_cells
from toolkit.intake.issue import Issue
from toolkit.intake.number_marks import Mark
from toolkit.intake.problem_cells import row_list, rows_issue
from toolkit.intake.refusals import looks_like_token, refused_name


@dataclass(frozen=True, eq=False)
class RawTable:
    """One table of a file, before anything is understood.

    Parameters
    ----------
    file : str
        Name of the file, with the archive's name in front where it came in one.
    sheet : str or None
        Sheet of a workbook, or the key of a table within a JSON document.
    frame : DataFrame of str, index of int
        Text cells, NaN where empty, spaces around them removed. The index is the row as a
        spreadsheet numbers it; column names are unique.
    decimal : {".", ","}, optional
        The decimal mark, where the file says or strongly suggests one.
    typed : bool
        True where the format tells numbers from text, so that 1.234 is never 1234.
    kind : str, optional
        What the file itself says the table holds.
    refused : tuple of str
        Names of columns that were refused; their cells are nowhere.
    secrets : int
        Cells of other columns that were refused.
    issues : tuple of Issue
    """

    file: str
    sheet: str | None
    frame: pd.DataFrame
    decimal: Mark | None = None
    typed: bool = False
    kind: str | None = None
    refused: tuple[str, ...] = ()
    secrets: int = 0
    issues: tuple[Issue, ...] = ()

    @property
    def rows(self) -> npt.NDArray[np.int64]:
        """Spreadsheet rows of the table's rows."""
        return self.frame.index.to_numpy(dtype=np.int64)

    @property
    def name(self) -> str:
        """The table's place in words, for messages."""
        return f"{self.file}, sheet '{self.sheet}'" if self.sheet else self.file

    @property
    def held_secrets(self) -> bool:
        """True where a column or a cell was refused."""
        return bool(self.refused) or self.secrets > 0


def raw_table(
    file: str,
    sheet: str | None,
    names: Sequence[str],
    columns: Sequence[pa.Array | pa.ChunkedArray],
    rows: range | npt.NDArray[np.int64],
    *,
    decimal: Mark | None = None,
    typed: bool = False,
    kind: str | None = None,
    issues: Sequence[Issue] = (),
) -> RawTable:
    """A table of text columns, cleaned and freed of secrets.

    Parameters
    ----------
    file, sheet : str
        Where the table stands.
    names : sequence of str
        Column names as they stand; empty and repeated ones are mended.
    columns : sequence of Arrow string arrays, each of length n_rows
    rows : range or int array, shape (n_rows,)
        Spreadsheet row of each row.
    decimal, typed, kind
        As in `RawTable`.
    issues : sequence of Issue
        What the reader noticed already.
    """
    found = list(issues)
    numbers = np.asarray(rows, dtype=np.int64)
    kept: dict[str, pa.ChunkedArray] = {}
    refused: list[str] = []
    secrets = 0
    for position, (raw_name, column) in enumerate(zip(names, columns, strict=True), start=1):
        name = _clean_name(raw_name, position)
        what = refused_name(name)
        if what:
            refused.append(name)
            found.append(refusal(what, file, sheet, name))
            continue
        cells = clean_cells(column, numbers, file, sheet, name)
        unnamed = not raw_name.strip()
        if unnamed and pc.count(cells.text).as_py() == 0 and not cells.secrets:
            continue
        message = None
        if name in kept:
            first, name = name, _free(name, kept)
            message = (
                f"Two columns are called '{first}': the later one was read as '{name}'. Give "
                "each column a name of its own."
            )
        elif unnamed and not any("numbered" in issue.message for issue in issues):
            message = f"The column has no name and was read as '{name}'. Give it one."
        if message:
            found.append(Issue("warning", message, file=file, sheet=sheet, column=name))
        found += cells.issues
        secrets += cells.secrets
        kept[name] = cells.text
    frame = _frame(kept, rows)
    blank = frame.isna().all(axis=1).to_numpy(dtype=np.bool_)
    if kept and blank.any():
        frame = frame.loc[~blank]
        message = f"Empty: {row_list(numbers[blank])}, skipped."
        found.append(rows_issue("note", message, numbers[blank], file=file, sheet=sheet))
    return RawTable(file, sheet, frame, decimal, typed, kind, tuple(refused), secrets, tuple(found))


def refusal(what: str, file: str, sheet: str | None, column: str) -> Issue:
    """The warning about a column that was refused by name."""
    return Issue(
        "warning",
        f"This column looks like {what}: it was refused, and nothing in it was kept. Delete it "
        "from the file; never ask candidates for it. If it holds something else, rename it.",
        file=file,
        sheet=sheet,
        column=column,
    )


def _frame(
    columns: dict[str, pa.ChunkedArray], rows: range | npt.NDArray[np.int64]
) -> pd.DataFrame:
    index = pd.RangeIndex(rows) if isinstance(rows, range) else pd.Index(rows, dtype=np.int64)
    frame: pd.DataFrame = pa.table(columns).to_pandas() if columns else pd.DataFrame(index=index)
    return frame.set_axis(index, axis=0).astype("str")


def _clean_name(name: str, position: int) -> str:
    name = " ".join(pc.replace_substring_regex(name, INVISIBLE, "").as_py().split())
    # A file without a header row can have a secret where the column name would stand.
    return name if name and not looks_like_token(name) else f"column {position}"


def _free(name: str, taken: dict[str, pa.ChunkedArray]) -> str:
    number = 2
    while f"{name} ({number})" in taken:
        number += 1
    return f"{name} ({number})"

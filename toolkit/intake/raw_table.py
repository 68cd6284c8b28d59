"""One table as it stands in a file: text cells under column names, and their rows.

Secrets leave here: a column named like a password never gets into the table, and a cell
that looks like a token is emptied, before anything else sees it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.arrays import Bools
from toolkit.intake.issue import Issue
from toolkit.intake.number_marks import Mark, casts
from toolkit.intake.problem_cells import row_list, rows_issue
from toolkit.intake.refusals import TOKEN_PATTERN, looks_like_token, refused_name

_CONTROL = "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\u200b\u2060\ufeff]"


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
    issues : tuple of Issue
    """

    file: str
    sheet: str | None
    frame: pd.DataFrame
    decimal: Mark | None = None
    typed: bool = False
    kind: str | None = None
    refused: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = field(default=())

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
        return bool(self.refused) or any("was refused" in issue.message for issue in self.issues)


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
    kept: dict[str, pa.Array | pa.ChunkedArray] = {}
    refused: list[str] = []
    for position, (raw_name, column) in enumerate(zip(names, columns, strict=True), start=1):
        name = _clean_name(raw_name, position)
        what = refused_name(name)
        if what:
            refused.append(name)
            found.append(
                Issue(
                    "warning",
                    f"This column looks like {what}: it was refused, and nothing in it was "
                    "kept. Delete it from the file; never ask candidates for it. If it "
                    "holds something else, rename it.",
                    file=file,
                    sheet=sheet,
                    column=name,
                )
            )
            continue
        text, removed = _clean_cells(column)
        if not raw_name.strip() and pc.count(text).as_py() == 0:
            continue
        if name in kept:
            first, again = name, 2
            while name in kept:
                name, again = f"{first} ({again})", again + 1
            found.append(
                Issue(
                    "warning",
                    f"Two columns are called '{first}': the later one was read as '{name}'. "
                    "Give each column a name of its own.",
                    file=file,
                    sheet=sheet,
                    column=name,
                )
            )
        if removed.any():
            found.append(
                rows_issue(
                    "note",
                    "Invisible control characters were taken out of "
                    f"{row_list(_at(rows, removed))}.",
                    _at(rows, removed),
                    file=file,
                    sheet=sheet,
                    column=name,
                )
            )
        text, secret = _without_tokens(text)
        if secret.any():
            found.append(
                rows_issue(
                    "warning",
                    f"What stands in {row_list(_at(rows, secret))} looks like a password, "
                    "token or key: it was refused, and nothing of it was kept. Delete it from "
                    "the file.",
                    _at(rows, secret),
                    file=file,
                    sheet=sheet,
                    column=name,
                )
            )
        kept[name] = text
    frame = _frame(kept, rows)
    blank = frame.isna().all(axis=1).to_numpy(dtype=np.bool_) if kept else np.zeros(0, np.bool_)
    if blank.any():
        frame = frame.loc[~blank]
        at = _at(rows, blank)
        found.append(
            rows_issue("note", f"Empty: {row_list(at)}, skipped.", at, file=file, sheet=sheet)
        )
    return RawTable(file, sheet, frame, decimal, typed, kind, tuple(refused), tuple(found))


def _frame(
    columns: dict[str, pa.Array | pa.ChunkedArray], rows: range | npt.NDArray[np.int64]
) -> pd.DataFrame:
    index = pd.RangeIndex(rows) if isinstance(rows, range) else pd.Index(rows, dtype=np.int64)
    frame: pd.DataFrame = pa.table(columns).to_pandas() if columns else pd.DataFrame(index=index)
    return frame.set_axis(index, axis=0).astype("str")


def _clean_name(name: str, position: int) -> str:
    name = " ".join(pc.replace_substring_regex(name, _CONTROL, "").as_py().split())
    # A file without a header row can have a secret where the column name would stand.
    return name if name and not looks_like_token(name) else f"column {position}"


def _clean_cells(column: pa.Array | pa.ChunkedArray) -> tuple[pa.ChunkedArray, Bools]:
    """Cells without control characters and outer spaces, null where nothing is left."""
    text = pa.chunked_array(column.chunks if isinstance(column, pa.ChunkedArray) else [column])
    text = pc.cast(text, pa.large_string())
    removed = np.zeros(len(text), dtype=np.bool_)
    if pc.any(pc.match_substring_regex(text, _CONTROL)).as_py():
        removed = _mask(pc.match_substring_regex(text, _CONTROL))
        text = pc.replace_substring_regex(text, _CONTROL, "")
    text = pc.utf8_trim_whitespace(text)
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.large_string()), text), removed


def _without_tokens(text: pa.ChunkedArray) -> tuple[pa.ChunkedArray, Bools]:
    if not len(text) or casts(pd.Series(text.to_pandas(), dtype="str")):
        return text, np.zeros(len(text), dtype=np.bool_)
    secret = pc.fill_null(pc.match_substring_regex(text, TOKEN_PATTERN), False)
    return pc.if_else(secret, pa.scalar(None, pa.large_string()), text), _mask(secret)


def _mask(mask: pa.Array | pa.ChunkedArray) -> Bools:
    filled = pc.fill_null(mask, False)
    if isinstance(filled, pa.ChunkedArray):
        filled = filled.combine_chunks()
    array: Bools = filled.to_numpy(zero_copy_only=False)
    return array.astype(np.bool_)


def _at(rows: range | npt.NDArray[np.int64], mask: Bools) -> npt.NDArray[np.int64]:
    return np.asarray(rows, dtype=np.int64)[mask]

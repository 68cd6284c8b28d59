"""One column's cells, cleaned: no outer spaces, no invisible characters, no secrets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.arrays import Bools
from toolkit.intake.issue import Issue
from toolkit.intake.number_marks import casts
from toolkit.intake.problem_cells import row_list, rows_issue
from toolkit.intake.refusals import TOKEN_PATTERN

#: Control characters, invisible ones, and those that turn the direction of writing.
INVISIBLE = "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]"
#: What UTF-8 looks like after it was taken for Windows-1252 and saved again: Ã¶ for ö.
_GARBLED = "[ÃÂÐÑ][\u0080-\u00bf\u0152-\u0192\u2013-\u203a]|â€"
_NULL = pa.scalar(None, pa.large_string())


@dataclass(frozen=True, eq=False)
class CleanCells:
    """A column's cells.

    Parameters
    ----------
    text : Arrow array of large_string
        Null where nothing is left.
    secrets : int
        Cells that were emptied because they look like a password, token or key.
    issues : tuple of Issue
    """

    text: pa.ChunkedArray
    secrets: int
    issues: tuple[Issue, ...]


def clean_cells(
    column: pa.Array | pa.ChunkedArray,
    rows: npt.NDArray[np.int64],
    file: str,
    sheet: str | None,
    name: str,
) -> CleanCells:
    """Clean a column and tell what was done.

    Parameters
    ----------
    column : Arrow string array, length n_rows
    rows : int array, shape (n_rows,)
        Spreadsheet row of each cell.
    file, sheet, name : str
        Where the column stands.
    """
    text = pa.chunked_array(column.chunks if isinstance(column, pa.ChunkedArray) else [column])
    text = pc.utf8_trim_whitespace(pc.cast(text, pa.large_string()))
    text = pc.if_else(pc.equal(text, ""), _NULL, text)
    if casts(pd.Series(text.to_pandas(), dtype="str")):
        return CleanCells(text, 0, ())
    issues: list[Issue] = []

    def tell(level: str, mask: Bools, message: str) -> None:
        where = rows[mask]
        assert level in ("note", "warning")
        issues.append(
            rows_issue(
                "note" if level == "note" else "warning",
                message.format(rows=row_list(where)),
                where,
                file=file,
                sheet=sheet,
                column=name,
            )
        )

    invisible = _matches(text, INVISIBLE)
    if invisible.any():
        text = pc.utf8_trim_whitespace(pc.replace_substring_regex(text, INVISIBLE, ""))
        text = pc.if_else(pc.equal(text, ""), _NULL, text)
        tell("note", invisible, "Invisible control characters were taken out of {rows}.")
    secret = _matches(text, TOKEN_PATTERN)
    if secret.any():
        text = pc.if_else(pa.array(secret), _NULL, text)
        tell(
            "warning",
            secret,
            "What stands in {rows} looks like a password, token or key: it was refused, and "
            "nothing of it was kept. Delete it from the file.",
        )
    garbled = _matches(text, _GARBLED)
    if garbled.any():
        tell(
            "warning",
            garbled,
            "Letters look garbled in {rows}, as ZÃ¶e for Zöe: the file was once read in the "
            "wrong encoding and saved so. Export it again as UTF-8.",
        )
    return CleanCells(text, int(secret.sum()), tuple(issues))


def _matches(text: pa.ChunkedArray, pattern: str) -> Bools:
    mask = pc.fill_null(pc.match_substring_regex(text, pattern), False).combine_chunks()
    array: Bools = mask.to_numpy(zero_copy_only=False)
    return array.astype(np.bool_)

"""Rows that say something about the same candidate again.

Of rows with the same key the first is kept. The others are set aside and listed: as a
repetition where every cell is the same, otherwise with the cells that differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from toolkit.arrays import Bools, Ints
from toolkit.intake.issue import Issue
from toolkit.intake.problem_cells import LISTED_ONE_BY_ONE, row_list, shown
from toolkit.intake.typed_column import Place

_SHOWN_CELLS = 4


@dataclass(frozen=True, eq=False)
class Keyed:
    """Rows with their candidates' codes.

    Parameters
    ----------
    frame : DataFrame of str
        The rows that were kept.
    codes : Series of str, same index
    issues : tuple of Issue
    """

    frame: pd.DataFrame
    codes: pd.Series
    issues: tuple[Issue, ...]


def first_of_each(
    frame: pd.DataFrame,
    codes: pd.Series,
    key: Sequence[str] | None,
    place: Place,
    private: Sequence[str] = (),
) -> Keyed:
    """Keep the first row of each key.

    Parameters
    ----------
    frame : DataFrame of str
    codes : Series of str, same index
        Complete.
    key : sequence of columns, or None
        What, with the code, must not repeat; None where only repetitions of a whole row are
        set aside.
    place : Place
    private : sequence of columns
        Columns whose cells must not be shown: group columns.
    """
    columns = list(frame.columns) if key is None else list(key)
    keys = pd.DataFrame({"": codes, **{column: frame[column] for column in columns}})
    again = keys.duplicated().to_numpy(dtype=np.bool_)
    if not again.any():
        return Keyed(frame, codes, ())
    numbers = keys.groupby(list(keys.columns), sort=False, dropna=False).ngroup().to_numpy()
    _, first = np.unique(numbers, return_index=True)
    original = first[numbers]
    differs = _differing(frame, original)
    same = again & ~differs.any(axis=1)
    issues = _repetitions(frame, original, same, place)
    issues += _contradictions(frame, codes, original, again & ~same, differs, place, private)
    return Keyed(frame.loc[~again], codes.loc[~again], tuple(issues))


def _differing(frame: pd.DataFrame, original: Ints) -> Bools:
    """Which cells differ from those of the first row with the same key."""
    differs = np.zeros(frame.shape, dtype=np.bool_)
    for i, column in enumerate(frame.columns):
        codes, _ = pd.factorize(frame[column], use_na_sentinel=True)
        differs[:, i] = codes != codes[original]
    return differs


def _repetitions(
    frame: pd.DataFrame,
    original: Ints,
    same: Bools,
    place: Place,
) -> list[Issue]:
    rows = frame.index.to_numpy(dtype=np.int64)
    if not same.any():
        return []
    if same.sum() <= LISTED_ONE_BY_ONE:
        return [
            place.issue(
                "warning",
                f"The row repeats row {rows[original[i]]} cell by cell and was set aside. "
                "Delete one of them.",
                int(rows[i]),
            )
            for i in np.flatnonzero(same)
        ]
    return [
        place.about_rows(
            "warning",
            f"{int(same.sum()):,} rows repeat an earlier row cell by cell and were set aside: "
            f"{row_list(rows[same])}. Delete them.",
            rows[same],
        )
    ]


def _contradictions(
    frame: pd.DataFrame,
    codes: pd.Series,
    original: Ints,
    contradicts: Bools,
    differs: Bools,
    place: Place,
    private: Sequence[str],
) -> list[Issue]:
    rows = frame.index.to_numpy(dtype=np.int64)
    where = np.flatnonzero(contradicts)
    if not len(where):
        return []
    if len(where) > LISTED_ONE_BY_ONE:
        names = ", ".join(
            f"'{frame.columns[j]}'" for j in np.flatnonzero(differs[where].any(0)).tolist()
        )
        return [
            place.about_rows(
                "warning",
                f"{len(where):,} rows repeat a candidate with other values in {names}: the "
                f"first row of each was kept and these were set aside: {row_list(rows[where])}. "
                "Delete the rows that are wrong.",
                rows[where],
            )
        ]
    issues = []
    for i in where.tolist():
        told = [
            f"{frame.columns[j]}"
            if frame.columns[j] in private
            else f"{frame.columns[j]}: {_cell(frame, original[i], j)} there, "
            f"{_cell(frame, i, j)} here"
            for j in np.flatnonzero(differs[i]).tolist()
        ]
        more = f"; and {len(told) - _SHOWN_CELLS} more" if len(told) > _SHOWN_CELLS else ""
        issues.append(
            place.issue(
                "warning",
                f"Candidate {shown(codes.iloc[i])} stands already in row {rows[original[i]]} "
                f"with other values ({'; '.join(told[:_SHOWN_CELLS])}{more}). The first row "
                "was kept and this one set aside; delete the one that is wrong.",
                int(rows[i]),
            )
        )
    return issues


def _cell(frame: pd.DataFrame, i: int, j: int) -> str:
    cell = frame.iat[i, j]
    return shown(cell) if isinstance(cell, str) else "empty"

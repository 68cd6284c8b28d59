"""Whose row it is: candidate codes, repeated rows, rows that sum up.

Rules, in this order: a row that sums up the others (its first cell says "Total") is set
aside; a row of candidates without a code gets one from its row number, a row of another
table is set aside; of rows with the same key the first is kept, the others are set aside and
listed, as a repetition where every cell is the same, otherwise with the cells that differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from toolkit.arrays import Bools, Ints
from toolkit.intake.column_role import ColumnRole
from toolkit.intake.issue import Issue
from toolkit.intake.numbers import read_numbers
from toolkit.intake.problem_cells import LISTED_ONE_BY_ONE, row_list, shown
from toolkit.intake.typed_column import Place
from toolkit.intake.vocabulary import vocabulary

#: A code is missing where its cell says so; "NA" may be somebody's initials.
_NO_CODE = frozenset({"-", "–", "?", "n/a", "#n/a", "nan", "null", "none", "(blank)"})
_SHOWN_CELLS = 4
#: Looking for codes that are nearly alike takes long among many.
_COMPARED = 200_000


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


def without_totals(frame: pd.DataFrame, place: Place) -> tuple[pd.DataFrame, list[Issue]]:
    """The rows without those at the end that sum up the others."""
    totals = vocabulary().cells["totals"]
    end = frame.iloc[-3:]
    first = end.bfill(axis=1).iloc[:, 0] if len(frame.columns) else end
    rows = [
        row
        for row, cell in zip(end.index, first, strict=True)
        if isinstance(cell, str) and cell.casefold().rstrip(":") in totals
    ]
    if not rows or len(frame) < 2:
        return frame, []
    return frame.drop(index=rows), [
        place.issue(
            "warning",
            f"{shown(first[row])} begins a row that sums up the others: it was set aside. "
            "Delete the row, or rename the candidate.",
            int(row),
        )
        for row in rows
    ]


def without_units(
    frame: pd.DataFrame, roles: Mapping[str, ColumnRole], place: Place
) -> tuple[pd.DataFrame, list[Issue]]:
    """The rows without a second header row that holds units or explanations."""
    numeric = [c for c in frame.columns if roles[c].name in ("score", "evidence", "fact")]
    if len(numeric) < 2 or len(frame) < 2:
        return frame, []
    first, rest = frame[numeric].iloc[0], frame[numeric].iloc[1:50]
    texts = first.dropna()
    numbers = np.isfinite(read_numbers(texts).values)
    below = [np.isfinite(read_numbers(rest[column]).values).any() for column in texts.index]
    if len(texts) < 2 or numbers.any() or not all(below):
        return frame, []
    if texts.str.lower().isin(vocabulary().cells["missing"]).all():
        return frame, []
    quoted = ", ".join(shown(cell) for cell in texts.iloc[:3])
    return frame.iloc[1:], [
        place.issue(
            "warning",
            f"The row holds words where all rows below hold numbers ({quoted}): it was taken for "
            "a second row of headings and set aside. Delete it.",
            int(frame.index[0]),
        )
    ]


def given_codes(cells: pd.Series, place: Place) -> tuple[pd.Series, list[Issue]]:
    """Codes as they stand, NaN where there is none.

    Spreadsheet programs write whole numbers as 101.0 where a cell of the column is empty;
    where all codes look so, the decimals are dropped.
    """
    missing = cells.str.lower().isin(_NO_CODE).to_numpy(dtype=np.bool_)
    codes = cells.mask(missing)
    short = codes.str.fullmatch(r"\d[.,]?\d*[eE]\+?\d+").fillna(False).to_numpy(dtype=np.bool_)
    if short.any():
        return codes, place.about_cells(
            "looks like a longer code that a spreadsheet program has shortened",
            "Format the column as text, enter the codes again, and export the file.",
            cells,
            short,
        )
    decimal = codes.str.fullmatch(r"\d+\.0+").fillna(False).to_numpy(dtype=np.bool_)
    filled = codes.notna().to_numpy(dtype=np.bool_)
    if decimal.any() and (decimal | ~filled).all():
        codes = codes.str.replace(r"\.0+$", "", regex=True)
        first = cells[filled].iloc[0]
        return codes, [
            place.issue(
                "note",
                f"Codes such as {shown(first)} were read without their decimals.",
            )
        ]
    return codes, []


def row_codes(rows: pd.Index, taken: pd.Series | None = None, prefix: str = "") -> pd.Series:
    """Codes made of row numbers: ``row-2``, ``row-3``, ..., none of them taken already."""
    codes = pd.Series([f"{prefix}row-{row}" for row in rows], index=rows, dtype="str")
    if taken is not None:
        used = set(taken.dropna())
        while not used.isdisjoint(codes):
            codes = codes + "a"
    return codes


def with_codes(
    frame: pd.DataFrame, cells: pd.Series | None, place: Place, prefix: str = ""
) -> tuple[pd.Series, list[Issue]]:
    """A code for every row of a table of candidates.

    Parameters
    ----------
    frame : DataFrame, index of spreadsheet rows
    cells : Series of str or None
        The column of codes, where there is one.
    place : Place
        Of that column.
    prefix : str
        Before the row numbers, where several tables need codes.
    """
    if cells is None:
        codes = row_codes(frame.index, prefix=prefix)
        if not len(codes):
            return codes, []
        return codes, [
            place.issue(
                "note",
                f"There is no column of candidate codes: the row numbers were taken as codes, "
                f"from '{codes.iloc[0]}' to '{codes.iloc[-1]}'. Add a column 'candidate_id', or "
                "map one, to use your own.",
            )
        ]
    codes, issues = given_codes(cells, place)
    missing = codes.isna().to_numpy(dtype=np.bool_)
    if missing.any():
        made = row_codes(frame.index[missing], codes, prefix)
        codes = codes.mask(missing, made.reindex(codes.index))
        rows = frame.index.to_numpy(dtype=np.int64)[missing]
        if len(rows) <= LISTED_ONE_BY_ONE:
            issues += [
                place.issue(
                    "warning",
                    f"The candidate has no code and was given '{codes[row]}'. Fill in the cell.",
                    int(row),
                )
                for row in rows
            ]
        else:
            issues.append(
                place.about_rows(
                    "warning",
                    f"{len(rows):,} candidates have no code and were given one by their row "
                    f"number, such as '{codes[rows[0]]}': {row_list(rows)}. Fill in the cells.",
                    rows,
                )
            )
    codes = codes.astype("str")
    return codes, [*issues, *_nearly_alike(codes, place)]


def _nearly_alike(codes: pd.Series, place: Place) -> list[Issue]:
    """Codes that differ by case or leading zeros only, which spreadsheets lose."""
    if len(codes) > _COMPARED:
        return []
    folded = codes.str.casefold().str.replace(r"^0+(?=\d)", "", regex=True)
    unlike = pd.DataFrame({"code": codes, "folded": folded}).drop_duplicates("code")
    alike = unlike[unlike["folded"].duplicated(keep=False)]
    return [
        place.issue(
            "warning",
            f"{' and '.join(shown(code) for code in same['code'])} were taken as different "
            "candidates. Check that a spreadsheet has not changed case or lost leading zeros.",
            int(same.index[-1]),
        )
        for _, same in alike.groupby("folded", sort=False)
    ]


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

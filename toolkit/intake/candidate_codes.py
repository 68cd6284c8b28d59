"""Candidates' codes: as they stand, or made of row numbers where there are none."""

from __future__ import annotations

import numpy as np
import pandas as pd

from toolkit.intake.issue import Issue
from toolkit.intake.problem_cells import LISTED_ONE_BY_ONE, row_list, shown
from toolkit.intake.typed_column import Place

#: A code is missing where its cell says so; "NA" may be somebody's initials.
_NO_CODE = frozenset({"-", "–", "?", "n/a", "#n/a", "nan", "null", "none", "(blank)"})
#: Looking for codes that are nearly alike takes long among many.
_COMPARED = 200_000


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

"""Rows that are no rows of the table: sums at the end, a second row of headings."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from toolkit.intake.column_role import ColumnRole
from toolkit.intake.issue import Issue
from toolkit.intake.numbers import read_numbers
from toolkit.intake.problem_cells import shown
from toolkit.intake.typed_column import Place
from toolkit.intake.vocabulary import vocabulary


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

"""Columns of several tables about the same candidates, put side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from toolkit.intake.issue import Issue
from toolkit.intake.problem_cells import LISTED_ONE_BY_ONE, counted, shown
from toolkit.intake.typed_column import Place


@dataclass(frozen=True, eq=False)
class Part:
    """Columns of one table.

    Parameters
    ----------
    frame : DataFrame, index of spreadsheet rows
    codes : Series of str, same index
        Each code at most once.
    place : Place
    private : bool
        True where values must not be shown: group membership.
    """

    frame: pd.DataFrame
    codes: pd.Series
    place: Place
    private: bool = False


def side_by_side(parts: Sequence[Part], ids: pd.Index) -> tuple[pd.DataFrame, list[Issue]]:
    """One row a candidate, one column a name; earlier tables go first.

    Where two tables have the same column, the later one fills gaps; where they disagree the
    earlier value is kept and the other is listed.

    Parameters
    ----------
    parts : sequence of Part
    ids : Index of str
        All candidates, in order.
    """
    columns: dict[str, pd.Series] = {}
    issues: list[Issue] = []
    for part in parts:
        if part.codes.is_unique and len(part.codes) == len(ids) and (part.codes == ids).all():
            frame, rows = part.frame.set_axis(ids, axis=0), part.codes.index
            rows_of = pd.Series(rows, index=ids)
        else:
            frame = part.frame.set_axis(pd.Index(part.codes, dtype="str"), axis=0).reindex(ids)
            rows_of = pd.Series(part.codes.index, index=pd.Index(part.codes)).reindex(ids)
        for name in frame.columns:
            new = frame[name]
            if name not in columns:
                columns[name] = new
                continue
            old = columns[name]
            columns[name] = old.where(old.notna(), new)
            clash = (old.notna() & new.notna() & (old != new)).to_numpy(dtype=np.bool_)
            if clash.any():
                issues += _clashes(part, name, old[clash], new[clash], rows_of[clash])
    return pd.DataFrame(columns, index=ids), issues


def _clashes(part: Part, name: str, old: pd.Series, new: pd.Series, rows: pd.Series) -> list[Issue]:
    at = part.place.at(name)
    numbers = rows.to_numpy(dtype=np.int64)
    if len(old) > LISTED_ONE_BY_ONE or part.private:
        return [
            at.about_rows(
                "warning",
                f"Disagreement with an earlier table in {counted(len(old), 'value')}: those of "
                "the earlier table were kept. Correct one of them.",
                numbers,
            )
        ]
    return [
        at.issue(
            "warning",
            f"Candidate {shown(code)}: {shown(_text(here))} here disagrees with "
            f"{shown(_text(there))} in an earlier table, which was kept. Correct one of them.",
            int(row),
        )
        for code, there, here, row in zip(old.index, old, new, numbers, strict=True)
    ]


def _text(value: object) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)

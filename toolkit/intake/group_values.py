"""Group columns: membership as it stands, unknown where it is not said."""

from __future__ import annotations

import numpy as np
import pandas as pd

from toolkit.intake.issue import Issue
from toolkit.intake.problem_cells import counted
from toolkit.intake.typed_column import Place
from toolkit.intake.vocabulary import vocabulary


def group_column(cells: pd.Series, place: Place) -> tuple[pd.Series, list[Issue]]:
    """Membership of one attribute.

    Cells that say "unknown" or "prefer not to say" become unknown and are counted in a note.
    Spellings that look like the same group are told, not merged.

    Parameters
    ----------
    cells : Series of str, index of spreadsheet rows
    place : Place

    Returns
    -------
    Series of object
        NaN where membership is unknown.
    list of Issue
    """
    words = vocabulary().cells
    folded = cells.str.lower()
    unsaid = folded.isin(words["undisclosed"] | words["missing"]).to_numpy(dtype=np.bool_)
    issues: list[Issue] = []
    if unsaid.any():
        n = int(unsaid.sum())
        issues.append(
            place.about_rows(
                "note",
                f"Unknown, or not given, in {counted(n, 'cell')}: counted as unknown membership.",
                cells.index.to_numpy(dtype=np.int64)[unsaid],
            )
        )
    values = cells.mask(unsaid)
    spellings = pd.Series(values.dropna().unique(), dtype="str")
    alike = spellings.groupby(spellings.str.casefold().str.strip(" ."), sort=False).agg(list)
    issues.extend(
        place.issue(
            "warning",
            f"{' and '.join(repr(spelling) for spelling in same)} look like one group, but are "
            "counted as different ones. Write them alike.",
        )
        for same in alike
        if len(same) > 1
    )
    return values.astype(object), issues

"""A rechecked table as a workbook."""

from __future__ import annotations

from toolkit.fairness.recheck import Recheck
from toolkit.fairness.recheck_wording import recheck_sentence
from toolkit.sheets.workbook import Column, SheetTable, workbook

FIGURE_NAMES = {
    "n": "people",
    "selected": "selected",
    "rate": "rate",
    "impact_ratio": "impact ratio",
}


def recheck_workbook(found: Recheck) -> bytes:
    """What does not agree, and every row recomputed, as XLSX.

    Parameters
    ----------
    found : Recheck

    Returns
    -------
    bytes
        The same for the same result.
    """
    wrong = [{**one.to_dict(), "column": FIGURE_NAMES[one.column]} for one in found.disagreements]
    rows = [
        {
            **row.to_dict(),
            **{f"printed_{name}": row.printed.get(name) for name in FIGURE_NAMES},
            "agrees": all(row.agrees.values()) if row.agrees else None,
        }
        for row in found.rows
    ]
    place = [Column("table", "Table"), Column("group", "Group"), Column("row", "Row", "whole")]
    return workbook(
        [
            SheetTable(
                "Disagreements",
                [
                    *place,
                    Column("column", "Figure"),
                    Column("printed", "Printed", note="As it stands in the table."),
                    Column("recomputed", "Recomputed", note="To the printed precision."),
                    Column("cause", "Likely cause", note="What would explain it; no proof."),
                    Column("explanation", "Explanation"),
                ],
                wrong,
            ),
            SheetTable(
                "Recomputed",
                [
                    *place,
                    *(
                        Column(f"printed_{name}", f"Printed {words}")
                        for name, words in FIGURE_NAMES.items()
                    ),
                    Column("rate", "Rate", "percent", 2, note="Exact from counts."),
                    Column("rate_low", "Rate from", "percent", 2),
                    Column("rate_high", "Rate to", "percent", 2),
                    Column(
                        "impact_ratio",
                        "Impact ratio",
                        "number",
                        4,
                        note="Over the highest rate of the groups compared. From rates alone the "
                        "middle of what they leave open, between the next two columns.",
                    ),
                    Column("impact_ratio_low", "Ratio from", "number", 4),
                    Column("impact_ratio_high", "Ratio to", "number", 4),
                    Column("agrees", "Agrees", "truth"),
                ],
                rows,
            ),
        ],
        title="Recheck of a published table",
        reading=[
            recheck_sentence(found),
            *found.remarks,
            "Every figure was read as it is printed: 0.82 stands for anything from 0.815 to 0.825.",
            "A disagreement says that one figure does not follow from the others. It does not say "
            "which of them is wrong, nor whether the people were counted rightly.",
        ],
    )

"""What came of rechecking a published table."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from toolkit.fairness.recheck import Recheck, RecheckedRow
from toolkit.sheets.recheck_workbook import FIGURE_NAMES
from toolkit.ui.plain_text import plain

_DASH = "–"
_LISTED_AT_MOST = 60


def disagreement_table(found: Recheck) -> None:
    """What does not follow from the rest, with its likely cause."""
    frame = disagreement_words(found)
    st.table(
        frame.head(_LISTED_AT_MOST),
        hide_index=True,
        alt="Figures that do not follow from the others, with their likely cause",
    )
    if len(frame) > _LISTED_AT_MOST:
        st.caption(f"The first {_LISTED_AT_MOST} of {len(frame):,}; the file has all.")


def disagreement_words(found: Recheck) -> pd.DataFrame:
    """One row for each figure that disagrees."""
    several = any(one.table for one in found.disagreements)
    return pd.DataFrame(
        [
            {
                **({"Table": plain(one.table)} if several else {}),
                "Group": plain(one.group),
                "Figure": FIGURE_NAMES[one.column],
                "Printed": plain(one.printed),
                "Recomputed": plain(one.recomputed) or _DASH,
                "Likely cause": one.cause,
                "Explanation": plain(one.explanation),
            }
            for one in found.disagreements
        ]
    )


def recomputed_table(found: Recheck) -> None:
    """Every row, printed and recomputed."""
    frame = recomputed_words(found)
    st.table(frame.head(_LISTED_AT_MOST), hide_index=True, alt="Every row, recomputed")
    if len(frame) > _LISTED_AT_MOST:
        st.caption(f"The first {_LISTED_AT_MOST} of {len(frame):,}; the file has all.")


def recomputed_words(found: Recheck) -> pd.DataFrame:
    """Printed figures beside those recomputed."""
    several = any(row.table for row in found.rows)
    return pd.DataFrame(
        [
            {
                **({"Table": plain(row.table)} if several else {}),
                "Group": plain(row.group) or _DASH,
                "Rate printed": plain(row.printed.get("rate", _DASH)),
                "Rate": _span(row.rate_low, row.rate_high, percent=True),
                "Ratio printed": plain(row.printed.get("impact_ratio", _DASH)),
                "Ratio": _DASH
                if row.kind != "group"
                else _span(row.impact_ratio_low, row.impact_ratio_high),
                "Agrees": _agrees(row),
            }
            for row in found.rows
        ]
    )


def _span(low: float | None, high: float | None, percent: bool = False) -> str:
    """One value, or what the printed figures leave open."""
    if low is None or high is None:
        return _DASH
    first, last = (f"{100 * v:.2f}\u00a0%" if percent else f"{v:.4f}" for v in (low, high))
    return first if first == last else f"{first} to {last}"


def _agrees(row: RecheckedRow) -> str:
    if not row.agrees:
        return _DASH
    wrong = [FIGURE_NAMES[name] for name, agrees in row.agrees.items() if not agrees]
    return f"no: {', '.join(wrong)}" if wrong else "yes"

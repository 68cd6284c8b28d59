"""The tables of a law, as it wants them, and what they say."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from toolkit.fairness.statutory_result import Statutory, StatutoryTable
from toolkit.sheets.statutory_page import percent_of, ratio_words
from toolkit.ui.plain_text import plain

_DASH = "–"


def statutory_table(table: StatutoryTable, found: Statutory) -> None:
    """One table, with the people who are in no row of it."""
    st.table(
        statutory_words(table, found),
        hide_index=True,
        alt=f"{table.title}: applicants, rates and impact ratios",
    )
    unknown = (
        "Nobody is of unknown category."
        if not table.unknown
        else "1 person of unknown category is in no row."
        if table.unknown == 1
        else f"{table.unknown:,} people of unknown category are in no row."
    )
    highest = f"The highest rate is that of {plain(table.referent)}." if table.referent else ""
    small = [plain(row.group) for row in table.rows if row.small and row.n]
    of_data = found.law.small is not None and found.law.small.of == "data"
    under = f" Under 2 % of this table: {', '.join(small)}." if small and of_data else ""
    st.caption(f"{highest} {unknown}{under}".strip())


def statutory_words(table: StatutoryTable, found: Statutory) -> pd.DataFrame:
    """The figures as the rules print them, with the interval beside each ratio."""
    scoring = found.rate == "scoring"
    rows = []
    for row in table.rows:
        low, high = row.impact_ratio_low, row.impact_ratio_high
        cells = {
            "Category": plain(row.label),
            "Applicants": f"{row.n:,}",
            "Above the median" if scoring else "Selected": f"{row.selected:,}",
            "Scoring rate" if scoring else "Selection rate": _DASH
            if row.rate is None
            else percent_of(row.rate),
            "Impact ratio": ratio_words(row, found),
            "95 % interval": _DASH
            if low is None
            else f"{low:.2f} and more"
            if high is None
            else f"{low:.2f} to {high:.2f}",
        }
        if found.law.limit is not None:
            below = row.below_four_fifths
            cells["Below 4/5"] = _DASH if below is None else "yes" if below else "no"
        rows.append(cells)
    return pd.DataFrame(rows)


def statutory_notes(found: Statutory) -> None:
    """What these tables say and do not, how values were read, and what is still missing."""
    st.markdown("\n".join(f"- {plain(said)}" for said in (*found.remarks, *found.statements)))
    readings = [
        f"“{plain(value)}” was read as {plain(category)}."
        for read in found.read_as.values()
        for value, category in read.items()
    ]
    readings += [
        f"“{plain(value)}” ({count:,}) was read as unknown."
        for read in found.read_as_unknown.values()
        for value, count in read.items()
    ]
    if readings:
        with st.expander(f"How values were read ({len(readings)})"):
            st.markdown("\n".join(f"- {said}" for said in readings))
    if found.missing:
        st.markdown(f"Not given yet: {plain(', '.join(found.missing))}.")

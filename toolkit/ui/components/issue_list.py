"""What was noticed while reading: by level, each with its place."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from toolkit.intake.issue import Issue, Level
from toolkit.ui.components.table import table

_LEVELS: dict[Level, tuple[str, str]] = {
    "error": ("Errors", "These must be mended before the figures can be used."),
    "warning": ("Warnings", "Something was set aside or repaired, and a result may change."),
    "note": ("Notes", "Good to know; nothing was changed."),
}


def issue_list(issues: Sequence[Issue]) -> None:
    """A sentence with the counts, and one table a level.

    Parameters
    ----------
    issues : sequence of Issue
        In the order in which they were noticed.
    """
    if not issues:
        st.success("Every cell was read as it stands. Nothing was set aside or repaired.")
        return
    st.markdown(f"While reading, {_counted(issues)} came up. Nothing was dropped in silence.")
    for level, (title, meaning) in _LEVELS.items():
        of_level = [issue for issue in issues if issue.level == level]
        if of_level:
            with st.expander(f"{title} ({len(of_level):,})", expanded=level != "note"):
                st.markdown(meaning)
                table(
                    issue_frame(of_level),
                    key=f"issues-{level}",
                    file_name=f"{title.casefold()}.csv",
                    says=f"{title} with file, sheet, row, column and what to do",
                    columns={"What was found": st.column_config.TextColumn(width="large")},
                )


def issue_frame(issues: Sequence[Issue]) -> pd.DataFrame:
    """One row an issue; places that were not given are empty."""
    return pd.DataFrame(
        {
            "What was found": [issue.message for issue in issues],
            "File": [issue.file for issue in issues],
            "Sheet": [issue.sheet for issue in issues],
            "Row": pd.array([issue.row for issue in issues], dtype="Int64"),
            "Column": [issue.column for issue in issues],
        }
    ).dropna(axis="columns", how="all")


def _counted(issues: Sequence[Issue]) -> str:
    counts = []
    for level in _LEVELS:
        n = sum(issue.level == level for issue in issues)
        if n:
            counts.append(f"{n:,} {level}{'s' if n > 1 else ''}")
    return " and ".join(counts) if len(counts) < 3 else f"{counts[0]}, {counts[1]} and {counts[2]}"

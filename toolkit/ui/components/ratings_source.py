"""Whose ratings are looked at: those that came with the candidates, or a table of their own."""

from __future__ import annotations

import streamlit as st

from toolkit.intake.raw_table import RawTable
from toolkit.review.read_ratings import long_tables
from toolkit.ui.components.pasted_table import pasted_table
from toolkit.ui.state import Workspace

_EXAMPLE = "candidate,criterion,reviewer,rating\nC-001,design,Ann,4\nC-001,design,Bo,3\n"
_EXPLAINED = (
    "One row a rating, with the columns candidate, reviewer, rating and, where there are several, "
    "criterion. Or one row a candidate and one column a reviewer."
)


def ratings_source(work: Workspace) -> RawTable | None:
    """Choose the table of ratings.

    Returns
    -------
    RawTable or None
        None while there is none.

    Raises
    ------
    InputError
        If what was pasted or uploaded is not one table.
    """
    uploaded = long_tables(work.reading.tables) if work.reading is not None else []
    if len(uploaded) == 1:
        with st.expander("Look at other ratings"):
            other = pasted_table("ratings", "Paste ratings", _EXAMPLE, _EXPLAINED)
        return other or uploaded[0]
    if not uploaded:
        st.markdown(
            "No ratings by reviewers came with the candidates. Paste a table, or upload one; it is "
            "looked at on this page alone."
        )
    return pasted_table("ratings", "Paste ratings", _EXAMPLE, _EXPLAINED)

"""Choose the column that says where people competed with each other."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

_NONE = ""


def stratum_picker(columns: Sequence[str], key: str) -> str | None:
    """The chosen column, or None to throw all together.

    Parameters
    ----------
    columns : sequence of str
        That may say it; nothing is drawn where there is none.
    key : str
        Content hash of the cohort.
    """
    if not columns:
        return None
    chosen = st.selectbox(
        "Compared within",
        [_NONE, *columns],
        format_func=lambda name: name or "nothing: all together",
        key=f"stratum-{key[:16]}",
        persist_state="session",
        help=(
            "Where people competed with each other: opening, department, year. Throwing openings "
            "together can make a difference that exists in none of them, or hide one."
        ),
    )
    return chosen or None

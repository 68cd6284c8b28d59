"""Choose what the scores are measured against."""

from __future__ import annotations

import streamlit as st

from toolkit.influence.worth_result import Worth

_KINDS = {"outcome": "later result", "evidence": "evidence"}


def criterion_picker(worth: Worth) -> str:
    """The name of the chosen criterion; later outcomes come first.

    Parameters
    ----------
    worth : Worth
        Has at least one score and one criterion.
    """
    against = next(iter(worth.scores.values())).against
    if len(worth.criteria) == 1:
        return worth.criteria[0]
    return st.selectbox(
        "Measured against",
        list(worth.criteria),
        format_func=lambda name: f"{against[name].criterion_label} ({_KINDS[against[name].kind]})",
        key="criterion",
        persist_state="session",
    )

"""What a screen decides, in a sentence and a bar."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from toolkit.screening.decisions import Decisions
from toolkit.ui.components.picture import picture

_OUTCOMES = ["Selected", "Below the cut", "Ruled out"]


def decision_summary(decisions: Decisions) -> None:
    """One sentence on the outcome, one on what the reader should know, and a bar.

    Parameters
    ----------
    decisions : Decisions
        Of the screen that is shown.
    """
    n, selected, eligible, tied = _counts(decisions)
    st.markdown(f"This screen selects **{selected:,} of {n:,}** candidates. " + _gates(n, eligible))
    if tied:
        st.info(
            f"{tied:,} candidates are alike at the cut, tie-breakers included. A lot that "
            "depends only on the screen's name and the candidate's code orders them."
        )
    if selected == 0:
        st.warning("Nobody is selected. Loosen a gate, or allow more places.")
    _bar(n, selected, eligible)


def _counts(decisions: Decisions) -> tuple[int, int, int, int]:
    return (
        len(decisions.candidate_ids),
        int(np.count_nonzero(decisions.selected)),
        int(np.count_nonzero(decisions.eligible)),
        int(np.count_nonzero(decisions.tied_at_cut)),
    )


def _gates(n: int, eligible: int) -> str:
    if eligible == n:
        return "No candidate is ruled out beforehand."
    return (
        f"{n - eligible:,} are ruled out by a gate or a missing value before anything is added up."
    )


def _bar(n: int, selected: int, eligible: int) -> None:
    counts = [selected, eligible - selected, n - eligible]
    frame = pd.DataFrame({"Outcome": _OUTCOMES, "Candidates": counts})
    bars = alt.Chart(frame, height=130).encode(
        x=alt.X("Candidates:Q", title=None, axis=None, scale=alt.Scale(domain=[0, n * 1.1])),
        y=alt.Y("Outcome:N", title=None, sort=_OUTCOMES, axis=alt.Axis(labelLimit=0, ticks=False)),
        tooltip=["Outcome", alt.Tooltip("Candidates:Q", format=",")],
    )
    counts_at_end = bars.mark_text(align="left", dx=6).encode(
        text=alt.Text("Candidates:Q", format=",")
    )
    picture(
        bars.mark_bar(cornerRadiusEnd=3) + counts_at_end,
        f"{selected:,} selected, {counts[1]:,} below the cut, {counts[2]:,} ruled out.",
    )

"""Ask whether the decisions shall be shared out among the signals, which takes its time."""

from __future__ import annotations

import streamlit as st

from toolkit.influence.coalitions import MOST_EXACT, PERMUTATIONS

#: Up to so many signals and candidates the decisions are shared out unasked.
SIGNALS_UNASKED, CANDIDATES_UNASKED = 8, 20_000


def attribution_toggle(signals: int, candidates: int) -> bool:
    """Whether to share the decisions out; on at first where that is quick.

    Parameters
    ----------
    signals : int
        Of the screen.
    candidates : int
    """
    unasked = signals <= SIGNALS_UNASKED and candidates <= CANDIDATES_UNASKED
    if signals <= MOST_EXACT:
        effort = f"decides once for each of {2**signals - 1:,} combinations of signals"
    else:
        effort = f"decides {signals * PERMUTATIONS:,} times, and gives an estimate"
    return st.toggle(
        "Share the decisions out",
        value=unasked,
        key=f"share-out-{'quick' if unasked else 'slow'}",
        persist_state="session",
        help="Each signal's share of the decisions, and of the ranks, by Shapley's value. It "
        f"{effort}.",
    )

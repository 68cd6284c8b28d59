"""Choose two signals that one candidate has, to be moved together."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from toolkit.intake.cohort import Cohort
from toolkit.ui.components.signal_names import signal_with_role


def frontier_picker(cohort: Cohort, choices: Sequence[str]) -> tuple[str, str]:
    """Two different signals.

    Parameters
    ----------
    cohort : Cohort
    choices : sequence of str
        Signals to choose from, at least two.
    """
    left, right = st.columns(2)
    first = left.selectbox(
        "First signal",
        choices,
        format_func=lambda one: signal_with_role(cohort, one),
        key=f"frontier-first-{'-'.join(choices)}",
    )
    others = [one for one in choices if one != first]
    second = right.selectbox(
        "Second signal",
        others,
        format_func=lambda one: signal_with_role(cohort, one),
        key=f"frontier-second-{'-'.join(others)}",
    )
    return first, second


def movable(cohort: Cohort, signals: Sequence[str], candidate_id: str) -> list[str]:
    """Signals that the candidate has a value of, scores first."""
    values = cohort.signals.loc[candidate_id]
    present = [one for one in signals if values[one] == values[one]]
    return sorted(present, key=lambda one: not cohort.about[one].is_score)

"""The rest of a screen: name, tie-breakers, missing values and scaling."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from toolkit.intake.cohort import Cohort
from toolkit.screening.screen import Missing, Scale
from toolkit.ui.components.signal_names import listed, signal_with_role

MISSING: dict[Missing, str] = {
    "median": "Use the middle value of the others",
    "lowest": "Use the least favourable value of the others",
    "reject": "Reject the candidate",
}
SCALES: dict[Scale, str] = {
    "z": "Distance from the average (z-score)",
    "percentile": "Rank among these candidates (percentile)",
    "range": "Position on the signal's own scale",
}


def name_control(name: str, revision: int) -> str:
    """Name the screen; an empty name keeps the present one."""
    typed = st.text_input("Name of the screen", value=name, key=f"screen-name-{revision}")
    return typed.strip() or name


def tie_breakers_control(
    cohort: Cohort, tie_breakers: Sequence[str], revision: int
) -> tuple[str, ...]:
    """Choose tie-breakers, the first one chosen being asked first."""
    chosen = st.multiselect(
        "Tie-breakers, in this order",
        listed(cohort, cohort.about),
        default=[signal for signal in tie_breakers if signal in cohort.about],
        format_func=lambda signal: signal_with_role(cohort, signal),
        key=f"ties-{revision}",
        placeholder="None: ties are drawn by lot",
        help=(
            "Candidates with the same composite are ordered by the higher value here. Those "
            "who are still alike are ordered by a lot that depends on the screen's name and "
            "the candidate's code alone, never on the order of the file."
        ),
    )
    return tuple(chosen)


def missing_control(missing: Missing, revision: int) -> Missing:
    """Choose what happens where a candidate has no value."""
    choices = list(MISSING)
    return st.selectbox(
        "Where a value is missing",
        choices,
        index=choices.index(missing),
        format_func=MISSING.__getitem__,
        key=f"missing-{revision}",
        help="Applies to weights, gates and tie-breakers alike; the list shows whom it met.",
    )


def scale_control(scale: Scale, revision: int) -> Scale:
    """Choose how signals are made comparable before they are weighted."""
    choices = list(SCALES)
    return st.selectbox(
        "Signals are compared by",
        choices,
        index=choices.index(scale),
        format_func=SCALES.__getitem__,
        key=f"scale-{revision}",
    )

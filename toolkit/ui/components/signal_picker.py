"""Choose one signal to look at by itself."""

from __future__ import annotations

import streamlit as st

from toolkit.intake.cohort import Cohort
from toolkit.screening.screen import Screen
from toolkit.ui.components.signal_names import signal_with_role


def signal_picker(cohort: Cohort, screen: Screen, key: str) -> str:
    """The chosen signal; the screen's scores come first, then its other signals.

    Parameters
    ----------
    cohort : Cohort
    screen : Screen
    key : str
        Content hash of the cohort.
    """
    used = [name for name in screen.signals if name in cohort.about]
    names = [
        *(name for name in used if name in cohort.scores),
        *(name for name in used if name not in cohort.scores),
        *(name for name in cohort.about if name not in used),
    ]
    return st.selectbox(
        "Signal",
        names,
        format_func=lambda name: signal_with_role(cohort, name),
        key=f"groups-signal-{key[:16]}",
        persist_state="session",
    )

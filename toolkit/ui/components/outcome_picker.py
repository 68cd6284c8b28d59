"""Choose a later result, and from where on it is a good one."""

from __future__ import annotations

import numpy as np
import streamlit as st

from toolkit.intake.cohort import Cohort


def outcome_picker(cohort: Cohort, key: str) -> tuple[str, float | None]:
    """The chosen outcome, and the value from which on it is good.

    Parameters
    ----------
    cohort : Cohort
        With outcomes.
    key : str
        Content hash of the cohort.

    Returns
    -------
    outcome : str
    good_from : float or None
        None where the outcome is 0 or 1 anyway.
    """
    names = [str(name) for name in cohort.outcomes.columns]
    left, right = st.columns(2)
    name = left.selectbox(
        "Outcome", names, key=f"groups-outcome-{key[:16]}", persist_state="session"
    )
    values = cohort.outcomes[name].dropna().to_numpy(dtype=np.float64)
    if not len(values) or np.isin(values, (0.0, 1.0)).all():
        return name, None
    good_from = right.number_input(
        "Good from",
        value=float(np.median(values)),
        key=f"groups-good-{name}-{key[:16]}",
        persist_state="session",
        help="Outcomes of this value or more count as good. The median at first.",
    )
    return name, float(good_from)

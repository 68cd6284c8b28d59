"""Which signals count in the composite, and how much."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from toolkit.intake.cohort import Cohort
from toolkit.ui.components.signal_names import listed, signal_name, signal_with_role
from toolkit.ui.plain_text import plain

_NEW_WEIGHT = 0.1


def weights_control(
    cohort: Cohort, weights: Mapping[str, float], revision: int
) -> dict[str, float]:
    """Choose weighted signals and their weights.

    Parameters
    ----------
    cohort : Cohort
        Whose signals can be chosen.
    weights : mapping of str to float
        Weights at present.
    revision : int
        See `toolkit.ui`.

    Returns
    -------
    dict of str to float
        In the order of `weights`, new signals last.
    """
    chosen = st.multiselect(
        "Signals that count",
        listed(cohort, cohort.about),
        default=[signal for signal in weights if signal in cohort.about],
        format_func=lambda signal: signal_with_role(cohort, signal),
        key=f"weighted-{revision}",
        placeholder="Choose signals",
        help="Each chosen signal is put on a common scale, multiplied by its weight and added up.",
    )
    exact = st.toggle(
        "Type weights",
        value=not all(_slides(weight) for weight in weights.values()),
        key=f"typed-{revision}",
        help="For weights below 0, above 1 or with more than two decimals.",
    )
    return {
        signal: _one_weight(cohort, signal, weights.get(signal, _NEW_WEIGHT), exact, revision)
        for signal in chosen
    }


def _one_weight(cohort: Cohort, signal: str, weight: float, exact: bool, revision: int) -> float:
    label = f"Weight of {plain(signal_name(cohort, signal))}"
    if exact:
        return float(
            st.number_input(
                label,
                value=float(weight),
                step=0.05,
                format="%.6g",
                key=f"weight-typed-{revision}-{signal}",
            )
        )
    start = min(max(round(weight, 2), 0.0), 1.0)
    return float(st.slider(label, 0.0, 1.0, start, step=0.01, key=f"weight-{revision}-{signal}"))


def _slides(weight: float) -> bool:
    return 0 <= weight <= 1 and round(weight, 2) == weight

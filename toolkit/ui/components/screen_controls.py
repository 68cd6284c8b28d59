"""All controls of a screen together."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from toolkit.errors import ScreenError
from toolkit.intake.cohort import Cohort
from toolkit.screening.screen import Screen
from toolkit.ui.components.gates_control import gates_control
from toolkit.ui.components.places_control import places_control
from toolkit.ui.components.rule_settings import (
    missing_control,
    name_control,
    scale_control,
    tie_breakers_control,
)
from toolkit.ui.components.signal_names import signal_name
from toolkit.ui.components.weights_control import weights_control
from toolkit.ui.faults import shown_in_place
from toolkit.ui.plain_text import plain


def screen_controls(cohort: Cohort, screen: Screen, revision: int) -> Screen:
    """Edit every part of a screen.

    Parameters
    ----------
    cohort : Cohort
        Whose signals can be used.
    screen : Screen
        The screen at present.
    revision : int
        See `toolkit.ui`.

    Returns
    -------
    Screen
        The edited screen; parts that contradict themselves stay as they were, with the
        reason shown beside them.
    """
    name = name_control(screen.name, revision)
    places, share = places_control(screen.places, screen.share, len(cohort), revision)
    st.subheader("Weights", anchor=False)
    weights = weights_control(cohort, screen.weights, revision)
    _shares(cohort, weights)
    st.subheader("Gates", anchor=False)
    gates = screen.gates
    with shown_in_place():
        gates = gates_control(cohort, screen.gates, revision)
    st.subheader("Ties and missing values", anchor=False)
    tie_breakers = tie_breakers_control(cohort, screen.tie_breakers, revision)
    missing = missing_control(screen.missing, revision)
    scale = scale_control(screen.scale, revision)
    try:
        return screen.changed(
            name=name,
            places=places,
            share=share,
            weights=weights,
            gates=gates,
            tie_breakers=tie_breakers,
            missing=missing,
            scale=scale,
        )
    except ScreenError as error:
        st.error(str(error))
        return screen


def _shares(cohort: Cohort, weights: Mapping[str, float]) -> None:
    """The nominal weights, which sum to one whatever the sliders say."""
    rule = Screen(weights=weights)
    shares = [
        f"{plain(signal_name(cohort, signal))} {100 * rule.nominal_weight(signal):.0f} %"
        for signal in weights
    ]
    if len(shares) > 1:
        st.caption("Shares of the whole weight: " + ", ".join(shares))

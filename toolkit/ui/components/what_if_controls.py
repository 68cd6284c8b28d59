"""Sliders for weights, gates and places: a screen to try, beside the one in use."""

from __future__ import annotations

import streamlit as st

from toolkit.intake.cohort import Cohort
from toolkit.screening.gate import Gate
from toolkit.screening.screen import Screen
from toolkit.ui.components.signal_names import signal_name
from toolkit.ui.plain_text import plain

#: Steps of a gate's slider over the signal's range, where its own steps are finer.
_GATE_STEPS = 200
#: Pixels a slider, so that several stand side by side where there is room.
_WIDTH = 260


def what_if_controls(cohort: Cohort, screen: Screen, revision: int) -> Screen:
    """Slide weights, gates and places.

    Parameters
    ----------
    cohort : Cohort
        For names and ranges.
    screen : Screen
        The screen in use, from which the sliders start.
    revision : int
        See `toolkit.ui`.

    Returns
    -------
    Screen
        The tried screen; equal to `screen` where nothing was moved.

    Raises
    ------
    ScreenError
        If what was chosen is not a screen.
    """
    key = f"{revision}-{screen.digest[:16]}"
    with st.container(horizontal=True):
        places, share = _places(screen, len(cohort), key)
        weights = {
            signal: _weight(cohort, signal, weight, key)
            for signal, weight in screen.weights.items()
        }
        gates = tuple(
            _gate(cohort, gate, f"{key}-{position}") for position, gate in enumerate(screen.gates)
        )
    tried = {"places": places, "share": share, "weights": weights, "gates": gates}
    now = {name: getattr(screen, name) for name in tried} | {"weights": dict(screen.weights)}
    return screen if tried == now else screen.changed(**tried)


def _places(screen: Screen, candidates: int, key: str) -> tuple[int | None, float | None]:
    if screen.places is not None:
        most = max(screen.places, min(candidates, max(20, 3 * screen.places)), 1)
        places = st.slider(
            "Places",
            0,
            most,
            screen.places,
            key=f"try-places-{key}",
            persist_state="session",
            width=_WIDTH,
        )
        return int(places), None
    if screen.share is not None:
        now = round(100 * screen.share, 6)
        percent = st.slider(
            "Share of the candidates, in percent",
            min(1.0, now),
            100.0,
            now,
            step=1.0 if now == round(now) else 0.5,
            key=f"try-share-{key}",
            persist_state="session",
            width=_WIDTH,
        )
        return None, screen.share if percent == now else round(percent / 100, 8)
    return None, None


def _weight(cohort: Cohort, signal: str, weight: float, key: str) -> float:
    reach = 1.0 if abs(weight) <= 1 else 2 * abs(weight)
    tried = st.slider(
        f"Weight of {plain(signal_name(cohort, signal))}",
        -reach if weight < 0 else 0.0,
        reach,
        weight,
        step=reach / 100,
        key=f"try-weight-{key}-{signal}",
        persist_state="session",
        width=_WIDTH,
    )
    return float(tried)


def _gate(cohort: Cohort, gate: Gate, key: str) -> Gate:
    """The gate with its bound slid; a list of values has no slider and stays."""
    if gate.one_of is not None:
        return gate
    low, high, step = _range(cohort, gate)
    label = plain(signal_name(cohort, gate.signal))
    written = f"%.{cohort.about[gate.signal].decimals}f"
    if gate.at_least is not None and gate.at_most is not None:
        both = st.slider(
            f"{label} between",
            low,
            high,
            (gate.at_least, gate.at_most),
            step=step,
            format=written,
            key=f"try-gate-{key}",
            persist_state="session",
            width=_WIDTH,
        )
        return Gate(signal=gate.signal, at_least=both[0], at_most=both[1])
    least = gate.at_most is None
    now = gate.at_least if least else gate.at_most
    assert now is not None
    bound = st.slider(
        f"{label} {'at least' if least else 'at most'}",
        low,
        high,
        now,
        step=step,
        format=written,
        key=f"try-gate-{key}",
        persist_state="session",
        width=_WIDTH,
    )
    if least:
        return Gate(signal=gate.signal, at_least=bound)
    return Gate(signal=gate.signal, at_most=bound)


def _range(cohort: Cohort, gate: Gate) -> tuple[float, float, float]:
    """Ends and step of a gate's slider: the signal's scale, or the values that occur."""
    about, column = cohort.about[gate.signal], cohort.fixed(gate.signal)
    bounds = [bound for bound in (gate.at_least, gate.at_most) if bound is not None]
    low = about.low if about.low is not None else (column.lowest or 0) / column.halves_per_unit
    high = about.high if about.high is not None else (column.highest or 0) / column.halves_per_unit
    low, high = min(low, *bounds), max(high, *bounds)
    if low == high:
        high = low + 1
    smallest = 10.0**-about.decimals
    steps = max(1.0, (high - low) / (_GATE_STEPS * smallest))
    return float(low), float(high), float(round(steps) * smallest)

"""Conditions that a candidate must meet, one line each."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from toolkit.errors import ScreenError
from toolkit.intake.cohort import Cohort
from toolkit.screening.gate import Gate
from toolkit.ui.components.signal_names import listed, signal_with_role

_LEAST, _MOST, _BETWEEN, _ONE_OF = "at least", "at most", "between", "one of"
_KINDS = [_LEAST, _MOST, _BETWEEN, _ONE_OF]


def gates_control(cohort: Cohort, gates: Sequence[Gate], revision: int) -> tuple[Gate, ...]:
    """Edit, add and remove gates.

    Parameters
    ----------
    cohort : Cohort
        Whose signals can be gated.
    gates : sequence of Gate
        Gates at present.
    revision : int
        See `toolkit.ui`. The page raises it when the number of gates changes, since a
        widget knows its gate by position.

    Returns
    -------
    tuple of Gate

    Raises
    ------
    ScreenError
        If what was typed is not a gate.
    """
    edited = []
    for position, gate in enumerate(gates):
        kept = _one_gate(cohort, gate, f"{revision}-{position}")
        if kept is not None:
            edited.append(kept)
    if st.button("Add a gate", key=f"gate-add-{revision}", disabled=not cohort.about):
        edited.append(_new_gate(cohort))
    return tuple(edited)


def _one_gate(cohort: Cohort, gate: Gate, key: str) -> Gate | None:
    """One line of controls; None where the gate is removed."""
    with st.container(border=True, key=f"gate-box-{key}"):
        left, right = st.columns(2)
        signals = listed(cohort, cohort.about)
        signal = left.selectbox(
            "Signal",
            signals,
            index=signals.index(gate.signal) if gate.signal in signals else 0,
            format_func=lambda name: signal_with_role(cohort, name),
            key=f"gate-signal-{key}",
        )
        kind = right.selectbox(
            "Must be", _KINDS, index=_KINDS.index(_kind_of(gate)), key=f"gate-kind-{key}"
        )
        # Columns of their own: in a narrow window these stand below both lists.
        edited = _bounds(gate, signal, kind, *st.columns(2), key)
        if st.button("Remove this gate", key=f"gate-remove-{key}", type="tertiary"):
            return None
    return edited


def _bounds(
    gate: Gate,
    signal: str,
    kind: str,
    left: st.delta_generator.DeltaGenerator,
    right: st.delta_generator.DeltaGenerator,
    key: str,
) -> Gate:
    if kind == _ONE_OF:
        typed = left.text_input(
            "Values, with spaces or semicolons between them",
            value="; ".join(f"{value:g}" for value in gate.one_of or (1.0,)),
            key=f"gate-values-{key}",
        )
        return Gate(signal=signal, one_of=_numbers(typed, signal))
    low = high = None
    if kind in (_LEAST, _BETWEEN):
        start = gate.at_least if gate.at_least is not None else gate.at_most or 0.0
        low = left.number_input(
            "Lowest value that passes", value=start, format="%.10g", key=f"gate-low-{key}"
        )
    if kind in (_MOST, _BETWEEN):
        start = gate.at_most if gate.at_most is not None else gate.at_least or 0.0
        high = right.number_input(
            "Highest value that passes", value=start, format="%.10g", key=f"gate-high-{key}"
        )
    if low is not None and high is not None and low > high:
        raise ScreenError(
            f"The gate on '{signal}' asks for at least {low:g} and at most {high:g}, so nobody "
            "could pass. Lower the first value or raise the second."
        )
    return Gate(signal=signal, at_least=low, at_most=high)


def _kind_of(gate: Gate) -> str:
    if gate.one_of is not None:
        return _ONE_OF
    if gate.at_most is None:
        return _LEAST
    return _MOST if gate.at_least is None else _BETWEEN


def _numbers(typed: str, signal: str) -> tuple[float, ...]:
    words = typed.replace(";", " ").split()
    try:
        values = tuple(float(word.replace(",", ".")) for word in words)
    except ValueError:
        wrong = next(word for word in words if not _is_number(word))
        raise ScreenError(
            f"The gate on '{signal}': '{wrong}' is not a number. Write the values that pass, "
            "for instance 1; 2; 3."
        ) from None
    if not values:
        raise ScreenError(f"The gate on '{signal}' lists no values. Write at least one.")
    return values


def _is_number(word: str) -> bool:
    try:
        float(word.replace(",", "."))
    except ValueError:
        return False
    return True


def _new_gate(cohort: Cohort) -> Gate:
    signal = listed(cohort, cohort.about)[0]
    if cohort.scores:
        signal = cohort.scores[0]
    middle = cohort.fixed(signal).median or 0
    return Gate(signal=signal, at_least=middle / cohort.fixed(signal).halves_per_unit)

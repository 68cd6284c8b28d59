"""What a search for alternatives is about: validity, signals, gates, and how many screens."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from toolkit.fairness.alternatives.alternatives import SCREENS
from toolkit.intake.cohort import Cohort
from toolkit.intake.criteria import criteria_of
from toolkit.screening.screen import Screen
from toolkit.ui.components.signal_names import listed, signal_with_role

#: Screens that can be asked for.
FEWEST, MOST = 100, 20_000
_NO_OUTCOME = ""
_KINDS = {"outcome": "later result", "evidence": "evidence"}


@dataclass(frozen=True)
class AlternativesSettings:
    """What to search.

    Parameters
    ----------
    outcome : str or None
        Name of the criterion; None for the mean evidence of those selected.
    signals : tuple of str
        Whose weights vary.
    vary_gates : bool
    screens, seed : int
    """

    outcome: str | None
    signals: tuple[str, ...]
    vary_gates: bool
    screens: int
    seed: int


def alternatives_settings(cohort: Cohort, screen: Screen, key: str) -> AlternativesSettings:
    """Fields for what validity is, which weights vary, and how long to search.

    Parameters
    ----------
    cohort : Cohort
    screen : Screen
    key : str
        Content hash of the cohort: other candidates, other choices.
    """
    outcome = _outcome_picker(cohort, key)
    weighed = [signal for signal, weight in screen.weights.items() if weight]
    signals = st.pills(
        "Signals whose weights vary",
        listed(cohort, cohort.about),
        selection_mode="multi",
        default=weighed,
        format_func=lambda name: signal_with_role(cohort, name),
        key=f"alternatives-signals-{key[:16]}-{'-'.join(weighed)}",
        persist_state="session",
        help="Signals of the screen that are not chosen keep their weights. Others come into it.",
    )
    gates = [gate for gate in screen.gates if gate.signal in cohort.scores]
    vary_gates = bool(gates) and st.toggle(
        "Try the screens without gates on scores, too",
        key=f"alternatives-gates-{key[:16]}",
        persist_state="session",
        help="Now: " + "; ".join(str(gate) for gate in gates),
    )
    with st.expander("How long to search"):
        screens = st.number_input(
            "Screens to start from",
            min_value=FEWEST,
            max_value=MOST,
            value=SCREENS,
            step=FEWEST,
            key="alternatives-screens",
            persist_state="session",
            help="Up to a quarter more is tried around the best of them.",
        )
        seed = st.number_input(
            "Seed",
            min_value=0,
            value=0,
            key="alternatives-seed",
            persist_state="session",
            help="The same seed tries the same screens and divides the candidates alike.",
        )
    chosen = tuple(name for name in cohort.about if name in signals)
    return AlternativesSettings(outcome, chosen, vary_gates, int(screens), int(seed))


def _outcome_picker(cohort: Cohort, key: str) -> str | None:
    found = {one.name: one for one in criteria_of(cohort)}
    first = any(one.kind == "outcome" for one in found.values())
    names = [*found, _NO_OUTCOME] if first else [_NO_OUTCOME, *found]

    def words(name: str) -> str:
        if name == _NO_OUTCOME:
            return "mean evidence of those selected"
        return f"correlation with {found[name].label} ({_KINDS[found[name].kind]})"

    chosen = st.selectbox(
        "Validity",
        names,
        format_func=words,
        key=f"alternatives-outcome-{key[:16]}",
        persist_state="session",
        help="What a screen is worth. A later result says more than evidence does.",
    )
    return chosen or None

"""What is assumed about the scores' noise, and how often it is drawn."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from toolkit.influence.stress import Spread
from toolkit.intake.cohort import Cohort
from toolkit.ui.components.signal_names import signal_name
from toolkit.ui.plain_text import plain

#: Draws of the noise where nothing else is asked for, and what can be asked for.
DRAWS, FEWEST, MOST = 1_000, 100, 10_000


@dataclass(frozen=True)
class StressSettings:
    """What to draw.

    Parameters
    ----------
    noise : mapping of str to float
        Standard deviation of the scores for which it was changed.
    draws, seed : int
    """

    noise: Mapping[str, float] = field(default_factory=dict)
    draws: int = DRAWS
    seed: int = 0


def stress_settings(cohort: Cohort, usual: Mapping[str, Spread], key: str) -> StressSettings:
    """Fields for each score's noise, the draws and their seed, folded.

    Parameters
    ----------
    cohort : Cohort
        For names.
    usual : mapping of str to Spread
        Each score's noise where it is not changed.
    key : str
        Content hash of the cohort: other candidates, other assumptions.
    """
    noise = {}
    with st.expander("What is assumed: the noise of each score, and the draws"):
        st.markdown(
            "How far apart two measurements of the same person lie, as a standard deviation in "
            "the score's own units. Change it where you know better."
        )
        for signal, spread in usual.items():
            default = spread.standard_deviation
            given = st.number_input(
                f"Noise of {plain(signal_name(cohort, signal))}",
                min_value=0.0,
                value=default,
                step=max(round(default / 5, 2), 0.01),
                key=f"noise-{key[:16]}-{signal}",
                persist_state="session",
                help=f"Where you change nothing: {spread.source}.",
            )
            if not math.isclose(given, default, rel_tol=1e-9):
                noise[signal] = float(given)
        draws = st.number_input(
            "Draws",
            min_value=FEWEST,
            max_value=MOST,
            value=DRAWS,
            step=FEWEST,
            key="stress-draws",
            persist_state="session",
            help="More draws make the shares more exact and take longer.",
        )
        seed = st.number_input(
            "Seed",
            min_value=0,
            value=0,
            key="stress-seed",
            persist_state="session",
            help="The same seed draws the same noise.",
        )
    return StressSettings(noise, int(draws), int(seed))

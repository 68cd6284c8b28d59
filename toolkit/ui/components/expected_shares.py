"""How many would do well, and how many are selected: what the expected quality rests on."""

from __future__ import annotations

import streamlit as st

from toolkit.influence.worth_result import ScoreAgainst

_WIDTH = 300


def expected_shares(
    one: ScoreAgainst, ratio: float, screen: str | None, key: str
) -> tuple[float, float]:
    """Fields for both shares, beginning with those of the data and of the screen.

    Parameters
    ----------
    one : ScoreAgainst
        Any score against the chosen criterion; its base rate is where the field begins.
    ratio : float
        Share that the screen selects, or the usual one.
    screen : str or None
        Name of the screen; None where there is none.
    key : str
        Content hash of the cohort and the screen.

    Returns
    -------
    base_rate, selection_ratio : float
    """
    stem = f"worth-{key[:16]}"
    with st.container(horizontal=True):
        base_rate = _percent(
            "Would do well, in percent of all",
            one.base_rate,
            (1.0, 99.0),
            f"{stem}-{one.criterion}-base-rate",
            "The base rate: the share of all candidates who would do well if everyone were taken.",
        )
        selection_ratio = _percent(
            "Taken, in percent of all",
            ratio,
            (0.01, 100.0),
            f"{stem}-selection-ratio",
            "The selection ratio. "
            + (
                "One in five, as there is no screen." if screen is None else "As the screen has it."
            ),
        )
    return base_rate, selection_ratio


def _percent(label: str, value: float, ends: tuple[float, float], key: str, says: str) -> float:
    """A share asked for in percent; the exact one until it is changed."""
    shown = min(max(round(100 * value, 2), ends[0]), ends[1])
    given = st.number_input(
        label,
        min_value=ends[0],
        max_value=ends[1],
        value=shown,
        step=1.0,
        format="%g",
        key=key,
        persist_state="session",
        help=says,
        width=_WIDTH,
    )
    return value if given == shown else float(given) / 100

"""A change of a score that the reader supposes: points, a factor, or old and new values."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from toolkit.errors import InputError
from toolkit.intake.cohort import Cohort
from toolkit.scores.rescaling_text import rescaling_from_text
from toolkit.scores.score import Rescaling
from toolkit.ui.components.signal_names import signal_name
from toolkit.ui.plain_text import plain

NONE, POINTS, FACTOR, BENT = "none", "points", "factor", "bent"
_WORDS = {
    NONE: "no change",
    POINTS: "everyone gains or loses points",
    FACTOR: "everyone's score times a factor, then points",
    BENT: "old scores become new ones, point by point",
}
_WIDTH = 260


def rescaling_form(cohort: Cohort, scores: Sequence[str], key: str) -> tuple[str, Rescaling] | None:
    """The score and the change; None where nothing is changed.

    Parameters
    ----------
    cohort : Cohort
        For names.
    scores : sequence of str
        Of the screen, at least one.
    key : str
        Content hash of the cohort.
    """
    st.markdown("**A change of your own.** What if the provider did this tomorrow?")
    stem = f"rescale-{key[:16]}"
    with st.container(horizontal=True):
        score = scores[0]
        if len(scores) > 1:
            score = st.selectbox(
                "Score that changes",
                scores,
                format_func=lambda name: signal_name(cohort, name),
                key=f"{stem}-score",
                persist_state="session",
                width=_WIDTH,
            )
        kind = st.selectbox(
            "Change",
            list(_WORDS),
            format_func=_WORDS.__getitem__,
            key=f"{stem}-kind",
            persist_state="session",
            width=_WIDTH + 100,
        )
        change = _change(kind, f"{stem}-{score}")
    return None if change is None else (score, change)


def _change(kind: str, stem: str) -> Rescaling | None:
    if kind == POINTS:
        points = _number("Points", f"{stem}-points", -10.0, "Below 0 where everyone loses.")
        return Rescaling("", "shift", points) if points else None
    if kind == FACTOR:
        factor = _number("Factor", f"{stem}-factor", 1.1, "1 changes nothing.", low=0.01)
        shift = _number("Points added then", f"{stem}-then", 0.0, "Below 0 to take away.")
        return None if (factor, shift) == (1, 0) else Rescaling("", "affine", factor, shift=shift)
    if kind == BENT:
        text = st.text_input(
            "Old and new scores",
            placeholder="30:25, 60:50, 90:88",
            key=f"{stem}-bent",
            persist_state="session",
            help="Pairs of an old and a new score, for instance 30:25, 60:50, 90:88. In between, "
            "and beyond the outermost, scores move along a straight line.",
            width=_WIDTH + 100,
        )
        if not text.strip():
            return None
        try:
            return rescaling_from_text(text)
        except InputError as error:
            st.error(plain(str(error)))
    return None


def _number(label: str, key: str, value: float, says: str, low: float | None = None) -> float:
    return float(
        st.number_input(
            label,
            min_value=low,
            value=value,
            step=0.1 if low else 1.0,
            format="%g",
            key=key,
            persist_state="session",
            help=says,
            width=_WIDTH // 2,
        )
    )

"""The figures of a sweep, and the choice of what is swept, the groups and the figure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st

from toolkit.arrays import Floats
from toolkit.influence.sweep import Sweep
from toolkit.influence.sweep_figures import SweepFigures
from toolkit.influence.wording import quantity
from toolkit.intake.cohort import Cohort
from toolkit.ui.components.signal_names import signal_name

_DASH = "–"
_NO_GROUPS = ""


@dataclass(frozen=True)
class SweepFigure:
    """One figure of a sweep's screens.

    Parameters
    ----------
    key : str
        Its name in the JSON of the command ``sweep``.
    label : str
    meaning : str
        What it says, as a sentence.
    decimals : int
    percent : bool
        Whether it is a share.
    """

    key: str
    label: str
    meaning: str
    decimals: int
    percent: bool = False

    def values(self, found: Sweep | SweepFigures) -> Floats | None:
        """The figure of every screen; None where it was not asked for."""
        values = getattr(found, self.key)
        return None if values is None else np.asarray(values, dtype=np.float64)

    def shown(self, value: float) -> str:
        """The figure as a reader wants it, a dash where it is not defined."""
        if np.isnan(value):
            return _DASH
        if self.percent:
            return f"{quantity(100 * value, self.decimals)} %"
        return quantity(value, self.decimals)


FIGURES = (
    SweepFigure(
        "flips",
        "Flips",
        "Decisions that differ from those of the screen without any score.",
        0,
    ),
    SweepFigure(
        "evidence",
        "Evidence",
        "Mean composite of those selected, as the screen without scores counts it: the lower, "
        "the more of the evidence is given away.",
        2,
    ),
    SweepFigure(
        "inflated_share",
        "Inflated share",
        "Share of those selected whose score is suspected to be inflated.",
        0,
        percent=True,
    ),
    SweepFigure(
        "smallest_ratio",
        "Smallest impact ratio",
        "Smallest impact ratio among groups large enough to be compared. From small groups it "
        "is uncertain: see the page Groups for intervals.",
        2,
    ),
)


ONE, WEIGHTS, CUTOFFS = "one", "weights", "cutoffs"
_DIALS = {
    ONE: "weight and cut-off of one score",
    WEIGHTS: "the weights of two scores",
    CUTOFFS: "the cut-offs on two scores",
}


def dials_picker(key: str) -> str:
    """What is turned: `ONE`, `WEIGHTS` or `CUTOFFS`.

    Parameters
    ----------
    key : str
        Content hash of the cohort.
    """
    return st.selectbox(
        "Map of",
        list(_DIALS),
        format_func=_DIALS.__getitem__,
        key=f"sweep-dials-{key[:16]}",
        persist_state="session",
    )


def score_picker(
    cohort: Cohort, used: tuple[str, ...], key: str, label: str = "Score", but: str | None = None
) -> str:
    """The score to go through; those of the screen come first.

    Parameters
    ----------
    cohort : Cohort
        With at least one score.
    used : tuple of str
        Signals of the screen.
    key : str
        Content hash of the cohort.
    label : str
    but : str, optional
        A score that is taken already.
    """
    scores = sorted((s for s in cohort.scores if s != but), key=lambda name: name not in used)
    return st.selectbox(
        label,
        scores,
        format_func=lambda name: (
            signal_name(cohort, name) + ("" if name in used else " (not in the screen)")
        ),
        key=f"sweep-{label}-{but or ''}-{key[:16]}",
        persist_state="session",
    )


def group_picker(cohort: Cohort, key: str) -> str | None:
    """The group column for the smallest impact ratio; None where none is wanted."""
    names = [str(name) for name in cohort.groups.columns]
    chosen = st.selectbox(
        "Groups",
        [_NO_GROUPS, *names],
        format_func=lambda name: name or "not looked at",
        key=f"sweep-groups-{key[:16]}",
        persist_state="session",
        help="For the smallest impact ratio.",
    )
    return chosen or None


def figure_picker(found: Sweep | SweepFigures) -> SweepFigure:
    """The figure that is drawn, of those that the sweep has."""
    there = {one.key: one for one in FIGURES if one.values(found) is not None}
    chosen = st.selectbox(
        "Figure",
        list(there),
        format_func=lambda key: there[key].label,
        key=f"sweep-figure-{'-'.join(there)}",
        persist_state="session",
    )
    return there[chosen]

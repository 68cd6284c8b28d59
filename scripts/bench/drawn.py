"""Cohorts that are drawn, not collected: the same ones every time."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd

from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.gate import Gate
from toolkit.screening.screen import Screen

SEED = 2011
#: Six signals: one name, the mean and spread of its values, and its decimals.
SIGNALS = {
    "klout": (45, 12, 0),
    "github_stars": (300, 250, 0),
    "linkedin_ssi": (55, 15, 0),
    "portfolio": (3, 0.8, 1),
    "task": (60, 14, 1),
    "years_experience": (8, 4, 0),
}


def drawn_cohort(size: int, groups: int = 0) -> Cohort:
    """Candidates with six signals, and each in one of so many groups."""
    draw = np.random.default_rng(SEED)
    columns = {
        name: np.clip(np.round(draw.normal(mean, spread, size), decimals), 1, None)
        for name, (mean, spread, decimals) in SIGNALS.items()
    }
    columns["klout"] = np.clip(columns["klout"], 1, 100)
    columns["linkedin_ssi"] = np.clip(columns["linkedin_ssi"], 0, 100)
    index = ids(size)
    cohort = cohort_from_frame(pd.DataFrame(columns, index=index))
    if not groups:
        return cohort
    names = np.array([f"Group {n}" for n in range(1, groups + 1)], dtype=object)
    member = pd.DataFrame({"group": names[draw.integers(0, groups, size)]}, index=index)
    return dataclasses.replace(cohort, groups=member)


def ids(size: int) -> pd.Index:
    return pd.Index([f"c{n:07d}" for n in range(size)], name="candidate_id")


def drawn_screen() -> Screen:
    """Equal weights, a gate and a tie-break on Klout, a tenth of the candidates."""
    return Screen(
        name="Benchmark",
        share=0.1,
        weights=dict.fromkeys(SIGNALS, 1 / len(SIGNALS)),
        gates=(Gate(signal="klout", at_least=30),),
        tie_breakers=("klout",),
    )


def converted(cohort: Cohort, screen: Screen) -> Cohort:
    """The cohort with the screen's columns as integers already, as after a first look at it."""
    for signal in screen.signals:
        cohort.fixed(signal)
    return cohort

"""Hypothesis strategies for small cohorts, screens' raw material."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from toolkit.intake.cohort import Cohort, Role
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.gate import Gate
from toolkit.screening.screen import Screen

#: Columns that a drawn cohort may have, with their roles and largest value.
COLUMNS: dict[str, tuple[Role, int]] = {
    "klout": ("score", 100),
    "kred_influence": ("score", 1000),
    "portfolio": ("evidence", 5),
    "task": ("evidence", 100),
    "years_experience": ("fact", 40),
}


@st.composite
def columns(draw: st.DrawFn, size: int, highest: int = 100, missing: bool = True) -> list[float]:
    """One numeric column: with many ties, with halves, constant, or mostly missing."""
    shape = draw(st.sampled_from(["ties", "whole", "tenths", "constant", "gappy"]))
    if shape == "constant":
        return [float(draw(st.integers(1, highest)))] * size
    if shape == "ties":
        pool = draw(st.lists(st.integers(1, highest), min_size=1, max_size=3))
        values = st.sampled_from(pool).map(float)
    elif shape == "tenths":
        values = st.integers(10, highest * 10).map(lambda v: v / 10)
    else:
        values = st.integers(1, highest).map(float)
    if missing and shape == "gappy":
        values = st.one_of(values, st.just(float("nan")))
    return draw(st.lists(values, min_size=size, max_size=size))


@st.composite
def frames(
    draw: st.DrawFn,
    min_size: int = 1,
    max_size: int = 30,
    missing: bool = True,
    names: tuple[str, ...] = tuple(COLUMNS),
    min_signals: int = 1,
) -> pd.DataFrame:
    """Numeric signals with ties, gaps and constants, indexed by candidate_id."""
    size = draw(st.integers(min_size, max_size))
    chosen = draw(st.lists(st.sampled_from(names), min_size=min_signals, unique=True))
    data = {
        name: draw(columns(size, COLUMNS[name][1] if name in COLUMNS else 100, missing))
        for name in chosen
    }
    order = draw(st.permutations(range(size)))
    index = pd.Index([f"c{i:02d}" for i in order], name="candidate_id")
    return pd.DataFrame(data, index=index, dtype=np.float64)


@st.composite
def group_frames(draw: st.DrawFn, index: pd.Index, missing: bool = True) -> pd.DataFrame:
    """Sex and ethnicity for an index, some of them unknown."""
    unknown = [None] if missing else []
    sex = st.sampled_from(["female", "male", *unknown])
    ethnicity = st.sampled_from(["A", "B", "C", *unknown])
    n = len(index)
    return pd.DataFrame(
        {
            "sex": draw(st.lists(sex, min_size=n, max_size=n)),
            "ethnicity": draw(st.lists(ethnicity, min_size=n, max_size=n)),
        },
        index=index,
        dtype=object,
    )


@st.composite
def cohorts(
    draw: st.DrawFn,
    min_size: int = 1,
    max_size: int = 30,
    missing: bool = True,
    names: tuple[str, ...] = tuple(COLUMNS),
    min_signals: int = 1,
    groups: bool = False,
) -> Cohort:
    """A small cohort; roles follow `COLUMNS`, other names are facts."""
    frame = draw(frames(min_size, max_size, missing, names, min_signals))
    roles: dict[str, Role] = {
        name: COLUMNS[name][0] if name in COLUMNS else "fact" for name in frame.columns
    }
    return cohort_from_frame(
        frame,
        roles=roles,
        groups=draw(group_frames(frame.index, missing)) if groups else (),
    )


@st.composite
def screens(draw: st.DrawFn, cohort: Cohort) -> Screen:
    """A screen on the cohort's signals: any mix of weights, gates and tie-breakers."""
    names = list(cohort.about)
    some = st.lists(st.sampled_from(names), unique=True)
    weight = st.sampled_from([-1.0, -0.5, 0.0, 0.1, 0.25, 0.3, 1.0, 2.0])
    size = len(cohort)
    places = draw(st.one_of(st.none(), st.integers(0, size + 1)))
    share = draw(st.sampled_from([0.1, 0.2, 0.5, 1.0])) if places is None else None
    return Screen(
        name=draw(st.sampled_from(["Agency screen", "Engineers"])),
        places=places,
        share=share if draw(st.booleans()) else None,
        scale=draw(st.sampled_from(["z", "percentile", "range"])),
        missing=draw(st.sampled_from(["median", "reject", "lowest"])),
        tie_breakers=tuple(draw(some)),
        weights={name: draw(weight) for name in draw(some)},
        gates=tuple(draw(gates(cohort, name)) for name in draw(some)),
    )


@st.composite
def gates(draw: st.DrawFn, cohort: Cohort, name: str) -> Gate:
    """A gate at, beside or between values of the signal."""
    present = cohort.signals[name].dropna().unique().tolist() or [1.0]
    value = st.sampled_from(present)
    kind = draw(st.sampled_from(["at_least", "at_most", "between", "one_of"]))
    if kind == "one_of":
        return Gate(signal=name, one_of=tuple(draw(st.lists(value, min_size=1, max_size=3))))
    if kind == "between":
        low, high = sorted((draw(value), draw(value)))
        return Gate(signal=name, at_least=low - 0.25, at_most=high + 0.25)
    return Gate(signal=name, **{kind: draw(value) + draw(st.sampled_from([-0.25, 0.0, 1.0]))})


@st.composite
def screened_cohorts(
    draw: st.DrawFn, min_size: int = 1, max_size: int = 12
) -> tuple[Cohort, Screen]:
    """A cohort and a screen on it."""
    cohort = draw(cohorts(min_size=min_size, max_size=max_size))
    return cohort, draw(screens(cohort))

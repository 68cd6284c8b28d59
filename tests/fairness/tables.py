"""Hypothesis strategies for 2 × 2 tables and for people with groups."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import strategies as st

Table = tuple[int, int, int, int]


@st.composite
def two_by_two(draw: st.DrawFn, largest: int = 60, smallest: int = 1) -> Table:
    """(a, n_a, b, n_b) with any margins, zeros included."""
    n_a = draw(st.integers(smallest, largest))
    n_b = draw(st.integers(smallest, largest))
    return draw(st.integers(0, n_a)), n_a, draw(st.integers(0, n_b)), n_b


@st.composite
def people(
    draw: st.DrawFn, max_size: int = 60, unknown: bool = True
) -> tuple[pd.DataFrame, np.ndarray]:
    """Group columns, some membership unknown, and who was selected."""
    size = draw(st.integers(1, max_size))
    missing = [None] if unknown else []
    sex = st.sampled_from(["female", "male", *missing])
    ethnicity = st.sampled_from(["A", "B", "C", *missing])
    frame = pd.DataFrame(
        {
            "sex": draw(st.lists(sex, min_size=size, max_size=size)),
            "ethnicity": draw(st.lists(ethnicity, min_size=size, max_size=size)),
        },
        dtype=object,
    )
    selected = draw(st.lists(st.booleans(), min_size=size, max_size=size))
    return frame, np.array(selected, dtype=bool)

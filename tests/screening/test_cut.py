"""The cut: who gets the places, against sorting everyone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.screening.cut import LARGE, STRIDE, take_places
from toolkit.screening.lottery import Lottery, lots


def lottery(size: int) -> Lottery:
    return Lottery("s", np.array([f"c{n}" for n in range(size)], dtype=object))


def test_worked_example() -> None:
    """Two places among three who pass: 9 goes first; 7 and 7 are told apart by the tie-breaker."""
    selected, tied = take_places(
        np.array([7, 9, 7, 10]),
        [np.array([1, 0, 2, 0])],
        np.array([True, True, True, False]),
        2,
        lottery(4),
    )
    assert selected.tolist() == [False, True, True, False]
    assert not tied.any()


@pytest.mark.parametrize(
    "values",
    [
        np.arange(LARGE + 77),
        np.arange(LARGE + 77)[::-1],
        # Every value of the sample is high, so that the sample promises more than there is.
        np.where(np.arange(LARGE + 77) % STRIDE == 0, 10**6, np.arange(LARGE + 77)),
        np.where(np.arange(LARGE + 77) % STRIDE == 0, -1, np.arange(LARGE + 77)),
        np.zeros(LARGE + 77, dtype=np.int64),
    ],
)
@pytest.mark.parametrize("places", [1, 40, 400, LARGE // 2, LARGE + 76])
def test_many_candidates_in_any_order(values: np.ndarray, places: int) -> None:
    everyone = np.ones(values.size, dtype=np.bool_)
    drawn = lottery(values.size)
    selected, _ = take_places(values, [], everyone, places, drawn)
    best = np.lexsort((lots("s", drawn.ids), -values))[:places]
    assert np.flatnonzero(selected).tolist() == sorted(best.tolist())


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32 - 1), st.integers(1, 200), st.floats(0, 1))
def test_as_sorting_would(seed: int, distinct: int, share: float) -> None:
    draw = np.random.default_rng(seed)
    size = LARGE + int(draw.integers(0, 3000))
    values, key = draw.integers(0, distinct**2, size), draw.integers(0, 3, size)
    eligible = draw.random(size) < 0.95
    places = int(share * size)
    drawn = lottery(size)
    selected, _ = take_places(values, [key], eligible, places, drawn)
    order = np.lexsort((lots("s", drawn.ids), -key, -values))
    best = order[eligible[order]][:places]
    assert np.flatnonzero(selected).tolist() == sorted(best.tolist())

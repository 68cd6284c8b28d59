from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.inflation.line_points import PLACES, Points, places_for

numbers = st.one_of(st.floats(-1000, 1000), st.just(np.nan))


def test_two_points_and_one_without_evidence() -> None:
    points = Points.of(np.array([0.5, 2.0, 7.0]), np.array([1.0, 3.0, np.nan]), 2, 1)
    assert points.both.tolist() == [True, True, False]
    sums = points.sums(points.both)
    # Quarters and halves.
    assert (sums.n, sums.y, sums.x, sums.xy, sums.ends_y) == (2, 10, 8, 2 * 2 + 8 * 6, (2, 8))
    assert not sums.alike_x


def test_nobody_has_no_ends() -> None:
    sums = Points.of(np.array([1.0]), np.array([np.nan]), 2).sums(np.array([False]))
    assert (sums.n, sums.ends_x, sums.alike_x) == (0, (), True)


@pytest.mark.parametrize(("largest", "places"), [(0.0, PLACES), (2.0**17 - 1, PLACES), (2e9, 30)])
def test_large_numbers_have_fewer_places(largest: float, places: int) -> None:
    assert places_for(largest) == places


@given(st.lists(st.tuples(numbers, numbers), max_size=20), st.integers(0, 20))
def test_sums_of_parts_add_up_in_any_order(rows: list[tuple[float, float]], cut: int) -> None:
    y, x = np.array(rows, dtype=np.float64).reshape(-1, 2).T
    points = Points.of(y, x, 40)
    first = np.arange(len(rows)) < cut
    one, other = points.sums(points.both & first), points.sums(points.both & ~first)
    whole = points.sums(points.both)
    assert one + other == other + one == whole
    left = whole.without(other)
    assert (left.n, left.y, left.xx, left.xy) == (one.n, one.y, one.xx, one.xy)

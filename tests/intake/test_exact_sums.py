"""Exact sums against Python's unbounded integers."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from toolkit.intake.exact_sums import exact_dot, exact_dots, exact_sum

wide = hnp.arrays(np.int64, st.integers(0, 40), elements=st.integers(-(2**61), 2**61))


def test_sums_beyond_int64() -> None:
    values = np.full(9, 2**61)
    assert exact_sum(values) == 9 * 2**61
    assert exact_dot(values, -values) == -9 * 2**122


@given(wide, st.randoms(use_true_random=False))
def test_equal_to_unbounded_integers_in_any_order(values: np.ndarray, random) -> None:
    numbers = values.tolist()
    assert exact_sum(values) == sum(numbers)
    other = numbers[::-1]
    assert exact_dot(values, np.array(other, dtype=np.int64)) == sum(
        a * b for a, b in zip(numbers, other, strict=True)
    )


@given(st.data())
def test_readings_times_composites(data: st.DataObject) -> None:
    """One column small, the other as large as composites get: limbs of the larger alone."""
    size = data.draw(st.integers(1, 40))
    reach = 2 ** data.draw(st.integers(0, 61))

    def column(most: int) -> np.ndarray:
        return data.draw(hnp.arrays(np.int64, size, elements=st.integers(-most, most)))

    small, large = column(reach), column(2**61)
    expected = sum(a * b for a, b in zip(small.tolist(), large.tolist(), strict=True))
    assert exact_dot(small, large) == exact_dot(large, small) == expected
    assert exact_dots([small, -small], reach, large) == [expected, -expected]

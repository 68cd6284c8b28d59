from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import proportion_effectsize

from toolkit.fairness.power import power_at, smallest_detectable_ratio


def one(value: int) -> np.ndarray:
    return np.array([value], dtype=np.int64)


def test_a_hundred_against_a_hundred_at_one_half() -> None:
    """h = (1.959964 + .841621)·√.02 = .396204, and sin²((π/2 − h)/2) over ½ is 1 − sin h."""
    ratio = smallest_detectable_ratio(one(100), one(50), one(100))
    assert ratio[0] == pytest.approx(1 - np.sin(0.396204), abs=1e-6)


@given(st.integers(5, 2000), st.integers(5, 2000), st.data())
def test_the_detectable_ratio_has_the_promised_power(
    n_a: int, n_b: int, data: st.DataObject
) -> None:
    b = data.draw(st.integers(1, n_b))
    ratio = smallest_detectable_ratio(one(n_a), one(b), one(n_b))[0]
    assume(not np.isnan(ratio))
    assert 0 <= ratio < 1
    effect = proportion_effectsize(b / n_b, ratio * b / n_b)
    power = NormalIndPower().power(effect, n_a, 0.05, ratio=n_b / n_a)
    assert power == pytest.approx(0.8, abs=1e-5)


@given(st.integers(5, 2000), st.integers(5, 2000), st.data())
def test_power_agrees_with_statsmodels(n_a: int, n_b: int, data: st.DataObject) -> None:
    b = data.draw(st.integers(1, n_b))
    effect = proportion_effectsize(b / n_b, 0.8 * b / n_b)
    expected = NormalIndPower().power(effect, n_a, 0.05, ratio=n_b / n_a)
    assert power_at(0.8, one(n_a), one(b), one(n_b))[0] == pytest.approx(expected, abs=1e-9)


def test_five_against_five_would_not_even_notice_a_rate_of_zero() -> None:
    assert np.isnan(smallest_detectable_ratio(one(5), one(2), one(5))).all()


def test_power_is_not_defined_without_a_rate_to_compare_with() -> None:
    for n_a, b, n_b in ((10, 0, 10), (0, 5, 10), (10, 0, 0)):
        assert np.isnan(smallest_detectable_ratio(one(n_a), one(b), one(n_b))).all()
        assert np.isnan(power_at(0.8, one(n_a), one(b), one(n_b))).all()

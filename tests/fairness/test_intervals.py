from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from scipy.optimize import minimize_scalar
from scipy.stats.contingency import relative_risk
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from tests.fairness.published import arrays
from tests.fairness.tables import Table, two_by_two
from toolkit.fairness.intervals import (
    _score,
    log_ratio_interval,
    ratio_interval,
    score_ratio_interval,
    wilson,
)


def test_wilson_for_one_of_ten() -> None:
    """By hand: z² = 3.8415, centre (.1 + .19207)/1.38415 = .21101, half width .19313."""
    low, high = wilson(np.array([1]), np.array([10]))
    assert low[0] == pytest.approx(0.01788, abs=1e-5)
    assert high[0] == pytest.approx(0.40415, abs=1e-5)


@given(two_by_two(largest=2000))
def test_wilson_agrees_with_statsmodels(table: Table) -> None:
    a, n, *_ = table
    low, high = wilson(np.array([a]), np.array([n]), 0.9)
    expected = proportion_confint(a, n, alpha=0.1, method="wilson")
    assert (low[0], high[0]) == pytest.approx(expected, abs=1e-12)


def test_wilson_of_nobody_is_not_defined_and_of_none_and_all_reaches_the_ends() -> None:
    low, high = wilson(np.array([0, 0, 10]), np.array([0, 10, 10]))
    assert np.isnan([low[0], high[0]]).all()
    assert (low[1], high[2]) == (0.0, 1.0)


@given(two_by_two(largest=500))
def test_the_log_method_agrees_with_scipy(table: Table) -> None:
    a, n_a, b, n_b = table
    if a == 0 or b == 0:
        assert np.isnan(log_ratio_interval(*arrays(*table))).all()
        return
    expected = relative_risk(a, n_a, b, n_b).confidence_interval(0.95)
    low, high = log_ratio_interval(*arrays(*table))
    assert (low[0], high[0]) == pytest.approx((expected.low, expected.high), rel=1e-12)


@pytest.mark.parametrize(
    "table",
    [(3, 10, 15, 25), (36, 40, 16, 80), (1, 12, 11, 13), (200, 1000, 300, 1000)],
)
def test_the_score_interval_agrees_with_statsmodels(table: Table) -> None:
    a, n_a, b, n_b = table
    expected = confint_proportions_2indep(
        a, n_a, b, n_b, compare="ratio", method="score", correction=False
    )
    low, high = score_ratio_interval(*arrays(*table))
    assert (low[0], high[0]) == pytest.approx(expected, rel=1e-5)


def test_everybody_of_a_small_group_selected() -> None:
    """5 of 5 against 3 of 9: the likelihood is maximised numerically at the lower end."""
    low, _ = score_ratio_interval(*arrays(5, 5, 3, 9))
    phi = float(low[0])

    def unlikely(p: float) -> float:
        return -(5 * np.log(phi * p) + 3 * np.log(p) + 6 * np.log(1 - p))

    p_b = minimize_scalar(
        unlikely, bounds=(1e-9, 1 / phi), method="bounded", options={"xatol": 1e-12}
    ).x
    p_a = phi * p_b
    score = (5 - 5 * p_a) ** 2 / (5 * p_a * (1 - p_a)) + (3 - 9 * p_b) ** 2 / (9 * p_b * (1 - p_b))
    assert score == pytest.approx(1.959964**2, rel=1e-5)


def test_koopman_s_own_example() -> None:
    """36 of 40 against 16 of 80: 95 % interval 2.94 to 7.15 (Koopman 1984)."""
    low, high = score_ratio_interval(*arrays(36, 40, 16, 80))
    assert (round(float(low[0]), 2), round(float(high[0]), 2)) == (2.94, 7.15)


@given(two_by_two())
def test_the_ends_of_the_score_interval_lie_on_the_score(table: Table) -> None:
    a, n_a, b, n_b = table
    low, high = score_ratio_interval(*arrays(*table))
    assert 0 <= low[0] <= high[0]
    for end in (low, high):
        if 0 < end[0] < np.inf:
            assert _score(end, *arrays(*table))[0] == pytest.approx(1.959964**2, rel=1e-5)
    if b > 0:
        assert low[0] <= (a * n_b) / (b * n_a) <= high[0]


def test_nobody_of_the_group_selected_still_has_an_interval() -> None:
    low, high = ratio_interval(*arrays(0, 20, 10, 20))
    expected = confint_proportions_2indep(
        0, 20, 10, 20, compare="ratio", method="score", correction=False
    )
    assert low[0] == 0.0
    assert 0 < high[0] < 1
    assert high[0] == pytest.approx(expected[1], rel=1e-4)


def test_everybody_selected_is_not_taken_for_certainty() -> None:
    assert log_ratio_interval(*arrays(8, 8, 9, 9)) == ([1.0], [1.0])
    low, high = ratio_interval(*arrays(8, 8, 9, 9))
    assert low[0] < 1 < high[0]


def test_an_undefined_ratio_has_no_interval() -> None:
    for table in ((0, 0, 5, 10), (3, 10, 0, 10), (0, 10, 0, 10), (0, 0, 0, 0)):
        assert np.isnan(ratio_interval(*arrays(*table))).all()


def test_score_interval_of_an_empty_group_and_an_empty_referent() -> None:
    assert np.isnan(score_ratio_interval(*arrays(0, 0, 5, 10))).all()
    low, high = score_ratio_interval(*arrays(3, 10, 0, 10))
    assert low[0] > 0
    assert high[0] == np.inf

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from tests.fairness.published import arrays
from toolkit.fairness.exact_ratio import LARGEST_GROUP, exact_ratio_interval, p_value
from toolkit.fairness.intervals import score_ratio_interval

Table = tuple[int, int, int, int]


def interval(*table: int) -> tuple[float, float]:
    low, high = exact_ratio_interval(*arrays(*table))
    return float(low[0]), float(high[0])


def by_definition(table: Table, ratio: float, lower: bool) -> float:
    """The p-value from all tables one by one, over a fine grid of the referent's rate."""
    a, n_a, b, n_b = table

    def score(x: int, y: int) -> float:
        # The rates that are most likely when their ratio is fixed, by search.
        grid = np.linspace(1e-6, min(1, 1 / ratio) - 1e-6, 20_001)
        fit = stats.binom.logpmf(x, n_a, ratio * grid) + stats.binom.logpmf(y, n_b, grid)
        q = grid[fit.argmax()]
        p = ratio * q
        spread = p * (1 - p) / n_a + ratio**2 * q * (1 - q) / n_b
        return float((x / n_a - ratio * y / n_b) / np.sqrt(spread))

    observed = score(a, b)
    rates = np.linspace(0, min(1, 1 / ratio), 501)
    total = np.zeros(rates.size)
    for x in range(n_a + 1):
        for y in range(n_b + 1):
            z = 0.0 if x == y == 0 else score(x, y)
            if (z >= observed - 1e-3) if lower else (z <= observed + 1e-3):
                total += stats.binom.pmf(x, n_a, ratio * rates) * stats.binom.pmf(y, n_b, rates)
    return float(total.max())


def test_two_of_five_against_four_of_six() -> None:
    """The p-value of a ratio is a sum over all forty-two outcomes, at its worst rate."""
    for ratio in (0.3, 0.8, 1.4):
        for lower in (True, False):
            found = p_value((2, 5, 4, 6), np.array([ratio]), lower=np.array([lower]))
            assert found[0] == pytest.approx(by_definition((2, 5, 4, 6), ratio, lower), abs=2e-3)


@pytest.mark.parametrize("table", [(7, 12, 2, 14), (3, 10, 8, 11), (1, 9, 6, 8)])
@pytest.mark.parametrize("alternative", ["greater", "less"])
def test_that_the_ratio_is_one_is_barnard_s_test(table: Table, alternative: str) -> None:
    a, n_a, b, n_b = table
    square = [[a, b], [n_a - a, n_b - b]]
    expected = stats.barnard_exact(square, alternative=alternative, pooled=True, n=256).pvalue
    found = p_value(table, np.ones(1), lower=np.array([alternative == "greater"]))
    assert found[0] == pytest.approx(expected, rel=2e-3)


@pytest.mark.parametrize(("n_a", "n_b"), [(4, 7), (9, 6), (12, 12)])
def test_it_covers_with_at_least_its_confidence_whatever_the_rates(n_a: int, n_b: int) -> None:
    """Brute force: the chance of every outcome, over a grid of both rates."""
    low = np.zeros((n_a + 1, n_b + 1))
    high = np.full((n_a + 1, n_b + 1), np.inf)
    for a in range(n_a + 1):
        for b in range(1, n_b + 1):
            low[a, b], high[a, b] = interval(a, n_a, b, n_b)
    x, y = np.arange(n_a + 1), np.arange(n_b + 1)
    rates = np.linspace(0.01, 0.995, 60)
    worst = 1.0
    for rate_a in rates:
        chance_a = stats.binom.pmf(x, n_a, rate_a)
        for rate_b in rates:
            ratio = rate_a / rate_b
            covered = (low <= ratio) & (ratio <= high)
            chance_b = stats.binom.pmf(y, n_b, rate_b)
            worst = min(worst, float(chance_a @ covered @ chance_b))
    assert worst >= 0.95
    # It is not cautious beyond reason either.
    assert worst < 0.98


@pytest.mark.parametrize("table", [(40, 100, 60, 100), (30, 90, 35, 80), (12, 60, 20, 70)])
def test_with_more_people_it_comes_near_the_score_interval(table: Table) -> None:
    low, high = interval(*table)
    near_low, near_high = score_ratio_interval(*arrays(*table))
    assert low == pytest.approx(near_low[0], rel=0.05)
    assert high == pytest.approx(near_high[0], rel=0.05)
    assert low < table[0] * table[3] / (table[1] * table[2]) < high


def test_nobody_and_everybody() -> None:
    low, high = interval(0, 10, 8, 10)
    assert low == 0
    assert 0 < high < 1
    low, high = interval(10, 10, 10, 10)
    assert low < 1 < high
    # As the groups are alike, so are the ends, turned over.
    assert low * high == pytest.approx(1, rel=1e-3)


def test_a_ratio_turned_over_has_its_interval_turned_over_nearly() -> None:
    """The search is not symmetric in the groups, but nearly."""
    low, high = interval(6, 20, 11, 20)
    other_low, other_high = interval(11, 20, 6, 20)
    assert low == pytest.approx(1 / other_high, rel=0.15)
    assert high == pytest.approx(1 / other_low, rel=0.15)


def test_where_it_is_not_computed() -> None:
    assert np.isnan(interval(3, LARGEST_GROUP + 1, 5, 20)).all()
    assert np.isnan(interval(3, 10, 0, 20)).all()
    assert np.isnan(interval(0, 0, 5, 20)).all()

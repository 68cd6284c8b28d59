"""Correlations: the worked example, scipy as oracle, the definitions by hand, the edges."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import stats

from toolkit.correlation import (
    correlations,
    pearson,
    product_moment,
    product_moments,
    product_moments_of_sums,
    tie_factor,
)

GNIP = Path(__file__).parents[0] / "data" / "klout_gnip_2013.csv"

columns = st.integers(4, 40).flatmap(
    lambda n: st.tuples(
        *[
            hnp.arrays(
                np.float64,
                n,
                elements=st.one_of(
                    st.integers(-5, 5).map(float), st.floats(-1e6, 1e6), st.just(math.nan)
                ),
            )
            for _ in range(2)
        ]
    )
)


def test_worked_example() -> None:
    """Five candidates, ranks 1 2 3 4 5 against 2 1 4 3 5.

    Σd² = 4, so Spearman is 1 − 6·4/(5·24) = .8; of ten pairs eight agree and two do not, so
    Kendall is .6. Pearson on these values is Spearman. Fisher: artanh .8 = ln 3 = 1.098612.
    """
    found = correlations(np.array([1.0, 2, 3, 4, 5]), np.array([2.0, 1, 4, 3, 5]))
    assert found.n == 5
    assert found.pearson.value == pytest.approx(0.8)
    assert found.spearman.value == pytest.approx(0.8)
    assert found.kendall.value == pytest.approx(0.6)
    z = 1.959963984540054
    assert found.pearson.low == pytest.approx(math.tanh(math.log(3) - z / math.sqrt(2)))
    assert found.pearson.high == pytest.approx(math.tanh(math.log(3) + z / math.sqrt(2)))
    # Bonett and Wright: (1 + .64/2)/(5 − 3) = .66; Fieller: .437/(5 − 4).
    assert found.spearman.low == pytest.approx(math.tanh(math.log(3) - z * math.sqrt(0.66)))
    assert found.kendall.high == pytest.approx(math.tanh(math.log(2) + z * math.sqrt(0.437)))


def test_real_accounts_against_scipy() -> None:
    frame = pd.read_csv(GNIP)
    klout = frame["klout_score"].to_numpy(dtype=float)
    for column in ("followers", "friends", "listed", "statuses"):
        other = frame[column].to_numpy(dtype=float)
        found = correlations(klout, other)
        expected = stats.pearsonr(klout, other)
        interval = expected.confidence_interval()
        assert found.n == 97
        assert found.pearson.value == pytest.approx(expected.statistic, abs=1e-12)
        assert found.pearson.low == pytest.approx(interval.low, abs=1e-12)
        assert found.pearson.high == pytest.approx(interval.high, abs=1e-12)
        assert found.spearman.value == pytest.approx(stats.spearmanr(klout, other).statistic)
        assert found.kendall.value == pytest.approx(stats.kendalltau(klout, other).statistic)


@given(columns)
def test_against_scipy_and_the_definition(drawn: tuple[np.ndarray, np.ndarray]) -> None:
    x, y = drawn
    found = correlations(x, y)
    both = ~(np.isnan(x) | np.isnan(y))
    x, y = x[both], y[both]
    assert found.n == x.size
    if x.size < 4 or np.ptp(x) == 0 or np.ptp(y) == 0:
        assert found.pearson.value is found.spearman.value is found.kendall.value is None
        assert found.pearson.why
        return
    assert found.spearman.value == pytest.approx(stats.spearmanr(x, y).statistic, abs=1e-9)
    dx, dy = (np.sign(v[:, None] - v[None, :]) for v in (x, y))
    tau = (dx * dy).sum() / math.sqrt((dx**2).sum() * (dy**2).sum())
    assert found.kendall.value == pytest.approx(tau, abs=1e-9)
    # On mild values: scipy loses digits where a spread is tiny against the mean.
    if min(np.ptp(x), np.ptp(y)) > 1e-3:
        assert found.pearson.value == pytest.approx(np.corrcoef(x, y)[0, 1], abs=1e-6)
    for one in (found.pearson, found.spearman, found.kendall):
        assert one.value is not None
        assert -1 <= one.value <= 1
        if one.low is not None and one.high is not None:
            assert -1 <= one.low <= one.value <= one.high <= 1
        else:
            assert one.why


@given(columns, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    drawn: tuple[np.ndarray, np.ndarray], random: object
) -> None:
    x, y = drawn
    rows = list(range(x.size))
    random.shuffle(rows)  # type: ignore[attr-defined]
    one, other = correlations(x, y).to_dict(), correlations(x[rows], y[rows]).to_dict()
    for key, value in one.items():
        if isinstance(value, float):
            assert other[key] == pytest.approx(value, abs=1e-8)


@given(columns)
def test_ranks_do_not_depend_on_the_scale(drawn: tuple[np.ndarray, np.ndarray]) -> None:
    x, y = (np.round(v, 3) for v in drawn)
    plain, bent = correlations(x, y), correlations(np.cbrt(x) * 3 + 1, y)
    assume(np.unique(np.cbrt(x[~np.isnan(x)])).size == np.unique(x[~np.isnan(x)]).size)
    assert plain.spearman == bent.spearman
    assert plain.kendall == bent.kendall
    turned = correlations(-x, y)
    if plain.spearman.value is not None:
        assert turned.spearman.value == pytest.approx(-plain.spearman.value, abs=1e-12)
        assert turned.pearson.value == pytest.approx(-(plain.pearson.value or 0), abs=1e-9)


def test_ties_widen_kendall_as_much_as_the_exact_permutations_say() -> None:
    """Every order of six candidates: τ-b's variance over them, with and without ties."""
    from itertools import permutations

    x, y = np.array([1.0, 1, 2, 3, 3, 4]), np.array([1.0, 1, 1, 2, 2, 3])

    def variance(a: np.ndarray, b: np.ndarray) -> float:
        def signs(v: np.ndarray) -> np.ndarray:
            return np.sign(v[:, None] - v[None, :])

        da, db = signs(a), signs(b)
        scale = math.sqrt((da**2).sum() * (db**2).sum())
        values = [(da[np.ix_(p, p)] * db).sum() / scale for p in permutations(range(6))]
        return float(np.var(values))

    untied = np.arange(6.0)
    assert tie_factor(x, y) == pytest.approx(variance(x, y) / variance(untied, untied))
    assert tie_factor(untied, untied) == pytest.approx(1)


def test_intervals_cover_about_as_often_as_they_say() -> None:
    """Drawn from a normal pair with r = .4, the second cut into five ratings."""
    draw = np.random.default_rng(1)
    covered = np.zeros(3)
    everyone = _rated(draw, 200_000)
    truth = np.array(
        [
            np.corrcoef(*everyone)[0, 1],
            stats.spearmanr(*everyone).statistic,
            stats.kendalltau(*everyone).statistic,
        ]
    )
    times = 600
    for _ in range(times):
        found = correlations(*_rated(draw, 50))
        for at, one in enumerate((found.pearson, found.spearman, found.kendall)):
            covered[at] += one.low <= truth[at] <= one.high
    # 95 % within four standard errors of 600 draws.
    assert (np.abs(covered / times - 0.95) < 0.036).all()


def _rated(draw: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    x, y = draw.multivariate_normal([0, 0], [[1, 0.4], [0.4, 1]], n).T
    return x, np.digitize(y, [-1.5, -0.5, 0.5, 1.5]).astype(float)


@pytest.mark.parametrize(
    ("x", "y", "why"),
    [
        ([], [], "No candidates have both values; at least 4"),
        ([1], [2], "Only 1 candidate has both values"),
        ([1, 2, 3], [3, 1, 2], "Only 3 candidates have both values"),
        ([1, 2, 3, math.nan], [1, 2, 3, 4], "Only 3 candidates"),
        ([math.nan] * 5, [1, 2, 3, 4, 5], "No candidates"),
        ([7, 7, 7, 7], [1, 2, 3, 4], "The score is the same for all 4"),
        ([1, 2, 3, 4], [0, 0, 0, 0], "The criterion is the same for all 4"),
    ],
)
def test_what_cannot_be_correlated_says_why(x: list[float], y: list[float], why: str) -> None:
    found = correlations(np.array(x, dtype=float), np.array(y, dtype=float))
    for one in (found.pearson, found.spearman, found.kendall):
        assert (one.value, one.low, one.high) == (None, None, None)
        assert why in (one.why or "")
        assert one.differs_from_zero is None
    assert pearson(np.array(x, dtype=float), np.array(y, dtype=float)) == found.pearson


def test_no_interval_where_there_is_nothing_to_judge_it_by() -> None:
    line = correlations(np.arange(6.0), -np.arange(6.0))
    assert line.pearson.value == line.spearman.value == line.kendall.value == -1
    assert line.pearson.low is None
    assert "without exception" in (line.pearson.why or "")
    four = correlations(np.array([1.0, 2, 3, 4]), np.array([1.0, 3, 2, 4]))
    assert four.pearson.low is not None
    assert four.kendall.low is None
    assert "5 candidates" in (four.kendall.why or "")


def test_values_of_any_size() -> None:
    x = np.array([1.0, 2, 3, 5])
    for scale in (1e-300, 1e300):
        found = correlations(x * scale, np.array([1.0, 3, 2, 4]))
        assert found.pearson.value == pytest.approx(
            correlations(x, np.array([1.0, 3, 2, 4])).pearson.value
        )


def test_many_rows_at_once_are_each_row_alone() -> None:
    draw = np.random.default_rng(7)
    rows, y = draw.integers(-(2**60), 2**60, (50, 333)).astype(np.float64), draw.normal(size=333)
    rows[3] = 5.0
    together = product_moments(rows, y)
    assert np.isnan(together[3])
    for at in (0, 1, 49):
        assert together[at] == product_moment(rows[at], y)
        assert together[at] == pytest.approx(np.corrcoef(rows[at], y)[0, 1], abs=1e-14)


def test_weighted_sums_from_covariances_are_those_of_the_sums() -> None:
    draw = np.random.default_rng(8)
    columns, y = draw.normal(size=(4, 60)) * [[1], [50], [1e6], [1]], draw.normal(size=60)
    columns[3] = 2.0
    weights = draw.normal(size=(30, 4)) / [1, 50, 1e6, 1]
    weights[0] = [0, 0, 0, 1]
    together = product_moments_of_sums(weights, columns, y)
    assert np.isnan(together[0])
    np.testing.assert_allclose(
        together[1:], [np.corrcoef(row @ columns, y)[0, 1] for row in weights[1:]], atol=1e-12
    )

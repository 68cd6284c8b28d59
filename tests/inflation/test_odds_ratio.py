from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.special import comb
from scipy.stats import fisher_exact
from scipy.stats.contingency import odds_ratio as scipy_odds_ratio
from statsmodels.stats.contingency_tables import StratifiedTable

from toolkit.inflation import odds_ratio
from toolkit.inflation.odds_ratio import OddsRatio, common_odds_ratio

Table = tuple[int, int, int, int]


def exact(*tables: Table, confidence: float = 0.95) -> OddsRatio | None:
    """Tables of selected suspected, suspected, selected others, others."""
    return common_odds_ratio(*(list(column) for column in zip(*tables, strict=True)), confidence)


def test_tea_and_milk() -> None:
    """Fisher's tea table, 3 of 4 against 1 of 4: weights 1, 16, 36, 16, 1 for T of 0 to 4."""
    found = exact((3, 4, 1, 4))
    assert found is not None

    def root(*coefficients: float) -> float:
        (positive,) = (r.real for r in np.roots(coefficients) if r.real > 0 and abs(r.imag) < 1e-9)
        return float(positive)

    # The mean is 3, P(T ≥ 3) is .025 and P(T ≤ 3) is .025; R gives 6.408 for the first.
    assert found.estimate == pytest.approx(root(1, 0, -36, -32, -3), rel=1e-9)
    assert found.estimate == pytest.approx(6.408, abs=1e-3)
    assert found.low == pytest.approx(root(-0.975, -0.975 * 16, 0.9, 0.4, 0.025), rel=1e-9)
    assert found.high == pytest.approx(root(0.025, -15.6, -35.1, -15.6, -0.975), rel=1e-9)
    assert found.p == pytest.approx(34 / 70)


def test_two_strata_by_hand() -> None:
    """1 of 2 against 0 of 1, one selected, twice: T is binomial with odds 2ψ."""
    found = exact((1, 2, 0, 1), (0, 2, 1, 1))
    assert found is not None
    # One suspected of two selected: E(T) = 2 · 2ψ/(1 + 2ψ) = 1 at ψ = 1/2.
    assert found.estimate == pytest.approx(0.5)
    # At ψ = 1: P(0) = 1/9, P(1) = 4/9, P(2) = 4/9; all are no more likely than 4/9.
    assert found.p == pytest.approx(1.0)
    # P(T ≤ 1; ψ) = 1 − (2ψ/(1 + 2ψ))² = .025 and P(T ≥ 1; ψ) = 1 − 1/(1 + 2ψ)² = .025.
    share = math.sqrt(0.975)
    assert found.high == pytest.approx(share / (1 - share) / 2)
    assert found.low == pytest.approx((1 / math.sqrt(0.975) - 1) / 2)


tables = st.tuples(st.integers(0, 9), st.integers(1, 9), st.integers(0, 9), st.integers(1, 9)).map(
    lambda t: (min(t[0], t[1]), t[1], min(t[2], t[3]), t[3])
)


@given(tables)
def test_one_stratum_agrees_with_scipy(table: Table) -> None:
    x, n1, other, n0 = table
    found = exact(table)
    square = np.array([[x, n1 - x], [other, n0 - other]])
    if x + other in (0, n1 + n0):
        assert found is None
        return
    assert found is not None
    oracle = scipy_odds_ratio(square, kind="conditional")
    interval = oracle.confidence_interval(0.95)
    assert found.estimate == pytest.approx(oracle.statistic, rel=1e-6)
    assert found.low == pytest.approx(interval.low, rel=1e-6)
    assert found.high == pytest.approx(interval.high, rel=1e-6)
    assert found.p == pytest.approx(fisher_exact(square).pvalue, rel=1e-6)


def _brute(tables: list[Table], psi: float) -> dict[int, float]:
    """P(T = t; ψ) by going through every combination of counts."""
    ranges = []
    for x, n1, other, n0 in tables:
        s = x + other
        ranges.append(
            [(t, comb(n1, t) * comb(n0, s - t)) for t in range(n1 + 1) if 0 <= s - t <= n0]
        )
    total: dict[int, float] = {}
    for chosen in itertools.product(*ranges):
        t = sum(c for c, _ in chosen)
        total[t] = total.get(t, 0.0) + math.prod(w for _, w in chosen) * psi**t
    whole = sum(total.values())
    return {t: w / whole for t, w in total.items()}


@given(st.lists(tables, min_size=1, max_size=4))
def test_several_strata_agree_with_going_through_all(drawn: list[Table]) -> None:
    found = exact(*drawn)
    t = sum(x for x, *_ in drawn)
    null = _brute(drawn, 1.0)
    if len(null) == 1:
        assert found is None
        return
    assert found is not None
    assert found.p == pytest.approx(
        sum(p for p in null.values() if p <= null[t] * (1 + 1e-7)), rel=1e-9
    )
    if 0.0 < found.estimate < math.inf:
        at = _brute(drawn, found.estimate)
        assert sum(k * p for k, p in at.items()) == pytest.approx(t, abs=1e-6)
    if found.low > 0:
        at = _brute(drawn, found.low)
        assert sum(p for k, p in at.items() if k >= t) == pytest.approx(0.025, rel=1e-6)
    else:
        assert t == min(null)
    if found.high < math.inf:
        at = _brute(drawn, found.high)
        assert sum(p for k, p in at.items() if k <= t) == pytest.approx(0.025, rel=1e-6)
    else:
        assert t == max(null)


@given(st.lists(tables, min_size=1, max_size=4))
def test_the_other_way_round_is_one_over(drawn: list[Table]) -> None:
    found, turned = exact(*drawn), exact(*[(o, n0, x, n1) for x, n1, o, n0 in drawn])
    if found is None or turned is None:
        assert found is turned
        return
    assert found.p == pytest.approx(turned.p, rel=1e-9)
    assume(0 < found.estimate < math.inf and found.low > 0 and found.high < math.inf)
    assert found.estimate == pytest.approx(1 / turned.estimate, rel=1e-6)
    assert found.low == pytest.approx(1 / turned.high, rel=1e-6)


@given(st.permutations([(3, 9, 10, 40), (5, 12, 20, 60), (1, 8, 4, 30), (0, 3, 2, 9)]))
def test_the_order_of_strata_does_not_matter(order: list[Table]) -> None:
    found, plain = (
        exact(*order),
        exact((3, 9, 10, 40), (5, 12, 20, 60), (1, 8, 4, 30), (0, 3, 2, 9)),
    )
    assert found is not None
    assert plain is not None
    assert (found.estimate, found.low, found.high, found.p) == pytest.approx(
        (plain.estimate, plain.low, plain.high, plain.p)
    )


def test_strata_that_cannot_tell_change_nothing() -> None:
    telling = (3, 9, 10, 40)
    assert exact(telling, (0, 5, 0, 7), (4, 4, 2, 2), (0, 0, 3, 9)) == exact(telling)


@pytest.mark.parametrize(
    "table", [(0, 5, 0, 5), (5, 5, 5, 5), (0, 0, 3, 9), (3, 9, 0, 0), (0, 0, 0, 0)]
)
def test_nothing_to_tell(table: Table) -> None:
    assert exact(table) is None


def test_all_suspected_are_selected() -> None:
    found = exact((5, 5, 3, 30))
    assert found is not None
    assert (found.estimate, found.high) == (math.inf, math.inf)
    assert found.low > 1
    assert found.p < 0.01


def test_large_strata_come_close_to_mantel_and_haenszel() -> None:
    drawn = [(300, 900, 1_000, 4_000), (420, 1_000, 900, 3_000), (80, 700, 300, 3_500)]
    found = exact(*drawn)
    assert found is not None
    stacked = [np.array([[x, n1 - x], [o, n0 - o]]) for x, n1, o, n0 in drawn]
    oracle = StratifiedTable(stacked)
    assert found.estimate == pytest.approx(oracle.oddsratio_pooled, rel=0.01)
    low, high = oracle.oddsratio_pooled_confint()
    assert (found.low, found.high) == (pytest.approx(low, rel=0.02), pytest.approx(high, rel=0.02))


def test_a_million_candidates() -> None:
    found = exact((60_000, 125_000, 20_000, 125_000), (60_000, 125_000, 20_000, 125_000))
    assert found is not None
    assert found.estimate == pytest.approx((60 / 65) / (20 / 105), rel=1e-3)
    assert found.p < 1e-200


def test_long_distributions_are_cut_short_and_transformed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as among millions of rows: the same figures as of all weights, multiplied out."""
    tables = [(3_500, 9_000, 1_200, 7_000), (800, 6_000, 900, 20_000)]
    monkeypatch.setattr(odds_ratio, "FEW", 2**62)
    whole = exact(*tables)
    monkeypatch.setattr(odds_ratio, "FEW", 8)
    assert exact(*tables) == whole
    monkeypatch.setattr(odds_ratio, "DIRECT", 1)
    found = exact(*tables)
    assert found is not None
    assert whole is not None
    assert (found.estimate, found.p) == (whole.estimate, whole.p)
    assert (found.low, found.high) == pytest.approx((whole.low, whole.high), rel=1e-9)

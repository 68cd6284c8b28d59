from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import StratifiedTable

from tests.fairness.published import arrays, berkeley_strata, many
from tests.fairness.tables import Table, two_by_two
from toolkit.fairness.intervals import log_ratio_interval
from toolkit.fairness.strata import (
    common_risk_ratio,
    pooled_ratio,
    reverses_within_strata,
    stratified,
)


def test_berkeley_in_1973_turns_around_within_departments() -> None:
    """Admitted .445 of the men and .304 of the women; within departments the odds ratio, men
    against women, is .905 (Bickel et al. 1975): women against men it is its inverse, above 1.
    """
    a, n_a, b, n_b = berkeley_strata()
    assert round(b.sum() / n_b.sum(), 3) == 0.445
    assert round(a.sum() / n_a.sum(), 3) == 0.304
    women = stratified(a, n_a, b, n_b)
    men = stratified(b, n_b, a, n_a)
    assert round(men.odds_ratio, 3) == 0.905
    assert women.odds_ratio == pytest.approx(1 / men.odds_ratio)
    assert women.reverses
    assert men.reverses
    assert pooled_ratio(a, n_a, b, n_b) < 0.8
    # As R's mantelhaen.test prints them.
    assert round(men.cmh_corrected, 4) == 1.4269
    assert round(men.cmh_corrected_p, 4) == 0.2323
    assert (round(men.odds_ratio_low, 4), round(men.odds_ratio_high, 4)) == (0.7719, 1.0603)


@given(st.lists(two_by_two(largest=40), min_size=1, max_size=6))
def test_figures_agree_with_statsmodels(tables: list[Table]) -> None:
    usable = [(a, n_a, b, n_b) for a, n_a, b, n_b in tables if 0 < a + b < n_a + n_b]
    assume(usable)
    figures = stratified(*many(usable))
    oracle = StratifiedTable(
        [np.array([[a, n_a - a], [b, n_b - b]], dtype=float) for a, n_a, b, n_b in usable]
    )
    plain = oracle.test_null_odds(correction=False)
    assert figures.cmh == pytest.approx(plain.statistic, rel=1e-9, abs=1e-12)
    assert figures.cmh_p == pytest.approx(plain.pvalue, rel=1e-7, abs=1e-12)
    total = [np.array(column) for column in zip(*usable, strict=True)]
    expected = total[1] * (total[0] + total[2]) / (total[1] + total[3])
    if abs((total[0] - expected).sum()) >= 0.5:  # statsmodels corrects beyond zero
        corrected = oracle.test_null_odds(correction=True)
        assert figures.cmh_corrected == pytest.approx(corrected.statistic, rel=1e-9, abs=1e-12)
    else:
        assert figures.cmh_corrected == 0
    cross = [(a * (n_b - b), b * (n_a - a)) for a, n_a, b, n_b in usable]
    assume(all(sum(column) > 0 for column in zip(*cross, strict=True)))
    assert figures.odds_ratio == pytest.approx(oracle.oddsratio_pooled, rel=1e-9)
    low, high = oracle.oddsratio_pooled_confint()
    assert (figures.odds_ratio_low, figures.odds_ratio_high) == pytest.approx((low, high), rel=1e-8)
    assert figures.risk_ratio == pytest.approx(oracle.riskratio_pooled, rel=1e-9)
    if len(usable) > 1 and figures.odds_ratio != 1:  # where statsmodels divides by zero
        equal, tarone = oracle.test_equal_odds(), oracle.test_equal_odds(adjust=True)
        assert figures.breslow_day == pytest.approx(equal.statistic, rel=1e-6, abs=1e-7)
        assert figures.breslow_day_p == pytest.approx(equal.pvalue, rel=1e-6, abs=1e-7)
        assert figures.tarone == pytest.approx(tarone.statistic, rel=1e-6, abs=1e-7)


@given(two_by_two())
def test_with_one_stratum_the_risk_ratio_is_that_of_the_log_method(table: Table) -> None:
    """One stratum: the Greenland–Robins variance is 1/a − 1/n_A + 1/b − 1/n_B."""
    a, _, b, _ = table
    assume(a > 0 and b > 0)
    ratio, low, high = common_risk_ratio(*arrays(*table))
    expected = log_ratio_interval(*arrays(*table))
    assert ratio == pytest.approx((a * table[3]) / (b * table[1]))
    assert (low, high) == pytest.approx((expected[0][0], expected[1][0]), rel=1e-9)


def test_identical_strata_do_not_differ_among_themselves() -> None:
    figures = stratified(*many([(3, 10, 6, 12)] * 3))
    assert figures.breslow_day == pytest.approx(0, abs=1e-12)
    assert figures.breslow_day_p == pytest.approx(1)
    assert not figures.reverses


def test_strata_that_say_nothing_are_left_out() -> None:
    """One group absent, nobody selected, everybody selected, and one that says something."""
    figures = stratified(*many([(0, 0, 4, 9), (0, 5, 0, 5), (4, 4, 6, 6), (2, 8, 5, 9)]))
    alone = stratified(*many([(2, 8, 5, 9)]))
    assert figures.informative == alone.informative == 1
    assert figures.cmh == alone.cmh
    assert figures.odds_ratio == alone.odds_ratio
    assert np.isnan(figures.breslow_day)
    # Everybody selected says nothing of odds, yet it is a ratio of 1.
    assert alone.risk_ratio < figures.risk_ratio < 1


def test_nothing_to_compare_at_all() -> None:
    figures = stratified(*many([(0, 0, 4, 9), (0, 5, 0, 5)]))
    assert figures.informative == 0
    for name in ("cmh", "cmh_p", "cmh_corrected", "odds_ratio", "risk_ratio", "tarone_p"):
        assert np.isnan(getattr(figures, name))
    assert not figures.reverses


def test_nobody_of_the_group_selected_and_nobody_of_the_referent() -> None:
    none = stratified(*many([(0, 8, 5, 9), (0, 4, 3, 9)]))
    assert (none.odds_ratio, none.risk_ratio) == (0, 0)
    assert np.isnan([none.odds_ratio_low, none.risk_ratio_high, none.breslow_day]).all()
    other = stratified(*many([(3, 8, 0, 9), (1, 4, 0, 9)]))
    assert np.isnan([other.odds_ratio, other.risk_ratio]).all()
    assert other.cmh > 0


def test_a_reversal_is_judged_in_fractions() -> None:
    # Both strata favour the group, the pooled table the referent.
    assert reverses_within_strata(*many([(9, 10, 80, 100), (30, 100, 2, 10)]))
    assert not reverses_within_strata(*many([(9, 10, 9, 10), (30, 100, 3, 10)]))

"""Expected quality: published values, the bivariate normal of scipy, bounds and edges."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri
from scipy.stats import multivariate_normal, norm

from toolkit.errors import InputError
from toolkit.estimate import Estimate
from toolkit.influence.utility import (
    Reached,
    brogden_gain,
    expected_quality,
    level_reached_by,
    taylor_russell,
    usual_base_rate,
)

shares = st.floats(0.01, 0.99)
r = st.floats(-0.999, 0.999)


def test_the_published_table() -> None:
    """Taylor and Russell (1939): base rate .50, selection ratio .20."""
    assert taylor_russell(0.35, 0.5, 0.2) == pytest.approx(0.696552, abs=5e-7)
    published = {0.0: 0.50, 0.20: 0.61, 0.35: 0.70, 0.50: 0.78}
    for validity, success in published.items():
        assert taylor_russell(validity, 0.5, 0.2) == pytest.approx(success, abs=0.0052), validity
    # Of the validities in the table of other methods.
    for validity, success in {0.07: 0.54, 0.19: 0.61, 0.33: 0.69, 0.42: 0.74}.items():
        assert taylor_russell(validity, 0.5, 0.2) == pytest.approx(success, abs=0.0052)


@given(r, shares, shares)
def test_against_the_bivariate_normal(validity: float, base: float, ratio: float) -> None:
    cuts = [ndtri(ratio), ndtri(base)]
    both = multivariate_normal.cdf(cuts, cov=[[1, validity], [validity, 1]])
    assert taylor_russell(validity, base, ratio) == pytest.approx(both / ratio, abs=2e-5)


@given(st.tuples(r, r), shares, shares)
def test_a_stronger_relation_selects_better(
    two: tuple[float, float], base: float, ratio: float
) -> None:
    low, high = sorted(two)
    worse, better = taylor_russell(low, base, ratio), taylor_russell(high, base, ratio)
    assert 0 <= worse <= better + 1e-9
    assert better <= min(1.0, base / ratio) + 1e-9
    assert brogden_gain(low, ratio) <= brogden_gain(high, ratio)


def test_gain_by_hand() -> None:
    """φ(.841621) = .279962, over .20 is 1.399810; times .35 is .489933."""
    assert brogden_gain(1.0, 0.2) == pytest.approx(1.399810, abs=5e-7)
    assert brogden_gain(0.35, 0.2) == pytest.approx(0.489933, abs=5e-7)
    assert brogden_gain(-0.5, 0.5) == pytest.approx(-0.5 * norm.pdf(0) / 0.5)


def test_ends() -> None:
    assert taylor_russell(0.4, 0.3, 1.0) == 0.3
    assert brogden_gain(0.4, 1.0) == 0
    assert taylor_russell(1.0, 0.5, 0.2) == 1
    assert taylor_russell(1.0, 0.1, 0.2) == 0.5
    assert taylor_russell(-1.0, 0.5, 0.2) == 0
    assert taylor_russell(-1.0, 0.9, 0.2) == pytest.approx(0.5)
    assert taylor_russell(1 - 1e-12, 0.5, 0.2) == pytest.approx(1, abs=1e-5)
    assert taylor_russell(math.nextafter(-1, 0), 0.5, 0.2) == pytest.approx(0, abs=1e-5)


def test_the_ends_of_the_interval_go_along() -> None:
    found = expected_quality(Estimate(0.35, 0.0, 0.42), 0.5, 0.2)
    assert found.success.low == 0.5
    assert found.success.value == pytest.approx(0.696552, abs=5e-7)
    assert found.success.high == pytest.approx(taylor_russell(0.42, 0.5, 0.2))
    assert found.gain.high == pytest.approx(0.42 * 1.399810, abs=1e-6)
    nothing = expected_quality(Estimate.none("Too few."), 0.5, 0.2)
    assert nothing.success.value is None
    assert nothing.gain.why == "Too few."


@pytest.mark.parametrize("base", [0.0, 1.0, -0.1, 1.3, math.nan])
def test_an_impossible_base_rate_is_refused(base: float) -> None:
    with pytest.raises(InputError, match=r"base rate is .*above 0 and below 1"):
        taylor_russell(0.3, base, 0.2)


@pytest.mark.parametrize("ratio", [0.0, 1.01, -0.2, math.nan])
def test_an_impossible_selection_ratio_is_refused(ratio: float) -> None:
    with pytest.raises(InputError, match="selection ratio is"):
        taylor_russell(0.3, 0.5, ratio)
    with pytest.raises(InputError, match="selection ratio is"):
        brogden_gain(0.3, ratio)


def test_the_base_rate_of_a_result_of_two_values_is_its_own() -> None:
    assert usual_base_rate(np.array([0.0, 1, 1, 1, np.nan])) == 0.75
    assert usual_base_rate(np.array([3.0, 4, 5])) == 0.5
    assert usual_base_rate(np.array([1.0, 1])) == 0.5
    assert usual_base_rate(np.array([np.nan])) == 0.5


def test_the_level_that_a_share_reaches() -> None:
    """Of 1 2 2 3 5: all reach 1, four 2, two 3, one 5."""
    values = np.array([1.0, 2, 2, 3, 5, np.nan])
    for share, level, reached in ((0.5, 3, 0.4), (0.75, 2, 0.8), (1.0, 1, 1.0), (0.1, 5, 0.2)):
        assert level_reached_by(values, share) == Reached(level, reached, 5)
    assert level_reached_by(np.array([np.nan]), 0.5) is None

"""Range restriction: a textbook figure, truncated normals, and the edges."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate
from scipy.stats import norm

from toolkit.correlation import correlations
from toolkit.influence.range_restriction import corrected_for_range, thorndike_case_2

ratios = st.floats(0.05, 20)
r = st.floats(-0.999, 0.999)


def test_worked_example() -> None:
    """Cohen, Cohen, West and Aiken (2003), section 2.10.3: r .25, spread 5 instead of 12.

    .25 · 2.4 / √(1 + .0625 · (5.76 − 1)) = .6 / √1.2975 = .526740.
    """
    assert thorndike_case_2(0.25, 12 / 5) == pytest.approx(0.6 / math.sqrt(1.2975), abs=1e-12)
    assert thorndike_case_2(0.25, 12 / 5) == pytest.approx(0.52674, abs=5e-6)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.9])
def test_a_normal_population_cut_at_the_score_is_recovered(share: float) -> None:
    """Moments of the truncated normal by integration; the full correlation comes back."""
    full, cut = 0.45, float(norm.isf(share))

    def moment(power: int) -> float:
        return float(integrate.quad(lambda x: x**power * norm.pdf(x), cut, 40)[0]) / share

    variance = moment(2) - moment(1) ** 2
    # Y = full · X + error, whose variance stays as it is.
    among_selected = full * math.sqrt(variance / (full**2 * variance + 1 - full**2))
    assert among_selected < full
    corrected = thorndike_case_2(among_selected, 1 / math.sqrt(variance))
    assert corrected == pytest.approx(full, abs=1e-9)


@given(r, ratios)
def test_there_and_back(one: float, ratio: float) -> None:
    wide = thorndike_case_2(one, ratio)
    assert -1 <= wide <= 1
    assert thorndike_case_2(wide, 1 / ratio) == pytest.approx(one, abs=1e-9)
    assert thorndike_case_2(one, 1) == pytest.approx(one, abs=1e-12)
    assert thorndike_case_2(-one, ratio) == -wide


@given(st.tuples(r, r), ratios)
def test_the_order_of_correlations_stays(two: tuple[float, float], ratio: float) -> None:
    low, high = sorted(two)
    assert thorndike_case_2(low, ratio) <= thorndike_case_2(high, ratio) + 1e-12


def test_an_outcome_known_only_of_the_hired() -> None:
    """Spreads by hand: scores 1 … 8 have variance 6, the upper four 5/3: u² = 3.6."""
    score = np.arange(1.0, 9)
    outcome = np.array([np.nan] * 4 + [1.0, 3, 2, 4])
    plain = correlations(score, outcome).pearson
    found = corrected_for_range(plain, score, outcome)
    assert (found.n_all, found.n_used) == (8, 4)
    assert found.sd_ratio == pytest.approx(math.sqrt(3.6))
    assert plain.value == pytest.approx(0.8)
    expected = 0.8 * math.sqrt(3.6) / math.sqrt(1 + 0.64 * 2.6)
    assert found.corrected.value == pytest.approx(expected)
    assert found.corrected.low is not None
    assert plain.low is not None
    assert found.corrected.low == pytest.approx(thorndike_case_2(plain.low, math.sqrt(3.6)))
    assert not found.nobody_left_out


def test_edges() -> None:
    score, everyone = np.arange(6.0), np.array([1.0, 0, 2, 5, 3, 4])
    whole = corrected_for_range(correlations(score, everyone).pearson, score, everyone)
    assert whole.nobody_left_out
    assert whole.sd_ratio == 1
    assert whole.corrected == correlations(score, everyone).pearson
    for outcome in ([np.nan] * 6, [1.0] + [np.nan] * 5):
        values = np.array(outcome)
        none = corrected_for_range(correlations(score, values).pearson, score, values)
        assert none.corrected.value is None
        assert "at least 4" in (none.corrected.why or "")

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from scipy import stats
from statsmodels.stats.proportion import proportions_ztest

from tests.fairness.published import arrays
from tests.fairness.tables import Table, two_by_two
from toolkit.fairness.z import log_ratio_z, pooled_z, two_sided_p


def test_morris_s_example() -> None:
    """2 of 10 selected against 15 of 25: z −2.138963, p .032439 (pooled rate, no correction)."""
    z = pooled_z(*arrays(2, 10, 15, 25))
    assert round(float(z[0]), 6) == -2.138963
    assert round(float(two_sided_p(z)[0]), 6) == 0.032439


@given(two_by_two(largest=500))
def test_pooled_z_agrees_with_statsmodels_and_squares_to_chi_square(table: Table) -> None:
    a, n_a, b, n_b = table
    z = pooled_z(*arrays(*table))
    if a + b in (0, n_a + n_b):
        assert np.isnan(z[0])
        return
    expected, p = proportions_ztest([a, b], [n_a, n_b])
    assert z[0] == pytest.approx(expected, rel=1e-12, abs=1e-12)
    assert two_sided_p(z)[0] == pytest.approx(p, rel=1e-9)
    chi_square = stats.chi2_contingency([[a, n_a - a], [b, n_b - b]], correction=False).statistic
    assert z[0] ** 2 == pytest.approx(chi_square, rel=1e-9, abs=1e-12)


def test_z_of_the_log_ratio_by_hand() -> None:
    """ln(1/3) over √(1/2 − 1/10 + 1/15 − 1/25) = −1.098612 / .653197."""
    assert log_ratio_z(*arrays(2, 10, 15, 25))[0] == pytest.approx(-1.098612 / 0.653197, rel=1e-5)


def test_where_z_is_not_defined() -> None:
    for table in ((0, 0, 5, 9), (0, 4, 0, 9), (4, 4, 9, 9), (0, 0, 0, 0)):
        assert np.isnan(pooled_z(*arrays(*table))).all()
        assert np.isnan(log_ratio_z(*arrays(*table))).all()
    assert np.isnan(log_ratio_z(*arrays(0, 4, 3, 9))).all()
    assert np.isnan(two_sided_p(np.array([np.nan]))).all()

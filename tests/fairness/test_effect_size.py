from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from statsmodels.stats.proportion import proportion_effectsize

from tests.fairness.published import arrays
from tests.fairness.tables import Table, two_by_two
from toolkit.fairness.effect_size import cohens_h, phi_coefficient


def test_half_against_a_quarter() -> None:
    """2·arcsin √½ = π/2 and 2·arcsin √¼ = π/3, so h = −π/6; φ = (1·2 − 2·3)/√(4·4·3·5)."""
    table = arrays(1, 4, 2, 4)
    assert cohens_h(*table)[0] == pytest.approx(-np.pi / 6)
    assert phi_coefficient(*table)[0] == pytest.approx(-4 / np.sqrt(240))


@given(two_by_two())
def test_h_agrees_with_statsmodels_and_phi_with_the_correlation_of_rows(table: Table) -> None:
    a, n_a, b, n_b = table
    assert cohens_h(*arrays(*table))[0] == pytest.approx(
        proportion_effectsize(a / n_a, b / n_b), abs=1e-12
    )
    phi = phi_coefficient(*arrays(*table))[0]
    if a + b in (0, n_a + n_b):
        assert np.isnan(phi)
        return
    member = np.repeat([1, 0], [n_a, n_b])
    selected = np.repeat([1, 0, 1, 0], [a, n_a - a, b, n_b - b])
    assert phi == pytest.approx(np.corrcoef(member, selected)[0, 1], abs=1e-12)


def test_an_empty_group_has_no_effect_size() -> None:
    assert np.isnan(cohens_h(*arrays(0, 0, 5, 9))).all()
    assert np.isnan(phi_coefficient(*arrays(0, 0, 5, 9))).all()

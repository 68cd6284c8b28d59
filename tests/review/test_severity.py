from __future__ import annotations

import numpy as np
import pytest

from tests.review.known import drawn
from toolkit.review.severity import islands, severities
from toolkit.review.variance_components import variance_components


def test_who_rates_lower_is_more_severe() -> None:
    table = np.array([[5.0, 3.0], [4.0, 2.0], [3.0, 1.5], [2.0, 0.5]])
    candidate, reviewer = np.nonzero(~np.isnan(table))
    found = severities(
        variance_components(candidate, reviewer, table.ravel()), reviewer, ("Ann", "Bo")
    )
    assert [one.reviewer for one in found] == ["Ann", "Bo"]
    assert found[0].severity < 0 < found[1].severity
    assert found[1].severity - found[0].severity == pytest.approx(1.75, abs=0.05)
    assert found[0].ratings == 4


def test_severity_is_recovered_from_three_ratings_a_candidate() -> None:
    together, within = [], []
    for seed in range(30):
        table, _, true = drawn(120, 12, 3, seed, residual=0.5)
        candidate, reviewer = np.nonzero(~np.isnan(table))
        components = variance_components(candidate, reviewer, table[candidate, reviewer])
        found = severities(components, reviewer, tuple(map(str, range(12))))
        severity = np.array([one.severity for one in found])
        error = np.array([one.se for one in found])
        together.append(np.corrcoef(severity, true)[0, 1])
        within.append(np.mean(np.abs(severity - (true - true.mean())) < 1.96 * error))
    assert np.mean(together) >= 0.97
    assert 0.92 <= np.mean(within) <= 0.98


def test_islands_are_who_can_be_compared() -> None:
    assert islands(np.array([0, 0, 1, 1]), np.array([0, 1, 1, 2])).tolist() == [0, 0, 0]
    assert islands(np.array([0, 0, 1, 1]), np.array([0, 1, 2, 3])).tolist() == [0, 0, 1, 1]

from __future__ import annotations

import pytest

from toolkit.estimate import Estimate
from toolkit.review.decision_study import decision_study, reviewers_needed


def test_planning_from_a_published_reliability() -> None:
    # Spearman-Brown from .44: two .61, three .70, four .76.
    found = decision_study(Estimate(0.44, 0.30, 0.60), most=4)
    assert [one.reviewers for one in found] == [1, 2, 3, 4]
    assert [round(one.phi.value, 2) for one in found] == [0.44, 0.61, 0.70, 0.76]
    assert found[2].phi.low == pytest.approx(0.9 / 1.6)


@pytest.mark.parametrize(
    ("single", "target", "needed"),
    [(0.44, 0.70, 3), (0.7, 0.7, 1), (0.5, 0.8, 4), (0.9, 0.7, 1), (0.0, 0.7, None), (1.0, 0.7, 1)],
)
def test_reviewers_needed(single: float, target: float, needed: int | None) -> None:
    assert reviewers_needed(single, target) == needed


def test_without_an_estimate_there_is_no_plan() -> None:
    assert decision_study(Estimate.none("none"))[0].phi.value is None

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.stats import mannwhitneyu

from tests.inflation.examples import cohort_with_histories, history
from toolkit.inflation.growth_spike import GrowthSpike, growth_spike
from toolkit.inflation.training.star_spikes import RECIPES, labelled_spikes
from toolkit.inflation.tree_model import shipped_trees

DATA = Path(__file__).parents[1] / "data"
BOUGHT = [2, 3, 1, 2, 180, 2, 1, 3, 2, 1]
NEWS = [40, 35, 50, 44, 600, 420, 260, 180, 140, 120, 110, 100]
VIRAL = [20, 25, 18, 30, 22, 2_400, 900, 450, 300, 210, 160, 150, 140, 130, 120, 120]


def judge(*histories: list[float], score: str = "github_stars") -> GrowthSpike:
    people = ("ann", "bo", "cem")
    tables = [history(h, who, score) for h, who in zip(histories, people, strict=False)]
    return growth_spike(cohort_with_histories(*tables), 0.01)


def test_a_campaign_and_a_launch() -> None:
    found = judge(BOUGHT, NEWS)
    assert found.strength[0] >= 0.5 > found.strength[1]
    assert found.probability[0] > found.probability[1]
    assert np.isnan(found.probability[2])
    (reason,) = found.explain(0).reasons
    assert "180 new github stars in 2023-05, 91 % of all in the history" in reason
    assert "against 2 in a usual month and 1.8 a month afterwards" in reason
    assert "onsistent with a bought campaign" in reason
    assert "12 stand out" in found.explain(1).against[0]


@pytest.mark.parametrize("score", ["github_stars", "followers"])
def test_a_viral_month_is_not_flagged(score: str) -> None:
    assert judge(VIRAL, score=score).strength[0] < 0.5


def test_a_larger_spike_of_stars_is_less_suspicious() -> None:
    small, large = judge([1, 1, 1, 1, 100, 1, 1, 1], [1, 1, 1, 1, 10_000, 1, 1, 1]).probability[:2]
    assert large < small


def test_nothing_stands_out() -> None:
    found = judge([5, 7, 6, 4, 8, 5, 6])
    assert (found.probability[0], found.strength[0]) == (0.0, 0.0)
    assert found.explain(0).against == ("GitHub stars: none of 7 months stands out.",)
    assert found.explain(1).reasons == ()


def test_a_score_on_a_fixed_scale_is_not_judged() -> None:
    found = judge([30, 31, 30, 62, 62, 61, 60], score="klout")
    assert np.isnan(found.probability).all()
    assert "six months" in found.lacking or "6 months" in found.lacking


def test_it_tells_suspected_campaigns_from_organic_spikes() -> None:
    """On the spikes that the models were fitted to; the cards have the held-out figures."""
    spikes = labelled_spikes(DATA)
    suspected = spikes.labels == 1
    assert (int(suspected.sum()), int((~suspected).sum())) == (261, 1517)
    for name in (recipe.name for recipe in RECIPES):
        found = shipped_trees(name).probability(spikes.features)
        u = mannwhitneyu(found[suspected], found[~suspected]).statistic
        claimed = shipped_trees(name).about["performance"]["held_out, all years"]
        assert u / (261 * 1517) > claimed["auc"] > 0.89
    # Not size: larger spikes are mostly organic.
    size = spikes.features["size"]
    assert mannwhitneyu(size[suspected], size[~suspected]).statistic / (261 * 1517) < 0.3

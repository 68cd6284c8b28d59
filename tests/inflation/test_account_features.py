from __future__ import annotations

import math

import numpy as np
import pytest

from tests.inflation.examples import facts_of
from toolkit.inflation.account_features import FEATURES, account_features
from toolkit.inflation.additive_model import shipped_model


def test_the_features_of_one_account_by_hand() -> None:
    facts = facts_of(
        {"followers": 90, "following": 990, "posts": 9, "listed": 0, "likes": 99, "has_bio": False}
    )
    found = {name: float(values[0]) for name, values in account_features(facts).items()}
    assert found["posts"] == pytest.approx(1.0)
    assert found["following_over_followers"] == pytest.approx(math.log10(1000 / 100))
    assert found["posts_over_followers"] == pytest.approx(math.log10(10 / 100))
    assert found["likes_over_posts"] == pytest.approx(math.log10(100 / 10))
    assert found["listed_over_followers"] == pytest.approx(math.log10(1 / 100))
    assert found["has_bio"] == 0.0
    assert math.isnan(found["age"])
    assert math.isnan(found["posts_per_day"])


def test_every_feature_is_described_and_there() -> None:
    found = account_features(facts_of({"followers": 1}))
    assert set(found) == set(FEATURES)


@pytest.mark.parametrize("name", ["bought_followers", "automated"])
def test_the_models_ask_for_nothing_else(name: str) -> None:
    assert set(shipped_model(name).features) <= set(FEATURES)


def test_at_a_handful_of_followers_a_handful_of_follows_decides_little() -> None:
    newcomer, grown = account_features(
        facts_of({"followers": 1, "following": 10}, {"followers": 100, "following": 1000})
    )["following_over_followers"]
    assert newcomer < np.log10(2)
    assert grown > np.log10(9)

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.stats import mannwhitneyu

from tests.inflation.examples import facts_of
from toolkit.inflation.additive_model import shipped_model
from toolkit.inflation.automated import automated
from toolkit.inflation.training.labelled_accounts import twitter_bots

DATA = Path(__file__).parents[1] / "data"


def test_a_programme_and_a_person() -> None:
    found = automated(
        facts_of(
            {"followers": 40, "following": 0, "posts": 85_000, "likes": 0, "listed": 30},
            {"followers": 420, "following": 380, "posts": 2_100, "likes": 4_000, "listed": 6},
        ),
        0.01,
    )
    assert found.strength[0] >= 0.5 > found.strength[1]
    (reason,) = found.explain(0).reasons
    assert "consistent with an account that a programme writes" in reason
    assert "85,000 posts" in reason
    assert found.explain(0).would_change
    assert found.explain(1).against == ("The profile does not stand out as automated.",)


def test_it_takes_followers_follows_and_posts() -> None:
    unknown = {"followers": 1, "following": 2}
    found = automated(facts_of(unknown, {"posts": 3}, {**unknown, "posts": 2}), 0.01)
    assert np.isnan(found.probability).all()
    assert "followers, following and at least 3 posts" in found.lacking


def test_other_networks_are_not_judged() -> None:
    account = {"followers": 40, "following": 0, "posts": 85_000, "platform": "GitHub"}
    assert np.isnan(automated(facts_of(account), 0.01).probability[0])


def test_it_tells_the_labelled_accounts_apart() -> None:
    """On the accounts that it was fitted to; the cards have the held-out figures."""
    bots = twitter_bots(DATA)
    found = shipped_model("automated").probability(bots.features)
    programme, person = found[bots.labels == 1], found[bots.labels == 0]
    assert (programme.size, person.size) == (1056, 1170)
    auc = mannwhitneyu(programme, person).statistic / (programme.size * person.size)
    assert auc > 0.96
    claimed = shipped_model("automated").about["performance"]["held_out"]["auc"]
    assert auc > claimed


@pytest.mark.parametrize("fact", ["verified", "has_picture", "has_bio"])
def test_what_a_person_has_never_raises_the_suspicion(fact: str) -> None:
    account = {"followers": 100, "following": 50, "posts": 500}
    without, having = automated(
        facts_of({**account, fact: False}, {**account, fact: True}), 0.01
    ).probability
    assert having <= without

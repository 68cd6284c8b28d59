from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inflation.examples import cohort_of, facts_of
from toolkit.inflation.account_facts import account_facts
from toolkit.inflation.bought_followers import BoughtFollowers, bought_followers
from toolkit.inflation.inflation import inflation
from toolkit.intake.from_frame import cohort_from_frame

RATE = 0.01
ORDINARY = {"followers": 350, "following": 280, "posts": 900, "has_picture": True, "has_bio": True}


def judge(*accounts: dict[str, Any]) -> BoughtFollowers:
    return bought_followers(facts_of(*accounts), RATE)


def test_a_follow_back_ring() -> None:
    found = judge({"followers": 100_000, "following": 150_000, "posts": 4_000})
    assert found.strength[0] >= 0.5
    (reason,) = found.explain(0).reasons
    assert "100,000 followers while following 150,000" in reason
    assert "consistent with a follow-back ring" in reason


def test_a_million_followers_for_one_post() -> None:
    found = judge({"followers": 1_000_000, "following": 0, "posts": 1})
    assert found.strength[0] >= 0.5
    (reason,) = found.explain(0).reasons
    assert "1,000,000 followers for 1 post" in reason
    assert "follows 0" in reason
    assert "onsistent with bought followers" in reason


def test_an_audit_that_found_most_followers_fake() -> None:
    found = judge({**ORDINARY, "fake_share": 62.0, "inactive_share": 21.0})
    assert found.strength[0] >= 0.5
    (reason,) = found.explain(0).reasons
    assert "62 % of the sampled followers fake and 21 % inactive" in reason


def test_an_account_that_looks_like_a_sold_one() -> None:
    sold = {"followers": 12, "following": 3_900, "posts": 0, "has_picture": False, "has_bio": False}
    found = judge(sold)
    assert found.strength[0] >= 0.5
    (reason,) = found.explain(0).reasons
    assert "it follows 3,900 and is followed by 12, with no posts, no picture and no bio" in reason


@pytest.mark.parametrize(
    "account",
    [
        pytest.param(ORDINARY, id="an ordinary account"),
        pytest.param(
            {**ORDINARY, "followers": 1_000, "following": 1_000, "posts": 300},
            id="organic, as many follows as followers",
        ),
        pytest.param(
            {"followers": 1_000, "following": 2_000, "posts": 300},
            id="organic, half of its follows reciprocated",
        ),
        pytest.param(
            {"followers": 12_000, "following": 6_000, "posts": 9_000},
            id="a large organic account, half of its followers followed back",
        ),
        pytest.param({"followers": 5_000_000, "following": 0, "posts": 2_500}, id="celebrity"),
        pytest.param({"followers": 80_000_000, "following": 0, "posts": 150}, id="quiet celebrity"),
        pytest.param(
            {"followers": 27_000_000, "following": 3, "posts": 2, "verified": True},
            id="verified, hardly any posts",
        ),
        pytest.param({"followers": 10}, id="ten followers and nothing else known"),
        pytest.param({"followers": 10, "following": 25}, id="newcomer, two facts"),
        pytest.param({"followers": 10, "following": 40, "posts": 2}, id="newcomer, three facts"),
        pytest.param(
            {"followers": 10, "following": 10, "posts": 0, "has_picture": True, "has_bio": True},
            id="newcomer without posts",
        ),
        pytest.param(
            {"followers": 10, "following": 60, "posts": 3, "has_picture": True, "has_bio": True},
            id="newcomer looking around",
        ),
        pytest.param({"followers": 0, "following": 0, "posts": 0}, id="nothing yet"),
        pytest.param({**ORDINARY, "fake_share": 12.0}, id="a usual audit"),
        pytest.param({**ORDINARY, "inactive_share": 85.0}, id="an old audience, asleep"),
        pytest.param(
            {"followers": 900_000, "following": 12, "posts": 30_000}, id="big numbers alone"
        ),
        pytest.param({"followers": 400, "following": 7_000, "posts": 2_000}, id="a heavy reader"),
    ],
)
def test_not_flagged_on_one_fact_alone(account: dict[str, Any]) -> None:
    result = inflation(cohort_of(account))
    assert not result.flagged[0], result.of("ann")


@pytest.mark.parametrize(
    ("account", "judged"),
    [
        ({"followers": 10}, False),
        ({"following": 10, "posts": 3}, False),
        ({"followers": 10, "posts": 3}, True),
        ({"followers": 10, "following": 3}, True),
        ({"fake_share": 3.0}, True),
        ({"followers": 10, "following": 3, "posts": 1, "platform": "GitHub"}, False),
        ({"fake_share": 60.0, "platform": "LinkedIn"}, True),
    ],
)
def test_which_facts_it_takes(account: dict[str, Any], judged: bool) -> None:
    assert np.isnan(judge(account).probability[0]) != judged


def test_verified_speaks_against() -> None:
    silent = {"followers": 50_000, "following": 10, "posts": 2}
    plain, verified = judge(silent, {**silent, "verified": True}).strength
    assert plain >= 0.5 > verified
    assert "The account is verified." in judge({**silent, "verified": True}).explain(0).against


def test_a_low_audit_stands_beside_the_suspicion() -> None:
    told = judge({"followers": 100_000, "following": 150_000, "fake_share": 4.0}).explain(0)
    assert "follow-back ring" in told.reasons[0]
    assert told.against == ("An audit found only 4 % of the sampled followers fake.",)
    assert len(told.would_change) == 1


def test_the_most_suspicious_account_counts_and_is_named() -> None:
    accounts = pd.DataFrame(
        {
            "candidate_id": ["ann", "ann"],
            "platform": ["Instagram", "Twitter"],
            "followers": [300, 1_000_000],
            "following": [200, 0],
            "posts": [400, 1],
        }
    )
    cohort = cohort_from_frame(pd.DataFrame(index=["ann"]), accounts=accounts)
    found = bought_followers(account_facts(cohort), RATE)
    assert found.explain(0).reasons[0].startswith("On Twitter: 1,000,000 followers for 1 post")


def test_rules_rise_between_their_marks() -> None:
    audits = [20.0, 25.0, 30.0, 40.0, 50.0, 75.0, 100.0]
    found = judge(*({"fake_share": share} for share in audits)).probability
    # Straight lines through (20, 0), (30, .5), (50, .95), (100, .995).
    assert found == pytest.approx([0.0, 0.25, 0.5, 0.725, 0.95, 0.9725, 0.995])


@given(
    st.integers(0, 10**9),
    st.integers(0, 10**7),
    st.integers(0, 10**6),
    st.floats(0, 100) | st.none(),
)
def test_always_a_probability(followers: int, following: int, posts: int, fake: float) -> None:
    found = judge(
        {"followers": followers, "following": following, "posts": posts, "fake_share": fake}
    )
    assert 0.0 <= found.probability[0] <= 1.0
    assert 0.0 <= found.strength[0] <= 1.0


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**5))
def test_more_follows_for_the_same_followers_are_never_less_suspicious(
    followers: int, following: int, more: int
) -> None:
    less, greater = judge(
        {"followers": followers, "following": following},
        {"followers": followers, "following": following + more},
    ).probability
    assert greater >= less - 1e-12


def test_no_candidates_with_accounts() -> None:
    found = bought_followers(facts_of(), RATE)
    assert found.probability.size == 0

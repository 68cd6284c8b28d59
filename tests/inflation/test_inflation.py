from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inflation.examples import cohort_of, history, names
from toolkit.errors import UnknownName
from toolkit.inflation.inflation import Inflation, inflation
from toolkit.inflation.suspicion import DETECTORS
from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.screen import Screen

KEYS = {"candidate_id", *DETECTORS, "suspicion", "reasons"}
RING = {"followers": 100_000, "following": 150_000, "posts": 4_000}
BOUGHT = {"followers": 1_000_000, "following": 0, "posts": 1}
ORDINARY = {"followers": 350, "following": 280, "posts": 900}


def test_the_games_of_2011_are_caught_and_the_rest_is_left_alone() -> None:
    cohort = cohort_of(RING, BOUGHT, ORDINARY, klout=[62, 50, 44])
    result = inflation(cohort)
    assert result.flagged_ids == ["ann", "bo"]
    assert "while following 150,000" in result.of("ann").reasons[0]
    assert "for 1 post" in result.of("bo").reasons[0]
    cem = result.of("cem")
    assert (cem.reasons, cem.flagged) == ((), False)
    assert cem.against
    assert set(cem.not_assessed) == {"growth_spike", "score_above_work"}


def test_the_contract() -> None:
    """DESIGN: accounts with five detectors, suspicion and reasons; reward with six keys."""
    cohort = cohort_of(
        *([RING] * 4 + [ORDINARY] * 6),
        klout=[70, 72, 68, 75, 40, 44, 42, 39, 41, 45],
        portfolio=[1, 2, 3, 4, 1, 2, 3, 4, 2, 3],
    )
    result = inflation(cohort, Screen(places=4, weights={"klout": 1.0}))
    content = json.loads(json.dumps(result.to_dict(), allow_nan=False))
    assert len(content["accounts"]) == 10
    assert set(content["accounts"][0]) >= KEYS
    for entry in content["accounts"]:
        for detector in DETECTORS:
            assert entry[detector] is None or 0 <= entry[detector] <= 1
    assert {"odds_ratio", "low", "high", "p", "selected_inflated", "selected_other"} <= set(
        content["reward"]
    )
    assert content["reward"]["selected_inflated"] == 4
    assert content["reward"]["selected_other"] == 0


def test_a_screen_on_the_score_rewards_what_a_screen_on_work_does_not() -> None:
    klout = [70, 72, 68, 75, 71, 40, 44, 42, 39, 41, 45, 43] * 3
    work = [1, 4, 2, 3, 1, 4, 1, 2, 3, 4, 3, 2] * 3
    cohort = cohort_of(*([RING] * 5 + [ORDINARY] * 7) * 3, klout=klout, portfolio=work)
    by_score = inflation(cohort, Screen(places=12, weights={"klout": 1.0})).reward
    by_work = inflation(cohort, Screen(places=12, weights={"portfolio": 1.0})).reward
    assert by_score is not None
    assert by_work is not None
    assert by_score.low is not None
    assert by_score.low > 1
    assert by_work.p is None or by_work.p > 0.2


def test_without_a_screen_there_is_no_reward() -> None:
    assert inflation(cohort_of(ORDINARY, klout=[50])).to_dict()["reward"] is None


@pytest.mark.parametrize(
    "cohort",
    [
        pytest.param(cohort_from_frame(pd.DataFrame(index=["ann"])), id="one candidate, nothing"),
        pytest.param(cohort_of(ORDINARY), id="one candidate, one account"),
        pytest.param(cohort_of(*[ORDINARY] * 10, klout=[50] * 10), id="all alike"),
        pytest.param(
            cohort_of({"followers": 0, "following": 0, "posts": 0}, klout=[1]), id="all zero"
        ),
        pytest.param(
            cohort_of(klout=[np.nan] * 9, portfolio=[np.nan] * 9), id="all values missing"
        ),
        pytest.param(cohort_of(klout=[50.0] * 9, portfolio=[3.0] * 9), id="constants"),
    ],
)
def test_the_edges(cohort: Cohort) -> None:
    result = inflation(cohort)
    assert len(result.accounts) == len(cohort)
    json.dumps(result.to_dict(), allow_nan=False)
    assert not result.flagged.any()


def test_nothing_known_is_not_a_clean_bill() -> None:
    (nobody,) = inflation(cohort_from_frame(pd.DataFrame(index=["ann"]))).accounts
    assert nobody.suspicion is None
    assert set(nobody.not_assessed) == set(DETECTORS)
    assert all(text.startswith("Not enough facts: needs ") for text in nobody.not_assessed.values())


def test_a_verified_viral_month_is_not_flagged() -> None:
    months = [20, 25, 18, 30, 22, 2_400, 900, 450, 300, 210, 160, 150, 140, 130]
    cohort = cohort_from_frame(
        pd.DataFrame({"github_stars": [5_000.0]}, index=["ann"]),
        accounts=pd.DataFrame(
            [
                {
                    "candidate_id": "ann",
                    "followers": 9_000,
                    "following": 300,
                    "posts": 4_000,
                    "verified": True,
                }
            ]
        ),
        score_history=history(months, score="followers"),
    )
    assert not inflation(cohort).flagged[0]


def test_one_candidate_is_found_by_code() -> None:
    result = inflation(cohort_of(RING, ORDINARY))
    assert result.of("ann") == result.accounts[0]
    with pytest.raises(UnknownName, match=r"no candidate 'annn'\. Did you mean 'ann'"):
        result.of("annn")


def test_a_stricter_rate_flags_no_more() -> None:
    accounts = [{"followers": 20 * i, "following": 900, "posts": i} for i in range(1, 9)]
    cohort = cohort_of(*accounts)
    loose, strict = inflation(cohort, false_flag_rate=0.5), inflation(cohort, false_flag_rate=0.01)
    assert set(strict.flagged_ids) < set(loose.flagged_ids)
    assert strict.probabilities.equals(loose.probabilities)


def test_group_membership_changes_nothing() -> None:
    cohort = cohort_of(RING, ORDINARY, klout=[62, 50])
    with_groups = replace(
        cohort, groups=pd.DataFrame({"sex": ["f", "m"]}, index=cohort.candidate_ids)
    )
    assert inflation(cohort).to_dict() == inflation(with_groups).to_dict()


counts = st.integers(0, 10**6) | st.none()
accounts = st.fixed_dictionaries(
    {
        "followers": counts,
        "following": counts,
        "posts": counts,
        "verified": st.booleans() | st.none(),
        "fake_share": st.floats(0, 100) | st.none(),
    }
)


@given(st.lists(accounts, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_candidates_does_not_matter(drawn: list[dict[str, Any]], random: Any) -> None:
    ids = names(len(drawn))
    klout = [float(30 + (7 * i) % 60) for i in range(len(drawn))]
    order = list(range(len(drawn)))
    random.shuffle(order)

    def result(places: list[int]) -> Inflation:
        frame = pd.DataFrame({"klout": [klout[i] for i in places]}, index=[ids[i] for i in places])
        table = pd.DataFrame([{"candidate_id": ids[i], **drawn[i]} for i in places])
        return inflation(cohort_from_frame(frame, accounts=table))

    plain, turned = result(list(range(len(drawn)))), result(order)
    for name in ids:
        one, other = plain.of(name), turned.of(name)
        assert one.reasons == other.reasons
        assert one.suspicion == pytest.approx(other.suspicion, nan_ok=True)
        assert one.flagged == (one.suspicion is not None and one.suspicion >= 0.5)
        assert not one.flagged or one.reasons


def test_twenty_thousand_candidates() -> None:
    n = 20_000
    generator = np.random.default_rng(0)
    ids = [f"c{i}" for i in range(n)]
    frame = pd.DataFrame(
        {
            "klout": generator.integers(1, 100, n).astype(float),
            "kred_influence": generator.integers(0, 1000, n).astype(float),
            "portfolio": generator.normal(3, 1, n),
        },
        index=ids,
    )
    table = pd.DataFrame(
        {
            "candidate_id": ids,
            "followers": (10 ** generator.normal(2.5, 1, n)).astype(int),
            "following": (10 ** generator.normal(2.5, 0.6, n)).astype(int),
            "posts": (10 ** generator.normal(3, 1, n)).astype(int),
        }
    )
    cohort = cohort_from_frame(frame, accounts=table)
    screen = Screen(places=500, weights={"klout": 1.0, "portfolio": 1.0})
    result = inflation(cohort, screen)
    assert result.reward is not None
    assert result.reward.odds_ratio is not None


@pytest.mark.parametrize("rate", [0.02, 0.05, 0.2])
def test_a_candidate_is_flagged_from_the_rate_it_says(rate: float) -> None:
    draw = np.random.default_rng(9)
    accounts = [
        {
            "followers": float(draw.integers(1, 40_000)),
            "following": float(draw.integers(0, 20_000)),
            "posts": float(draw.integers(0, 200)),
            "has_picture": bool(draw.integers(0, 2)),
        }
        for _ in range(200)
    ]
    found = inflation(cohort_of(*accounts), false_flag_rate=rate)
    # Where a table of operating points ends, a strict rate cannot be told from a stricter one.
    assert np.array_equal(found.flagged, found.flagged_from_rate <= rate + 1e-9)


@pytest.mark.parametrize(
    "account",
    [
        pytest.param(
            {"followers": 2_000, "following": 2_000, "posts": 900}, id="half reciprocated"
        ),
        pytest.param({"followers": 5_000_000, "following": 0, "posts": 2_500}, id="celebrity"),
        pytest.param({"followers": 10, "following": 40, "posts": 2}, id="newcomer"),
    ],
)
def test_nobody_is_flagged_on_one_such_fact_alone(account: dict[str, float]) -> None:
    found = inflation(cohort_of(account)).of("ann")
    assert found.suspicion is not None
    assert not found.flagged


@pytest.mark.parametrize("score", ["github_stars", "followers"])
def test_a_viral_month_is_not_flagged_whatever_is_counted(score: str) -> None:
    months = pd.date_range("2023-01-01", periods=14, freq="MS")
    counts = [12.0, 15, 9, 14, 11, 13, 9_000, 2_400, 900, 420, 260, 180, 150, 140]
    table = pd.DataFrame({"candidate_id": "ann", "score": score, "date": months, "value": counts})
    cohort = cohort_from_frame(
        pd.DataFrame({"klout": [50.0]}, index=["ann"]),
        accounts=pd.DataFrame(
            {
                "candidate_id": ["ann"],
                "followers": [20_000],
                "following": [300],
                "posts": [800],
                "verified": [True],
            }
        ),
        score_history=table,
    )
    found = inflation(cohort).of("ann")
    assert found.growth_spike is not None
    assert not found.flagged
    assert any("verified" in text for text in found.against)

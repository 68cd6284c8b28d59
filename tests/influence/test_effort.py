"""Effort: the worked example, campaigns and root finding as oracles, and what is not known."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import brentq
from scipy.stats import t as student

from tests.cli.running import AGENCY
from toolkit.inflation.score_relation import Relation, ScoreRelation, score_relations
from toolkit.influence import effort as effort_module
from toolkit.influence.campaign import buy_followers
from toolkit.influence.effort import Effort, effort, efforts
from toolkit.influence.effort_wording import effort_phrase, effort_sentence
from toolkit.influence.influence import influence
from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.intake.read import read_cohort
from toolkit.screening.decisions import decide
from toolkit.screening.screen import Screen


def cohort_of(accounts: pd.DataFrame | None = None, **columns: list[float]) -> Cohort:
    size = len(next(iter(columns.values())))
    ids = pd.Index([f"c{i}" for i in range(size)], name="candidate_id")
    cohort = cohort_from_frame(pd.DataFrame(columns, index=ids, dtype=np.float64))
    if accounts is not None:
        object.__setattr__(cohort, "accounts", accounts)
    return cohort


def accounts_of(followers: list[float | None], platform: str = "twitter") -> pd.DataFrame:
    rows = [(f"c{i}", platform, f) for i, f in enumerate(followers) if f is not None]
    return pd.DataFrame(rows, columns=["candidate_id", "platform", "followers"])


@pytest.fixture
def ten_points_for_ten_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """score = 10 + 10 · log₁₀(1 + followers), give or take 5; 8 with posts held still."""
    alone = Relation(("followers",), np.array([10.0, 10.0]), np.zeros((2, 2)), 5.0, 1_000, 0.6)
    both = Relation(
        ("followers", "posts"), np.array([9.0, 8.0, 2.0]), np.zeros((3, 3)), 4.0, 1_000, 0.7
    )
    relation = ScoreRelation("klout", 1, 100, (both, alone), {"audience": [0, 100_000]})
    monkeypatch.setattr(effort_module, "score_relations", lambda: {"klout": relation})


def changes_of(cohort: Cohort, klout: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"klout": klout}, index=cohort.candidate_ids)


@pytest.mark.usefixtures("ten_points_for_ten_times")
def test_ten_points_more_are_ten_times_the_audience() -> None:
    """99 followers make 1 + f = 100. Ten points more: 1,000, so 900 more; eight points more
    with the slope of 8 held still: 10 times as much as well. Ten points fewer: 10, so 90 fewer.
    """
    cohort = cohort_of(accounts_of([99, 99, 99]), klout=[30, 30, 30])
    found = efforts(cohort, changes_of(cohort, [10, -10, 8]))["klout"]
    first, second, third = (found.at(row) for row in range(3))
    assert first is not None
    assert (first.amount, first.low, first.high) == (900, 900, round(100 * (10**1.25 - 1) + 0.5))
    assert (first.basis, first.audience, first.unit) == ("own audience", 99, "followers")
    assert second is not None
    assert (second.amount, second.high) == (-90, -90)
    assert second.money is None
    assert third is not None
    assert third.high == 900
    # At 1 to 18 dollars a thousand: 900 cost 0.90, and the 1,679 of the range's end 30.22.
    assert first.money is not None
    assert first.money.low == pytest.approx(0.9)
    assert first.money.high == pytest.approx(18 * first.high / 1000)


@pytest.mark.usefixtures("ten_points_for_ten_times")
def test_how_loosely_the_score_is_tied_stands_beside_it() -> None:
    """At 999 followers 40 is expected, give or take 5 times Student's t; within 1 to 100."""
    cohort = cohort_of(accounts_of([99, 99]), klout=[30, 30])
    found = efforts(cohort, changes_of(cohort, [10, -10]))["klout"]
    half = student.ppf(0.975, 998) * 5
    first, second = found.at(0), found.at(1)
    assert first is not None
    assert first.usual_scores == pytest.approx((40 - half, 40 + half))
    assert first.to_dict()["usual_scores"] == pytest.approx([40 - half, 40 + half])
    assert second is not None
    assert second.usual_scores == pytest.approx((20 - half, 20 + half))
    assert "95 % scored from 30 to 50." in effort_sentence(first)


@pytest.mark.usefixtures("ten_points_for_ten_times")
def test_without_an_account_it_starts_from_the_audience_usual_for_the_score() -> None:
    cohort = cohort_of(accounts_of([None, None]), klout=[40, 40])
    one = efforts(cohort, changes_of(cohort, [10, np.nan]))["klout"].at(0)
    assert one is not None
    assert (one.basis, one.audience, one.amount) == ("audience usual for the score", 999, 9_000)

    # The audiences at which 40 is at an end of the 95 % prediction interval of a single account.
    half = student.ppf(0.975, 998) * 5
    fewest = brentq(lambda f: 10 + 10 * np.log10(1 + f) + half - 40, 0, 1e6)
    most = brentq(lambda f: 10 + 10 * np.log10(1 + f) - half - 40, 0, 1e6)
    assert one.low == pytest.approx(9 * (1 + fewest), abs=10)
    # The far end, 10^(10/8) times the largest such audience, is more than anyone in the sample.
    assert (1 + most) * 10**1.25 > 100_000
    assert one.high is None
    assert one.money is not None
    assert one.money.high is None


@pytest.mark.usefixtures("ten_points_for_ten_times")
def test_beyond_the_sample_nothing_is_said() -> None:
    cohort = cohort_of(accounts_of([99, 99, 200_000, 99]), klout=[30, 30, 60, 30])
    # 31 points are 1,259 times the audience; 21 points fewer are less than none.
    found = efforts(cohort, changes_of(cohort, [31, -21, -1, np.nan]))["klout"]
    assert [found.at(row) for row in range(4)] == [None] * 4
    near_the_end = efforts(cohort, changes_of(cohort, [29, 1, 1, 1]))["klout"].at(0)
    assert near_the_end is not None
    assert near_the_end.high is None


@pytest.mark.usefixtures("ten_points_for_ten_times")
def test_only_twitter_accounts_are_compared_with_a_sample_of_twitter() -> None:
    cohort = cohort_of(accounts_of([99], "github"), klout=[40])
    one = efforts(cohort, changes_of(cohort, [10]))["klout"].at(0)
    assert one is not None
    assert one.basis == "audience usual for the score"


def test_a_campaign_of_that_size_buys_the_place() -> None:
    """The same relation asked the other way round: what it takes is enough, for each alone."""
    cohort = read_cohort(AGENCY)
    screen = Screen.read(AGENCY / "screen.toml").without("kred_influence")
    decisions = decide(cohort, screen)
    found = effort(cohort, decisions)["klout"]
    tried = 0
    for row in np.flatnonzero(~decisions.selected):
        one = found.at(int(row))
        if one is not None and one.basis == "own audience":
            tried += 1
            bought = buy_followers(cohort, decisions, one.amount).buys_a_place
            assert cohort.candidate_ids[row] in bought
            assert (
                cohort.candidate_ids[row]
                not in buy_followers(cohort, decisions, max(one.amount // 2, 1)).buys_a_place
            )
    assert tried > 5


@pytest.mark.parametrize("score", ["klout", "kred_influence"])
def test_the_ranges_hold_the_estimate(score: str) -> None:
    relation = score_relations()[score]
    rng = np.random.default_rng(3)
    n = 400
    cohort = cohort_of(
        accounts_of([None if i % 3 == 0 else int(10 ** rng.uniform(0, 5)) for i in range(n)]),
        **{score: rng.uniform(relation.low, relation.high, n).round().tolist()},
    )
    span = relation.high - relation.low
    change = np.round(rng.uniform(-0.3, 0.3, n) * span)
    found = efforts(cohort, pd.DataFrame({score: change}, index=cohort.candidate_ids))[score]
    known = [one for one in map(found.at, range(n)) if one is not None]
    assert len(known) > 100
    for one in known:
        assert one.low is None or one.low <= one.amount
        assert one.high is None or one.amount <= one.high
        assert one.low is not None or one.high is not None
        assert np.sign(one.amount) == np.sign(one.change)


def test_a_count_is_its_own_effort_and_has_its_price() -> None:
    cohort = cohort_of(followers=[5000, 3000, 1000])
    found = influence(cohort, Screen(places=1, weights={"followers": 1.0}))
    one = found.efforts["followers"].at(1)
    assert one is not None
    # Level at 5,000, a lot decides; one more wins in any case.
    assert one.amount in (2000, 2001)
    assert (one.low, one.high, one.basis) == (one.amount, one.amount, "count")
    assert one.money is not None
    assert one.money.low == pytest.approx(one.amount / 1000)
    assert one.money.high == pytest.approx(one.amount * 18 / 1000)
    assert one.to_dict()["confidence"] is None


def test_it_is_in_the_json_and_nothing_where_nothing_is_known() -> None:
    cohort = cohort_of(
        accounts_of([1000, 1000]), klout=[60, 45], linkedin_ssi=[50, 40], portfolio=[1, 2]
    )
    screen = Screen(places=1, weights={"klout": 1, "linkedin_ssi": 1, "portfolio": 1})
    detail = json.loads(json.dumps(influence(cohort, screen).to_dict()["candidates_detail"]))
    for one in detail:
        assert list(one["effort"]) == ["klout", "linkedin_ssi", "portfolio"]
        assert one["effort"]["linkedin_ssi"] is None
        assert one["effort"]["portfolio"] is None
    money = detail[1]["effort"]["klout"]["money"]
    assert (money["currency"], money["year"]) == ("US dollars", "2013")
    assert "Stringhini" in money["source"]
    assert detail[0]["effort"]["klout"]["money"] is None
    assert detail[0]["effort"]["klout"]["amount"] < 0


def test_nobody_and_no_score() -> None:
    nobody = cohort_from_frame(pd.DataFrame({"candidate_id": [], "klout": []}))
    assert effort(nobody, decide(nobody, Screen(weights={"klout": 1}))).keys() == {"klout"}
    none = cohort_of(portfolio=[1, 2])
    assert effort(none, decide(none, Screen(places=1, weights={"portfolio": 1}))) == {}
    missing = cohort_of(klout=[50, np.nan])
    found = influence(missing, Screen(places=1, weights={"klout": 1}))
    assert found.efforts["klout"].at(1) is None


def test_a_whole_number_is_not_told_as_if_it_were_measured() -> None:
    one = Effort(
        "klout", 5, "followers", 2312, 1402, 3980, "audience usual for the score", 1138, None
    )
    assert effort_phrase(one) == "about 2,300 more followers (1,400 to 4,000)"
    assert effort_sentence(one) == (
        "It would take about 2,300 more followers (1,400 to 4,000). The candidate's own audience "
        "is not known; about 1,100 followers are usual for this score."
    )


def test_the_money_names_year_and_source_and_advises_nothing() -> None:
    cohort = cohort_of(accounts_of([1000, 1000]), klout=[60, 45])
    found = influence(cohort, Screen(places=1, weights={"klout": 1}))
    one = found.efforts["klout"].at(1)
    assert one is not None
    said = effort_sentence(one)
    assert "At 1 to 18 US dollars for 1,000 in 2013, so many were on sale for" in said
    assert "Stringhini et al. 2013" in said
    assert "should" not in said
    assert "buy" not in said.lower()

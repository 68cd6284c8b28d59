from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inflation.examples import cohort_of, facts_of, history
from toolkit.errors import InputError
from toolkit.inflation.account_facts import account_facts, per_candidate
from toolkit.intake.from_frame import cohort_from_frame


def test_facts_stand_in_cohort_order_and_the_unknown_is_nan() -> None:
    frame = pd.DataFrame({"portfolio": [1.0, 2.0, 3.0]}, index=["ann", "bo", "cem"])
    accounts = pd.DataFrame(
        {
            "candidate_id": ["cem", "ann", "cem"],
            "platform": ["Twitter", None, "Instagram"],
            "followers": [10, 20, 30],
            "verified": [True, None, False],
        }
    )
    facts = account_facts(cohort_from_frame(frame, accounts=accounts))
    assert facts.position.tolist() == [0, 2, 2]
    assert facts.platform == ("", "Twitter", "Instagram")
    assert facts.followers.tolist() == [20, 10, 30]
    assert facts.verified.tolist()[1:] == [1.0, 0.0]
    assert np.isnan(facts.verified[0])
    assert np.isnan(facts.posts).all()


def test_no_accounts_at_all() -> None:
    facts = account_facts(cohort_from_frame(pd.DataFrame(index=["ann"])))
    assert len(facts) == 0
    assert facts.n_candidates == 1


def test_counts_among_the_signals_stand_in_for_a_missing_account() -> None:
    frame = pd.DataFrame(
        {"followers": [5.0, 6.0, np.nan], "friends": [7.0, 8.0, 9.0], "posts": [1.0, np.nan, 2.0]},
        index=["ann", "bo", "cem"],
    )
    accounts = pd.DataFrame({"candidate_id": ["bo"], "followers": [600], "platform": ["X"]})
    facts = account_facts(cohort_from_frame(frame, accounts=accounts))
    assert facts.position.tolist() == [0, 1]
    assert facts.followers.tolist() == [5, 600]
    assert facts.following[0] == 7
    assert np.isnan(facts.following[1])
    assert facts.platform == ("", "X")


def test_age_counts_to_the_date_of_reading() -> None:
    cohort = cohort_of(
        {"followers": 1, "created": "2012-03-01"}, {"followers": 1, "created": "bad"}
    )
    facts = account_facts(cohort, as_of=dt.date(2013, 3, 1))
    assert facts.age_days[0] == 365
    assert np.isnan(facts.age_days[1])


def test_age_is_read_from_the_histories_or_not_at_all() -> None:
    frame = pd.DataFrame(index=["ann", "bo"])
    accounts = pd.DataFrame(
        {"candidate_id": ["ann", "bo"], "created": pd.to_datetime(["2023-05-22", "2024-01-01"])}
    )
    undated = cohort_from_frame(frame, accounts=accounts)
    assert np.isnan(account_facts(undated).age_days).all()
    dated = cohort_from_frame(frame, accounts=accounts, score_history=history([1] * 6))
    ages = account_facts(dated).age_days
    # The history ends on 1 June 2023; the second account was made after that.
    assert ages[0] == 10
    assert np.isnan(ages[1])


@pytest.mark.parametrize("column", ["followers", "posts", "fake_share"])
def test_a_negative_count_names_candidate_and_column(column: str) -> None:
    with pytest.raises(InputError, match=rf"candidate 'bo', column '{column}': -3 is negative"):
        facts_of({column: 4}, {column: -3})


def test_an_account_of_a_stranger_is_refused() -> None:
    frame = pd.DataFrame(index=["ann"])
    accounts = pd.DataFrame({"candidate_id": ["zoe"], "followers": [1]})
    with pytest.raises(InputError, match="candidate 'zoe', who is not among the candidates"):
        account_facts(cohort_from_frame(frame, accounts=accounts))


def test_which_networks_are_networks_of_followers() -> None:
    platforms = ["Twitter", "X", "", "Instagram", "GitHub", "Stack Overflow", "stack_overflow"]
    facts = facts_of(*({"followers": 1, "platform": p} for p in platforms))
    assert facts.on_follower_network().tolist() == [True, True, True, True, False, False, False]
    assert facts.on_twitter().tolist() == [True, True, True, False, False, False, False]


@given(st.lists(st.tuples(st.integers(0, 5), st.floats(0, 1) | st.just(float("nan"))), max_size=25))
def test_each_candidate_has_the_highest_of_the_accounts(pairs: list[tuple[int, float]]) -> None:
    position = np.array([p for p, _ in pairs], dtype=np.int64)
    values = np.array([v for _, v in pairs], dtype=float)
    highest, rows = per_candidate(values, position, 6)
    for candidate in range(6):
        own = [(v, i) for i, (p, v) in enumerate(pairs) if p == candidate and v == v]
        if not own:
            assert np.isnan(highest[candidate])
            assert rows[candidate] == -1
        else:
            best = max(v for v, _ in own)
            assert highest[candidate] == best
            assert rows[candidate] == min(i for v, i in own if v == best)

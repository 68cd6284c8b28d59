from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.inflation.examples import cohort_of
from toolkit.inflation.account_facts import account_facts
from toolkit.inflation.score_above_audience import ScoreAboveAudience, score_above_audience
from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame

GNIP = Path(__file__).parents[1] / "data" / "klout_gnip_2013.csv"
SMALL = {"followers": 80, "following": 120, "posts": 300, "listed": 1}


def judge(cohort: Cohort) -> ScoreAboveAudience:
    return score_above_audience(cohort, account_facts(cohort), 0.01)


def test_a_high_score_on_a_small_audience() -> None:
    found = judge(cohort_of(SMALL, SMALL, klout=[70, 30]))
    assert found.strength[0] >= 0.5 > found.strength[1]
    (reason,) = found.explain(0).reasons
    assert reason.startswith("Klout 70, where accounts with this audience and activity had ")
    assert "of 2013" in reason
    assert found.explain(1).reasons == ()
    assert "is within what this audience and activity support" in found.explain(1).against[0]


def test_a_low_score_is_no_suspicion() -> None:
    celebrity = {"followers": 1_000_000, "following": 0, "posts": 1}
    assert judge(cohort_of(celebrity, klout=[50])).probability[0] < 0.05


@pytest.mark.parametrize(
    ("account", "signals"),
    [
        (SMALL, {"peerindex": [90]}),
        (SMALL, {"klout": [np.nan]}),
        ({"following": 10}, {"klout": [90]}),
        ({**SMALL, "platform": "Instagram"}, {"klout": [90]}),
    ],
)
def test_what_cannot_be_compared(
    account: dict[str, float], signals: dict[str, list[float]]
) -> None:
    found = judge(cohort_of(account, **signals))
    assert np.isnan(found.probability[0])
    assert found.explain(0).reasons == ()
    assert "Klout or Kred" in found.lacking


def test_the_largest_twitter_account_counts() -> None:
    accounts = pd.DataFrame(
        {
            "candidate_id": ["ann"] * 3,
            "platform": ["Twitter", "Instagram", "Twitter"],
            "followers": [10, 900_000, 200_000],
        }
    )
    cohort = cohort_from_frame(pd.DataFrame({"klout": [75]}, index=["ann"]), accounts=accounts)
    alone = cohort_from_frame(
        pd.DataFrame({"klout": [75]}, index=["ann"]), accounts=accounts.iloc[[2]]
    )
    assert judge(cohort).probability[0] == judge(alone).probability[0]


def test_the_more_unusual_of_two_scores_counts_for_being_one_of_two() -> None:
    both = judge(cohort_of(SMALL, klout=[45], kred_influence=[300]))
    alone = judge(cohort_of(SMALL, klout=[45]))
    assert both.probability[0] == pytest.approx(alone.probability[0] ** 2)


def test_column_names_as_people_write_them() -> None:
    frame = pd.DataFrame({"Klout Score": [70]}, index=["ann"])
    accounts = pd.DataFrame([{"candidate_id": "ann", **SMALL}])
    assert judge(cohort_from_frame(frame, accounts=accounts)).strength[0] >= 0.5


def test_real_accounts_of_2013_are_rarely_flagged() -> None:
    sample = pd.read_csv(GNIP).rename(columns={"friends": "following", "statuses": "posts"})
    ids = [f"row-{i}" for i in range(len(sample))]
    cohort = cohort_from_frame(
        pd.DataFrame({"klout": sample["klout_score"].to_numpy()}, index=ids),
        accounts=sample[["followers", "following", "posts", "listed"]].assign(candidate_id=ids),
    )
    found = judge(cohort)
    assert not np.isnan(found.probability).any()
    assert (found.strength >= 0.5).sum() <= 3

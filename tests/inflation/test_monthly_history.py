from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inflation.examples import cohort_with_histories, history
from toolkit.errors import InputError
from toolkit.inflation.monthly_history import monthly_history


def test_running_totals_become_gains() -> None:
    cohort = cohort_with_histories(history([100, 110, 125, 125, 900, 905, 910], "bo"))
    found = monthly_history(cohort)
    assert found.monthly.counts.tolist() == [10, 15, 0, 775, 5, 5]
    assert found.running.tolist() == [True]
    assert found.position.tolist() == [1]
    assert found.first_month.tolist() == [2023 * 12 + 1]
    assert found.score == ("github_stars",)


def test_counts_of_months_stay_as_they_are() -> None:
    found = monthly_history(cohort_with_histories(history([10, 12, 8, 300, 9, 11])))
    assert found.monthly.counts.tolist() == [10, 12, 8, 300, 9, 11]
    assert found.running.tolist() == [False]


def test_followers_that_are_lost_do_not_make_a_total_a_count() -> None:
    found = monthly_history(
        cohort_with_histories(history([100, 120, 5_000, 4_100, 3_900, 3_850, 3_860]))
    )
    assert found.running.tolist() == [True]
    assert found.monthly.counts.tolist() == [20, 4_880, 0, 0, 0, 10]


def test_weeks_are_put_together() -> None:
    weekly = history([5, 1, 4, 1, 3, 2, 6, 2] * 4, freq="7D")
    found = monthly_history(cohort_with_histories(weekly))
    by_month = weekly.groupby(weekly["date"].dt.to_period("M"))["value"].sum()
    assert found.monthly.counts.tolist() == by_month.tolist()
    totals = weekly.assign(value=weekly["value"].cumsum())
    last = totals.groupby(totals["date"].dt.to_period("M"))["value"].last()
    gains = monthly_history(cohort_with_histories(totals)).monthly.counts
    assert gains.tolist() == np.diff(last).tolist()


def test_a_gap_in_running_totals_is_no_jump() -> None:
    whole = history([10, 20, 30, 40, 50, 60, 70, 80, 90, 100])
    found = monthly_history(cohort_with_histories(whole.drop(index=[3, 4, 5, 6])))
    assert found.monthly.counts.tolist() == pytest.approx([10.0] * 9)


def test_a_gap_in_counts_is_none() -> None:
    whole = history([9, 7, 9, 3, 4, 9, 7, 8])
    found = monthly_history(cohort_with_histories(whole.drop(index=[3, 4])))
    assert found.monthly.counts.tolist() == [9, 7, 9, 0, 0, 9, 7, 8]


@pytest.mark.parametrize(
    ("score", "kept"),
    [
        ("github_stars", True),
        ("Followers", True),
        ("downloads of my package", True),
        ("klout", False),
        ("linkedin_ssi", False),
        ("credit_score", False),
    ],
)
def test_only_counts_on_an_open_scale(score: str, kept: bool) -> None:
    found = monthly_history(cohort_with_histories(history([1, 2, 3, 4, 5, 6, 7], score=score)))
    assert bool(found.score) == kept


def test_short_histories_are_left_out() -> None:
    five, six = history([3, 1, 3, 1, 3]), history([3, 1, 3, 1, 3, 1], "bo")
    assert monthly_history(cohort_with_histories(five, six)).position.tolist() == [1]


def test_no_history() -> None:
    cohort = cohort_with_histories(history([]))
    found = monthly_history(cohort)
    assert found.score == ()
    assert found.monthly.counts.size == 0


def test_rows_without_date_or_value_do_not_count() -> None:
    table = history([3, 1, 3, 1, 3, 1, 3])
    table["date"] = table["date"].astype(object)
    table.loc[6, "date"] = None
    table.loc[5, "value"] = np.nan
    assert monthly_history(cohort_with_histories(table)).score == ()


def test_a_negative_count_is_refused() -> None:
    message = "candidate 'ann', score 'github_stars': -4 is negative, and a count cannot be"
    with pytest.raises(InputError, match=message):
        monthly_history(cohort_with_histories(history([3, -4, 5])))


def test_a_history_of_a_stranger_is_refused() -> None:
    with pytest.raises(InputError, match="candidate 'zoe', who is not among the candidates"):
        monthly_history(cohort_with_histories(history([1, 2], "zoe")))


@given(st.randoms(use_true_random=False), st.integers(1, 4))
def test_the_order_of_rows_does_not_matter(random: object, n: int) -> None:
    tables = [history([4, 1, 90, 2, 3, 1, 5], c) for c in ("ann", "bo", "cem")[: min(n, 3)]]
    whole = pd.concat(tables, ignore_index=True)
    order = list(range(len(whole)))
    random.shuffle(order)  # type: ignore[attr-defined]
    one = monthly_history(cohort_with_histories(whole))
    other = monthly_history(cohort_with_histories(whole.iloc[order]))
    assert one.monthly.counts.tolist() == other.monthly.counts.tolist()
    assert one.position.tolist() == other.position.tolist()

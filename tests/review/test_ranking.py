from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.review.known import drawn
from toolkit.errors import TooFewData, UnknownName
from toolkit.review.ranking import rank_candidates
from toolkit.review.ratings import Ratings, ratings_of, ratings_of_table


def of(table: np.ndarray) -> Ratings:
    names = [f"R{number}" for number in range(table.shape[1])]
    return ratings_of_table(pd.DataFrame(table, columns=names))


def test_two_criteria_by_hand() -> None:
    ratings = ratings_of(
        ["a", "a", "a", "b", "b", "b"],
        ["Ann", "Bo", "Ann", "Ann", "Bo", "Ann"],
        [4, 2, 5, 5, 5, 1],
        ["design", "design", "writing"] * 2,
    )
    found = rank_candidates(ratings, 1, {"design": 3, "writing": 1})
    # a: (3 · 3 + 5) / 4; b: (3 · 5 + 1) / 4.
    assert found.total.tolist() == [3.5, 4.0]
    assert found.rank.tolist() == [2, 1]
    assert found.taken.tolist() == [False, True]
    assert found.reviewers.tolist() == [2, 2]
    assert found.why_not is not None
    assert np.isnan(found.adjusted).all()


def test_a_criterion_rated_by_nobody_leaves_no_total() -> None:
    ratings = ratings_of(["a", "a", "b"], ["Ann"] * 3, [4, 2, 5], ["design", "writing", "design"])
    found = rank_candidates(ratings, 1)
    assert found.total[0] == 3
    assert np.isnan(found.total[1])
    assert np.isnan(found.rank[1])
    assert found.taken.tolist() == [True, False]
    assert rank_candidates(ratings, 1, {"design": 1}).total.tolist() == [4, 5]


def test_severe_reviewers_are_allowed_for() -> None:
    table, true, severity = drawn(200, 8, 2, 3, residual=0.3)
    found = rank_candidates(of(table), 20)
    rated = ~np.isnan(table)
    expected = np.array(
        [np.nanmean(row) + severity[on].mean() for row, on in zip(table, rated, strict=True)]
    )
    apart = found.adjusted - expected
    assert np.abs(apart - apart.mean()).max() < 0.1
    assert np.corrcoef(found.adjusted, true)[0, 1] > np.corrcoef(found.total, true)[0, 1]


def test_probabilities_hold_what_they_promise() -> None:
    promised, kept = [], []
    for seed in range(12):
        table, true, _ = drawn(60, 6, 2, 100 + seed)
        found = rank_candidates(of(table), 10, draws=1000)
        assert found.in_top.sum() == pytest.approx(10)
        promised.append(found.in_top)
        kept.append(np.argsort(np.argsort(-true)) < 10)
    likely = np.concatenate(promised)
    best = np.concatenate(kept)
    for low, high in ((0.02, 0.2), (0.2, 0.5), (0.5, 0.98)):
        within = (likely >= low) & (likely < high)
        assert best[within].mean() == pytest.approx(likely[within].mean(), abs=0.12)


def test_tiers_are_who_cannot_be_told_apart() -> None:
    table = np.array([[5.0, 5.1, 4.9], [4.9, 5.0, 5.1], [1.0, 1.1, 0.9], [1.05, 1.0, 1.1]])
    found = rank_candidates(of(table), 2)
    assert found.tier.tolist() == [1, 1, 2, 2]
    assert (found.rank_low <= found.rank_high).all()


def test_one_order_for_any_order_of_the_rows() -> None:
    table, *_ = drawn(20, 4, 3, 4)
    straight = rank_candidates(of(table), 5)
    turned = rank_candidates(of(table[::-1]), 5)
    assert turned.total[::-1] == pytest.approx(straight.total)
    assert turned.rank[::-1] == pytest.approx(straight.rank)
    assert turned.adjusted[::-1] == pytest.approx(straight.adjusted, abs=1e-6)


def test_the_same_total_shares_a_rank_and_the_last_place() -> None:
    found = rank_candidates(of(np.array([[3.0, 3], [3, 3], [1, 1], [5, 5]])), 2)
    assert found.rank.tolist() == [2.5, 2.5, 4, 1]
    assert found.taken.tolist() == [True, True, False, True]


def test_islands_are_not_adjusted() -> None:
    nan = np.nan
    table = np.array([[1.0, 2, nan, nan]] * 3 + [[nan, nan, 2.0, 1]] * 3)
    found = rank_candidates(of(table), 2)
    assert "cannot all be compared" in str(found.why_not)
    assert not np.isnan(found.total).any()


@pytest.mark.parametrize(
    ("weights", "error", "message"),
    [
        ({"desing": 1.0}, UnknownName, "Did you mean 'design'"),
        ({"design": 0.0}, TooFewData, "No criterion has a weight"),
    ],
)
def test_weights_that_cannot_be_used(weights: dict, error: type, message: str) -> None:
    ratings = ratings_of(["a"], ["Ann"], [4], ["design"])
    with pytest.raises(error, match=message):
        rank_candidates(ratings, 1, weights)


def test_words_cannot_be_ranked() -> None:
    with pytest.raises(TooFewData, match="without an order"):
        rank_candidates(ratings_of(["a"], ["Ann"], ["good"]), 1)


def test_the_dictionary_is_best_first() -> None:
    found = rank_candidates(of(np.array([[1.0, 2], [4, 5], [2, 2]])), 1).to_dict()
    assert [one["candidate_id"] for one in found["ranking"]] == ["1", "2", "0"]
    assert found["ranking"][0]["taken"] is True


def test_those_level_but_for_the_last_digit_are_taken_together() -> None:
    # Sums of thirds in two orders: the same total on paper, 0.1 + 0.2 + 0.3 in the machine.
    table = pd.DataFrame({"R1": [4.0, 3.0, 1.0], "R2": [5.0, 3.0, 2.0]})
    found = rank_candidates(ratings_of_table(table), 1)
    level = np.array([0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1, 0.1])
    assert level[0] != level[1]
    assert replace(found, total=level).taken.tolist() == [True, True, False]

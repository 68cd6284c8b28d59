from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats.contingency import odds_ratio as scipy_odds_ratio

from toolkit.inflation.reward import Reward, reward


def of(selected: str, inflated: str, strata: str = "", assessed: str = "") -> Reward:
    def bools(marks: str) -> np.ndarray:
        return np.array([mark == "x" for mark in marks], dtype=np.bool_)

    levels = np.array([int(s) for s in strata or "0" * len(selected)], dtype=np.int64)
    return reward(bools(selected), bools(inflated), levels, bools(assessed) if assessed else None)


def test_three_of_four_against_one_of_four() -> None:
    found = of("xxx.x...", "xxxx....")
    assert (found.selected_inflated, found.inflated) == (3, 4)
    assert (found.selected_other, found.other) == (1, 4)
    assert found.odds_ratio == pytest.approx(6.4083, abs=1e-4)
    assert found.p == pytest.approx(34 / 70)
    assert found.sentence.startswith(
        "3 of 4 candidates with a suspicion are selected, 1 of 4 of the others."
    )
    assert "6.4 times" in found.sentence
    assert "can be chance" in found.sentence


def test_like_is_compared_with_like() -> None:
    """The inflated have the better work; at the same evidence they gain nothing."""
    good, poor = "xxxx.xx.", "x...x..."
    found = of(good + poor, "xx..xx..x...x...", "1" * 8 + "0" * 8)
    pooled = of(good + poor, "xx..xx..x...x...")
    assert found.strata[0].label == "least evidence"
    assert [s.inflated for s in found.strata] == [2, 4]
    assert found.odds_ratio is not None
    assert pooled.odds_ratio is not None
    assert found.odds_ratio != pytest.approx(pooled.odds_ratio)


def test_unassessed_candidates_are_on_neither_side() -> None:
    found = of("xxx.x...xx", "xxxx......", assessed="xxxxxxxx..")
    assert found.not_assessed == 2
    assert found.other == 4
    assert found.odds_ratio == pytest.approx(6.4083, abs=1e-4)


@pytest.mark.parametrize(
    ("selected", "inflated", "strata", "why"),
    [
        ("xx..", "....", "", "No candidate carries a suspicion"),
        ("xx..", "xxxx", "", "Every candidate carries a suspicion"),
        ("....", "xx..", "", "Nobody is selected"),
        ("xxxx", "xx..", "", "Everybody is selected"),
        ("xx..", "xx..", "0011", "like cannot be compared with like"),
        ("x.x.", "xx..", "0123", "like cannot be compared with like"),
    ],
)
def test_why_there_is_no_odds_ratio(selected: str, inflated: str, strata: str, why: str) -> None:
    found = of(selected, inflated, strata)
    assert (found.odds_ratio, found.low, found.high, found.p) == (None,) * 4
    assert why in found.sentence


def test_nobody_at_all() -> None:
    found = reward(np.array([], bool), np.array([], bool), np.array([], np.int64))
    assert "No candidate could be assessed" in found.sentence
    assert found.strata == ()


def test_infinity_is_null_in_json_and_words_on_the_page() -> None:
    found = of("xxx.....", "xxx.....")
    assert found.odds_ratio == math.inf
    content = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert (content["odds_ratio"], content["high"]) == (None, None)
    assert content["low"] == found.low
    assert (content["selected_inflated"], content["selected_other"]) == (3, 0)
    assert "higher than these numbers can tell" in found.sentence
    assert "to no upper limit" in found.sentence


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=60))
def test_one_stratum_is_the_plain_conditional_odds_ratio(pairs: list[tuple[bool, bool]]) -> None:
    selected, inflated = np.array(pairs, dtype=np.bool_).T
    found = reward(selected, inflated, np.zeros(len(pairs), dtype=np.int64))
    table = np.array(
        [
            [(selected & inflated).sum(), (~selected & inflated).sum()],
            [(selected & ~inflated).sum(), (~selected & ~inflated).sum()],
        ]
    )
    if 0 in table.sum(axis=0) or 0 in table.sum(axis=1):
        assert found.odds_ratio is None
    else:
        oracle = scipy_odds_ratio(table, kind="conditional").statistic
        assert found.odds_ratio == pytest.approx(oracle, rel=1e-6)

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import TooFewData
from toolkit.fairness.scoring_rate import above_median, median_score


def test_strictly_above_the_median_of_everybody() -> None:
    scores = [10.0, 20.0, 30.0, 40.0, 50.0]
    assert median_score(scores) == 30
    assert above_median(scores).tolist() == [False, False, False, True, True]
    assert median_score(scores[:4]) == 25
    assert above_median(scores[:4]).tolist() == [False, False, True, True]


def test_those_at_the_median_are_not_above_it() -> None:
    assert above_median([7.0] * 4).tolist() == [False] * 4
    assert above_median([1.0, 7.0, 7.0, 9.0]).tolist() == [False, False, False, True]


def test_who_has_no_score_neither_counts_nor_is_above() -> None:
    assert above_median([np.nan, 1.0, 2.0, 3.0]).tolist() == [False, False, False, True]
    assert median_score([np.nan, 1.0, 2.0, 3.0]) == 2


def test_neighbouring_numbers_whose_mean_is_rounded() -> None:
    low = np.nextafter(1.0, 2.0)
    high = np.nextafter(low, 2.0)
    assert (low + high) / 2 == high  # so that "above the mean" would say that nobody is
    assert above_median([low, high]).tolist() == [False, True]


def test_without_any_score() -> None:
    with pytest.raises(TooFewData, match="no median"):
        above_median([np.nan])
    with pytest.raises(TooFewData, match="no median"):
        median_score([])


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=40), st.randoms())
def test_as_numpy_says_and_whatever_the_order(values: list[int], random: object) -> None:
    assert median_score(values) == np.median(values)
    above = above_median(values)
    assert above.tolist() == (np.array(values) > np.median(values)).tolist()
    assert 2 * above.sum() <= len(values)
    shuffled = list(values)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert above_median(shuffled).sum() == above.sum()

from __future__ import annotations

import numpy as np
import pytest

from tests.fairness.published import arrays
from toolkit.fairness.swap import one_person_swap


def test_three_of_eight_against_five_of_eight_turns_around_with_one_person() -> None:
    swap = one_person_swap(*arrays(3, 8, 4, 8))
    assert swap.ratio[0] == pytest.approx(4 / 3)
    assert swap.clears.tolist() == [True]  # .75 before
    assert swap.reverses.tolist() == [True]


def test_a_swap_that_only_closes_the_gap() -> None:
    swap = one_person_swap(*arrays(11, 40, 15, 40))
    assert swap.ratio[0] == pytest.approx(12 / 14)
    assert swap.clears.tolist() == [True]
    assert swap.reverses.tolist() == [False]


def test_a_swap_that_changes_nothing_that_matters() -> None:
    swap = one_person_swap(*arrays(2, 40, 15, 40))
    assert swap.ratio[0] == pytest.approx(3 / 14)
    assert not swap.clears.any()
    assert not swap.reverses.any()


def test_equal_rates_do_not_reverse() -> None:
    assert one_person_swap(*arrays(3, 8, 3, 8)).reverses.tolist() == [False]


@pytest.mark.parametrize("table", [(8, 8, 5, 8), (3, 8, 0, 8), (0, 0, 5, 8), (3, 8, 0, 0)])
def test_there_is_no_swap_without_somebody_to_swap(table: tuple[int, int, int, int]) -> None:
    swap = one_person_swap(*arrays(*table))
    assert np.isnan(swap.ratio).all()
    assert not swap.clears.any()
    assert not swap.reverses.any()


def test_a_swap_may_leave_nobody_of_the_referent() -> None:
    swap = one_person_swap(*arrays(0, 8, 1, 8))
    assert np.isnan(swap.ratio).all()
    assert swap.reverses.tolist() == [True]

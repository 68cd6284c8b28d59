from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import given

from tests.fairness.published import arrays
from tests.fairness.tables import Table, two_by_two
from toolkit.fairness.four_fifths import below_four_fifths, impact_ratio, rate


def test_twelve_of_forty_against_fifteen_of_forty_is_exactly_four_fifths_and_not_below() -> None:
    table = arrays(12, 40, 15, 40)
    assert (12 / 40) / (15 / 40) < 0.8  # what floating point makes of it
    assert below_four_fifths(*table).tolist() == [False]
    assert below_four_fifths(*arrays(11, 40, 15, 40)).tolist() == [True]


def test_new_york_s_worked_example() -> None:
    """54.3 % of 92 against 44.7 % of 76: ratios 1.00 and .82, divided before rounding."""
    men, women = arrays(50, 92, 50, 92), arrays(34, 76, 50, 92)
    assert [round(100 * float(rate(a, n)[0]), 1) for a, n, *_ in (men, women)] == [54.3, 44.7]
    assert round(float(impact_ratio(*men)[0]), 2) == 1.00
    assert round(float(impact_ratio(*women)[0]), 2) == 0.82


def test_no_table_of_exactly_four_fifths_is_below() -> None:
    """All tables with up to 60 people a group."""
    largest, found, misplaced = 60, 0, 0
    selected = np.arange(1, largest + 1)
    for n_a in range(1, largest + 1):
        for n_b in range(1, largest + 1):
            a, b = np.meshgrid(selected[:n_a], selected[:n_b])
            exact = 5 * a * n_b == 4 * b * n_a
            a, b = a[exact], b[exact]
            found += len(a)
            misplaced += int(((a / n_a) / (b / n_b) < 0.8).sum())
            sizes = np.full_like(a, n_a), np.full_like(a, n_b)
            assert not below_four_fifths(a, sizes[0], b, sizes[1]).any()
    assert found == 3_666  # as many as 5·a·n_b is divisible by 4·n_a with a quotient up to n_b
    assert misplaced > found / 4  # floating point would flag these


def test_nothing_is_below_where_nothing_can_be_compared() -> None:
    assert below_four_fifths(*arrays(0, 0, 5, 10)).tolist() == [False]
    assert below_four_fifths(*arrays(0, 10, 0, 10)).tolist() == [False]
    assert below_four_fifths(*arrays(3, 10, 0, 0)).tolist() == [False]


def test_the_ratio_is_not_defined_for_an_empty_group_or_a_rate_of_zero() -> None:
    assert np.isnan(impact_ratio(*arrays(0, 0, 5, 10))).all()
    assert np.isnan(impact_ratio(*arrays(3, 10, 0, 10))).all()
    assert impact_ratio(*arrays(0, 10, 5, 10)).tolist() == [0.0]


@given(two_by_two())
def test_the_comparison_is_that_of_fractions(table: Table) -> None:
    a, n_a, b, n_b = table
    expected = b > 0 and Fraction(a, n_a) / Fraction(b, n_b) < Fraction(4, 5)
    assert below_four_fifths(*arrays(*table)).tolist() == [expected]


def test_a_hundred_million_people_do_not_overflow() -> None:
    table = arrays(40_000_000, 100_000_000, 50_000_000, 100_000_000)
    assert below_four_fifths(*table).tolist() == [False]
    assert below_four_fifths(*arrays(39_999_999, 10**8, 50_000_000, 10**8)).tolist() == [True]

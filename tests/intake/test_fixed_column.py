"""Columns as exact integers."""

from __future__ import annotations

from decimal import Decimal
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.intake.fixed_column import decimals_of, fixed_column

decimals = st.integers(-(10**6), 10**6).flatmap(
    lambda n: st.integers(0, 3).map(lambda places: float(Decimal(n).scaleb(-places)))
)


def test_half_steps() -> None:
    column = fixed_column(np.array([61.5, np.nan, 50.0]))
    assert column.decimals == 1
    assert column.halves.tolist() == [1230, 0, 1000]
    assert column.missing.tolist() == [False, True, False]
    assert (column.total, column.lowest, column.highest, column.median) == (2230, 1000, 1230, 1115)


@given(st.lists(decimals, min_size=1, max_size=30))
def test_values_come_back_exactly(values: list[float]) -> None:
    column = fixed_column(np.array(values))
    assert (column.halves / column.halves_per_unit).tolist() == values
    exact = [Decimal(repr(v)) for v in values]
    assert Decimal(column.total) / column.halves_per_unit == sum(exact)
    assert Decimal(column.median) / column.halves_per_unit == median(exact)
    assert column.total_of_squares == sum(int(h) ** 2 for h in column.halves)


@pytest.mark.parametrize(
    ("values", "places"),
    [
        ([1.0, 2.0], 0),
        ([0.1 + 0.2], 1),
        ([65.9842975772], 8),
        ([92.80799999999999], 3),
        ([1e10, 0.5], 0),
        ([1e-3], 3),
    ],
)
def test_decimals_are_bounded_by_what_integers_hold(values: list[float], places: int) -> None:
    assert decimals_of(np.array(values)) == places


def test_nothing_present() -> None:
    column = fixed_column(np.array([np.nan, np.nan]))
    assert (column.total, column.lowest, column.highest, column.median) == (0, None, None, None)
    assert fixed_column(np.array([])).median is None

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from toolkit.intake.column_figures import ColumnFigures, figures_of
from toolkit.intake.fixed_column import fixed_column

numbers = st.one_of(
    st.integers(-(10**6), 10**6).map(float),
    st.integers(-(10**6), 10**6).map(lambda v: v / 100),
    st.floats(-1e9, 1e9, allow_subnormal=False),
    st.just(float("nan")),
)


def test_two_parts_with_different_decimals() -> None:
    whole = figures_of(np.array([50.0, 61.5])) + figures_of(np.array([0.25, np.nan]))
    # Half steps of two decimals: 200 a unit.
    assert whole.decimals == 2
    assert (whole.lowest, whole.highest) == (50, 12_300)
    assert whole.total == 200 * (50 + 61.5 + 0.25)
    assert whole.variance == Fraction(
        int(200**2 * (3 * (50**2 + 61.5**2 + 0.25**2) - (50 + 61.5 + 0.25) ** 2)), 9
    )
    assert whole.missing == 1


@given(st.lists(numbers, max_size=30), st.integers(0, 30))
def test_parts_add_up_to_the_column(values: list[float], cut: int) -> None:
    column = np.array(values, dtype=np.float64)
    added = figures_of(column[:cut]) + figures_of(column[cut:])
    places = added.settled_decimals
    settled = added if added.settled else figures_of(column, places, rounded=True)
    whole = fixed_column(column)
    assert places == whole.decimals
    assert (settled.count, settled.total) == (whole.count, whole.total)
    assert settled.total_of_squares == whole.total_of_squares
    assert (settled.lowest, settled.highest) == (whole.lowest, whole.highest)


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=20))
def test_whole_numbers_are_read_as_they_are(values: list[int]) -> None:
    whole = figures_of(np.array(values, dtype=np.int32))
    held = fixed_column(np.array(values, dtype=np.float64), 0)
    assert (whole.decimals, whole.count, whole.total) == (0, held.count, held.total)
    assert whole.total_of_squares == held.total_of_squares
    assert (whole.lowest, whole.highest) == (held.lowest, held.highest)


def test_a_hint_is_never_too_few_decimals() -> None:
    values = np.array([1.25, 3.0])
    assert figures_of(values, at_least=1).decimals == 2
    assert figures_of(values, at_least=3).decimals == 3


def test_parts_that_are_rounded_alike_need_no_second_look() -> None:
    a, b = np.array([1 / 3, 100.5]), np.array([2 / 3, 200.25, np.nan])
    added = figures_of(a) + figures_of(b)
    assert (added.rounded_to, added.settled) == (7, True)
    assert added.total == fixed_column(np.concatenate((a, b))).total
    # Beside 1 / 7 alone nine decimals fit, which the whole has no room for.
    assert not (added + figures_of(np.array([1 / 7]))).settled
    assert (added + figures_of(np.array([1 / 7]), at_least=7, rounded=True)).settled
    # Beside 1000 one decimal less fits.
    larger = added + figures_of(np.array([1000.0]))
    assert (larger.settled_decimals, larger.settled) == (6, False)


def test_what_was_rounded_to_less_than_fits_is_not_settled() -> None:
    coarse = figures_of(np.array([1 / 3, 84.5]), at_least=6, rounded=True)
    assert coarse.too_coarse
    assert not coarse.settled
    assert not figures_of(np.array([1 / 3, 84.5])).too_coarse
    # Six are too few beside a part that shows that eight are needed, but eight is all that fits.
    assert not (coarse + figures_of(np.array([1 / 7 + 84]))).too_coarse
    assert not (coarse + figures_of(np.array([1 / 7 + 84]))).settled


@given(st.lists(numbers, min_size=1, max_size=30), st.integers(0, 30))
def test_a_part_may_be_rounded_to_what_fits_beside_the_whole(values: list[float], cut: int) -> None:
    column = np.array(values, dtype=np.float64)
    whole = figures_of(column)
    places = whole.decimals
    if whole.rounded_to is None:
        return
    parts = (column[:cut], column[cut:])
    one, other = (figures_of(part, at_least=places, rounded=True) for part in parts)
    assert (one + other).settled
    assert one + other == whole


def test_nothing_at_all() -> None:
    nothing = figures_of(np.array([np.nan, np.nan]))
    assert nothing == ColumnFigures(missing=2)
    assert (nothing + figures_of(np.array([7.0]))).lowest == 14

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.intake.arrow_numbers import Numbers, numbers_of
from toolkit.intake.batch_figures import batch_figures
from toolkit.intake.cohort import Signal
from toolkit.intake.column_figures import figures_of
from toolkit.intake.fixed_column import fixed_column


def numbers(values: list[float | int | None]) -> Numbers:
    return numbers_of(pa.array(values), Signal("task", "Task", "evidence", low=-500, high=1e6))


def test_two_columns_of_three_rows() -> None:
    found = batch_figures(
        {"a": numbers([1, 2, 4]), "b": numbers([0.5, 0.0, 2.5])}, {"a": 0, "b": 1}
    )
    assert found["a"].mean / 2 * 3 == 7
    assert (found["b"].decimals, found["b"].total) == (1, 60)
    assert (found["b"].lowest, found["b"].highest) == (0, 50)


def test_a_missing_value_or_one_more_decimal_is_counted_another_way() -> None:
    found = batch_figures({"a": numbers([1.5, None]), "b": numbers([0.25, 0.5])}, {"a": 1, "b": 1})
    assert (found["a"].missing, found["b"].decimals) == (1, 2)
    assert (found["a"].total, found["b"].total) == (30, 150)


values = st.one_of(
    st.integers(-400, 10**6),
    st.floats(-499, 1e6, width=64),
    st.integers(-4000, 10**7).map(lambda n: n / 10),
    st.just(float("nan")),
)


@settings(max_examples=60)
@given(st.lists(values, min_size=1, max_size=12), st.integers(0, 3), st.booleans())
def test_the_figures_are_those_of_each_column(
    column: list[float], decimals: int, rounded: bool
) -> None:
    plain = [float(round(value)) if value == value else 0.0 for value in column]
    found = batch_figures(
        {"a": numbers([float(v) for v in column]), "b": numbers(plain)},
        {"a": decimals, "b": 0},
        {"a"} if rounded else (),
    )
    own = np.array(column, dtype=np.float64)
    assert found["a"] == figures_of(own, at_least=decimals, rounded=rounded)
    if rounded and found["a"].count:
        held = fixed_column(own, decimals)
        assert (found["a"].decimals, found["a"].total) == (decimals, held.total)
        assert found["a"].total_of_squares == held.total_of_squares
    assert replace(found["b"], rounded_to=None) == replace(
        figures_of(np.array(plain)), rounded_to=None
    )

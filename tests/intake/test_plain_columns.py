from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.intake.arrow_numbers import ends_allowed, numbers_of
from toolkit.intake.batch_figures import batch_figures
from toolkit.intake.cohort import Signal
from toolkit.intake.column_figures import ColumnFigures
from toolkit.intake.plain_columns import PlainColumns
from toolkit.intake.step_block import BLOCK


def signal(decimals: int, low: float | None = None, high: float | None = None) -> Signal:
    return Signal("task", "Task", "evidence", low=low, high=high, decimals=decimals)


def batch(**columns: object) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict({name: pa.array(own) for name, own in columns.items()})


def test_two_columns_of_three_rows() -> None:
    plain = PlainColumns({"a": signal(0), "b": signal(1)})
    rows = batch(a=[1, 2, 4], b=[0.5, 0.0, 2.5])
    block = plain.hold(rows)
    assert block is not None
    assert block.steps[:, :3].tolist() == [[1, 2, 4], [5, 0, 25]]
    assert plain.values(1, 2).tolist() == [[2, 4], [0, 2.5]]
    plain.keep()
    found = plain.figures()
    assert (found["a"].count, found["a"].total, found["a"].total_of_squares) == (3, 14, 4 * 21)
    assert (found["b"].lowest, found["b"].highest, found["b"].decimals) == (0, 50, 1)


@pytest.mark.parametrize(
    "odd",
    [
        [1.0, None, 2.0],
        [1.0, float("nan"), 2.0],
        [1.0, float("inf"), 2.0],
        [1.0, -float("inf"), 2.0],
        [0.25, 1.0, 2.0],
        [1e12, 1.0, 2.0],
        [101.0, 1.0, 2.0],
        [-0.5, 1.0, 2.0],
        ["1", "2", "3"],
        [True, False, True],
    ],
)
def test_what_is_odd_is_left_to_others_and_leaves_no_trace(odd: list[object]) -> None:
    plain = PlainColumns({"a": signal(1, 0, 100), "b": signal(0)})
    assert plain.hold(batch(a=[1.0, 2.5, 4.0], b=[1, 2, 3])) is not None
    plain.keep()
    before = plain.figures()
    assert plain.hold(batch(a=odd, b=[7, 8, 9])) is None
    assert plain.figures() == before


def test_floats_of_four_bytes_are_as_they_are_in_eight() -> None:
    block = PlainColumns({"a": signal(0)}).hold(batch(a=np.array([1, 2], np.float32)))
    assert block is not None
    assert block.steps[0, :2].tolist() == [1, 2]
    assert PlainColumns({"a": signal(1)}).hold(batch(a=np.array([0.1], np.float32))) is None
    block = PlainColumns({"a": signal(9)}, {"a"}).hold(batch(a=np.array([0.1], np.float32)))
    assert block is not None
    assert block.steps[0, 0] == 100_000_001
    assert PlainColumns({"a": signal(0)}).hold(batch(a=np.ones(3, np.float16))) is None


def test_a_value_beyond_its_scale_is_odd_however_it_is_rounded() -> None:
    plain = PlainColumns({"a": signal(7, 0, 100)}, {"a"})
    assert plain.hold(batch(a=[100.0, 3.1415926535])) is not None
    assert plain.hold(batch(a=[100.000000001, 3.1415926535])) is None
    assert plain.hold(batch(a=[-0.000000001, 3.1415926535])) is None


def test_what_leaves_no_room_for_the_decimals_is_odd() -> None:
    plain = PlainColumns({"a": signal(7)}, {"a"})
    assert plain.hold(batch(a=[858.0, 1 / 3])) is not None
    assert plain.hold(batch(a=[859.0, 1 / 3])) is None


@pytest.mark.parametrize("end", [0.29, 0.3, np.nextafter(0.3, 0), np.nextafter(0.3, 1), 0.7])
@pytest.mark.parametrize("value", [0.28, 0.29, 0.3, 0.7])
def test_a_value_keeps_its_scale_to_the_last_bit(end: float, value: float) -> None:
    upper, lower = signal(2, high=float(end)), signal(2, low=-float(end))
    assert (PlainColumns({"a": upper}).hold(batch(a=[value])) is not None) == (value <= end)
    assert (PlainColumns({"a": lower}).hold(batch(a=[-value])) is not None) == (value <= end)


numbers = st.one_of(
    st.integers(-(10**9), 10**9),
    st.integers(-(10**7), 10**7).map(lambda n: n / 100),
    st.floats(-1e6, 1e6),
    st.sampled_from([np.nan, np.inf, 1e300, 2.0**53, -0.0, 1e12, 8.6e8]),
)


@settings(max_examples=60)
@given(
    st.lists(st.lists(numbers, min_size=1, max_size=8), min_size=1, max_size=4),
    st.integers(0, 12),
    st.sampled_from(["int64", "float64"]),
    st.sampled_from([(None, None), (-100.0, 100.0), (0.0, None)]),
    st.sampled_from([(), ("a",)]),
)
def test_figures_are_those_of_any_column_or_none(
    parts: list[list[float]],
    decimals: int,
    kind: str,
    ends: tuple[float | None, float | None],
    rounded: tuple[str, ...],
) -> None:
    about = {"a": signal(decimals, *ends)}
    plain = PlainColumns(about, rounded)
    expected = ColumnFigures()
    held = False
    for part in parts:
        with np.errstate(invalid="ignore"):
            column = np.nan_to_num(np.array(part, dtype=np.float64)).clip(-1e15, 1e15).astype(kind)
            if kind == "float64":
                column = np.array(part, dtype=np.float64)
        rows = batch(a=column)
        own = numbers_of(rows.column("a"), about["a"])
        found = batch_figures({"a": own}, {"a": decimals}, rounded)
        if plain.hold(rows) is None:
            continue
        plain.keep()
        assert not own.set_aside
        expected = expected + found["a"] if held else found["a"]
        held = True
    if held:
        assert plain.figures()["a"] == expected


@settings(max_examples=40)
@given(st.lists(st.integers(-80, 80), min_size=1, max_size=30), st.integers(0, 2))
def test_ordinary_columns_are_plain(values: list[int], decimals: int) -> None:
    column = np.array(values) / 10.0**decimals
    about = signal(decimals, -100, 100)
    low, high = ends_allowed(about)
    assert low <= column.min() <= column.max() <= high
    assert PlainColumns({"a": about}).hold(batch(a=column)) is not None


def test_a_whole_block_of_large_numbers_is_added_up_exactly() -> None:
    column = np.full(BLOCK, 700_000_001)
    plain = PlainColumns({"a": signal(0)})
    assert plain.hold(batch(a=column)) is not None
    plain.keep()
    figures = plain.figures()["a"]
    assert figures.total == 2 * BLOCK * 700_000_001
    assert figures.total_of_squares == 4 * BLOCK * 700_000_001**2

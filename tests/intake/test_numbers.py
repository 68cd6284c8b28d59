from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.intake.number_marks import column_mark, table_mark
from toolkit.intake.numbers import read_numbers


def cells(*texts: str | None) -> pd.Series:
    return pd.Series(texts, dtype="str")


def test_three_ways_to_write_a_number_and_two_to_write_none() -> None:
    numbers = read_numbers(cells("61,5", "1.234,25", "40", "n/a", "high"))
    np.testing.assert_array_equal(numbers.values, [61.5, 1234.25, 40, np.nan, np.nan])
    assert numbers.faults["text"].tolist() == [False, False, False, False, True]
    assert [(reading.how, reading.text) for reading in numbers.readings] == [
        ("a decimal comma", "61,5"),
        ("dots between thousands", "1.234,25"),
        ("no value", "n/a"),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("35", 35),
        ("35.", 35),
        (".5", 0.5),
        ("-1.5e3", -1500),
        ("+7", 7),
        ("−5", -5),
        ("٣٤", 34),
        ("３５", 35),
        ("'35", 35),
        ("1 234", 1234),
        ("1\u202f234,5", 1234.5),
        ("1'234'567", 1234567),
        ("1,234,567", 1234567),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1.234.567", 1234567),
        ("0,125", 0.125),
        ("$1,200.50", 1200.5),
        ("1200 €", 1200),
        ("USD 40", 40),
        ("45 %", 45),
        ("12.5k", 12500),
        ("1,2M", 1.2e6),
        ("3 bn", 3e9),
    ],
)
def test_one_cell(text: str, value: float) -> None:
    numbers = read_numbers(cells(text))
    assert numbers.values.tolist() == [value]
    assert numbers.faults == {}


@pytest.mark.parametrize("text", ["abc", "5/10", "~50", "50+", "1.2.3", "1,2,3", "0x10", "1_000",
                                  "--5", "2013-05-01", "5²", "k", "%", "1,23,456"])  # fmt: skip
def test_what_is_no_number(text: str) -> None:
    numbers = read_numbers(cells(text, "1"))
    assert math.isnan(numbers.values[0])
    assert numbers.faults["text"].tolist() == [True, False]


@pytest.mark.parametrize("text", ["inf", "-Infinity", "∞", "1e999"])
def test_infinity(text: str) -> None:
    numbers = read_numbers(cells(text, "1"))
    assert math.isnan(numbers.values[0])
    assert numbers.faults["infinite"].tolist() == [True, False]


def test_a_cell_that_decides_the_mark_decides_it_for_its_column() -> None:
    assert read_numbers(cells("1,234", "3,5")).values.tolist() == [1.234, 3.5]
    assert read_numbers(cells("1,234", "3.5")).values.tolist() == [1234, 3.5]
    assert read_numbers(cells("1,234", "7")).values.tolist() == [1234, 7]
    assert read_numbers(cells("1.234", "7")).values.tolist() == [1.234, 7]


def test_a_column_that_decides_nothing_follows_its_table() -> None:
    assert read_numbers(cells("1,234"), default=",").values.tolist() == [1.234]
    assert read_numbers(cells("1.234"), default=",").values.tolist() == [1234]
    # Where the file tells numbers from text, 1.234 is what it says.
    assert read_numbers(cells("1.234"), default=",", typed=True).values.tolist() == [1.234]
    frame = pd.DataFrame({"a": cells("1,234", "5"), "b": cells("3,5", "2,5")})
    assert table_mark(frame) == ","
    assert table_mark(frame[["a"]]) is None
    assert table_mark(frame[["a"]], suggested=",") == ","
    assert table_mark(pd.DataFrame({"a": cells("1", "5")})) == "."
    assert table_mark(pd.DataFrame({"a": cells("1.5", "5")}), suggested=",") == "."


def test_two_marks_in_one_column_leave_some_cells_open() -> None:
    numbers = read_numbers(cells("3.5", "3,5", "1,234", "1.234", "1.234,5"))
    np.testing.assert_array_equal(numbers.values, [3.5, 3.5, np.nan, np.nan, 1234.5])
    assert numbers.faults["two ways"].tolist() == [False, False, True, True, False]


def test_texts_say_nothing_about_the_mark() -> None:
    assert column_mark(cells("see p. 3,5", "12,5", "x", "y")) is None


def test_ordinal_scores_are_read_from_the_names_of_their_levels() -> None:
    numbers = read_numbers(cells("Master", "2", "novice"), levels=("Novice", "Expert", "Master"))
    assert numbers.values.tolist() == [2, 2, 0]
    assert numbers.readings[0].how == "the name of a level"


def test_empty_columns() -> None:
    assert read_numbers(cells()).values.tolist() == []
    assert np.isnan(read_numbers(cells(None, None)).values).all()


@given(st.lists(st.floats(-1e12, 1e12) | st.none(), max_size=20))
def test_every_float_is_read_back_to_the_last_bit(values: list[float | None]) -> None:
    numbers = read_numbers(cells(*(None if v is None else repr(v) for v in values)))
    expected = np.array([np.nan if v is None else v for v in values], dtype=np.float64)
    np.testing.assert_array_equal(numbers.values, expected)
    assert numbers.faults == {}


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=20), st.sampled_from(",.' "))
def test_thousands_are_read_back(values: list[int], mark: str) -> None:
    texts = [f"{v:,}".replace(",", mark) for v in values]
    read = read_numbers(cells(*texts), default="," if mark == "." else ".")
    assert read.values.tolist() == values

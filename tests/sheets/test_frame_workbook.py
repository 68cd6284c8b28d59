from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.sheets.frame_workbook import frame_workbook

FRAME = pd.DataFrame(
    {
        "Candidate": ["=1+1", "A-017"],
        "Rank": [9, None],
        "Share": pd.Series([0.25, None], dtype=object),
        "Places": pd.Series([3, 4], dtype=object),
        "Selected": pd.Series([True, None], dtype=object),
        "On": [dt.date(2026, 11, 22), None],
        "Mixed": [1, "two"],
    }
)


def opened(made: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(made))


def test_every_column_has_the_type_of_its_values() -> None:
    made = frame_workbook(FRAME, "who-is-selected", says="Two candidates.", notes={"Rank": "By Z."})
    book = opened(made)
    assert book.sheetnames == ["Who is selected", "How to read this"]
    sheet = book["Who is selected"]
    assert [cell.value for cell in sheet[2]] == [
        "=1+1",
        9,
        0.25,
        3,
        True,
        dt.datetime(2026, 11, 22),
        "1",
    ]
    assert sheet["A2"].data_type == "s"
    assert [cell.value for cell in sheet[3]] == ["A-017", None, None, 4, None, None, "two"]
    assert sheet.freeze_panes == "B2"
    assert sheet["B1"].comment.text == "By Z."
    told = [tuple(row) for row in book["How to read this"].iter_rows(values_only=True)]
    assert ("Who is selected", "Two candidates.") in told
    assert ("Rank", "By Z.") in told


def test_the_same_frame_gives_the_same_bytes() -> None:
    assert frame_workbook(FRAME, "x") == frame_workbook(FRAME, "x")


def test_an_empty_frame_opens() -> None:
    assert opened(frame_workbook(pd.DataFrame({"a": []}), "")).sheetnames[0] == "Sheet"


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.one_of(st.none(), st.integers(), st.floats(), st.text(max_size=20), st.booleans()),
        max_size=6,
    )
)
def test_any_values_open(values: list[object]) -> None:
    made = frame_workbook(pd.DataFrame({"x": pd.Series(values, dtype=object)}), "any")
    assert opened(made)["Any"].max_row <= len(values) + 1

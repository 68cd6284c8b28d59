from __future__ import annotations

import datetime as dt
import io
import zipfile

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import SheetError
from toolkit.sheets import workbook as module
from toolkit.sheets.workbook import Column, SheetTable, columns_of, table_of, workbook

COLUMNS = (
    Column("group", "Group"),
    Column("n", "Applicants", "whole", note="All who applied."),
    Column("rate", "Selection rate", "percent", 1, note="Selected over all."),
    Column("ratio", "Impact ratio", "number", 2),
    Column("on", "Date", "date"),
    Column("listed", "Listed", "truth"),
)
ROWS = (
    {
        "group": "F",
        "n": 76,
        "rate": 34 / 76,
        "ratio": 0.8231,
        "on": dt.date(2026, 11, 22),
        "listed": True,
    },
    {"group": '=HYPERLINK("x")', "n": 92, "rate": None, "ratio": float("nan"), "listed": False},
)


def opened(made: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(made))


def test_numbers_are_numbers_and_a_name_never_runs() -> None:
    book = opened(workbook([SheetTable("By sex", COLUMNS, ROWS)], title="Tables"))
    assert book.sheetnames == ["By sex", "How to read this"]
    sheet = book["By sex"]
    assert [cell.value for cell in sheet[1]] == [column.title for column in COLUMNS]
    assert [cell.value for cell in sheet[2]] == [
        "F",
        76,
        34 / 76,
        0.8231,
        dt.datetime(2026, 11, 22),
        True,
    ]
    assert [cell.number_format for cell in sheet[2]][1:5] == [
        "#,##0",
        "0.0%",
        "#,##0.00",
        "yyyy-mm-dd",
    ]
    assert (sheet["A3"].value, sheet["A3"].data_type) == ('=HYPERLINK("x")', "s")
    assert [cell.value for cell in sheet[3]][2:] == [None, None, None, False]


def test_the_header_stays_in_view_and_explains_itself() -> None:
    table = SheetTable("By sex", COLUMNS, ROWS, about=["Women and men."])
    book = opened(workbook([table], title="Tables", reading=["Not a finding."]))
    sheet = book["By sex"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:F3"
    assert sheet["C1"].comment.text == "Selected over all."
    told = [tuple(row) for row in book["How to read this"].iter_rows(values_only=True)]
    assert told[0][0] == "How to read this"
    assert (None, "Not a finding.") in told
    assert ("By sex", "Women and men.") in told
    assert ("Selection rate", "Selected over all.") in told


def test_the_same_tables_give_the_same_bytes() -> None:
    tables = [SheetTable("By sex", COLUMNS, ROWS)]
    first, second = workbook(tables, title="Tables"), workbook(tables, title="Tables")
    assert first == second
    assert workbook(tables, title="Tables", date=dt.date(2026, 1, 2)) != first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert b"1980-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_nothing_of_a_workbook_is_a_formula_or_a_link() -> None:
    hostile = ["=1+1", "+1", "-1", "@SUM(1)", "http://example.org", "{=1}", "\x00\x1b", "\ud800"]
    table = SheetTable("=1", [Column("x", "=2", note="=3")], [{"x": text} for text in hostile])
    made = workbook([table], title="=4", reading=["=5"])
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        for name in archive.namelist():
            part = archive.read(name).decode()
            assert "<f>" not in part
            assert "<hyperlink " not in part
    sheet = opened(made).worksheets[0]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)][:5] == hostile[:5]


def test_what_a_sheet_cannot_hold() -> None:
    long = "ö" * 40_000
    rows = [{"x": long}, {"x": dt.date(1850, 1, 1)}, {"x": 123456789012345678}, {"x": [1, 2]}]
    table = SheetTable("x", [Column("x", "X", "whole")], rows)
    cells = [row[0].value for row in opened(workbook([table], title="x"))["x"].iter_rows(min_row=2)]
    assert cells[0].startswith("ööö")
    assert cells[0].endswith("holds no more)")
    assert len(cells[0]) == 32_767
    assert cells[1:] == ["1850-01-01", "123456789012345678", "1; 2"]


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_ROWS", 2)
    rows = [{"x": 1}] * 3
    with pytest.raises(SheetError, match="'all' has 3 rows; a sheet of a workbook holds 2"):
        workbook([SheetTable("all", [Column("x", "X")], rows)], title="x")


def test_a_frame_becomes_a_sheet() -> None:
    frame = pd.DataFrame(
        {
            "name": ["Ann", None],
            "n": [3, 4],
            "rate": [0.25, np.nan],
            "on": pd.to_datetime(["2026-01-01", None]),
            "selected": [True, False],
        }
    )
    columns = columns_of(frame, titles={"n": "People"}, kinds={"rate": "percent"})
    assert [c.kind for c in columns] == ["text", "whole", "percent", "date", "truth"]
    sheet = opened(workbook([table_of("Frame", frame, columns)], title="x"))["Frame"]
    assert [cell.value for cell in sheet[1]] == ["name", "People", "rate", "on", "selected"]
    assert [cell.value for cell in sheet[2]] == ["Ann", 3, 0.25, dt.datetime(2026, 1, 1), True]
    assert [cell.value for cell in sheet[3]] == [None, 4, None, None, False]


def test_nought_and_one_are_numbers_and_not_truths() -> None:
    table = SheetTable("x", [Column("x", "X", "whole")], [{"x": 0}, {"x": 1}, {"x": True}])
    sheet = opened(workbook([table], title="x"))["x"]
    assert [sheet.cell(y, 1).value for y in (2, 3, 4)] == [0, 1, "yes"]


def test_a_number_that_no_spreadsheet_holds_stands_as_text() -> None:
    table = SheetTable("x", [Column("x", "X", "number")], [{"x": 1.797e308}, {"x": 9e307}])
    sheet = opened(workbook([table], title="x"))["x"]
    assert [sheet.cell(y, 1).value for y in (2, 3)] == ["1.797e+308", 9e307]


def test_an_empty_table_still_opens() -> None:
    book = opened(workbook([SheetTable("", COLUMNS, [])], title=""))
    assert book.sheetnames == ["Sheet", "How to read this"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.none(),
            st.booleans(),
            st.integers(),
            st.floats(),
            st.text(max_size=40),
            st.dates(),
        ),
        max_size=12,
    ),
    st.sampled_from(["text", "whole", "number", "percent", "date", "truth"]),
)
def test_any_value_in_any_column_opens(values: list[object], kind: module.Kind) -> None:
    table = SheetTable("x", [Column("x", "X", kind)], [{"x": value} for value in values])
    sheet = opened(workbook([table], title="x"))["x"]
    for value, row in zip(values, sheet.iter_rows(min_row=2, max_row=len(values) + 1), strict=True):
        if not isinstance(value, float) or not np.isfinite(value):
            continue
        if kind in ("whole", "number") and abs(value) < 1e308:
            # The format writes sixteen digits.
            assert row[0].value == pytest.approx(value, rel=1e-15)
        elif kind in ("whole", "number"):
            assert row[0].value == str(value)

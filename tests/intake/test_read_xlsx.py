from __future__ import annotations

import datetime as dt
import io

import openpyxl

from tests.intake.files import read, told, xlsx_bytes
from toolkit.intake.read_xlsx import cell_text, read_xlsx
from toolkit.intake.sheet_faults import sheet_faults


def test_typed_cells_become_texts_that_read_back() -> None:
    rows = [
        ["id", "klout", "when", "ok"],
        ["a", 61.25, dt.date(2013, 7, 1), True],
        ["b", 40, "x", 0],
    ]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    (table,) = read_xlsx(data.getvalue(), "p.xlsx")
    assert table.frame.to_numpy().tolist() == [
        ["a", "61.25", "2013-07-01", "true"],
        ["b", "40", "x", "0"],
    ]
    assert (table.sheet, table.typed, table.rows.tolist()) == ("Sheet", True, [2, 3])


def test_cells_in_plain_notation() -> None:
    assert cell_text(1e20) == "1e+20"
    assert cell_text(0.1) == "0.1"
    assert cell_text(dt.datetime(2013, 7, 1, 12, 30)) == "2013-07-01 12:30:00"
    assert cell_text(None) is None


def test_empty_rows_and_columns_before_the_table_keep_its_row_numbers() -> None:
    rows = [[], [], [None, "candidate_id", "klout"], [None, "a", 134.0], [None, "b", 50.0]]
    cohort = read(xlsx_bytes({"People": rows}), "p.xlsx")
    assert cohort.signals["klout"].tolist()[1] == 50
    assert told(cohort)[0].startswith("p.xlsx, sheet 'People', row 4, column 'klout': '134'")


def test_numbers_are_meant_as_the_workbook_says() -> None:
    """Beside text with decimal commas, a true number 1.234 is not 1234."""
    rows = [["candidate_id", "klout", "task"], ["a", "61,5", 1.234], ["b", 40.5, 2.0]]
    cohort = read(xlsx_bytes({"People": rows}), "p.xlsx")
    assert cohort.signals["klout"].tolist() == [61.5, 40.5]
    assert cohort.signals["task"].tolist() == [1.234, 2]


def test_formulas_without_result_are_found() -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("It's & <this>")
    sheet["B3"], sheet["AA4"] = "=1+1", "#DIV/0!"
    data = io.BytesIO()
    book.save(data)
    found = sheet_faults(data.getvalue())["It's & <this>"]
    assert found.without_result == ((3, 1),)
    assert found.errors == ((4, 26),)
    assert found.formulas == 1
    assert sheet_faults(b"no workbook") == {}


def test_sheets_without_codes_in_common_are_put_under_each_other() -> None:
    sheets = {
        "North": [["candidate_id", "klout"], ["a", 50.0]],
        "South": [["candidate_id", "klout"], ["b", 40.0]],
    }
    cohort = read(xlsx_bytes(sheets), "p.xlsx")
    assert cohort.signals["klout"].to_dict() == {"a": 50, "b": 40}

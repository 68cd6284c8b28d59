"""Statutory tables and recheck in the browser: paste, read, take away."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser.visit import faults, settle
from tests.sheets.reading import squeezed, text_of
from toolkit.ui import places
from toolkit.ui.places import Place

#: New York's example by sex; two people of a third race.
COUNTS = "sex\trace\tselected\tn\nMale\tWhite\t50\t92\nFemale\tWhite\t33\t74\nFemale\tAsian\t1\t2\n"
PUBLISHED = "group,n,rate,impact_ratio\nMale,92,54.3%,1.00\nFemale,76,44.7%,0.85\n"


def open_place(page: Page, place: Place) -> None:
    page.goto(f"/{place.address}")
    settle(page)


def paste(page: Page, label: str, text: str) -> None:
    field = page.get_by_role("textbox", name=label)
    field.fill(text)
    field.press("Control+Enter")
    settle(page)


def saved(page: Page, label: str) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=label).click()
    return Path(waiting.value.path())


def test_counts_become_tables_to_take_away(quiet_page: Page, tmp_path: Path) -> None:
    page = quiet_page
    open_place(page, places.STATUTORY)
    page.get_by_text("A table of counts").click()
    paste(page, "Paste a table of counts", COUNTS)
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("54.3 %")
    expect(main).to_contain_text("0.82")
    expect(main).to_contain_text("This law sets no limit of 0.80, nor any other limit")
    settle(page)
    assert faults(page) == []
    assert squeezed("54.3 %") in text_of(saved(page, "Download as PDF").read_bytes())
    workbook = tmp_path / "tables.xlsx"
    workbook.write_bytes(saved(page, "Download as workbook").read_bytes())
    assert openpyxl.load_workbook(workbook)["Sex categories"]["B2"].value == 92
    csv = saved(page, "Download as CSV").read_text(encoding="utf-8-sig")
    assert csv.startswith("job,table,referent")


def test_a_published_table_is_rechecked(quiet_page: Page) -> None:
    page = quiet_page
    open_place(page, places.RECHECK)
    paste(page, "Paste the table", PUBLISHED)
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("1 of 4 figures does not follow from the others.")
    settle(page)
    assert faults(page) == []
    csv = saved(page, "Download the disagreements as CSV").read_text(encoding="utf-8-sig")
    assert "Female" in csv

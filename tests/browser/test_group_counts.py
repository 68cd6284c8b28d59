"""Counts by group in the browser: pasted, compared within departments, taken away."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser.visit import choose, faults, go_to, settle
from tests.fairness.published import berkeley
from toolkit.ui import places


def test_berkeley_pasted_as_counts_is_shown_department_by_department(quiet_page: Page) -> None:
    page = quiet_page
    page.goto("/")
    settle(page)
    go_to(page, places.GROUPS)
    page.get_by_role("radio", name="A table of counts").click()
    settle(page)
    page.get_by_role("textbox", name="Paste counts").fill(berkeley().to_csv(index=False))
    page.keyboard.press("Control+Enter")
    settle(page)
    page.get_by_role("button", name="Use the pasted counts").click()
    settle(page)
    expect(page.locator(".st-key-lead")).to_contain_text("Adverse impact is indicated")
    page.get_by_role("button", name="Remove Dept").click()
    page.keyboard.press("Escape")
    settle(page)
    choose(page, "Compared within", "Dept")
    expect(page.get_by_test_id("stAlertContentWarning")).to_contain_text("the direction turns")
    assert faults(page) == []
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download all as a workbook").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    assert book.sheetnames[0] == "Groups"
    assert "Strata" in book.sheetnames

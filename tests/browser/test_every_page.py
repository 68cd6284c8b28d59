"""Every page: in light and dark, wide and narrow, empty and at work."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.visit import faults, settle
from toolkit.ui import places


def test_every_empty_page_is_quiet_and_open_to_all(quiet_page: Page) -> None:
    found: dict[str, list[str]] = {}
    for place in places.ALL:
        quiet_page.goto(f"/{place.address}")
        settle(quiet_page)
        expect(quiet_page).to_have_title(f"{place.title} · Cloutproof")
        found[place.title] = faults(quiet_page)
    assert {where: what for where, what in found.items() if what} == {}


def test_every_answer_carries_the_headers(quiet_page: Page) -> None:
    answers = []
    quiet_page.on("response", lambda answer: answers.append(answer))
    quiet_page.goto("/")
    settle(quiet_page)
    assert len(answers) > 10
    for answer in answers:
        assert "default-src 'self'" in answer.headers["content-security-policy"], answer.url
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_tables_are_taken_away_by_the_button_that_makes_formulas_harmless(
    quiet_page: Page, tmp_path: Path
) -> None:
    page = quiet_page
    page.goto("/candidates")
    settle(page)
    upload = {
        "name": "names.csv",
        "mimeType": "text/csv",
        "buffer": b"id,name,klout\nA1,=1+1,50\nA2,Bo,60\n",
    }
    page.locator("input[type=file]").first.set_input_files(upload)
    page.get_by_role("button", name="Read these files").click()
    expect(page.get_by_test_id("stMain")).to_contain_text("2 candidates")
    settle(page)
    page.get_by_test_id("stDataFrame").last.hover()
    for own in page.locator("button[aria-label^='Download as CSV:']").all():
        expect(own).to_be_hidden()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV", exact=True).last.click()
    download.value.save_as(tmp_path / "candidates.csv")
    text = (tmp_path / "candidates.csv").read_text(encoding="utf-8-sig")
    assert text == "Candidate,Name,Klout\nA1,'=1+1,50.0\nA2,Bo,60.0\n"

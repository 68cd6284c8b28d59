"""Every document as a user takes it from its page: whole, untampered, and what the data say."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.test_table_pages import COUNTS, PUBLISHED, open_place, paste, saved
from tests.browser.visit import go_to, settle
from toolkit.intake.cohort import Cohort
from toolkit.intake.read import read_cohort
from toolkit.screening.decisions import decide
from toolkit.screening.screen import Screen
from toolkit.sheets.embedding import record_in
from toolkit.sheets.record import Record
from toolkit.sheets.verify import verify
from toolkit.sheets.verify_batch import verify_zip
from toolkit.ui import places
from toolkit.ui.components.document_kind import KINDS

AGENCY = Path(__file__).parents[2] / "sample_data" / "agency-2011"


def test_every_document_from_its_page_is_untampered_and_follows_from_the_data(
    quiet_page: Page,
) -> None:
    page = quiet_page
    cohort, screen = read_cohort(AGENCY), Screen.read(AGENCY / "screen.toml")
    page.goto("/")
    settle(page)
    page.get_by_role("button", name="Open Agency, 2011").click()
    expect(page).to_have_title(f"{places.INFLUENCE.title} · Cloutproof")
    settle(page)
    go_to(page, places.SHEETS)
    check_archive(page, cohort, screen)
    made = {}
    for kind in KINDS:
        page.get_by_role("radiogroup", name="Document").get_by_text(kind.label, exact=True).click()
        settle(page)
        pdf = saved_pdf(page)
        found = verify(pdf, against=cohort, screen=screen)
        assert found.intact, (kind.label, found.sentence)
        told = any(check.says.startswith("Computed again from") for check in found.checks)
        assert told == (kind.key != "blank"), kind.label
        made[kind.key] = Record.from_bytes(record_in(pdf).record).kind
    assert made == {kind.key: kind.key for kind in KINDS}
    check_table(page, places.STATUTORY, "Paste a table of counts", COUNTS, "A table of counts")
    check_table(page, places.RECHECK, "Paste the table", PUBLISHED)


def check_archive(page: Page, cohort: Cohort, screen: Screen) -> None:
    """The selected candidates' sheets in a ZIP, with a manifest that lists them."""
    taken = decide(cohort, screen).selected_ids
    page.get_by_role("button", name=f"Make {len(taken)} sheets").click()
    path = saved(page, "Download the ZIP")
    with zipfile.ZipFile(path) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert [one["candidate_id"] for one in manifest["sheets"]] == taken
    assert manifest["screen"]["sha256"] == screen.digest
    found = verify_zip(path, "sheets.zip", against=cohort, screen=screen)
    assert found.intact, found.sentence


def check_table(page: Page, place: places.Place, label: str, text: str, first: str = "") -> None:
    """A document about groups, made of a pasted table."""
    open_place(page, place)
    if first:
        page.get_by_text(first).click()
    paste(page, label, text)
    found = verify(saved(page, "Download as PDF").read_bytes())
    assert found.intact, (place.title, found.sentence)


def saved_pdf(page: Page) -> bytes:
    """The document that the page offers."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download this").click()
    return Path(waiting.value.path()).read_bytes()

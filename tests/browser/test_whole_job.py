"""The whole job as a user does it: candidates, screen, what each score changes, a sheet."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.visit import (
    barriers,
    choose,
    faults,
    go_to,
    settle,
    type_number,
)
from toolkit.influence.influence import Influence, influence
from toolkit.influence.wording import headline
from toolkit.intake.cohort import Cohort
from toolkit.intake.read import read_cohort
from toolkit.screening.presets import PRESETS, Ingredients
from toolkit.screening.screen import Screen
from toolkit.ui import places

ROOT = Path(__file__).parents[2]
AGENCY = ROOT / "sample_data" / "agency-2011"
REAL = ROOT / "tests" / "data" / "klout_gnip_2013.csv"


def card(page: Page) -> dict[str, list[str]]:
    """The candidate's card: cells by the signal in the first column."""
    rows = page.get_by_test_id("stTable").last.locator("tbody tr").all()
    cells = [row.locator("td").all_inner_texts() for row in rows]
    return {name: rest for name, *rest in cells}


def sheet_text(page: Page, tmp_path: Path) -> str:
    """The words of the sheet that the page offers, as a PDF reader finds them."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Download this sheet as PDF").click()
    path = tmp_path / "sheet.pdf"
    download.value.save_as(path)
    text = " ".join(part.extract_text() for part in PdfReader(path).pages)
    return re.sub(r"\s+", " ", text)


def choose_candidate(page: Page, candidate: str) -> None:
    """Choose a candidate; the code in the address says that the page has taken it."""
    choose(page, "Candidate", candidate)
    expect(page).to_have_url(re.compile(rf"candidate={candidate}$"))
    settle(page)


def check_sheet_against_page(page: Page, tmp_path: Path, candidate: str) -> None:
    """Every margin on the candidate's card stands on the candidate's sheet too."""
    go_to(page, places.INFLUENCE)
    choose_candidate(page, candidate)
    on_page = card(page)
    assert on_page
    composite = page.get_by_test_id("stMetric").filter(has_text="Composite")
    composite_shown = composite.get_by_test_id("stMetricValue").inner_text()
    go_to(page, places.SHEETS)
    choose_candidate(page, candidate)
    text = sheet_text(page, tmp_path)
    assert f"Review sheet {candidate}" in text
    assert f"composite {composite_shown}" in text
    for value, without, change in on_page.values():
        moved = re.search(
            r"([\d.,]+ (?:lower|higher)) \(([−\d.,]+) instead of ([−\d.,]+)\)", change
        )
        if moved:
            assert f"{moved[1]} ({moved[2]})" in text
            assert moved[3] == value
        assert without.casefold() in ("the same", "selected", "not selected")


def flips_on_page(page: Page, found: Influence, cohort: Cohort) -> None:
    """The page says what the library says, and names those who move."""
    expect(page.get_by_test_id("stMain")).to_contain_text(headline(found))
    removed = found.all_scores_removed
    assert removed.gained
    for candidate in removed.gained[:3]:
        expect(page.get_by_test_id("stMain")).to_contain_text(candidate)


def test_a_sample_from_the_first_click_to_the_printed_sheet(
    quiet_page: Page, tmp_path: Path
) -> None:
    page = quiet_page
    page.goto("/")
    settle(page)
    page.get_by_role("button", name="Open Agency, 2011").click()
    expect(page).to_have_title("What each score changes · Cloutproof")
    settle(page)
    cohort, rule = read_cohort(AGENCY), Screen.read(AGENCY / "screen.toml")
    flips_on_page(page, influence(cohort, rule), cohort)

    go_to(page, places.SCREEN)
    type_number(page, "Places", "8")
    expect(page.get_by_test_id("stMain")).to_contain_text("selects 8 of 60")
    go_to(page, places.INFLUENCE)
    found = influence(cohort, rule.changed(places=8))
    flips_on_page(page, found, cohort)
    assert barriers(page) == []
    check_sheet_against_page(page, tmp_path, found.decisions.selected_ids[0])


def test_a_real_file_as_it_is_without_codes_and_groups(quiet_page: Page, tmp_path: Path) -> None:
    page = quiet_page
    page.goto("/candidates")
    settle(page)
    page.locator("input[type=file]").first.set_input_files(REAL)
    page.get_by_role("button", name="Read these files").click()
    expect(page.get_by_test_id("stMain")).to_contain_text("97 candidates, with 5 scores")
    settle(page)

    go_to(page, places.SCREEN)
    choose(page, "Practice", PRESETS["score-club"].title)
    type_number(page, "Threshold on Klout", "45")
    page.get_by_role("button", name="Use this practice").click()
    cohort = read_cohort(REAL)
    rule = PRESETS["score-club"].screen(Ingredients(score="klout", threshold=45))
    found = influence(cohort, rule)
    selected = int(found.decisions.selected.sum())
    expect(page.get_by_test_id("stMain")).to_contain_text(f"selects {selected} of 97")

    go_to(page, places.INFLUENCE)
    expect(page.get_by_test_id("stMain")).to_contain_text(headline(found))
    go_to(page, places.GROUPS)
    expect(page.get_by_test_id("stMain")).to_contain_text("group")
    assert barriers(page) == []
    check_sheet_against_page(page, tmp_path, found.decisions.selected_ids[0])


def test_every_page_at_work_is_quiet_and_open_to_all(quiet_page: Page) -> None:
    page = quiet_page
    page.goto("/")
    settle(page)
    page.get_by_role("button", name="Open Agency, 2011").click()
    expect(page).to_have_title("What each score changes · Cloutproof")
    settle(page)
    found: dict[str, list[str]] = {}
    for place in places.ALL:
        if not place.for_teams:
            go_to(page, place)
            found[place.title] = faults(page)
    assert {where: what for where, what in found.items() if what} == {}

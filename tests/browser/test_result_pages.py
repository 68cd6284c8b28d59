"""The result pages at work: by keyboard, in light and dark, with files to take away."""

from __future__ import annotations

import json
import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.visit import NARROW, choose, faults, go_to, settle, type_number
from toolkit.influence.influence import Influence, influence
from toolkit.intake.cohort import Cohort
from toolkit.intake.read import read_cohort
from toolkit.screening.screen import Screen
from toolkit.ui import places

ROOT = Path(__file__).parents[2]
AGENCY = ROOT / "sample_data" / "agency-2011"
RESULTS = (
    places.INFLUENCE,
    places.EXPLAIN,
    places.STRESS,
    places.SWEEP,
    places.INFLATION,
    places.GROUPS,
    places.ALTERNATIVES,
    places.SHEETS,
)


def test_a_slider_moved_by_keyboard_tries_a_screen_and_a_button_takes_it(quiet_page: Page) -> None:
    page = quiet_page
    cohort, rule = opened(page)
    signals = page.locator(".st-key-signal-figures table")
    expect(signals).to_be_visible()
    assert column(signals, "Flips") == flips(influence(cohort, rule))

    thumb = page.get_by_role("slider", name="Places")
    thumb.focus()
    for _ in range(3):
        thumb.press("ArrowRight")
    tried = influence(cohort, rule.changed(places=15))
    figures = page.get_by_test_id("stMetric").filter(has_text="Taken forward")
    expect(figures).to_contain_text("+3 against 12 now")
    settle(page)
    assert column(signals, "Flips") == flips(influence(cohort, rule))

    page.get_by_role("button", name="Use this screen").click()
    expect(signals).to_have_text(re.compile(flips(tried)["Klout (score)"]))
    settle(page)
    assert column(signals, "Flips") == flips(tried)


def test_the_figures_by_group_come_as_csv_without_any_person(quiet_page: Page) -> None:
    page = quiet_page
    cohort, _ = opened(page)
    go_to(page, places.GROUPS)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download the groups as CSV").click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    assert "impact_ratio" in text.splitlines()[0]
    assert not any(re.search(rf"\b{code}\b", text) for code in cohort.candidate_ids)


def test_every_result_page_of_the_larger_sample_is_quiet_and_open_to_all(
    quiet_page: Page,
) -> None:
    page = quiet_page
    opened(page, "Engineers, 2026")
    for place in RESULTS:
        go_to(page, place)
        expect(page.get_by_test_id("stMain")).not_to_contain_text("Something went wrong")
        expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)
        assert faults(page) == [], place.title


def test_two_scores_are_swept_and_a_change_is_supposed(quiet_page: Page) -> None:
    page = quiet_page
    opened(page)
    go_to(page, places.SWEEP)
    choose(page, "Map of", "the weights of two scores")
    figures = page.locator(".st-key-sweep-figures table")
    expect(figures).to_contain_text("Weight of Klout")
    page.set_viewport_size(NARROW)
    choose(page, "Map of", "the cut-offs on two scores")
    expect(figures).to_contain_text("Cut-off on Klout")
    settle(page)
    assert faults(page) == []

    go_to(page, places.STRESS)
    page.set_viewport_size(NARROW)
    choose(page, "Change", "everyone gains or loses points")
    first = page.locator(".st-key-rescale-figures tbody tr").first
    expect(first).to_contain_text("10 points lower")
    settle(page)
    assert faults(page) == []

    go_to(page, places.WORTH)
    type_number(page, "Would do well, in percent of all", "30")
    expect(page.get_by_test_id("stMain")).to_contain_text("30 % of all candidates would do well")


def test_what_a_candidates_card_says_follows_the_choice(quiet_page: Page) -> None:
    page = quiet_page
    cohort, rule = opened(page)
    found = influence(cohort, rule)
    left_out = found.all_scores_removed.lost[0]
    choose(page, "Candidate", left_out)
    expect(page).to_have_url(re.compile(f"candidate={left_out}$"))
    settle(page)
    card = page.locator(".st-key-candidate-figures")
    expect(card).to_contain_text("Not selected")
    expect(page.locator(".st-key-candidate-signals")).to_contain_text("selected")


def test_a_candidates_rank_and_two_signals_together_are_drawn(quiet_page: Page) -> None:
    page = quiet_page
    opened(page)
    # A54 needs four points of Klout to the gate, and some Kred beside it.
    choose(page, "Candidate", "A54")
    page.get_by_role("radiogroup", name="What is drawn").get_by_text("The rank").click()
    settle(page)
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("Where everyone starts: 50.0 % of the candidates")
    expect(page.locator(".st-key-signal-figures")).to_contain_text("Share of the ranks")
    expect(main).to_contain_text("Neither alone would win a place; both together:")
    steps = page.get_by_test_id("stVegaLiteChart").last
    expect(steps).to_be_visible()
    expect(page.get_by_role("button", name="Download the pairs as CSV")).to_be_visible()
    assert faults(page) == []


def opened(page: Page, sample: str = "Agency, 2011") -> tuple[Cohort, Screen]:
    """Open a sample from the first page; what the library makes of the agency's files."""
    page.goto("/")
    settle(page)
    page.get_by_role("button", name=f"Open {sample}").click()
    expect(page).to_have_title(f"{places.INFLUENCE.title} · Cloutproof")
    expect(page.locator(".st-key-signal-figures table")).to_be_visible()
    settle(page)
    return read_cohort(AGENCY), Screen.read(AGENCY / "screen.toml")


def flips(found: Influence) -> dict[str, str]:
    return {
        f"{one.label} (score)" if one.is_score else one.label: f"{one.flips:,}"
        for one in found.signals.values()
    }


def column(table: Locator, name: str) -> dict[str, str]:
    """One column of a table by its first column."""
    heads = [text.strip() for text in table.locator("th").all_inner_texts()]
    at = heads.index(name)
    rows = [row.locator("td").all_inner_texts() for row in table.locator("tbody tr").all()]
    return {cells[0].strip(): cells[at].strip() for cells in rows}


def test_a_flag_is_dismissed_and_a_sample_of_followers_brought(quiet_page: Page) -> None:
    page = quiet_page
    opened(page)
    go_to(page, places.INFLATION)
    first = page.get_by_test_id("stExpander").filter(has_text="bought followers").first
    first.locator("summary").click()
    reason = first.get_by_role("textbox", name="Dismiss this flag: what speaks against it?")
    reason.fill("A singer on television.")
    first.get_by_role("button", name="Dismiss the flag").click()
    expect(page.get_by_text("A singer on television.").first).to_be_attached()
    settle(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download all of it as JSON").click()
    found = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert found["dismissed"] == 1
    answers = [one["dismissed"] for one in found["accounts"] if one["dismissed"]]
    assert answers[0]["reason"] == "A singer on television."

    rows = (
        "followers,following,posts,has_picture\n" + "3,4200,0,no\n" * 30 + "420,380,95,yes\n" * 70
    )
    sample = page.get_by_role("region", name=re.compile("^A sample of .+ followers$"))
    sample.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        {"name": "sample.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    )
    page.get_by_role("button", name="Classify these followers").click()
    expect(page.get_by_text("Of 100 sampled followers")).to_be_visible()
    settle(page)
    assert faults(page) == []

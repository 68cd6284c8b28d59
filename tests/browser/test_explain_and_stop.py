"""One candidate explained in the browser, and long work that is stopped there."""

from __future__ import annotations

import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.visit import choose, go_to, settle
from toolkit.influence.explain import explain
from toolkit.influence.explanation_wording import headline, noise_sentence
from toolkit.influence.influence import influence
from toolkit.intake.read import read_cohort
from toolkit.screening.screen import Screen
from toolkit.ui import places

AGENCY = Path(__file__).parents[2] / "sample_data" / "agency-2011"


def at_sample(page: Page, sample: str) -> None:
    page.goto("/")
    settle(page)
    page.get_by_role("button", name=f"Open {sample}").click()
    expect(page).to_have_title(f"{places.INFLUENCE.title} · Cloutproof")
    settle(page)


def test_one_candidate_explained_and_taken_away(quiet_page: Page) -> None:
    page = quiet_page
    at_sample(page, "Agency, 2011")
    cohort, rule = read_cohort(AGENCY), Screen.read(AGENCY / "screen.toml")
    left_out = influence(cohort, rule).all_scores_removed.lost[0]
    choose(page, "Candidate", left_out)
    page.get_by_role("link", name="Explain this decision in full").click()
    expect(page).to_have_title(f"{places.EXPLAIN.title} · Cloutproof")
    expect(page).to_have_url(re.compile(f"candidate={left_out}$"))
    settle(page)
    found = explain(cohort, rule, left_out)
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text(headline(found))
    assert found.noise is not None
    expect(main).to_contain_text(noise_sentence(found.noise))
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download as JSON").click()
    told = json.loads(Path(waiting.value.path()).read_text(encoding="utf-8"))
    assert told == json.loads(json.dumps(found.to_dict()))


def test_stop_returns_to_a_calm_page_and_the_work_can_be_started_again(quiet_page: Page) -> None:
    page = quiet_page
    at_sample(page, "Engineers, 2026")
    go_to(page, places.STRESS)
    page.get_by_text("What is assumed: the noise of each score, and the draws").click()
    field = page.get_by_role("spinbutton", name="Draws", exact=True)
    field.fill("10000")
    field.press("Enter")
    stop = page.get_by_role("button", name="Stop", exact=True)
    stop.click()
    again = page.get_by_role("button", name="Start again")
    expect(again).to_be_visible()
    settle(page)
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("Stopped: drawing the scores again.")
    expect(main).not_to_contain_text("Something went wrong")
    expect(stop).to_have_count(0)
    # The other pages are as they were, and the stopped work does not begin by itself.
    go_to(page, places.EXPLAIN)
    expect(main).to_contain_text("How the decision came about")
    go_to(page, places.STRESS)
    expect(again).to_be_visible()
    again.click()
    expect(stop).to_be_visible()
    stop.click()
    expect(again).to_be_visible()

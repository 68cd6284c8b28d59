"""A rubric and a task written in the browser, narrow and dark, and taken away as files."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.visit import NARROW, barriers, overflow, settle
from toolkit.review.rubric import Rubric, rubric_template
from toolkit.ui import places


def test_a_rubric_is_written_and_taken_away(quiet_page: Page) -> None:
    page = quiet_page
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(NARROW)
    page.goto(f"/{places.RUBRIC.address}")
    settle(page)
    page.get_by_text("Data task", exact=True).click()
    settle(page)
    page.get_by_role("button", name="Begin with this rubric").click()
    settle(page)
    page.get_by_text("Care with the data · 25 %").click()
    name = page.get_by_label("What it is called").first
    name.fill("Poise")
    name.press("Tab")
    page.get_by_text("rates the person, not the work").wait_for()
    settle(page)
    assert barriers(page) == []
    assert overflow(page) <= 0
    name.fill("Cleaning the data")
    name.press("Tab")
    page.get_by_text("ready to be used").wait_for()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download the rubric").click()
    assert waiting.value.suggested_filename == "data-task.toml"
    taken = Rubric.read(waiting.value.path())
    assert taken.criteria[0].label == "Cleaning the data"
    assert taken.criteria[1:] == rubric_template("data_task").criteria[1:]
    page.get_by_role("tab", name="Task").click()
    page.get_by_role("button", name="Write a task").click()
    page.get_by_label("Instructions").wait_for()
    settle(page)
    assert barriers(page) == []

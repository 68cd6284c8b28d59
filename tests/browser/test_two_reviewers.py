"""Two reviewers rate the same candidate at the same time, each in a browser of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PAGE_PATIENCE, running_app
from tests.browser.visit import WIDE, settle
from tests.store.panel_team import Panelists, handed, panelists
from toolkit.store import sessions
from toolkit.store.address import store_address
from toolkit.store.database import Database
from toolkit.store.event_log import check_log
from toolkit.store.marks import Mark
from toolkit.store.reviewing import my_reviews, review
from toolkit.store.rights import Person
from toolkit.ui.places import MY_REVIEWS
from toolkit.ui.team import COOKIE

PHONE = {"width": 360, "height": 780}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    opened = Database(store_address(str(tmp_path_factory.mktemp("team") / "team.db")))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def of(database: Database) -> Panelists:
    made = panelists(database)
    handed(database, made, "cy")
    return made


@pytest.fixture(scope="module")
def team_address(
    database: Database, of: Panelists, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    log = tmp_path_factory.mktemp("server") / "log.txt"
    with running_app(log, str(database.url.database)) as port:
        yield f"http://localhost:{port}"


def at_work(
    browser: Browser, address: str, database: Database, person: Person, viewport: dict[str, int]
) -> Page:
    """My reviews, in a browser of the person's own."""
    context = browser.new_context(viewport=viewport)
    token = sessions.begin(database, person)
    context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
    page = context.new_page()
    page.set_default_timeout(PAGE_PATIENCE)
    page.goto(f"{address}/{MY_REVIEWS.address}")
    settle(page)
    return page


def choose(page: Page, criterion: str, level: int) -> None:
    """Rate with the keyboard alone."""
    radio = page.get_by_role("radiogroup", name=f"Rating of {criterion}").get_by_role("radio")
    radio.nth(level - 1).focus()
    page.keyboard.press("Space")
    expect(radio.nth(level - 1)).to_be_checked()


def note(page: Page, criterion: str, words: str) -> None:
    field = page.locator(f".st-key-mark-{criterion.casefold()}").get_by_role("textbox")
    field.focus()
    page.keyboard.type(words)
    page.keyboard.press("Tab")


def kept(page: Page, criterion: str) -> None:
    form = page.locator(f".st-key-mark-{criterion.casefold()}")
    expect(form.get_by_text("Kept.", exact=True)).to_be_visible()
    settle(page)


def test_both_rate_at_once_and_neither_sees_the_other_before_locking(
    browser: Browser, team_address: str, database: Database, of: Panelists, tmp_path: Path
) -> None:
    ada = at_work(browser, team_address, database, of.ada, dict(WIDE))
    bea = at_work(browser, team_address, database, of.bea, PHONE)
    # Nothing of either waits for the other.
    choose(ada, "Plan", 5)
    choose(bea, "Plan", 2)
    note(ada, "Plan", "Ada saw dates.")
    note(bea, "Plan", "Bea saw none.")
    kept(ada, "Plan")
    kept(bea, "Plan")

    ada.reload()
    settle(ada)
    plan = ada.get_by_role("radiogroup", name="Rating of Plan").get_by_role("radio")
    expect(plan.nth(4)).to_be_checked()
    expect(ada.locator(".st-key-mark-plan").get_by_role("textbox")).to_have_value("Ada saw dates.")
    for page, hidden in ((ada, "Bea saw"), (bea, "Ada saw")):
        expect(page.get_by_text(hidden)).to_have_count(0)
        expect(page.get_by_text("Mean of the others")).to_have_count(0)

    choose(ada, "Text", 4)
    note(ada, "Text", "Two slips.")
    kept(ada, "Text")
    ada.get_by_role("button", name="Lock this review").press("Enter")
    expect(ada.get_by_text("You have locked this review.")).to_be_visible()
    expect(ada.get_by_text("2 reviewers have not locked yet.")).to_be_visible()
    expect(ada.get_by_text("Bea saw")).to_have_count(0)

    bea.reload()
    settle(bea)
    expect(bea.get_by_text("Ada saw")).to_have_count(0)
    choose(bea, "Text", 3)
    note(bea, "Text", "Hard to follow.")
    kept(bea, "Text")
    bea.get_by_role("button", name="Lock this review").press("Enter")
    expect(bea.get_by_text("1 reviewer has not locked yet.")).to_be_visible()
    settle(bea)
    bea.locator("summary", has_text="Reviewer 1's notes").press("Enter")
    expect(bea.get_by_text("Ada saw dates.")).to_be_visible()

    for person, plan_mark, text_mark in (
        (of.ada, Mark(5, note="Ada saw dates."), Mark(4, note="Two slips.")),
        (of.bea, Mark(2, note="Bea saw none."), Mark(3, note="Hard to follow.")),
    ):
        (own,) = my_reviews(database, person)[0].reviews
        found = review(database, person, own.assignment.key)
        assert {name: one.mark for name, one in found.marks.items()} == {
            "plan": plan_mark,
            "text": text_mark,
        }
    with database.reading() as connection:
        assert check_log(connection).ok

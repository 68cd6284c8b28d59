"""A whole requisition, played by six people in browsers of their own, on both databases."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser.conftest import PAGE_PATIENCE, running_app
from tests.browser.visit import barriers, settle
from tests.store.conftest import postgres
from tests.store.server import made_database
from toolkit.store import people, sessions
from toolkit.store.address import store_address
from toolkit.store.database import Database
from toolkit.store.event_log import check_log, events
from toolkit.store.rights import Role
from toolkit.ui import places
from toolkit.ui.team import COOKIE

__all__ = ["postgres"]

SECRET = "four unrelated words"
#: Ben has the highest score and the weakest work; Cleo the other way round.
CANDIDATES = """candidate_id,name,klout,portfolio
C-1,Anna Berg,52,4
C-2,Ben Carter,71,2
C-3,Cleo Duran,38,5
"""
SCREEN = """name = "Score club"
places = 1

[weights]
klout = 1
"""
RUBRIC = """name = "Campaign plan"
version = "1"
about = "One plan on the same brief."

[[criteria]]
key = "plan"
label = "A plan that answers the brief"
definition = "Whether the plan names whom it wants to reach, with what, and how it will know."
job_analysis = "Plans a campaign from a brief and reports what came of it."
weight = 1

[criteria.anchors]
1 = "A list of posts without a reader or an aim."
3 = "Readers and aim are named; how success will be seen is left open."
5 = "Readers, aim and measure follow from the brief and from each other."
"""
#: What each reviewer gives: they agree on the order, and differ about Anna.
GIVEN = {
    "rob": {"C-1": 5, "C-2": 1, "C-3": 5},
    "ruth": {"C-1": 3, "C-2": 2, "C-3": 5},
    "ravi": {"C-1": 4, "C-2": 1, "C-3": 4},
}


OTHERS = {"ruth": Role.REVIEWER, "ravi": Role.REVIEWER, "audrey": Role.AUDITOR}


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a store that nobody has used."""
    if request.param == "sqlite":
        return str(tmp_path / "team.db")
    return made_database(request.getfixturevalue("postgres"))


class Team:
    """The people of the test, each with a browser of their own.

    Parameters
    ----------
    browser : Browser
    app : str
        Where the app is.
    """

    def __init__(self, browser: Browser, app: str) -> None:
        self._browser = browser
        self.app = app
        self.pages: dict[str, Page] = {}

    def open(self, name: str, address: str) -> Page:
        """A browser of one's own at this address."""
        page = self._browser.new_context(base_url=self.app).new_page()
        page.set_default_timeout(PAGE_PATIENCE)
        page.goto(address)
        self.pages[name] = page
        return page

    def join(self, name: str, link: str) -> Page:
        """Take an invitation up."""
        page = self.open(name, link)
        filled(page, name=name.title(), password=SECRET, repeated=SECRET)
        settle(page)
        return page

    def bring(self, name: str, role: Role, address: str) -> None:
        """Somebody who is signed in already, on whatever page they open first."""
        database = Database(store_address(address))
        ada = people.sign_in(database, "ada@example.org", SECRET)
        token = people.invite(database, ada, f"{name}@example.org", role)
        somebody = people.accept_invitation(database, token, name.title(), SECRET)
        page = self._browser.new_context(base_url=self.app).new_page()
        page.set_default_timeout(PAGE_PATIENCE)
        given = sessions.begin(database, somebody)
        page.context.add_cookies([{"name": COOKIE, "value": given, "url": self.app}])
        self.pages[name] = page
        database.close()

    def close(self) -> None:
        for page in self.pages.values():
            page.context.close()


@contextmanager
def team(browser: Browser, app: str) -> Iterator[Team]:
    everybody = Team(browser, app)
    try:
        yield everybody
    finally:
        everybody.close()


def filled(page: Page, **values: str) -> None:
    """Fill one of the server's forms in and send it."""
    for name, value in values.items():
        page.locator(f"#{name}").fill(value)
    page.keyboard.press("Enter")


def uploaded(page: Page, name: str, text: str, button: str) -> None:
    """Give a file to the first place for files, and press a button."""
    kind = {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
    page.locator("input[type=file]").first.set_input_files(kind)
    page.get_by_role("button", name=button).first.click()
    settle(page)


def go_to(page: Page, place: places.Place) -> None:
    """Follow the navigation's link; once more, as one does, where a busy page missed the click."""
    link = page.get_by_test_id("stSidebarNav").get_by_role("link", name=place.title, exact=True)
    there = f"{place.title} · Cloutproof"
    link.click()
    try:
        expect(page).to_have_title(there, timeout=10_000)
    except AssertionError:
        link.click()
        expect(page).to_have_title(there)
    settle(page)


def main(page: Page):  # type: ignore[no-untyped-def]
    return page.get_by_test_id("stMain")


def invited(page: Page, name: str, role: str) -> str:
    """The administrator invites somebody; the link to hand to them."""
    page.get_by_label("E-mail address").fill(f"{name}@example.org")
    page.get_by_test_id("stRadio").get_by_text(role, exact=True).click()
    page.get_by_role("button", name="Make an invitation").click()
    expect(main(page)).to_contain_text(f"Hand this link to {name}@example.org")
    settle(page)
    return page.get_by_test_id("stCode").inner_text().strip()


def prepare(page: Page) -> str:
    """The recruiter makes the requisition; its key."""
    go_to(page, places.REQUISITIONS)
    page.get_by_label("Title", exact=True).fill("Social media manager")
    page.get_by_role("button", name="Make it").click()
    page.wait_for_url(re.compile(r"requisition=[0-9a-f-]{36}"))
    settle(page)
    go_to(page, places.CANDIDATES)
    uploaded(page, "applicants.csv", CANDIDATES, "Read these files")
    expect(main(page)).to_contain_text("3 candidates")
    settle(page)
    go_to(page, places.SCREEN)
    uploaded(page, "screen.toml", SCREEN, "Use this file")
    page.get_by_role("button", name="Keep this screen").click()
    expect(main(page)).to_contain_text("Kept in “Social media manager”, version 1")
    settle(page)
    go_to(page, places.RUBRIC)
    page.get_by_text("Or bring a rubric file").click()
    uploaded(page, "rubric.toml", RUBRIC, "Use this file")
    page.get_by_role("button", name="Keep for this requisition").click()
    expect(main(page)).to_contain_text("Kept as version 1")
    settle(page)
    found = re.search(r"requisition=([0-9a-f-]{36})", page.url)
    assert found, page.url
    return found[1]


def hand_out(page: Page) -> None:
    go_to(page, places.PANEL)
    page.get_by_role("button", name="Hand out", exact=True).click()
    expect(main(page)).to_contain_text("0 of 9")
    settle(page)


def opened_review(page: Page) -> tuple[str, str]:
    """The code on the desk, and whether it is done."""
    box = page.get_by_role("combobox", name="Candidate")
    # The page goes on a moment before the box above it does.
    expect(box).to_have_value(re.compile(r"C-\d: (?!locked)"))
    found = re.search(r"(C-\d): (.+)", box.input_value())
    assert found
    return found[1], found[2]


def rate_and_lock(page: Page, marks: dict[str, int]) -> None:
    """Rate whom the desk shows first, lock, and go on until nobody is left."""
    for number in range(len(marks)):
        code, state = opened_review(page)
        assert "rated" in state or state == "not begun"
        main(page).get_by_role("radio", name=re.compile(rf"^{marks[code]}\b")).check(force=True)
        page.get_by_role("textbox", name="What in the work").fill(f"As seen in {code}.")
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Lock this review")).to_be_enabled()
        seen = main(page).inner_text()
        assert "others gave" not in seen.replace("you can see what others gave", "")
        assert seen.count("As seen in") == 0, "a note of somebody else"
        page.get_by_role("button", name="Lock this review").click()
        expect(main(page)).to_contain_text("You have locked this review")
        settle(page)
        if number + 1 < len(marks):
            page.get_by_role("button", name="Next candidate").click()
            expect(main(page)).to_contain_text("Finish")
            settle(page)
    expect(main(page)).to_contain_text("are done. Thank you.")


def test_a_whole_requisition(browser: Browser, address: str, tmp_path: Path) -> None:
    with (
        running_app(tmp_path / "log.txt", address) as port,
        team(browser, f"http://localhost:{port}") as everybody,
    ):
        ada = everybody.open("ada", "/set-up")
        filled(ada, name="Ada", sign_in="ada@example.org", password=SECRET, repeated=SECRET)
        settle(ada)
        rita = everybody.join("rita", invited(ada, "rita", "Recruiter"))
        rob = everybody.join("rob", invited(ada, "rob", "Reviewer"))
        expect(main(rob)).to_contain_text("Nothing has been handed to you yet.")
        # The others have taken their invitations up already.
        for name, role in OTHERS.items():
            everybody.bring(name, role, address)
        key = prepare(rita)
        hand_out(rita)

        check_blind(everybody.pages["rob"], key)
        for name, marks in GIVEN.items():
            page = everybody.pages[name]
            page.goto("/my-reviews")
            settle(page)
            rate_and_lock(page, marks)
        agree(rita)
        decide(rita)
        check_sheets(rita, tmp_path)
        check_auditor(everybody.pages["audrey"], key)
    check_store(address, key)


def check_blind(rob: Page, key: str) -> None:
    """A reviewer sees a code and the rubric, and no other page of the requisition."""
    rob.reload()
    settle(rob)
    seen = main(rob).inner_text()
    for name in ("Anna", "Ben", "Cleo", "klout", "Klout", "71"):
        assert name not in seen
    assert barriers(rob) == []
    rob.goto(f"/ranking?requisition={key}")
    settle(rob)
    expect(main(rob)).to_contain_text("This page is for recruiters")
    rob.goto("/my-reviews")
    settle(rob)


def agree(page: Page) -> None:
    """The panel talks about the candidate on whom reviewers differ most."""
    go_to(page, places.PANEL)
    expect(main(page)).to_contain_text("From 3 to 5, 4.00 on average.")
    page.get_by_role("radiogroup", name="Agreed rating").get_by_text("4", exact=True).click()
    settle(page)
    page.get_by_role("textbox", name="What was seen in the meeting").fill(
        "The measure stands in the annex."
    )
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Write it down").click()
    expect(main(page)).to_contain_text("Agreed on 4: The measure stands in the annex.")
    settle(page)


def decide(page: Page) -> None:
    """The ranking stands beside the screen's choice; one decision goes another way."""
    go_to(page, places.AGREEMENT)
    expect(main(page)).to_contain_text("reviewers")
    go_to(page, places.RANKING)
    expect(main(page)).to_contain_text("Cleo Duran")
    expect(main(page)).to_contain_text("the screen")
    go_to(page, places.REQUISITIONS)
    page.get_by_text("The ranking by reviews", exact=True).click()
    settle(page)
    page.get_by_role("button", name=re.compile("still undecided as the ranking")).click()
    expect(main(page)).to_contain_text("3 of 3")
    settle(page)
    page.get_by_role("combobox", name="Candidate").click()
    page.get_by_role("option").filter(has_text="C-1").click()
    settle(page)
    page.get_by_text("Take forward", exact=True).click()
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(main(page).get_by_test_id("stAlert").first).to_contain_text(
        "Write down what has changed"
    )
    page.get_by_role("textbox", name="Reason").fill("A second place was approved.")
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(main(page)).to_contain_text("A second place was approved")
    settle(page)


def check_sheets(page: Page, tmp_path: Path) -> None:
    """The recruiter takes the sheets away."""
    go_to(page, places.SHEETS)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download this sheet as PDF").click()
    download.value.save_as(tmp_path / "sheet.pdf")
    text = " ".join(part.extract_text() for part in PdfReader(tmp_path / "sheet.pdf").pages)
    assert "C-1" in text
    main(page).get_by_text("Everyone (3)", exact=True).click()
    page.get_by_role("button", name="Make 3 sheets").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the ZIP").click()
    download.value.save_as(tmp_path / "sheets.zip")
    with zipfile.ZipFile(tmp_path / "sheets.zip") as archive:
        assert "manifest.json" in archive.namelist()
        assert sum(name.endswith(".pdf") for name in archive.namelist()) == 3


def check_auditor(page: Page, key: str) -> None:
    """The auditor finds a whole log, and neither names nor a way to change anything."""
    page.goto("/log")
    settle(page)
    expect(main(page)).to_contain_text("The log is whole")
    page.goto(f"/requisitions?requisition={key}")
    settle(page)
    assert "Cleo" not in main(page).inner_text()


def check_store(address: str, key: str) -> None:
    """What was acknowledged is in the store, once, and the log follows."""
    database = Database(store_address(address))
    with database.reading() as connection:
        assert check_log(connection).ok
        done = [event.action for event in events(connection)]
    database.close()
    assert done.count("review locked") == 9, sorted(set(done))

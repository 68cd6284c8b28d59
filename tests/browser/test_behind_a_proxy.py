"""A team behind TLS and below a path, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PAGE_PATIENCE, running_app
from tests.browser.tls_proxy import tls_proxy
from tests.browser.visit import NARROW, barriers, go_to, overflow, settle
from toolkit.ui import places
from toolkit.ui.team import COOKIE

SECRET = "four unrelated words"


def fill(page: Page, **values: str) -> None:
    """Fill a form in and send it with the Enter key."""
    for name, value in values.items():
        page.locator(f"#{name}").fill(value)
    page.keyboard.press("Enter")


@pytest.fixture
def page(browser: Browser) -> Page:
    """A page that takes a certificate of our own making, with little patience for faults."""
    opened = browser.new_context(ignore_https_errors=True).new_page()
    opened.set_default_timeout(PAGE_PATIENCE)
    return opened


def test_a_team_below_a_path_and_behind_tls(browser: Browser, page: Page, tmp_path: Path) -> None:
    log = tmp_path / "log.txt"
    with (
        running_app(log, str(tmp_path / "team.db")) as port,
        tls_proxy(port, tmp_path, "/cloutproof") as address,
    ):
        strays: list[str] = []
        page.on(
            "request",
            lambda one: (
                None
                if one.url.startswith((address, address.replace("http", "ws", 1), "data:", "blob:"))
                else strays.append(one.url)
            ),
        )
        page.goto(f"{address}/")
        settle(page)
        page.get_by_role("link", name="Work as a team").click()
        # Nobody is on the server's own computer, as far as it can see.
        expect(page.get_by_label("Set-up code")).to_be_visible()
        assert barriers(page) == []
        page.set_viewport_size(NARROW)
        assert overflow(page) <= 0
        code = re.search(r"Set-up code of this server: (\w+)", log.read_text())
        assert code
        fill(
            page,
            name="Ada",
            sign_in="ada@example.org",
            password=SECRET,
            repeated=SECRET,
            code=code[1],
        )
        page.wait_for_url(f"{address}/people")
        settle(page)
        assert barriers(page) == []
        (cookie,) = [one for one in page.context.cookies() if one["name"] == COOKIE]
        assert cookie["path"] == "/cloutproof"
        assert cookie["secure"]
        assert cookie["httpOnly"]
        assert cookie["sameSite"] == "Strict"
        page.reload()
        settle(page)
        expect(page.get_by_test_id("stSidebar")).to_contain_text("Signed in as Ada")

        # The link of an invitation is one that a browser elsewhere can open.
        page.get_by_label("E-mail address").fill("audrey@example.org")
        page.get_by_text("Auditor", exact=True).click()
        page.get_by_role("button", name="Make an invitation").click()
        link = page.get_by_test_id("stCode").inner_text().strip()
        assert link.startswith(f"{address}/invitation/")
        other = browser.new_context(ignore_https_errors=True).new_page()
        other.goto(link)
        assert barriers(other) == []
        fill(other, name="Audrey", password=SECRET, repeated=SECRET)
        settle(other)
        go_to(other, places.LOG)
        expect(other.get_by_test_id("stMain")).to_contain_text("The log is whole: 3 events")

        # From another site the first request comes without the cookie, the next with it.
        other.goto("about:blank")
        other.set_content(f'<a href="{address}/log">follow</a>')
        other.get_by_role("link", name="follow").click()
        expect(other).to_have_title("Log · Cloutproof")

        other.context.clear_cookies()
        other.goto(f"{address}/log")
        expect(other.get_by_role("heading", name="Sign in")).to_be_visible()
        assert barriers(other) == []
        fill(other, sign_in="audrey@example.org", password=SECRET)
        expect(other).to_have_title("Log · Cloutproof")
        settle(other)
        other.get_by_role("button", name="Sign out").click()
        expect(other.get_by_test_id("stMain")).to_contain_text("You are signed out")
        other.get_by_role("link", name="Sign in").click()
        expect(other.get_by_role("heading", name="Sign in")).to_be_visible()
        other.context.close()
        assert strays == []
    page.context.close()

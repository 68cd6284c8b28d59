"""What a user does in the browser: open, wait, go to a page, look."""

from __future__ import annotations

from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect

from toolkit.ui.places import Place

WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 400, "height": 800}
#: How each page is looked at.
LOOKS: tuple[tuple[Literal["light", "dark"], ViewportSize], ...] = (
    ("dark", NARROW),
    ("light", WIDE),
)


def settle(page: Page) -> None:
    """Wait until the page has been drawn and nothing is running."""
    expect(page.locator("[data-testid=stMain] h1")).to_be_visible()
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_attached()
    expect(page.locator("[data-testid=stSpinner]")).to_have_count(0)
    # What is still fading in or out has for a moment less contrast than it will have.
    expect(page.locator("[data-stale=true]")).to_have_count(0)
    page.wait_for_function(
        """() => document.getAnimations().every(
            one => one.effect?.getComputedTiming().iterations === Infinity
                || one.playState !== "running")"""
    )


def go_to(page: Page, place: Place) -> None:
    """Follow the navigation's link, as a user does, so that the session stays."""
    link = page.get_by_test_id("stSidebarNav").get_by_role("link", name=place.title, exact=True)
    link.click()
    expect(page).to_have_title(f"{place.title} · Cloutproof")
    settle(page)


def choose(page: Page, label: str, words: str) -> None:
    """Choose from a list by typing, as one does with a keyboard."""
    box = page.get_by_role("combobox", name=label, exact=True)
    # Scrolling closes an open list, so it has to be in view before it opens.
    box.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    box.click()
    box.fill(words)
    page.get_by_role("option").filter(has_text=words).first.click()
    settle(page)


def type_number(page: Page, label: str, number: str) -> None:
    """Type into a number field and leave it with the Enter key."""
    field = page.get_by_role("spinbutton", name=label, exact=True)
    field.fill(number)
    field.press("Enter")
    settle(page)


def barriers(page: Page) -> list[str]:
    """Serious and critical violations that axe finds, each in a line."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:200]} ({node.get('failureSummary', '')})"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    wide: int = page.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wide


def faults(page: Page) -> list[str]:
    """What is wrong with a page as it stands, in each of its looks; it ends light and wide."""
    found = []
    for scheme, size in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        settle(page)
        found += [f"{scheme}: {one}" for one in barriers(page)]
        if (beyond := overflow(page)) > 0:
            found.append(f"{scheme}: {beyond} pixels wider than its window")
    return found

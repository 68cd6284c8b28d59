"""Every page: in light and dark, wide and narrow, empty and at work."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.visit import NARROW, WIDE, barriers, overflow, settle
from toolkit.ui import places

LOOKS = [("light", WIDE), ("dark", NARROW)]


@pytest.mark.parametrize(("theme", "size"), LOOKS, ids=["light-wide", "dark-narrow"])
@pytest.mark.parametrize("place", places.ALL, ids=lambda place: place.path)
def test_an_empty_page_is_quiet_and_open_to_all(
    quiet_page: Page,
    place: places.Place,
    theme: Literal["light", "dark"],
    size: ViewportSize,
) -> None:
    quiet_page.emulate_media(color_scheme=theme)
    quiet_page.set_viewport_size(size)
    quiet_page.goto(f"/{place.address}")
    settle(quiet_page)
    expect(quiet_page).to_have_title(f"{place.title} · Cloutproof")
    assert barriers(quiet_page) == []
    assert overflow(quiet_page) <= 0


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

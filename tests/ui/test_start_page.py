from __future__ import annotations

from tests.ui.opened import agency, at_work, checked, gated, opened, words
from toolkit.ui.components.samples import SAMPLES
from toolkit.ui.pages import start


def test_the_first_page_says_what_this_does_and_what_it_does_not_claim() -> None:
    test = opened(start.page)
    assert test.title[0].value == "What would a score change?"
    assert "What it does not claim" in words(test)
    labels = [button.label for button in test.button]
    assert labels == [f"Open {sample.title}" for sample in SAMPLES]


def test_work_in_hand_is_named_and_can_be_forgotten() -> None:
    test = opened(start.page, at_work(agency(), gated()))
    assert "**Applicants**, 12 candidates, screened by “Agency screen”" in words(test)
    checked(test.button(key="forget").click().run())
    work = test.session_state["workspace"]
    assert (work.cohort, work.screen) == (None, None)
    assert "Open now" not in words(test)

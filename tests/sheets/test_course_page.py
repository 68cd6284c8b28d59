from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sheets.examples import COURSE, NOISE, SHEET, course, signals
from toolkit.influence.waterfall import Part, waterfall
from toolkit.sheets.candidate_sheet import CandidateSheet, Course
from toolkit.sheets.course_page import BARS_AT_MOST, course_page, drawn
from toolkit.sheets.texts import texts_of


def page_of(sheet: CandidateSheet = SHEET) -> dict[str, Any]:
    """The section, with spaces that break no line as plain ones."""
    page = course_page(sheet, texts_of("candidate"))
    return json.loads(json.dumps(page, ensure_ascii=False).replace("\u00a0", " "))


def test_the_bars_lead_from_the_chance_of_everyone_to_the_decision() -> None:
    """From a sixth, +63.3, +25 and −5 lead over 104.99 % to a whole place."""
    page = page_of()
    assert [(bar["label"], bar["figure"], bar["kind"]) for bar in page["steps"]] == [
        ("What everyone starts with", "16.7 %", "start"),
        ("Klout", "+63.3 %", "for"),
        ("Portfolio rating", "+25.0 %", "for"),
        ("Task result", "−5.0 %", "against"),
        ("Selected", "100.0 %", "decision"),
    ]
    width = 1 / 6 + 0.6333333 + 0.25
    assert page["one"] == pytest.approx(1 / width)
    assert [bar["left"] * width for bar in page["steps"]] == pytest.approx(
        [0, 1 / 6, 0.8, 1.0, 0], abs=1e-6
    )
    assert page["steps"][2]["right"] == pytest.approx(1)
    assert page["start"].startswith("With 10 places for 60 candidates, everyone starts with 16.7 %")


def test_who_cannot_see_the_figure_hears_every_step() -> None:
    assert page_of()["alt"] == (
        "From the chance that everyone starts with to the decision, in percent of a place. "
        "What everyone starts with: 16.7 %; Klout: +63.3 %; Portfolio rating: +25.0 %; "
        "Task result: −5.0 %; Selected: 100.0 %."
    )


def test_noise_in_words() -> None:
    page = page_of()
    assert page["noise"] == (
        "With every score measured again, this candidate would be selected in 41.2 % of 1,000 "
        "draws (95 % interval 38.2 % to 44.3 %, of the drawing alone). That is too close to call: "
        "another day, another decision."
    )
    assert page["assumed"] == (
        "Noise of each score, as a standard deviation: Klout 2.50 (as given)."
    )
    settled = replace(NOISE, too_close_to_call=False)
    assert page_of(replace(SHEET, course=replace(COURSE, noise=settled)))["noise"].endswith(
        "That is not too close to call."
    )


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.0, "0 %"), (0.0004, "under 0.1 %"), (0.9996, "over 99.9 %"), (1.0, "100 %")],
)
def test_a_share_of_draws_is_not_rounded_to_none_or_all(share: float, said: str) -> None:
    course = replace(COURSE, noise=replace(NOISE, selected_share=share))
    words = page_of(replace(SHEET, course=course))["noise"]
    assert f"would be selected in {said} of 1,000 draws" in words


def test_without_scores_or_shares_the_section_says_what_there_is() -> None:
    no_noise = page_of(replace(SHEET, course=replace(COURSE, noise=None)))
    assert (no_noise["shown"], no_noise["noise"], no_noise["assumed"]) == (True, "", "")
    nothing = page_of(replace(SHEET, course=Course(10)))
    assert (nothing["shown"], nothing["steps"], nothing["start"]) == (False, [], "")


def test_where_nobody_is_told_apart_a_lot_is_drawn() -> None:
    by_lot = Course(1, waterfall(0.25, [Part("klout", "Klout", 0.0)], False))
    outcome = replace(SHEET.outcome, selected=False, candidates=4)
    page = page_of(replace(SHEET, course=by_lot, outcome=outcome))
    assert [(bar["label"], bar["figure"]) for bar in page["steps"]] == [
        ("What everyone starts with", "25.0 %"),
        ("Klout", "0.0 %"),
        ("Drawn by lot", "−25.0 %"),
        ("Not selected", "0.0 %"),
    ]
    assert page["remarks"] == [
        "No signal of the screen tells any two candidates apart: a lot decided."
    ]
    assert page["start"].startswith("With one place for 4 candidates")


def test_estimates_carry_their_standard_error() -> None:
    page = page_of(replace(SHEET, signals=signals(13), course=course(13, estimated=True)))
    assert page["steps"][1]["figure"] == "−33.3 % ± 1.2 %"
    assert page["remarks"][-1].startswith("With more than twelve signals the parts are estimated")


def test_the_smallest_of_many_parts_are_drawn_together() -> None:
    sheet = replace(SHEET, signals=signals(30), course=course(30))
    bars = page_of(sheet)["steps"]
    others = [bar for bar in bars if "together" in bar["label"]]
    assert [bar["label"] for bar in others] == ["15 other signals together"]
    rest = sum((-1) ** n / (n + 2) for n in range(16, 31))
    assert others[0]["figure"] == f"+{100 * rest:.1f} %"
    assert len(page_of(replace(SHEET, course=course(15)))["steps"]) == 15 + 3


@given(
    st.floats(0, 1),
    st.lists(st.floats(-1, 1), max_size=40),
    st.booleans(),
)
def test_every_bar_lies_within_the_drawing(
    baseline: float, values: list[float], selected: bool
) -> None:
    parts = [Part(f"s{n}", f"S{n}", value) for n, value in enumerate(values)]
    steps = waterfall(baseline, parts, selected)
    shown = drawn(steps)
    assert len(shown) <= BARS_AT_MOST + 4
    at = shown[0].end
    for step in shown[1:-1]:
        assert step.begin == pytest.approx(at, abs=1e-9)
        at = step.end
    assert at == pytest.approx(shown[-1].end, abs=1e-6)
    bars = page_of(replace(SHEET, course=Course(10, steps)))["steps"]
    assert all(-1e-9 <= bar["left"] <= bar["right"] <= 1 + 1e-9 for bar in bars)

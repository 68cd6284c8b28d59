"""The notice: on one page, in plain words, and about nobody else."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.sheets.reading import failures, pages_of, squeezed, text_of
from toolkit.influence.notice import Condition, Notice, Seen
from toolkit.sheets.content import content_of, value_of
from toolkit.sheets.look import Look
from toolkit.sheets.notice_page import notice_page, shared_out
from toolkit.sheets.notice_sheet import Contact, NoticeSheet
from toolkit.sheets.person_decision import PersonDecision
from toolkit.sheets.rendering import render_pdf
from toolkit.sheets.requisition import Requisition

KLOUT = Seen(
    "Klout",
    "score",
    45,
    0,
    0.1,
    conditions=(Condition(50, None, None, met=False),),
    breaks_ties=True,
    decided=True,
)
PORTFOLIO = Seen("Portfolio", "evidence", 4.5, 1, 0.9)
TOLD = Notice("A-017", False, None, 19, 60, 12, False, (KLOUT, PORTFOLIO), True)
SHEET = NoticeSheet(
    requisition=Requisition(title="Social media manager", organisation="Harbour Street Agency"),
    candidate_code="A-017",
    candidate_name=None,
    date=dt.date(2026, 11, 22),
    notice=TOLD,
    screen="Agency screen",
    screen_digest="5c" * 32,
    contact=Contact("people@example.org", dt.date(2026, 12, 22)),
    inputs=(("candidates.csv", "0a" * 32),),
    version="0.1.0",
)

#: In reading order.
PRINTED = [
    "Notice to the applicant",
    "Harbour Street Agency",
    "How your application was decided",
    "Social media manager",
    "A-017",
    "22 November 2026",
    "Your application was not taken forward.",
    "Not every condition was met: Klout.",
    "19 of 60 applications met every condition, and 12 could be taken forward.",
    "The order was worked out by a program. This notice records no decision by a person.",
    "Scores from others that were seen",
    "Klout decided: without it your application would have been taken forward.",
    "What was seen",
    "Klout",
    "45",
    "Condition: at least 50, not met; 10 % of the weight; decides between equals",
    "Without it: taken forward",
    "Work and facts that were seen",
    "Portfolio",
    "4.5",
    "90 % of the weight",
    "Nothing by itself",
    "What you can do",
    "Ask a person to look again.",
    "Ask for a correction.",
    "Ask what is held about you.",
    "people@example.org",
    "22 December 2026",
]


def test_the_notice_says_everything_in_reading_order() -> None:
    pdf = render_pdf(SHEET)
    text, at = text_of(pdf), 0
    for words in PRINTED:
        found = text.find(squeezed(words), at)
        assert found >= 0, f"'{words}' does not stand after '{text[max(at - 80, 0) : at]}'"
        at = found
    assert len(pages_of(pdf)) == 1


def many(scores: int, evidence: int) -> NoticeSheet:
    seen = (
        *(replace(KLOUT, label=f"Score of provider {n}", decided=n == 1) for n in range(scores)),
        *(replace(PORTFOLIO, label=f"Piece of work {n}") for n in range(evidence)),
    )
    return replace(SHEET, notice=replace(TOLD, seen=seen), candidate_name="Zoë Brandt-Łukasiewicz")


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
@pytest.mark.parametrize(
    "sheet",
    [
        replace(SHEET, requisition=Requisition(), contact=Contact()),
        replace(SHEET, notice=replace(TOLD, seen=(PORTFOLIO,), otherwise_without_scores=None)),
        replace(SHEET, notice=replace(TOLD, seen=())),
        replace(SHEET, candidate_name="فاطمة الزهراء بنت محمد"),
        many(4, 4),
    ],
    ids=["blanks", "no scores", "nothing seen", "Arabic", "4 scores"],
)
def test_one_page_accessible_and_archival(sheet: NoticeSheet, paper: str) -> None:
    pdf = render_pdf(sheet, paper)  # type: ignore[arg-type]
    assert failures(pdf) == []
    assert len(pages_of(pdf)) == 1


def test_twelve_scores_stay_on_one_page_of_letter_and_all_are_named() -> None:
    seen = tuple(
        replace(KLOUT, label=f"Score of provider {n}", decided=False, conditions=())
        for n in range(12)
    )
    sheet = replace(SHEET, notice=replace(TOLD, seen=(*seen, PORTFOLIO)))
    pdf = render_pdf(sheet, "us-letter")
    assert len(pages_of(pdf)) == 1
    text = text_of(pdf)
    assert all(squeezed(one.label) in text for one in seen)
    assert squeezed("Also seen, and changing nothing by themselves:") in text


def test_what_decided_always_has_a_row_of_its_own() -> None:
    seen = [replace(KLOUT, label=str(n), decided=n > 4, conditions=()) for n in range(9)]
    shown, others = shared_out(seen, 3)
    assert [one.label for one in shown] == ["5", "6", "7", "8"]
    assert [one.label for one in others] == ["0", "1", "2", "3", "4"]


def test_a_decision_by_a_person_is_told_without_its_reason() -> None:
    person = PersonDecision(
        "A-017", "take forward", "better than E-002", "M", dt.date(2026, 11, 20)
    )
    page = notice_page(replace(SHEET, person=person))
    assert page["person"] == (
        "A person looked at this and decided: taken forward (20 November 2026)."
    )
    assert "E-002" not in text_of(render_pdf(replace(SHEET, person=person)))


def test_it_can_be_made_again_from_its_record() -> None:
    assert value_of(NoticeSheet, content_of(SHEET)) == SHEET
    assert notice_page(SHEET, Look("us-letter"))["paper"] == "us-letter"


def test_nobody_signs_it() -> None:
    page = notice_page(SHEET)
    assert page["signature"] == ""
    assert "Signature" not in text_of(render_pdf(SHEET))

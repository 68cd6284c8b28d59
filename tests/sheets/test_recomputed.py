from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.sheets.test_from_results import DATE, SCREEN
from tests.sheets.test_verify import four
from toolkit.errors import UnknownName
from toolkit.influence.influence import influence
from toolkit.influence.score_noise import score_noise
from toolkit.sheets.cohort_from_results import cohort_report
from toolkit.sheets.notice_sheet import Contact, notice_sheet
from toolkit.sheets.person_decision import PersonDecision
from toolkit.sheets.recomputation import Recomputation
from toolkit.sheets.recomputed import notice_again
from toolkit.sheets.rendering import render_pdf
from toolkit.sheets.requisition import Requisition
from toolkit.sheets.verify import verify

EVERYONE = four()
FOUND = influence(EVERYONE, SCREEN)
BO = PersonDecision("bo", "take forward", "Knows the harbour.", "M", dt.date(2026, 11, 20))


def places_of_difference(pdf: bytes, **changed: float) -> set[str]:
    found = verify(pdf, against=four(**changed))
    assert found.screen is not None
    return {one.where for one in found.differences}


def test_a_notice_follows_from_the_data_and_what_people_decided_stays() -> None:
    sheet = notice_sheet(
        EVERYONE,
        FOUND,
        "bo",
        requisition=Requisition(title="Opening 7"),
        contact=Contact("people@example.org"),
        person=BO,
        date=DATE,
        named=True,
    )
    pdf = render_pdf(sheet)
    assert places_of_difference(pdf) == set()
    # With a Klout of 51 the gate lets Bo in, second of three.
    changed = places_of_difference(pdf, klout_of_bo=51.0)
    assert {"notice.rank", "notice.taken_forward"} <= changed


def test_a_requisition_report_follows_from_the_data_with_the_noise_that_was_given() -> None:
    report = cohort_report(
        EVERYONE,
        FOUND,
        noise=score_noise(EVERYONE, FOUND.decisions, noise={"klout": 3.0}),
        people={"bo": BO},
        date=DATE,
    )
    pdf = render_pdf(report)
    assert places_of_difference(pdf) == set()
    assert "rule.eligible" in places_of_difference(pdf, klout_of_bo=51.0)
    assert not verify(pdf.replace(b"/Title", b"/Tilte", 1)).intact


def test_a_notice_to_somebody_whom_the_data_do_not_hold() -> None:
    sheet = replace(notice_sheet(EVERYONE, FOUND, "bo", date=DATE), candidate_code="eve")
    with pytest.raises(UnknownName, match="There is no candidate 'eve'"):
        notice_again(sheet, Recomputation(EVERYONE), SCREEN)


def test_results_are_worked_out_once_for_all_documents() -> None:
    results = Recomputation(EVERYONE)
    assert results.influence(SCREEN) is results.influence(SCREEN)
    assert results.noise(SCREEN, 100, {}) is results.noise(SCREEN, 100, {})
    assert results.noise(SCREEN, 100, {}) is not results.noise(SCREEN, 100, {"klout": 1.0})
    assert results.inflation(None) is not results.inflation(0.2)

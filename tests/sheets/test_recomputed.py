from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from tests.sheets.test_from_results import DATE, SCREEN
from tests.sheets.test_verify import OWN, four
from toolkit.errors import UnknownName
from toolkit.fairness.recheck_tables import recheck_tables
from toolkit.fairness.statutory_result import Particulars
from toolkit.fairness.statutory_task import StatutoryTask, statutory_of_candidates
from toolkit.influence.influence import influence
from toolkit.influence.score_noise import score_noise
from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.intake.read_file import Reading, read_files
from toolkit.screening.screen import Screen
from toolkit.sheets.audit_report import audit_report
from toolkit.sheets.cohort_from_results import cohort_report
from toolkit.sheets.notice_sheet import Contact, notice_sheet
from toolkit.sheets.person_decision import PersonDecision
from toolkit.sheets.recheck_sheet import recheck_sheet
from toolkit.sheets.recomputation import Recomputation
from toolkit.sheets.recomputed import notice_again
from toolkit.sheets.rendering import render_pdf
from toolkit.sheets.requisition import Requisition
from toolkit.sheets.statutory_sheet import statutory_sheet
from toolkit.sheets.verification import Check
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


def people_of(sex_of_bo: str = "Female", groups: tuple[str, ...] = ("sex", "race")) -> Cohort:
    """Eight candidates by the task, with two group columns; 'W' is a value of one's own."""
    frame = pd.DataFrame(
        {
            "candidate_id": ["ann", "bo", "cy", "di", "ed", "fi", "gus", "hal"],
            "task": [90.0, 80, 70, 60, 50, 40, 30, 20],
            "klout": [51.0, 20, 60, 70, 80, 30, 20, 10],
            "sex": ["Female", sex_of_bo, "Male", "Male", "Male", "Female", "Male", "Female"],
            "race": ["W", "Asian", "W", "Asian", "W", "W", "Asian", "Asian"],
        }
    )
    made = cohort_from_frame(frame[[c for c in frame if c not in ("sex", "race") or c in groups]])
    return replace(made, groups=frame[list(groups)].set_axis(made.groups.index))


BY_TASK = Screen(name="Task", places=3, weights={"task": 0.9, "klout": 0.1})
EVERYBODY = people_of()
LAW = {"sex": "sex", "race_ethnicity": "race"}
BY_SCREEN = StatutoryTask("nyc-ll144", "screen", LAW, categories={"W": "White"})


def told(pdf: bytes, data: Recomputation | Cohort) -> dict[str, tuple[str, str]]:
    found = verify(pdf, against=data)
    return {one.where: (one.document, one.expected) for one in found.differences}


def data_check(pdf: bytes, data: Recomputation | Cohort) -> Check:
    return next(one for one in verify(pdf, against=data).checks if one.name == "data")


def test_an_adverse_impact_report_follows_from_the_data_with_what_was_asked() -> None:
    report = audit_report(
        EVERYBODY,
        influence(EVERYBODY, BY_TASK),
        attributes=["sex"],
        stratum="race",
        law_keys=["nyc-ll144"],
        categories={"W": "White"},
        particulars=Particulars(auditor="Independent Audit Co."),
        date=DATE,
    )
    pdf = render_pdf(report)
    assert told(pdf, EVERYBODY) == {}
    assert data_check(pdf, EVERYBODY).passed
    # Were Bo a man, there would be three women, not four.
    found = told(pdf, people_of("Male"))
    female = "compared.impacts.The screen as it is.attributes.sex.groups.1"
    assert found[f"{female}.n"] == ("4", "3")
    assert any(where.startswith("statutory.1.tables.1.rows") for where in found)
    # A figure changed in document and record alike, with every hash made to fit.
    first = report.statutory[0]
    forged = replace(report, statutory=(replace(first, selected=first.selected + 1),))
    assert verify(render_pdf(forged)).intact
    assert told(render_pdf(forged), EVERYBODY) == {"statutory.1.selected": ("4", "3")}


def test_whoever_may_not_see_groups_is_told_that_nothing_can_be_said() -> None:
    report = audit_report(EVERYBODY, influence(EVERYBODY, BY_TASK), law_keys=[], date=DATE)
    check = data_check(render_pdf(report), people_of(groups=()))
    assert check.passed is None
    assert "no group columns, or you may not see them" in check.says


def test_statutory_tables_of_candidates_follow_from_their_screen_or_score() -> None:
    selected = influence(EVERYBODY, BY_TASK).decisions.selected
    found = statutory_of_candidates(BY_SCREEN, EVERYBODY.groups, Particulars(), selected=selected)
    by_screen = render_pdf(statutory_sheet(found, DATE, task=BY_SCREEN, screen=BY_TASK))
    assert told(by_screen, EVERYBODY) == {}
    assert "found.tables.1.rows.1.n" in told(by_screen, people_of("Male"))
    by_score = replace(BY_SCREEN, source="signal", score="klout")
    scored = statutory_of_candidates(
        by_score, EVERYBODY.groups, Particulars(), scores=EVERYBODY.signals["klout"]
    )
    pdf = render_pdf(statutory_sheet(replace(scored, median=40.0), DATE, task=by_score))
    # By hand: the median of 10, 20, 20, 30, 51, 60, 70, 80.
    assert told(pdf, EVERYBODY) == {"found.median": ("40.0", "40.5")}
    pdf = render_pdf(statutory_sheet(scored, DATE, task=replace(by_score, score="kred")))
    assert "There is no signal 'kred'" in data_check(pdf, EVERYBODY).says


def test_a_published_table_is_recomputed_from_its_file() -> None:
    text = "Who,n,selected,rate\nMale,92,50,54.3%\nFemale,76,34,44.7%\n"
    named = {"group": "Who"}

    def tables(change: str = "50") -> Reading:
        return read_files([("table.csv", text.replace("50", change).encode())])

    found = recheck_tables(tables().tables, named)
    sheet = recheck_sheet(found, "table.csv", DATE, columns=named, inputs=tables().sources)
    pdf = render_pdf(sheet)
    own = Recomputation(None, tables)
    assert told(pdf, own) == {}
    assert verify(pdf, against=own).intact
    other = told(pdf, Recomputation(None, lambda: tables("49")))
    assert {"input table.csv", "found.rows.1.printed.selected"} <= set(other)
    # Candidates are no published table; that is nobody's mistake.
    assert data_check(pdf, EVERYBODY).passed is None
    assert data_check(render_pdf(OWN), own).passed is None
    forged = replace(sheet, found=replace(found, checked=found.checked + 1))
    assert set(told(render_pdf(forged), own)) == {"found.checked"}


def test_of_what_is_withheld_nothing_is_said() -> None:
    part = Recomputation(EVERYONE, whole=False)
    notice = notice_sheet(EVERYONE, FOUND, "bo", date=DATE)
    for document in (OWN, notice, cohort_report(EVERYONE, FOUND, date=DATE)):
        check = data_check(render_pdf(document), part)
        assert check.passed is None
        assert "which you may not see" in check.says

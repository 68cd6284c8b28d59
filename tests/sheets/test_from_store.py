from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.store.panel_team import RUBRIC, Panelists, handed, panelists, rated
from tests.store.team import SCREEN
from toolkit.errors import NotAllowed
from toolkit.influence.influence import influence
from toolkit.review.task import Task
from toolkit.screening.screen import Screen
from toolkit.sheets.cohort_from_results import cohort_report
from toolkit.sheets.cohort_page import cohort_page
from toolkit.sheets.content import content_of
from toolkit.sheets.counted_report import counted_report
from toolkit.sheets.from_results import candidate_sheet
from toolkit.sheets.from_store import TeamReview, team_review
from toolkit.sheets.given_reviews import Given, GivenReview
from toolkit.sheets.person_decision import taken_forward
from toolkit.sheets.rendering import render_pdf
from toolkit.sheets.reviews_page import reviews_page
from toolkit.sheets.texts import texts_of
from toolkit.sheets.verify import verify
from toolkit.store.address import store_address
from toolkit.store.cohorts import cohort_seen_by, upload_of
from toolkit.store.database import Database
from toolkit.store.decision_counts import DecisionCounts
from toolkit.store.decisions import Proposal, decide_about
from toolkit.store.finishing import abstain
from toolkit.store.issued_sheets import Issue, issue_sheets
from toolkit.store.panel import agree
from toolkit.store.requisitions import retain_until
from toolkit.store.tasks import keep_task


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, Panelists]]:
    """Ann is through, with an abstention and an agreed rating; Bo is waited for; two decided."""
    path: Path = tmp_path_factory.mktemp("reviewed") / "store.db"
    database = Database(store_address(str(path)))
    of = panelists(database)
    given = handed(database, of, "ann", "bo")
    rated(database, of.ada, given["Ada", "ann"], 5, 4)
    rated(database, of.bea, given["Bea", "ann"], 2, None)
    abstain(database, of.cleo, given["Cleo", "ann"].key, "Ann Arbor is my client.", 1)
    rated(database, of.ada, given["Ada", "bo"], 1, 1)
    agree(database, of.recruiter, of.candidates["ann"], "plan", 4, "No figures.", 0)
    by_screen = Proposal(False, "screen", SCREEN.digest)
    by_ranking = Proposal(False, "ranking", "5c" * 32)
    ann, cy = of.candidates["ann"], of.candidates["cy"]
    decide_about(
        database, of.recruiter, ann, True, 0, proposal=by_screen, reason="Knows the harbour."
    )
    decide_about(database, of.recruiter, cy, False, 0, proposal=by_ranking)
    keep_task(
        database, of.recruiter, of.requisition, Task("Answer a complaint", "1", "Write it.", 45), 0
    )
    retain_until(database, of.recruiter, of.requisition, 1, "2030-12-31")
    yield database, of
    database.close()


def seen(store: tuple[Database, Panelists], who: str = "recruiter") -> TeamReview:
    database, of = store
    return team_review(database, getattr(of, who), of.requisition)


def test_locked_ratings_stand_with_notes_initials_and_what_was_agreed(
    store: tuple[Database, Panelists],
) -> None:
    found = seen(store)
    (code,) = found.reviews
    ann = found.reviews[code]
    assert code == "ann"
    assert ann.rubric == RUBRIC
    assert ann.reviews == (
        GivenReview(
            "A", (Given("plan", 5.0, "Seen in the work."), Given("text", 4.0, "Seen in the work."))
        ),
        GivenReview(
            "B",
            (
                Given("plan", 2.0, "Seen in the work."),
                Given("text", None, reason="Seen in the work."),
            ),
        ),
        GivenReview("C", (), "Ann Arbor is my client."),
    )
    assert ann.agreed == (Given("plan", 4.0, reason="No figures."),)
    assert found.requisition.title == "Social media manager"
    assert found.requisition.task.time_limit == "45 min"
    assert str(found.requisition.retain_until) == "2030-12-31"


def test_nothing_of_a_candidate_who_is_waited_for(store: tuple[Database, Panelists]) -> None:
    found = seen(store)
    assert found.waiting == ("bo",)
    assert "bo" not in found.reviews
    assert "A" in found.ratings.reviewers  # type: ignore[union-attr]


def test_decisions_say_who_when_why_and_what_they_follow(
    store: tuple[Database, Panelists],
) -> None:
    people = seen(store).people
    ann, cy = people["ann"], people["cy"]
    assert (ann.choice, ann.reason, ann.by) == ("take forward", "Knows the harbour.", "Recruiter")
    assert ann.on is not None
    assert (cy.choice, cy.follows, cy.unreasoned) == ("do not take forward", "ranking", False)
    # The screen takes Cy and Bo; people decided about Ann and Cy.
    codes = ["ann", "bo", "cy", "di"]
    assert taken_forward(codes, [False, True, True, False], people) == ("ann", "bo")


def test_a_reviewer_may_not_and_an_auditor_finds_nobody(store: tuple[Database, Panelists]) -> None:
    database, of = store
    with pytest.raises(NotAllowed):
        team_review(database, of.ada, of.requisition)
    for who in ("auditor", "administrator"):
        found = seen(store, who)
        assert (dict(found.reviews), dict(found.people), found.waiting) == ({}, {}, ())
    assert seen(store, "administrator").ratings is None
    assert seen(store, "auditor").ratings is not None


def test_the_sheet_and_the_report_print_it(store: tuple[Database, Panelists]) -> None:
    database, of = store
    kept = upload_of(database, of.recruiter, of.requisition)
    assert kept is not None
    cohort, found = kept[1].cohort(), seen(store)
    results = influence(cohort, SCREEN)
    sheet = candidate_sheet(
        cohort, results, "ann", reviews=found.reviews["ann"], person=found.people["ann"]
    )
    assert sheet.rubric == RUBRIC
    page = reviews_page(sheet, texts_of("candidate", "en"))
    assert page["filled"] is True
    assert [one["name"] for one in page["reviewers"]] == ["Reviewer 1", "Reviewer 2"]  # type: ignore[attr-defined]
    # The name is withheld on a blind sheet, there too.
    (abstained,) = page["abstained"]  # type: ignore[misc]
    assert abstained.startswith("A reviewer gave no ratings: ")
    assert "Ann Arbor" not in abstained
    assert page["person"]["overrides"] is True  # type: ignore[index]
    named = candidate_sheet(cohort, results, "ann", reviews=found.reviews["ann"], blind=False)
    shown = reviews_page(named, texts_of("candidate", "en"))
    assert shown["abstained"] == ["C gave no ratings: Ann Arbor is my client."]
    report = cohort_report(cohort, results, ratings=found.ratings, people=found.people)
    decided = {one.candidate_id: one for one in report.decided}
    assert decided["ann"].overridden
    assert decided["cy"].person == found.people["cy"]
    nobody = replace(sheet, reviews=sheet.reviews[2:])
    assert reviews_page(nobody, texts_of("candidate", "en"))["filled"] is False


def test_an_auditors_report_counts_candidates_and_names_none(
    store: tuple[Database, Panelists],
) -> None:
    database, of = store
    found = seen(store, "auditor")
    assert found.counts == DecisionCounts(2, 1, 1)
    kept = cohort_seen_by(database, of.auditor, of.requisition)
    assert kept is not None
    # By Klout Ann comes in and Cy goes.
    cohort = kept[2]
    screen = Screen(name="Klout", places=2, weights={"klout": 0.9, "portfolio": 0.1})
    report = cohort_report(cohort, influence(cohort, screen), ratings=found.ratings)
    assert found.counts is not None
    counted = counted_report(report, found.counts)
    page = cohort_page(counted)
    written = json.dumps(content_of(counted)) + json.dumps(page, default=str)
    for code in ("ann", "bo", "cy", "di", "Ann", "Diddley"):
        assert not re.search(rf"\b{code}\b", written), code
    assert [one["codes"] for one in page["changes"]["who"]] == ["1", "1"]  # type: ignore[index]
    assert "take 1 forward; 1 of these decisions differs from" in page["decided"]["sentence"]  # type: ignore[index]
    assert "Suspected inflation is not judged" in page["reward"]["flagged"]  # type: ignore[index]
    pdf = render_pdf(counted)
    assert verify(pdf, against=cohort).intact
    forged = replace(counted, counted=replace(counted.counted, only_with=2))  # type: ignore[type-var]
    where = [one.where for one in verify(render_pdf(forged), against=cohort).differences]
    assert where == ["counted.only_with"]


def test_who_may_note_a_report(store: tuple[Database, Panelists]) -> None:
    database, of = store
    noted = issue_sheets(database, of.auditor, of.requisition, [Issue("cohort", "0a" * 32)])
    assert noted[0].person == of.auditor.id
    for kind, candidate in (("candidate", None), ("cohort", of.candidates["ann"])):
        one = Issue(kind, "0a" * 32, candidate)
        with pytest.raises(NotAllowed, match="issue review sheets"):
            issue_sheets(database, of.auditor, of.requisition, [one])

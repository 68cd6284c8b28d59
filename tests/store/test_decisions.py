from __future__ import annotations

import pytest

from tests.store.team import SCREEN, Team, keys, opening, team
from toolkit.errors import Conflict, InputError, NotAllowed, StoreError, UnknownName
from toolkit.store import decisions, dismissals, requisitions
from toolkit.store.database import Database
from toolkit.store.decisions import Proposal
from toolkit.store.issued_sheets import issue_sheet, issued_as, issued_sheets
from toolkit.store.present import present
from toolkit.store.standing import standings
from toolkit.store.written import new_key

YES = Proposal(True, "screen", SCREEN.digest)
NO = Proposal(False, "ranking", SCREEN.digest)


@pytest.fixture
def staff(database: Database) -> Team:
    return team(database)


def test_a_decision_against_the_proposal_needs_a_reason(database: Database, staff: Team) -> None:
    by = staff.recruiter
    made = opening(database, by)
    ann = keys(database, by, made.key)["ann"]
    with pytest.raises(StoreError, match="The screen proposes otherwise"):
        decisions.decide_about(database, by, ann, False, 0, proposal=YES)
    first = decisions.decide_about(database, by, ann, True, 0, proposal=YES)
    assert (first.version, first.is_override, first.reason) == (1, False, "")
    # Turning a decision round needs one too, even where it then follows the proposal.
    with pytest.raises(StoreError, match="what has changed"):
        decisions.decide_about(database, by, ann, False, 1, proposal=NO)
    second = decisions.decide_about(
        database, by, ann, False, 1, proposal=YES, reason=" Withdrew her application. "
    )
    assert (second.is_override, second.reason) == (True, "Withdrew her application.")
    assert decisions.decisions_about(database, by, ann) == (second, first)
    assert decisions.decisions(database, by, made.key) == {ann: second}
    assert second.to_dict()["is_override"] is True


def test_where_nothing_proposes_a_reason_is_needed(database: Database, staff: Team) -> None:
    made = opening(database, staff.recruiter)
    ann = keys(database, staff.recruiter, made.key)["ann"]
    with pytest.raises(StoreError, match="what it rests on"):
        decisions.decide_about(database, staff.recruiter, ann, True, 0)
    found = decisions.decide_about(database, staff.recruiter, ann, True, 0, reason="Only one left")
    assert (found.proposal, found.is_override) == (None, False)


def test_two_people_decide_at_once(database: Database, staff: Team) -> None:
    by = staff.recruiter
    made = opening(database, by)
    ann = keys(database, by, made.key)["ann"]
    key = new_key()
    first = decisions.decide_about(database, by, ann, True, 0, proposal=YES, key=key)
    assert decisions.decide_about(database, by, ann, True, 0, proposal=YES, key=key) == first
    with pytest.raises(Conflict, match="in the meantime"):
        decisions.decide_about(database, by, ann, True, 0, proposal=YES)
    with pytest.raises(UnknownName):
        decisions.decide_about(database, by, new_key(), True, 0, proposal=YES)
    for person in (staff.administrator, staff.reviewer, staff.auditor):
        with pytest.raises(NotAllowed):
            decisions.decide_about(database, person, ann, True, 1, proposal=YES)
    requisitions.close_requisition(database, by, made.key, 1)
    with pytest.raises(StoreError, match="closed"):
        decisions.decide_about(database, by, ann, True, 1, proposal=YES)


def test_everybody_still_undecided_as_proposed(database: Database, staff: Team) -> None:
    by = staff.recruiter
    made, other = opening(database, by), opening(database, by)
    known = keys(database, by, made.key)
    decisions.decide_about(database, by, known["bo"], False, 0, proposal=YES, reason="Moved away")
    proposals = {known[code]: YES if code in ("ann", "bo") else NO for code in known}
    assert decisions.decide_as_proposed(database, by, made.key, proposals) == 3
    found = decisions.decisions(database, by, made.key)
    chosen = {code: found[key].selected for code, key in known.items()}
    assert chosen == {"ann": True, "bo": False, "cy": False, "di": False}
    assert [code for code, key in known.items() if found[key].is_override] == ["bo"]
    assert decisions.decide_as_proposed(database, by, made.key, proposals) == 0
    with pytest.raises(UnknownName):
        decisions.decide_as_proposed(database, by, other.key, proposals)
    with pytest.raises(NotAllowed):
        decisions.decide_as_proposed(database, staff.auditor, made.key, proposals)


def test_where_a_requisition_stands(database: Database, staff: Team) -> None:
    by = staff.recruiter
    empty = requisitions.make_requisition(database, by, "Writer")
    made = opening(database, by)
    known = keys(database, by, made.key)
    for code in ("ann", "bo"):
        decisions.decide_about(database, by, known[code], True, 0, proposal=YES)
    decisions.decide_about(database, by, known["bo"], False, 1, reason="Moved away")
    now = present(database, staff.auditor, made.key)
    assert (now.requisition, now.screen) == (made, None)
    assert now.cohort is not None
    assert now.cohort.version == 1
    first, second = standings(database, staff.auditor)
    assert (first.requisition.key, first.candidates, first.decided) == (made.key, 4, 2)
    assert (second.requisition.key, second.candidates, second.decided) == (empty.key, 0, 0)
    assert first.to_dict()["title"] == "Social media manager"


def test_a_flag_is_dismissed_and_the_dismissal_taken_back(database: Database, staff: Team) -> None:
    by = staff.recruiter
    made = opening(database, by)
    ann = keys(database, by, made.key)["ann"]
    key = new_key()
    first = dismissals.dismiss(database, by, ann, ["growth_spike"], "An award in May", key=key)
    assert (first.candidate_id, first.reviewer) == ("ann", by.name)
    assert dismissals.dismiss(database, by, ann, ["growth_spike"], "An award", key=key)
    assert dismissals.dismissals(database, by, made.key) == {"ann": first}
    second = dismissals.dismiss(database, by, ann, ["growth_spike", "automated"], "A talk")
    assert dismissals.dismissals(database, by, made.key) == {"ann": second}
    dismissals.take_back(database, by, ann)
    dismissals.take_back(database, by, ann)
    assert dismissals.dismissals(database, by, made.key) == {}
    with pytest.raises(InputError, match="for a reason"):
        dismissals.dismiss(database, by, ann, ["automated"], "  ")
    with pytest.raises(StoreError, match="nothing to dismiss"):
        dismissals.dismiss(database, by, ann, [], "A talk")
    with pytest.raises(NotAllowed):
        dismissals.dismiss(database, staff.reviewer, ann, ["automated"], "A talk")


def test_a_sheet_is_known_again_by_its_hash(database: Database, staff: Team) -> None:
    by = staff.recruiter
    made, other = opening(database, by), opening(database, by)
    ann = keys(database, by, made.key)["ann"]
    first = issue_sheet(database, by, made.key, "notice", "0f" * 32, ann)
    # Handed out once more it is the same sheet.
    assert issue_sheet(database, by, made.key, "notice", "0f" * 32, ann) == first
    whole = issue_sheet(database, by, made.key, "cohort", "1f" * 32)
    assert issued_sheets(database, staff.auditor, made.key) == (whole, first)
    assert issued_as(database, by, "0F" * 32) == (first,)
    assert issued_as(database, by, "2f" * 32) == ()
    with pytest.raises(StoreError, match="another requisition"):
        issue_sheet(database, by, other.key, "notice", "0f" * 32, candidate=ann)
    with pytest.raises(StoreError, match="64 hexadecimal"):
        issue_sheet(database, by, made.key, "notice", "0f")
    with pytest.raises(StoreError, match="up to 20"):
        issue_sheet(database, by, made.key, "", "0f" * 32)
    with pytest.raises(NotAllowed):
        issue_sheet(database, staff.auditor, made.key, "notice", "0f" * 32)

from __future__ import annotations

import pytest

from tests.store.panel_team import Panelists, add_person, handed, panelists, rated
from tests.store.team import FOUR, upload
from toolkit.errors import NotAllowed, StoreError, UnknownName
from toolkit.store.assignments import assignments, hand_out, reviewers, take_back
from toolkit.store.cohorts import keep_cohort
from toolkit.store.conflicts import Tie, conflicts, declare_conflict
from toolkit.store.database import Database
from toolkit.store.event_log import events
from toolkit.store.people import change_person
from toolkit.store.requisitions import make_requisition
from toolkit.store.reviewing import my_reviews, review
from toolkit.store.written import new_key


@pytest.fixture
def of(database: Database) -> Panelists:
    return panelists(database)


def listed(database: Database, of: Panelists) -> list[tuple[int, str]]:
    return [
        (one.assignment.position, one.code)
        for todo in my_reviews(database, of.ada)
        for one in todo.reviews
    ]


def test_each_reviewer_has_an_order_of_their_own(database: Database, of: Panelists) -> None:
    cy, ann, bo = (of.candidates[code] for code in ("cy", "ann", "bo"))
    made = hand_out(database, of.recruiter, of.requisition, {of.ada.id: [cy, ann]})
    assert [(one.candidate, one.position) for one in made] == [(cy, 1), (ann, 2)]
    again = hand_out(database, of.recruiter, of.requisition, {of.ada.id: [ann, cy, bo, bo]})
    assert [(one.candidate, one.position) for one in again] == [(cy, 1), (ann, 2), (bo, 3)]
    assert [position for position, _ in listed(database, of)] == [1, 2, 3]
    assert my_reviews(database, of.bea) == ()


def test_all_or_nothing_is_handed_out(database: Database, of: Panelists) -> None:
    ann = of.candidates["ann"]
    for order, error in (
        ({of.ada.id: [ann], new_key(): [ann]}, UnknownName),
        ({of.ada.id: [ann, new_key()]}, UnknownName),
        ({of.recruiter.id: [ann]}, UnknownName),
    ):
        with pytest.raises(error):
            hand_out(database, of.recruiter, of.requisition, order)
    assert assignments(database, of.recruiter, of.requisition) == ()


def test_a_rubric_comes_first(database: Database, of: Panelists) -> None:
    other = make_requisition(database, of.recruiter, "Another")
    with pytest.raises(StoreError, match="no rubric yet"):
        hand_out(database, of.recruiter, other.key, {of.ada.id: []})


def test_a_conflict_of_interest_takes_the_review_away(database: Database, of: Panelists) -> None:
    given = handed(database, of)
    ann = of.candidates["ann"]
    rated(database, of.ada, given["Ada", "ann"], 5, 5)
    said = declare_conflict(database, of.ada, ann, Tie.FAMILY, "My cousin.")
    assert declare_conflict(database, of.ada, ann, Tie.OTHER) == said
    assert conflicts(database, of.recruiter, of.requisition) == (said,)
    with pytest.raises(NotAllowed, match="not yours"):
        review(database, of.ada, given["Ada", "ann"].key)
    assert review(database, of.bea, given["Bea", "ann"].key)
    # It is not handed out again, and what kind of tie it is stays out of the log.
    hand_out(database, of.recruiter, of.requisition, {of.ada.id: [ann]})
    assert len(my_reviews(database, of.ada)[0].reviews) == 3
    with database.reading() as connection:
        assert "cousin" not in str(list(events(connection)))


def test_a_conflict_known_before_keeps_the_candidate_away(
    database: Database, of: Panelists
) -> None:
    ann = of.candidates["ann"]
    declare_conflict(database, of.recruiter, ann, Tie.BUSINESS, reviewer=of.ada.id)
    with pytest.raises(StoreError, match="Ada has a conflict of interest with ann"):
        hand_out(database, of.recruiter, of.requisition, {of.ada.id: [ann]})


def test_conflicts_are_declared_by_whom_they_concern(database: Database, of: Panelists) -> None:
    ann = of.candidates["ann"]
    with pytest.raises(NotAllowed, match="not given this candidate"):
        declare_conflict(database, of.ada, ann, Tie.FRIEND)
    with pytest.raises(NotAllowed):
        declare_conflict(database, of.ada, ann, Tie.FRIEND, reviewer=of.bea.id)
    with pytest.raises(UnknownName, match="no reviewer"):
        declare_conflict(database, of.recruiter, ann, Tie.FRIEND, reviewer=of.auditor.id)
    with pytest.raises(NotAllowed):
        conflicts(database, of.ada, of.requisition)


def test_who_withdraws_is_not_reviewed_any_more(database: Database, of: Panelists) -> None:
    handed(database, of)
    three = "\n".join(FOUR.splitlines()[:4]) + "\n"
    keep_cohort(database, of.recruiter, of.requisition, upload(three), 1, withdrawn=["di"])
    assert [position for position, _ in listed(database, of)] == [1, 2, 3]


def test_open_reviews_are_taken_back(database: Database, of: Panelists) -> None:
    given = handed(database, of, "ann", "bo")
    rated(database, of.ada, given["Ada", "ann"], 5, 5)
    assert take_back(database, of.recruiter, of.requisition, of.ada.id) == 1
    assert take_back(database, of.recruiter, of.requisition, of.ada.id) == 0
    (todo,) = my_reviews(database, of.ada)
    assert [one.assignment.key for one in todo.reviews] == [given["Ada", "ann"].key]
    with pytest.raises(NotAllowed):
        take_back(database, of.ada, of.requisition, of.ada.id)


def test_who_can_be_given_reviews(database: Database, of: Panelists) -> None:
    zoe = add_person(database, "Zoe")
    change_person(database, of.administrator, zoe.id, active=False)
    names = [one.name for one in reviewers(database, of.recruiter)]
    assert names == ["Ada", "Bea", "Cleo", "Reviewer"]
    with pytest.raises(UnknownName, match="no reviewer"):
        hand_out(database, of.recruiter, of.requisition, {zoe.id: []})
    for person in (of.ada, of.auditor):
        with pytest.raises(NotAllowed):
            reviewers(database, person)
        with pytest.raises(NotAllowed):
            assignments(database, person, of.requisition)
        with pytest.raises(NotAllowed):
            hand_out(database, person, of.requisition, {})

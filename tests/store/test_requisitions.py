from __future__ import annotations

import uuid
from datetime import date

import pytest

from tests.store.team import Team, team
from toolkit.errors import Conflict, NotAllowed, StoreError, UnknownName
from toolkit.store import requisitions
from toolkit.store.database import Database
from toolkit.store.event_log import check_log, events


@pytest.fixture
def staff(database: Database) -> Team:
    return team(database)


def test_a_requisition_is_made_changed_and_closed(database: Database, staff: Team) -> None:
    by = staff.recruiter
    made = requisitions.make_requisition(database, by, " Data\n engineer ", "SQL, patience")
    assert (made.title, made.criteria, made.version) == ("Data engineer", "SQL, patience", 1)
    changed = requisitions.change_requisition(database, by, made.key, 1, criteria="SQL")
    assert (changed.title, changed.criteria, changed.version) == ("Data engineer", "SQL", 2)
    closed = requisitions.close_requisition(database, by, made.key, 2)
    assert closed.is_closed
    with pytest.raises(StoreError, match="is closed"):
        requisitions.change_requisition(database, by, made.key, 3, name="Other")
    opened = requisitions.reopen_requisition(database, by, made.key, 3)
    assert not opened.is_closed
    assert requisitions.requisition(database, staff.auditor, made.key) == opened
    with database.reading() as connection:
        assert check_log(connection).ok
        told = [event.action for event in events(connection)][-4:]
        assert "engineer" not in str(list(events(connection)))
    assert told == [
        "requisition made",
        "requisition changed",
        "requisition closed",
        "requisition reopened",
    ]


def test_two_people_never_overwrite_each_other(database: Database, staff: Team) -> None:
    made = requisitions.make_requisition(database, staff.recruiter, "Writer")
    requisitions.change_requisition(database, staff.recruiter, made.key, 1, name="Editor")
    with pytest.raises(Conflict, match="in the meantime"):
        requisitions.change_requisition(database, staff.administrator, made.key, 1, name="Author")
    assert requisitions.requisition(database, staff.auditor, made.key).title == "Editor"


def test_asking_again_after_a_lost_answer_changes_nothing(database: Database, staff: Team) -> None:
    key = str(uuid.uuid4())
    first = requisitions.make_requisition(database, staff.recruiter, "Writer", key=key)
    assert requisitions.make_requisition(database, staff.recruiter, "Writer", key=key) == first
    changed = requisitions.change_requisition(database, staff.recruiter, key, 1, name="Editor")
    again = requisitions.change_requisition(database, staff.recruiter, key, 1, name="Editor")
    assert again == changed
    closed = requisitions.close_requisition(database, staff.recruiter, key, 2)
    assert requisitions.close_requisition(database, staff.recruiter, key, 2) == closed
    assert len(requisitions.requisitions(database, staff.recruiter)) == 1
    with pytest.raises(StoreError, match="not a key"):
        requisitions.make_requisition(database, staff.recruiter, "Writer", key="'; drop")


def test_a_last_day_and_a_legal_hold(database: Database, staff: Team) -> None:
    made = requisitions.make_requisition(database, staff.recruiter, "Writer")
    dated = requisitions.retain_until(database, staff.recruiter, made.key, 1, "2027-01-31")
    assert not dated.is_past(date(2027, 1, 31))
    assert dated.is_past(date(2027, 2, 1))
    held = requisitions.hold(database, staff.administrator, made.key, 2, on=True)
    assert held.legal_hold
    free = requisitions.hold(database, staff.administrator, made.key, 3, on=False)
    none = requisitions.retain_until(database, staff.recruiter, made.key, 4, None)
    assert (free.legal_hold, none.retain_until) == (False, None)
    assert not none.is_past(date(2099, 1, 1))
    with pytest.raises(StoreError, match="not a date"):
        requisitions.retain_until(database, staff.recruiter, made.key, 5, "31.1.2027")


def test_who_may(database: Database, staff: Team) -> None:
    made = requisitions.make_requisition(database, staff.administrator, "Writer")
    for person in (staff.reviewer, staff.auditor):
        with pytest.raises(NotAllowed):
            requisitions.make_requisition(database, person, "Mine")
        with pytest.raises(NotAllowed):
            requisitions.hold(database, person, made.key, 1, on=True)
    with pytest.raises(NotAllowed):
        requisitions.requisitions(database, staff.reviewer)
    with pytest.raises(NotAllowed):
        requisitions.requisition(database, staff.reviewer, made.key)


def test_an_unknown_key_names_no_other(database: Database, staff: Team) -> None:
    made = requisitions.make_requisition(database, staff.recruiter, "Secret search")
    with pytest.raises(UnknownName) as caught:
        requisitions.requisition(database, staff.recruiter, made.key[:-1] + "x")
    assert "Secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "criteria", "message"),
    [
        ("", "", "no title"),
        (" \n\x00 ", "", "no title"),
        ("x" * 201, "", "200"),
        ("x", "y" * 20_001, "20,000"),
    ],
)
def test_texts_that_cannot_be_kept(
    database: Database, staff: Team, name: str, criteria: str, message: str
) -> None:
    with pytest.raises(StoreError, match=message):
        requisitions.make_requisition(database, staff.recruiter, name, criteria)
    assert requisitions.requisitions(database, staff.recruiter) == ()


def test_odd_characters_are_kept_alike_on_both_databases(database: Database, staff: Team) -> None:
    made = requisitions.make_requisition(
        database, staff.recruiter, "Redaktör\x00 🎈 'x'; --", "a\r\nb\x07\tc \ud800"
    )
    found = requisitions.requisition(database, staff.recruiter, made.key)
    assert (found.title, found.criteria) == ("Redaktör 🎈 'x'; --", "a\nb\tc")

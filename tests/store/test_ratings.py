from __future__ import annotations

import pytest
from sqlalchemy import func, select

from tests.store.panel_team import RUBRIC, Panelists, criterion, handed, panelists, rated
from toolkit.errors import Conflict, NotAllowed, StoreError, UnknownName
from toolkit.review.rubric import Rubric
from toolkit.store.database import Database
from toolkit.store.event_log import check_log, events
from toolkit.store.ratings import (
    LONGEST_LOOK,
    Mark,
    abstain,
    add_time,
    checked_mark,
    lock,
    missing_in,
    save_rating,
)
from toolkit.store.requisitions import close_requisition
from toolkit.store.reviewing import review
from toolkit.store.rubrics import rubrics
from toolkit.store.tables import RATINGS
from toolkit.store.written import new_key

GOOD = Mark(4, False, "Goals have figures and dates.", 3)


@pytest.fixture
def of(database: Database) -> Panelists:
    return panelists(database)


def kept(database: Database) -> int:
    with database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(RATINGS)).scalar_one())


def test_each_rating_is_kept_at_once_and_every_version_stays(
    database: Database, of: Panelists
) -> None:
    mine = handed(database, of)["Ada", "ann"].key
    first = save_rating(database, of.ada, mine, "plan", GOOD, 0, seconds=30)
    assert (first.version, first.mark) == (1, GOOD)
    better = Mark(5, False, "On a second look the figures are checked.", 3)
    second = save_rating(database, of.ada, mine, "plan", better, 1, seconds=12.5)
    assert second.version == 2
    seen = review(database, of.ada, mine)
    assert {name: one.mark for name, one in seen.marks.items()} == {"plan": better}
    assert seen.assignment.seconds == 42.5
    assert kept(database) == 2
    # The same again is no other version.
    assert save_rating(database, of.ada, mine, "plan", better, 2) == second
    assert kept(database) == 2


def test_sending_again_after_a_lost_answer_keeps_nothing_twice(
    database: Database, of: Panelists
) -> None:
    given = handed(database, of)
    mine, key = given["Ada", "ann"].key, new_key()
    first = save_rating(database, of.ada, mine, "plan", GOOD, 0, key=key)
    assert save_rating(database, of.ada, mine, "plan", GOOD, 0, key=key) == first
    assert kept(database) == 1
    with pytest.raises(StoreError, match="belongs to another rating"):
        save_rating(database, of.ada, mine, "text", GOOD, 0, key=key)
    with pytest.raises(StoreError, match="belongs to another rating"):
        save_rating(database, of.bea, given["Bea", "ann"].key, "plan", GOOD, 0, key=key)
    with pytest.raises(StoreError, match="not a key"):
        save_rating(database, of.ada, mine, "text", GOOD, 0, key="made up")


def test_two_windows_never_overwrite_each_other_unnoticed(
    database: Database, of: Panelists
) -> None:
    mine = handed(database, of)["Ada", "ann"].key
    save_rating(database, of.ada, mine, "plan", GOOD, 0)
    seen = review(database, of.ada, mine).assignment.version
    with pytest.raises(Conflict, match="another window"):
        save_rating(database, of.ada, mine, "plan", Mark(1, note="Thin."), 0)
    save_rating(database, of.ada, mine, "text", GOOD, 0)
    with pytest.raises(Conflict, match="Look at it again"):
        lock(database, of.ada, mine, seen)
    with pytest.raises(Conflict, match="Look at it again"):
        abstain(database, of.ada, mine, "Known to me.", seen)


def test_nothing_changes_after_locking(database: Database, of: Panelists) -> None:
    given = handed(database, of)["Ada", "ann"]
    locked = rated(database, of.ada, given, 4, None)
    assert locked.locked_at is not None
    assert lock(database, of.ada, locked.key, 0) == locked, "asked again after a lost answer"
    with pytest.raises(StoreError, match="have locked"):
        save_rating(database, of.ada, locked.key, "plan", Mark(1, note="Thin."), 1)
    with pytest.raises(StoreError, match="have locked"):
        abstain(database, of.ada, locked.key, "Known to me.", locked.version)
    add_time(database, of.ada, locked.key, 60)
    assert review(database, of.ada, locked.key).assignment == locked
    with database.reading() as connection:
        assert check_log(connection).ok
        told = str(list(events(connection)))
    assert "Seen in the work" not in told


def test_what_is_not_complete_is_not_locked(database: Database, of: Panelists) -> None:
    mine = handed(database, of)["Ada", "ann"].key
    save_rating(database, of.ada, mine, "plan", Mark(4), 0)
    save_rating(database, of.ada, mine, "text", Mark(no_basis=True), 0)
    with pytest.raises(StoreError) as caught:
        lock(database, of.ada, mine, 3)
    assert "Note what in the work your rating of 'Plan' rests on." in str(caught.value)
    assert "Say why there is no basis to judge 'Text'." in str(caught.value)
    assert missing_in(RUBRIC, {}) == ("'Plan' has no rating yet.", "'Text' has no rating yet.")


def test_abstaining_ends_a_review_with_its_reason(database: Database, of: Panelists) -> None:
    mine = handed(database, of)["Ada", "ann"].key
    with pytest.raises(StoreError, match="why you abstain"):
        abstain(database, of.ada, mine, "  ", 1)
    done = abstain(database, of.ada, mine, "I commissioned this work.", 1)
    assert (done.abstained, done.is_open) == ("I commissioned this work.", False)
    assert abstain(database, of.ada, mine, "I commissioned this work.", 1) == done


def test_only_ones_own_reviews(database: Database, of: Panelists) -> None:
    given = handed(database, of, "ann")
    hers = given["Bea", "ann"].key
    for key in (hers, new_key(), "x"):
        with pytest.raises(NotAllowed, match="not yours"):
            save_rating(database, of.ada, key, "plan", GOOD, 0)
        with pytest.raises(NotAllowed, match="not yours"):
            lock(database, of.ada, key, 1)
        with pytest.raises(NotAllowed, match="not yours"):
            abstain(database, of.ada, key, "Known to me.", 1)
        with pytest.raises(NotAllowed, match="not yours"):
            add_time(database, of.ada, key, 1)
    with pytest.raises(NotAllowed, match="As recruiter"):
        save_rating(database, of.recruiter, hers, "plan", GOOD, 0)
    assert kept(database) == 0


def test_a_closed_requisition_is_not_worked_on(database: Database, of: Panelists) -> None:
    mine = handed(database, of)["Ada", "ann"].key
    close_requisition(database, of.recruiter, of.requisition, 1)
    with pytest.raises(StoreError, match="closed"):
        save_rating(database, of.ada, mine, "plan", GOOD, 0)


def test_the_first_rating_freezes_the_rubric(database: Database, of: Panelists) -> None:
    mine = handed(database, of)["Ada", "ann"].key
    assert rubrics(database, of.recruiter, of.requisition)[0].frozen_at is None
    save_rating(database, of.ada, mine, "plan", GOOD, 0)
    assert rubrics(database, of.recruiter, of.requisition)[0].frozen_at is not None


def test_marks_that_cannot_be_given() -> None:
    for mark, message in (
        (Mark(6), "6 is not a rating"),
        (Mark(0), "0 is not a rating"),
        (Mark(3, no_basis=True), "not both"),
        (Mark(3, confidence=4), "how sure"),
    ):
        with pytest.raises(StoreError, match=message):
            checked_mark(RUBRIC, "plan", mark)
    with pytest.raises(UnknownName, match="no criterion 'poise'"):
        checked_mark(RUBRIC, "poise", GOOD)
    strict = Rubric("R", "1", (criterion("plan", "Plan", no_basis_allowed=False),))
    with pytest.raises(StoreError, match="every piece of work"):
        checked_mark(strict, "plan", Mark(no_basis=True))
    assert missing_in(Rubric("R", "1", (criterion("a", "A", note_required=False),)), {}) != ()


def test_time_spent_is_what_can_be_spent(database: Database, of: Panelists) -> None:
    mine = handed(database, of)["Ada", "ann"].key
    for seconds in (-5.0, float("nan"), float("inf")):
        add_time(database, of.ada, mine, seconds)
    assert review(database, of.ada, mine).assignment.seconds == 0
    add_time(database, of.ada, mine, 1e9)
    assert review(database, of.ada, mine).assignment.seconds == LONGEST_LOOK

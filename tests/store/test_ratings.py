from __future__ import annotations

import pytest
from sqlalchemy import func, select

from tests.store.panel_team import Panelists, handed, panelists
from toolkit.errors import Conflict, NotAllowed, StoreError
from toolkit.store.database import Database
from toolkit.store.finishing import abstain, lock
from toolkit.store.marks import Mark
from toolkit.store.ratings import save_rating
from toolkit.store.requisitions import close_requisition
from toolkit.store.review_time import add_time
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

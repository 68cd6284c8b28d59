from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from tests.store.team import SCREEN, Team, keys, opening, team
from toolkit.errors import Conflict, NotAllowed, StoreError, UnknownName
from toolkit.store import decisions, requisitions
from toolkit.store.database import Database
from toolkit.store.event_log import check_log
from toolkit.store.personal import rows_about
from toolkit.store.retention import delete_requisition, past_retention
from toolkit.store.screens import keep_screen
from toolkit.store.tables import METADATA, REQUISITIONS

AFTER = date(2027, 2, 1)


@pytest.fixture
def staff(database: Database) -> Team:
    return team(database)


def test_a_requisition_past_its_last_day_can_be_deleted(database: Database, staff: Team) -> None:
    by = staff.recruiter
    made, other = opening(database, by), opening(database, by)
    keep_screen(database, by, made.key, SCREEN, 0)
    ann = keys(database, by, made.key)["ann"]
    decisions.decide_about(database, by, ann, True, 0, reason="Best work")
    requisitions.retain_until(database, by, made.key, 1, "2027-01-31")
    assert past_retention(database, by, date(2027, 1, 31)) == ()
    (due,) = past_retention(database, by, AFTER)
    done = delete_requisition(database, staff.administrator, due.key, due.version, AFTER)
    assert done.rows == {
        "requisitions": 1,
        "cohorts": 1,
        "candidates": 4,
        "screens": 1,
        "decisions": 1,
    }
    with database.reading() as connection:
        for table in METADATA.sorted_tables:
            rows = rows_about(table, REQUISITIONS, made.key)
            if rows is not None:
                count = select(func.count()).select_from(table).where(rows)
                assert connection.execute(count).scalar_one() == 0
        assert check_log(connection).ok
    assert [one.key for one in requisitions.requisitions(database, by)] == [other.key]
    with pytest.raises(UnknownName):
        delete_requisition(database, staff.administrator, due.key, due.version, AFTER)


def test_what_stops_it(database: Database, staff: Team) -> None:
    by, ada = staff.recruiter, staff.administrator
    made = opening(database, by)
    with pytest.raises(StoreError, match="without a last day"):
        delete_requisition(database, ada, made.key, 1, AFTER)
    requisitions.retain_until(database, by, made.key, 1, "2027-02-01")
    with pytest.raises(StoreError, match="kept until 2027-02-01"):
        delete_requisition(database, ada, made.key, 2, AFTER)
    requisitions.retain_until(database, by, made.key, 2, "2027-01-31")
    with pytest.raises(Conflict):
        delete_requisition(database, ada, made.key, 2, AFTER)
    requisitions.hold(database, by, made.key, 3, on=True)
    assert past_retention(database, by, AFTER) == ()
    with pytest.raises(StoreError, match="legal hold"):
        delete_requisition(database, ada, made.key, 4, AFTER)
    with pytest.raises(NotAllowed):
        delete_requisition(database, by, made.key, 4, AFTER)

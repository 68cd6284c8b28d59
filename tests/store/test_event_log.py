from __future__ import annotations

import hashlib
import json

import pytest
from sqlalchemy.exc import DBAPIError

from toolkit.store.database import Database
from toolkit.store.event_log import check_log, events, record


def filled(database: Database, count: int = 5) -> None:
    with database.writing() as connection:
        for number in range(1, count + 1):
            record(connection, "program", "tested", f"thing {number}", {"number": number})


def tampered(database: Database, statement: str) -> None:
    """What somebody with the database's own tools could do, the triggers taken off first."""
    with database.writing() as connection:
        if database.sqlite:
            connection.exec_driver_sql("DROP TRIGGER events_no_update")
            connection.exec_driver_sql("DROP TRIGGER events_no_delete")
        else:
            connection.exec_driver_sql("DROP TRIGGER events_only_grow ON events")
        connection.exec_driver_sql(statement)


def test_each_event_carries_the_hash_of_the_one_before(database: Database) -> None:
    filled(database, 2)
    with database.reading() as connection:
        first, second = events(connection)
    assert (first.seq, first.previous) == (1, "0" * 64)
    assert second.previous == first.hash
    content = {
        name: getattr(second, name)
        for name in ("seq", "at", "actor", "action", "subject", "detail", "previous")
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert second.hash == hashlib.sha256(text.encode()).hexdigest()


def test_a_whole_log_is_whole(database: Database) -> None:
    filled(database)
    with database.reading() as connection:
        found = check_log(connection)
        again = check_log(connection, found.head)
    assert found.ok
    assert found.events == 5
    assert again.ok


def test_an_empty_log_is_whole(database: Database) -> None:
    with database.reading() as connection:
        assert check_log(connection).to_dict() == {
            "ok": True,
            "events": 0,
            "head": "0" * 64,
            "fault_at": None,
            "fault": None,
        }


@pytest.mark.parametrize(
    ("statement", "at", "fault"),
    [
        ("UPDATE events SET subject = 'thing 9' WHERE seq = 3", 3, "content"),
        ("UPDATE events SET detail = '{}' WHERE seq = 5", 5, "content"),
        ("DELETE FROM events WHERE seq = 2", 3, "Event 2 is missing"),
        ("UPDATE events SET previous = hash WHERE seq = 4", 4, "the event before"),
        ("DELETE FROM events WHERE seq = 1", 2, "Event 1 is missing"),
    ],
)
def test_tampering_shows(database: Database, statement: str, at: int, fault: str) -> None:
    filled(database)
    tampered(database, statement)
    with database.reading() as connection:
        found = check_log(connection)
    assert (found.ok, found.fault_at) == (False, at)
    assert fault in str(found.fault)


def test_a_missing_end_shows_against_a_head_noted_earlier(database: Database) -> None:
    filled(database)
    with database.reading() as connection:
        head = check_log(connection).head
    tampered(database, "DELETE FROM events WHERE seq = 5")
    with database.reading() as connection:
        assert check_log(connection).ok
        assert "missing" in str(check_log(connection, head).fault)


@pytest.mark.parametrize("statement", ["DELETE FROM events", "UPDATE events SET actor = 'x'"])
def test_the_database_itself_refuses_changes(database: Database, statement: str) -> None:
    filled(database, 1)
    with pytest.raises(DBAPIError, match="only ever added to"), database.writing() as connection:
        connection.exec_driver_sql(statement)

from __future__ import annotations

import io
import json
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from tests.store.team import SCREEN, keys, opening, team
from toolkit.errors import NotAllowed, StoreError, UnreadableFile
from toolkit.store import cohorts, decisions
from toolkit.store.address import store_address
from toolkit.store.backup import back_up, backed_up_tables
from toolkit.store.database import Database
from toolkit.store.event_log import check_log, record
from toolkit.store.requisitions import requisitions
from toolkit.store.restore import restore
from toolkit.store.rights import Person, Role
from toolkit.store.screens import keep_screen
from toolkit.store.tables import EVENTS, PEOPLE


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite store to restore into."""
    opened = Database(store_address(str(tmp_path / "other.db")))
    yield opened
    opened.close()


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Database]:
    """An SQLite store with a requisition."""
    opened = Database(store_address(str(tmp_path / "filled.db")))
    staff = team(opened)
    made = opening(opened, staff.recruiter)
    keep_screen(opened, staff.recruiter, made.key, SCREEN, 0)
    ann = keys(opened, staff.recruiter, made.key)["ann"]
    decisions.decide_about(opened, staff.recruiter, ann, True, 0, reason="Größe 🎈\n'x'")
    yield opened
    opened.close()


def rows(database: Database) -> dict[str, list[tuple]]:
    with database.reading() as connection:
        return {
            table.name: [
                tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))
            ]
            for table in backed_up_tables()
        }


def copy_of(database: Database) -> io.BytesIO:
    with database.reading() as connection:
        by = connection.execute(select(PEOPLE.c.id).where(PEOPLE.c.role == "administrator"))
        key = by.scalar_one()
    file = io.BytesIO()
    back_up(database, Person(key, "Ada", "ada", Role.ADMINISTRATOR), file)
    file.seek(0)
    return file


def changed(file: io.BytesIO, name: str, old: bytes, new: bytes) -> io.BytesIO:
    """The archive with something in one of its files replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(file) as archive, zipfile.ZipFile(made, "w") as copy:
        for entry in archive.infolist():
            content = archive.read(entry)
            if entry.filename == name:
                assert old in content
                content = content.replace(old, new)
            copy.writestr(entry, content)
    made.seek(0)
    return made


def test_a_backup_fills_an_empty_store_on_either_database(
    filled: Database, database: Database, other: Database
) -> None:
    before = rows(filled)
    found = restore(database, copy_of(filled))
    assert found.log.ok
    after = rows(database)
    # The log says, further on, that it was restored.
    assert after["events"][:-1] == before["events"]
    assert {**after, "events": 0} == {**before, "events": 0}
    with database.reading() as connection:
        assert check_log(connection, head=found.log.head).ok
    # And back again from wherever it is now.
    restore(other, copy_of(database))
    assert {**rows(other), "events": 0} == {**before, "events": 0}


def test_what_is_restored_can_be_worked_on(filled: Database, other: Database) -> None:
    restore(other, copy_of(filled))
    with other.reading() as connection:
        row = connection.execute(select(PEOPLE).where(PEOPLE.c.role == "recruiter")).one()
    by = Person(row.id, row.name, row.sign_in, Role.RECRUITER)
    (made,) = requisitions(other, by)
    _, upload = cohorts.upload_of(other, by, made.key) or pytest.fail("nothing")
    assert list(upload.cohort().ids) == ["ann", "bo", "cy", "di"]


def test_one_settled_state_while_others_write(filled: Database, other: Database) -> None:
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            with filled.writing() as connection:
                record(connection, "program", "wrote", "thing")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        file = copy_of(filled)
    finally:
        stop.set()
        writer.join()
    assert restore(other, file).log.ok


def test_only_administrators_back_up(database: Database) -> None:
    staff = team(database)
    for person in (staff.recruiter, staff.reviewer, staff.auditor):
        with pytest.raises(NotAllowed):
            back_up(database, person, io.BytesIO())
    found = back_up(database, staff.administrator, io.BytesIO())
    assert found.rows["people"] == 4
    assert json.dumps(found.to_dict())


def test_a_store_that_is_not_empty_is_left_alone(filled: Database, other: Database) -> None:
    file = copy_of(filled)
    team(other)
    before = rows(other)
    with pytest.raises(StoreError, match="not empty"):
        restore(other, file)
    assert rows(other) == before


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("tables/candidates.jsonl", b"Ann Arbor", b"Ann Barber", "not as it was"),
        ("tables/events.jsonl", b"decided", b"deceded", "not as it was"),
        ("tables/candidates.jsonl", b"}\n", b"\n", "cut off"),
        ("manifest.json", b"cloutproof-backup/1", b"cloutproof-backup/9", "another version"),
        ("manifest.json", b'"ok": true', b'"ok": false', "not the one"),
        ("manifest.json", b'"schema": "0001"', b'"schema": "0009"', "other tables"),
        ("tables/candidates.jsonl", b'"code"', b'"cipher"', "other columns"),
    ],
)
def test_a_backup_that_was_changed_is_refused(
    filled: Database, other: Database, name: str, old: bytes, new: bytes, message: str
) -> None:
    file = changed(copy_of(filled), name, old, new)
    with pytest.raises((StoreError, UnreadableFile), match=message):
        restore(other, file)
    assert not any(rows(other).values())


def test_what_is_no_backup(other: Database, filled: Database) -> None:
    with pytest.raises(UnreadableFile, match="cut off"):
        restore(other, io.BytesIO(b"not a ZIP"))
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    with pytest.raises(UnreadableFile, match="no manifest"):
        restore(other, empty)
    with pytest.raises(UnreadableFile):
        restore(other, io.BytesIO(copy_of(filled).getvalue()[:-200]))


def test_a_broken_log_is_backed_up_as_it_is(filled: Database, other: Database) -> None:
    with filled.writing() as connection:
        connection.execute(
            insert(EVENTS).values(
                seq=90, at="", actor="", action="", subject="", detail="", previous="", hash="x"
            )
        )
    found = restore(other, copy_of(filled))
    assert found.log.fault is not None

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select

from toolkit.errors import StoreError
from toolkit.store.address import VARIABLE, store_address
from toolkit.store.database import Database
from toolkit.store.event_log import check_log, record
from toolkit.store.tables import EVENTS


def count(database: Database) -> int:
    with database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(EVENTS)).scalar_one())


def test_what_was_written_is_there_when_the_store_is_opened_again(address: str) -> None:
    for _ in range(2):
        database = Database(store_address(address))
        with database.writing() as connection:
            record(connection, "program", "opened", "store")
        database.close()
    database = Database(store_address(address))
    assert count(database) == 2
    database.close()


def test_a_write_that_fails_leaves_nothing(database: Database) -> None:
    def fail() -> None:
        with database.writing() as connection:
            record(connection, "program", "began", "thing")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert count(database) == 0


def test_a_reader_sees_one_state(database: Database) -> None:
    with database.reading() as connection:
        before = connection.execute(select(func.count()).select_from(EVENTS)).scalar_one()
        with database.writing() as writer:
            record(writer, "program", "wrote", "thing")
        after = connection.execute(select(func.count()).select_from(EVENTS)).scalar_one()
    assert (before, after) == (0, 0)
    assert count(database) == 1


def test_many_writers_at_once_lose_nothing(database: Database) -> None:
    def write() -> None:
        for number in range(10):
            with database.writing() as connection:
                record(connection, "program", "wrote", f"thing {number}")

    writers = [threading.Thread(target=write) for _ in range(10)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with database.reading() as connection:
        found = check_log(connection)
    assert found.ok
    assert found.events == 100


def test_a_newer_store_is_left_alone(address: str) -> None:
    database = Database(store_address(address))
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    with pytest.raises(StoreError, match="newer than this program"):
        Database(store_address(address))


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Not a database. " * 100, encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be opened"):
        Database(store_address(str(path)))
    assert path.read_text(encoding="utf-8").startswith("Not a database.")


def test_a_server_that_is_not_there(address: str) -> None:
    with pytest.raises(StoreError, match="cannot be opened") as caught:
        Database(store_address("postgresql://someone:secret@localhost:1/none"))
    assert "secret" not in str(caught.value)


def test_addresses(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert store_address("reviews.db").database == "reviews.db"
    assert store_address("postgresql://a@b/c").drivername == "postgresql+pg8000"
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert store_address().database == str(tmp_path / "cloutproof" / "cloutproof.db")
    monkeypatch.setenv(VARIABLE, "postgres://a@b/c")
    assert store_address().drivername == "postgresql+pg8000"
    for wrong in ("mysql://a@b/c", "postgresql://a@b:port/c"):
        with pytest.raises(StoreError):
            store_address(wrong)

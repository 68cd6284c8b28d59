"""An empty store on each database, PostgreSQL from the system's own packages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.server import empty, made_database, postgres_server
from toolkit.store.address import store_address
from toolkit.store.database import Database


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server on this machine, up to the name of the database."""
    # The machine is not going to lose power.
    with postgres_server("fsync=off", "full_page_writes=off") as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, without tables."""
    if request.param == "sqlite":
        return str(tmp_path / "empty.db")
    return made_database(request.getfixturevalue("postgres"))


@pytest.fixture(scope="session")
def with_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of SQLite with all tables, to be copied."""
    file = tmp_path_factory.mktemp("tables") / "store.db"
    Database(store_address(str(file))).close()
    return file


@pytest.fixture(scope="session")
def postgres_for_all(postgres: str) -> str:
    """The address of a database that tests have one after the other."""
    return made_database(postgres)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty store with all its tables."""
    if request.param == "sqlite":
        address = shutil.copy(request.getfixturevalue("with_tables"), tmp_path / "store.db")
    else:
        # A database of its own for each test would be thousands of files to write and delete.
        address = request.getfixturevalue("postgres_for_all")
        empty(address)
    opened = Database(store_address(str(address)))
    yield opened
    opened.close()

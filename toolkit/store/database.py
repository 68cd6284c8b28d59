"""Connections to the store, each write in a transaction of its own that nobody can cut into.

On SQLite a write begins with ``BEGIN IMMEDIATE``: it waits its turn at the start instead of
failing at the end, which a deferred transaction does as soon as another writer was quicker.
On PostgreSQL a write takes one lock for the time of its transaction, so that the events of
the log are a chain there, too. Reads see a settled state on both, and wait for nobody.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, create_engine, event, text
from sqlalchemy.exc import DBAPIError

from toolkit.errors import StoreError
from toolkit.store.schema import is_current, upgrade

#: Seconds that a writer waits for another before it gives up.
PATIENCE = 60
#: The lock on PostgreSQL that a write holds; any number, as long as it is always the same.
WRITING = 7_031_908_814


class Database:
    """An open store.

    Parameters
    ----------
    url : URL
        See `toolkit.store.address.store_address`.

    Raises
    ------
    StoreError
        If it cannot be opened, or is newer than this program.
    """

    def __init__(self, url: URL) -> None:
        self.url = url
        self.sqlite = url.get_backend_name() == "sqlite"
        if self.sqlite and url.database and url.database != ":memory:":
            Path(url.database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        options: dict[str, Any] = {"pool_pre_ping": not self.sqlite}
        if self.sqlite:
            # Transactions begin where this file says, not where the driver guesses.
            options["connect_args"] = {"timeout": PATIENCE, "isolation_level": None}
        self._engine = create_engine(url, **options)
        if self.sqlite:
            event.listen(self._engine, "connect", _prepare_sqlite)
            event.listen(self._engine, "begin", _begin_sqlite)
        try:
            self._bring_up_to_date()
        except DBAPIError as error:
            self.close()
            raise StoreError(
                f"The store {self} cannot be opened: {_reason(error)}. Check the address, and "
                "that you may read and write there."
            ) from error
        except StoreError:
            self.close()
            raise

    def __str__(self) -> str:
        return self.url.render_as_string(hide_password=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one settled state and changes nothing."""
        with self._engine.connect() as connection:
            if not self.sqlite:
                connection.execute(
                    text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                )
            yield connection
            connection.rollback()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: all of it is kept when the block ends, or nothing of it."""
        with self._engine.connect().execution_options(writes=True) as connection:
            if not self.sqlite:
                connection.execute(text(f"SELECT pg_advisory_xact_lock({WRITING})"))
            else:
                connection.begin()
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    def _bring_up_to_date(self) -> None:
        with self.reading() as connection:
            current = is_current(connection)
        if not current:
            with self.writing() as connection:
                upgrade(connection)

    def scrub(self) -> None:
        """After something was erased: leave no copy of it in a file of SQLite's own.

        On PostgreSQL the server's own cleaning does this in time.
        """
        if not self.sqlite:
            return
        pooled = self._engine.raw_connection()
        try:
            cursor = pooled.cursor()
            # Readers are not waited for long: the next erasure, or closing, will see to it.
            cursor.execute("PRAGMA busy_timeout = 1000")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute(f"PRAGMA busy_timeout = {1000 * PATIENCE}")
            cursor.close()
        finally:
            pooled.close()

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    # A commit that was acknowledged must outlive a power cut, and readers must not wait.
    for pragma in (
        f"busy_timeout = {1000 * PATIENCE}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        # What was erased is written over, not only forgotten.
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED")


def _reason(error: DBAPIError) -> str:
    said = str(error.orig).splitlines()
    return said[0].rstrip(".") if said else "no reason was given"

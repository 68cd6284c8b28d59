"""The whole store as one file that either database can be filled from.

A ZIP: ``manifest.json``, and one file of JSON Lines a table. All of it is one settled state,
however many people write in the meantime. So it moves a store from SQLite to PostgreSQL, too.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Table, select

from toolkit import __version__
from toolkit.store.database import Database
from toolkit.store.event_log import LogCheck, check_log, now, record
from toolkit.store.rights import Action, Person, require
from toolkit.store.tables import METADATA

FORMAT = "cloutproof-backup/1"
MANIFEST = "manifest.json"
#: Sessions end with the store that they were opened in.
LEFT_OUT = frozenset({"sessions"})
_ROWS_AT_ONCE = 200


@dataclass(frozen=True)
class Backup:
    """What a backup holds.

    Parameters
    ----------
    made_at : str
    rows : mapping of str to int
        Table → rows.
    log : LogCheck
        The log as it was; a fault in it is backed up with the rest.
    """

    made_at: str
    rows: Mapping[str, int]
    log: LogCheck

    def to_dict(self) -> dict[str, object]:
        return {"made_at": self.made_at, "rows": dict(self.rows), "log": self.log.to_dict()}


def back_up(database: Database, by: Person, file: IO[bytes]) -> Backup:
    """Write the whole store into an open file.

    It holds all that is kept of every candidate, and the hashes of passwords: keep it as
    carefully as the store itself.

    Raises
    ------
    NotAllowed
    """
    require(by, Action.BACK_UP)
    made = now()
    tables: dict[str, dict[str, object]] = {}
    with database.reading() as connection, zipfile.ZipFile(file, "w") as archive:
        log = check_log(connection)
        for table in backed_up_tables():
            tables[table.name] = _write(connection, table, archive)
        manifest = {
            "format": FORMAT,
            "version": __version__,
            "schema": schema_step(connection),
            "made_at": made,
            "log": log.to_dict(),
            "tables": tables,
        }
        archive.writestr(MANIFEST, json.dumps(manifest, indent=2), zipfile.ZIP_DEFLATED)
    with database.writing() as connection:
        record(connection, by.id, "backed up", "store", {"events": log.events, "head": log.head})
    rows = {name: int(str(told["rows"])) for name, told in tables.items()}
    return Backup(made, rows, log)


def backed_up_tables() -> tuple[Table, ...]:
    """The tables in an order in which no row comes before those that it points to."""
    return tuple(table for table in METADATA.sorted_tables if table.name not in LEFT_OUT)


def schema_step(connection: Connection) -> str | None:
    """Which step the store's tables stand at."""
    return MigrationContext.configure(connection).get_current_revision()


def entry_name(table: Table) -> str:
    """Where a table stands in the archive."""
    return f"tables/{table.name}.jsonl"


def _write(connection: Connection, table: Table, archive: zipfile.ZipFile) -> dict[str, object]:
    entry = zipfile.ZipInfo(entry_name(table), (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    digest, count = hashlib.sha256(), 0
    # Rows hold files: a few at a time.
    rows = connection.execute(
        select(table).order_by(*table.primary_key).execution_options(yield_per=_ROWS_AT_ONCE)
    )
    with archive.open(entry, "w", force_zip64=True) as file:
        for row in rows:
            line = _line(row._mapping)
            digest.update(line)
            file.write(line)
            count += 1
    return {"rows": count, "sha256": digest.hexdigest()}


def _line(row: Mapping[Any, Any]) -> bytes:
    values = {
        str(name): {"base64": base64.b64encode(value).decode()}
        if isinstance(value, bytes)
        else value
        for name, value in row.items()
    }
    return (json.dumps(values, ensure_ascii=False, allow_nan=False) + "\n").encode()

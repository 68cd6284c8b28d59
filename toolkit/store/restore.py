"""Filling an empty store from a backup, all of it or nothing."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from typing import IO, Any

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.exc import DBAPIError, StatementError

from toolkit.errors import StoreError, UnreadableFile
from toolkit.store.backup import (
    FORMAT,
    LEFT_OUT,
    MANIFEST,
    Backup,
    backed_up_tables,
    entry_name,
    schema_step,
)
from toolkit.store.database import Database
from toolkit.store.event_log import check_log, record
from toolkit.store.many_rows import add_rows
from toolkit.store.tables import METADATA

_ROWS_AT_ONCE = 5_000
#: Rows with whole files in them are added this many bytes at a time.
_BYTES_AT_ONCE = 8_000_000


def restore(database: Database, file: IO[bytes]) -> Backup:
    """Fill an empty store from a backup.

    Nobody has to be signed in, since an empty store has no accounts; the store is only then
    filled when every row has the hash that the manifest says, and the log holds as it did.

    Returns
    -------
    Backup
        What was restored.

    Raises
    ------
    UnreadableFile
        If the file is no backup, or is damaged.
    StoreError
        If the store is not empty, or the backup is from another version of the program.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _manifest(archive)
            with database.writing() as connection:
                _require_empty(connection)
                _require_same_step(connection, manifest)
                rows = {
                    table.name: _read(connection, table, archive, manifest["tables"])
                    for table in backed_up_tables()
                }
                log = check_log(connection)
                if log.to_dict() != manifest["log"]:
                    raise _damaged("its log is not the one that was backed up")
                detail = {"events": log.events, "head": log.head}
                record(connection, "program", "restored", "store", detail)
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, binascii.Error) as error:
        raise _damaged("it is cut off or was changed") from error
    except (DBAPIError, StatementError) as error:
        raise _damaged("its rows do not fit together") from error
    return Backup(str(manifest["made_at"]), rows, log)


def _damaged(why: str) -> UnreadableFile:
    return UnreadableFile(
        f"The backup cannot be restored: {why}. Nothing was written. Use another backup."
    )


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    if MANIFEST not in archive.namelist():
        raise _damaged("it has no manifest, so it is no backup of Cloutproof")
    manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    if manifest["format"] != FORMAT:
        raise _damaged("its form is that of another version of Cloutproof")
    return manifest


def _require_empty(connection: Connection) -> None:
    for table in METADATA.sorted_tables:
        if connection.execute(select(func.count()).select_from(table)).scalar_one():
            raise StoreError(
                "This store is not empty, and restoring would mix two stores. Give a new one with "
                "--database."
            )


def _require_same_step(connection: Connection, manifest: Mapping[str, Any]) -> None:
    known = {table.name for table in METADATA.sorted_tables} - LEFT_OUT
    if manifest["schema"] != schema_step(connection) or set(manifest["tables"]) != known:
        raise StoreError(
            f"The backup was made by Cloutproof {manifest['version']}, whose store has other "
            "tables. Restore it with that version, then install this one."
        )


def _read(
    connection: Connection, table: Table, archive: zipfile.ZipFile, told: Mapping[str, Any]
) -> int:
    digest, count = hashlib.sha256(), 0
    batch: list[dict[str, object]] = []
    size = 0
    for line in _lines(archive, table):
        digest.update(line)
        batch.append(_row(line, table))
        count, size = count + 1, size + len(line)
        if len(batch) == _ROWS_AT_ONCE or size > _BYTES_AT_ONCE:
            add_rows(connection, table, batch)
            batch, size = [], 0
    add_rows(connection, table, batch)
    if told[table.name] != {"rows": count, "sha256": digest.hexdigest()}:
        raise _damaged(f"the table '{table.name}' is not as it was backed up")
    return count


def _lines(archive: zipfile.ZipFile, table: Table) -> Iterator[bytes]:
    with archive.open(entry_name(table)) as file:
        yield from file


def _row(line: bytes, table: Table) -> dict[str, object]:
    row = json.loads(line)
    if set(row) != set(table.columns.keys()):
        raise StoreError(
            "The backup was made by another version of Cloutproof, whose tables have other "
            "columns. Restore it with that version."
        )
    return {
        name: base64.b64decode(value["base64"], validate=True) if isinstance(value, dict) else value
        for name, value in row.items()
    }

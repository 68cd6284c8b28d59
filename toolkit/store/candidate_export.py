"""Everything that is kept of one candidate, as plain values for a JSON file."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from toolkit.intake.candidate_rows import candidate_rows
from toolkit.store.candidates import Candidate, candidate_in
from toolkit.store.database import Database
from toolkit.store.event_log import events, now, record
from toolkit.store.packed_upload import Upload, unpacked
from toolkit.store.personal import rows_about
from toolkit.store.requisitions import requisition_in
from toolkit.store.rights import Action, Person, require
from toolkit.store.tables import CANDIDATES, COHORTS, METADATA

FORMAT = "cloutproof-candidate/1"


def export_candidate(database: Database, by: Person, key: str) -> dict[str, object]:
    """Everything that is kept of one candidate.

    Whoever decides about candidates does not get to see their groups here either: those
    columns are named, and an administrator's export holds them.

    Parameters
    ----------
    key : str
        The candidate's key.

    Returns
    -------
    mapping
        ``requisition``, ``candidate``, ``uploads`` (the candidate's rows of every file, as
        read), ``withheld_columns``, ``kept`` (rows of every other table), ``events``.

    Raises
    ------
    NotAllowed
    UnknownName
        If there is no such candidate.
    """
    require(by, Action.EXPORT_CANDIDATE)
    withholds = by.may(Action.DECIDE)
    with database.reading() as connection:
        subject = candidate_in(connection, key)
        requisition = requisition_in(connection, subject.requisition)
        uploads, withheld = _uploads(connection, subject, withholds)
        kept = _kept(connection, key)
        known = {key} | {str(row["id"]) for rows in kept.values() for row in rows if "id" in row}
        told = [
            {"at": event.at, "action": event.action, "subject": event.subject}
            for event in events(connection)
            if event.subject.rpartition(" ")[2] in known or key in event.detail
        ]
    with database.writing() as connection:
        detail = {"complete": not withheld}
        record(connection, by.id, "candidate exported", f"candidate {key}", detail)
    return {
        "format": FORMAT,
        "exported_at": now(),
        "requisition": requisition.to_dict(),
        "candidate": subject.to_dict(),
        "uploads": uploads,
        "withheld_columns": withheld,
        "kept": kept,
        "events": told,
    }


def _uploads(
    connection: Connection, subject: Candidate, withholds: bool
) -> tuple[list[dict[str, object]], list[str]]:
    found: list[dict[str, object]] = []
    withheld: set[str] = set()
    if subject.erased_at is not None:
        return found, []
    rows = connection.execute(
        select(COHORTS)
        .where(COHORTS.c.requisition_id == subject.requisition)
        .order_by(COHORTS.c.version)
    )
    for row in rows:
        upload = unpacked(row.tables)
        hidden = _group_columns(upload) if withholds else set()
        tables, without = _tables(upload, subject.code, hidden)
        withheld |= without
        if tables:
            found.append({"version": row.version, "made_at": row.made_at, "tables": tables})
    return found, sorted(withheld)


def _group_columns(upload: Upload) -> set[tuple[str, str | None, str]]:
    return {
        (entry.file, entry.sheet, entry.column)
        for entry in upload.mapping.entries
        if entry.role.name == "group"
    }


def _tables(
    upload: Upload, code: str, hidden: set[tuple[str, str | None, str]]
) -> tuple[list[dict[str, object]], set[str]]:
    tables: list[dict[str, object]] = []
    withheld: set[str] = set()
    masks = candidate_rows(upload.reading, upload.mapping, upload.catalogue(), code)
    for table, own in zip(upload.reading.tables, masks, strict=True):
        if not own.any():
            continue
        without = [c for c in table.frame.columns if (table.file, table.sheet, c) in hidden]
        withheld |= set(without)
        rows = table.frame.loc[own].drop(columns=without)
        cells = [
            {"row": int(number), **{c: v for c, v in row.items() if isinstance(v, str)}}
            for number, row in zip(rows.index, rows.to_dict("records"), strict=True)
        ]
        tables.append({"file": table.file, "sheet": table.sheet, "rows": cells})
    return tables, withheld


def _kept(connection: Connection, key: str) -> dict[str, list[dict[str, object]]]:
    kept: dict[str, list[dict[str, object]]] = {}
    for table in METADATA.sorted_tables:
        rows = rows_about(table, CANDIDATES, key)
        if rows is None or table is CANDIDATES:
            continue
        found = connection.execute(select(table).where(rows).order_by(*table.primary_key))
        listed = [_plain(row._mapping) for row in found]
        if listed:
            kept[table.name] = listed
    return kept


def _plain(row: Mapping[Any, Any]) -> dict[str, object]:
    return {
        str(name): {"base64": base64.b64encode(value).decode()}
        if isinstance(value, bytes)
        else value
        for name, value in row.items()
    }

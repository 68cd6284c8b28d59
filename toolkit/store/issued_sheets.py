"""Sheets that were issued: what each was about and the hash by which its file is known again."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from toolkit.errors import StoreError
from toolkit.store.candidates import require_present
from toolkit.store.database import Database
from toolkit.store.event_log import now, record
from toolkit.store.requisitions import requisition_in
from toolkit.store.rights import Action, Person, require
from toolkit.store.tables import SHEETS

LONGEST_KIND = 20
#: Kinds of documents about all candidates together.
REPORTS = ("cohort", "audit")


@dataclass(frozen=True)
class IssuedSheet:
    """One file that was handed out.

    Parameters
    ----------
    key : str
    requisition : str
    candidate : str or None
        The candidate's key; None for a sheet about all together.
    kind : str
        For instance ``"candidate"``, ``"cohort"``, ``"notice"`` or ``"audit"``.
    sha256 : str
        Of the file.
    person : str
        Key of who issued it.
    made_at : str
    """

    key: str
    requisition: str
    candidate: str | None
    kind: str
    sha256: str
    person: str
    made_at: str


@dataclass(frozen=True)
class Issue:
    """One file to be noted as handed out; see `IssuedSheet`."""

    kind: str
    sha256: str
    candidate: str | None = None


def issue_sheet(
    database: Database,
    by: Person,
    requisition: str,
    kind: str,
    sha256: str,
    candidate: str | None = None,
) -> IssuedSheet:
    """Note that one sheet was issued; see `issue_sheets`."""
    return issue_sheets(database, by, requisition, [Issue(kind, sha256, candidate)])[0]


def issue_sheets(
    database: Database, by: Person, requisition: str, sheets: Sequence[Issue]
) -> tuple[IssuedSheet, ...]:
    """Note which sheets were issued; the files themselves are not kept.

    The same file about the same candidate is noted once, however often it is handed out. A
    closed requisition can still be reported on, so it does not have to be open.

    Parameters
    ----------
    sheets : sequence of Issue
        Candidates by key; hashes in hexadecimal.

    Raises
    ------
    NotAllowed
    UnknownName
        If there is no such requisition or candidate.
    StoreError
        If a candidate belongs to another requisition or was erased, or a hash is none.
    """
    if not by.may(Action.ISSUE_SHEETS):
        require(by, Action.MAKE_REPORTS)
        if any(one.kind not in REPORTS or one.candidate is not None for one in sheets):
            require(by, Action.ISSUE_SHEETS)
    for one in sheets:
        if not re.fullmatch("[0-9a-f]{64}", one.sha256):
            raise StoreError("That is not a SHA-256 hash: it needs 64 hexadecimal digits.")
        if not 0 < len(one.kind) <= LONGEST_KIND:
            raise StoreError(f"The kind of a sheet is a word of up to {LONGEST_KIND} letters.")
    with database.writing() as connection:
        requisition_in(connection, requisition)
        return tuple(_note(connection, by, requisition, one) for one in sheets)


def _note(connection: Connection, by: Person, requisition: str, one: Issue) -> IssuedSheet:
    if one.candidate is not None:
        subject = require_present(connection, one.candidate)
        if subject.requisition != requisition:
            raise StoreError("The candidate belongs to another requisition.")
    key = str(uuid.uuid5(uuid.UUID(requisition), f"{one.kind} {one.sha256} {one.candidate}"))
    wanted = select(SHEETS).where(SHEETS.c.id == key)
    found = connection.execute(wanted).first()
    if found is None:
        connection.execute(
            insert(SHEETS).values(
                id=key,
                requisition_id=requisition,
                candidate_id=one.candidate,
                kind=one.kind,
                sha256=one.sha256,
                person_id=by.id,
                made_at=now(),
            )
        )
        detail = {"kind": one.kind, "sha256": one.sha256, "requisition": requisition}
        record(connection, by.id, "sheet issued", f"sheet {key}", detail)
        found = connection.execute(wanted).one()
    return _issued(found)


def issued_sheets(database: Database, by: Person, requisition: str) -> tuple[IssuedSheet, ...]:
    """Every sheet of a requisition, the newest first.

    Raises
    ------
    NotAllowed
    UnknownName
        If there is no such requisition.
    """
    require(by, Action.SEE_REQUISITION)
    with database.reading() as connection:
        requisition_in(connection, requisition)
        rows = connection.execute(
            select(SHEETS)
            .where(SHEETS.c.requisition_id == requisition)
            .order_by(SHEETS.c.made_at.desc(), SHEETS.c.id)
        )
        return tuple(map(_issued, rows))


def issued_as(database: Database, by: Person, sha256: str) -> tuple[IssuedSheet, ...]:
    """The sheets whose file has this hash, so that a paper can be told to be one of ours.

    Raises
    ------
    NotAllowed
    """
    require(by, Action.SEE_REQUISITION)
    with database.reading() as connection:
        rows = connection.execute(
            select(SHEETS).where(SHEETS.c.sha256 == sha256.lower()).order_by(SHEETS.c.made_at)
        )
        return tuple(map(_issued, rows))


def _issued(row: Row[tuple[Any, ...]]) -> IssuedSheet:
    return IssuedSheet(
        row.id,
        row.requisition_id,
        row.candidate_id,
        row.kind,
        row.sha256,
        row.person_id,
        row.made_at,
    )

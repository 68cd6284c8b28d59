"""Flags of a suspected inflation that somebody has looked at and dismissed, with the reason."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from toolkit.errors import StoreError
from toolkit.inflation.dismissal import Dismissal
from toolkit.store.candidates import require_present
from toolkit.store.database import Database
from toolkit.store.event_log import now, record
from toolkit.store.requisitions import require_open, requisition_in
from toolkit.store.rights import Action, Person, require
from toolkit.store.tables import CANDIDATES, DISMISSALS, PEOPLE
from toolkit.store.written import as_key, new_key, prose


def dismiss(
    database: Database,
    by: Person,
    candidate: str,
    detectors: Sequence[str],
    reason: str,
    *,
    key: str | None = None,
) -> Dismissal:
    """Dismiss what these detectors flagged; it takes the place of an earlier dismissal.

    Parameters
    ----------
    candidate : str
        The candidate's key.
    detectors : sequence of str
        Those that had flagged the candidate.
    reason : str
        What speaks against the flag.
    key : str, optional
        Made by whoever asks, so that asking again keeps nothing twice.

    Returns
    -------
    Dismissal
        Under the candidate's code.

    Raises
    ------
    NotAllowed
    UnknownName
        If there is no such candidate.
    StoreError
        If the requisition is closed or the candidate was erased.
    InputError
        If there is no reason, or it is too long.
    """
    require(by, Action.DISMISS_FLAG)
    key = new_key() if key is None else as_key(key)
    if not detectors:
        raise StoreError("No detector has flagged this candidate, so there is nothing to dismiss.")
    with database.writing() as connection:
        subject = require_present(connection, candidate)
        require_open(connection, subject.requisition)
        words = prose(reason, "reason")
        # Checked before anything is written; the words of the refusal are the detectors' own.
        made = Dismissal(
            subject.code, tuple(detectors), words, dt.datetime.now(dt.UTC).date(), by.name
        )
        if connection.execute(select(DISMISSALS.c.id).where(DISMISSALS.c.id == key)).first():
            return made
        _withdraw(connection, candidate)
        connection.execute(
            insert(DISMISSALS).values(
                id=key,
                candidate_id=candidate,
                detectors=json.dumps(list(made.detectors)),
                reason=words,
                person_id=by.id,
                made_at=now(),
            )
        )
        record(connection, by.id, "flag dismissed", f"dismissal {key}", {"candidate": candidate})
        return made


def take_back(database: Database, by: Person, candidate: str) -> None:
    """Take a dismissal back; the flag stands again, and what was said is still kept.

    Raises
    ------
    NotAllowed
    UnknownName
    StoreError
        If the requisition is closed.
    """
    require(by, Action.DISMISS_FLAG)
    with database.writing() as connection:
        subject = require_present(connection, candidate)
        require_open(connection, subject.requisition)
        if _withdraw(connection, candidate):
            record(connection, by.id, "dismissal taken back", f"candidate {candidate}")


def dismissals(database: Database, by: Person, requisition: str) -> dict[str, Dismissal]:
    """The dismissals that stand, by the candidates' codes.

    Raises
    ------
    NotAllowed
    UnknownName
        If there is no such requisition.
    """
    require(by, Action.SEE_CANDIDATES)
    with database.reading() as connection:
        requisition_in(connection, requisition)
        return _standing(connection, requisition)


def _standing(connection: Connection, requisition: str) -> dict[str, Dismissal]:
    rows = connection.execute(
        select(DISMISSALS, CANDIDATES.c.code, PEOPLE.c.name)
        .join(CANDIDATES, DISMISSALS.c.candidate_id == CANDIDATES.c.id)
        .join(PEOPLE, DISMISSALS.c.person_id == PEOPLE.c.id)
        .where(CANDIDATES.c.requisition_id == requisition, DISMISSALS.c.withdrawn_at.is_(None))
        .order_by(DISMISSALS.c.made_at)
    )
    return {row.code: _dismissal(row) for row in rows}


def _withdraw(connection: Connection, candidate: str) -> bool:
    done = connection.execute(
        update(DISMISSALS)
        .where(DISMISSALS.c.candidate_id == candidate, DISMISSALS.c.withdrawn_at.is_(None))
        .values(withdrawn_at=now())
    )
    return bool(done.rowcount)


def _dismissal(row: Row[tuple[Any, ...]]) -> Dismissal:
    made = dt.datetime.fromisoformat(row.made_at).date()
    return Dismissal(row.code, tuple(json.loads(row.detectors)), row.reason, made, row.name)

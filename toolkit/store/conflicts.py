"""Conflicts of interest: whom a reviewer must not review, said by the reviewer or known before."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum

from sqlalchemy import Connection, insert, select, update

from toolkit.errors import NotAllowed, UnknownName
from toolkit.store.candidates import require_present
from toolkit.store.database import Database
from toolkit.store.event_log import now, record
from toolkit.store.requisitions import require_open, requisition_in
from toolkit.store.rights import Action, Person, Role, require
from toolkit.store.tables import ASSIGNMENTS, CANDIDATES, CONFLICTS, PEOPLE
from toolkit.store.written import as_key, new_key, prose


class Tie(StrEnum):
    """What ties a reviewer to a candidate."""

    CO_WORKER = "co-worker"
    FAMILY = "family"
    FRIEND = "close friend"
    PARTNER = "partner"
    CO_AUTHOR = "co-author"
    BUSINESS = "business"
    OTHER = "other"


@dataclass(frozen=True)
class DeclaredConflict:
    """A reviewer who must not review a candidate.

    Parameters
    ----------
    key, candidate, reviewer : str
    tie : Tie
    note : str
    made_at : str
    """

    key: str
    candidate: str
    reviewer: str
    tie: Tie
    note: str
    made_at: str

    def to_dict(self) -> dict[str, object]:
        return asdict(self)


def declare_conflict(
    database: Database,
    by: Person,
    candidate: str,
    tie: Tie,
    note: str = "",
    *,
    reviewer: str | None = None,
    key: str | None = None,
) -> DeclaredConflict:
    """Say that a reviewer is tied to a candidate; a review of them is taken away.

    What was rated before is kept, but does not count. Saying it again changes nothing.

    Parameters
    ----------
    candidate : str
        The candidate's key.
    reviewer : str, optional
        Key of the reviewer, where a recruiter says so for them.
    key : str, optional
        Made by whoever asks.

    Raises
    ------
    NotAllowed
        If a reviewer speaks about a candidate whom they have not been given.
    UnknownName
        If there is no such candidate or reviewer.
    StoreError
        If the requisition is closed, the candidate was erased, or the note is too long.
    """
    require(by, Action.RATE if reviewer is None else Action.ASSIGN_REVIEWS)
    key = new_key() if key is None else as_key(key)
    words = prose(note, "note")
    who = by.id if reviewer is None else reviewer
    with database.writing() as connection:
        if reviewer is None:
            _require_given(connection, by, candidate)
        else:
            _require_reviewer(connection, reviewer)
        subject = require_present(connection, candidate)
        require_open(connection, subject.requisition)
        already = conflicts_in(connection, subject.requisition).get((candidate, who))
        if already is not None:
            return already
        made = DeclaredConflict(key, candidate, who, Tie(tie), words, now())
        connection.execute(
            insert(CONFLICTS).values(
                id=key,
                candidate_id=candidate,
                reviewer_id=who,
                tie=made.tie.value,
                note=words,
                person_id=by.id,
                made_at=made.made_at,
            )
        )
        connection.execute(
            update(ASSIGNMENTS)
            .where(
                ASSIGNMENTS.c.candidate_id == candidate,
                ASSIGNMENTS.c.reviewer_id == who,
                ASSIGNMENTS.c.withdrawn_at.is_(None),
            )
            .values(withdrawn_at=now(), version=ASSIGNMENTS.c.version + 1)
        )
        # The tie itself is about a person, so the log does without it.
        detail = {"reviewer": who}
        record(connection, by.id, "conflict of interest declared", f"candidate {candidate}", detail)
        return made


def conflicts(database: Database, by: Person, requisition: str) -> tuple[DeclaredConflict, ...]:
    """All conflicts of interest in a requisition, the oldest first.

    Raises
    ------
    NotAllowed
    UnknownName
    """
    require(by, Action.ASSIGN_REVIEWS)
    with database.reading() as connection:
        requisition_in(connection, requisition)
        found = conflicts_in(connection, requisition).values()
        return tuple(sorted(found, key=lambda one: (one.made_at, one.key)))


def conflicts_in(
    connection: Connection, requisition: str
) -> dict[tuple[str, str], DeclaredConflict]:
    """By keys of candidate and reviewer, within a transaction that has checked the right."""
    rows = connection.execute(
        select(CONFLICTS)
        .join(CANDIDATES, CANDIDATES.c.id == CONFLICTS.c.candidate_id)
        .where(CANDIDATES.c.requisition_id == requisition)
    )
    return {
        (row.candidate_id, row.reviewer_id): DeclaredConflict(
            row.id, row.candidate_id, row.reviewer_id, Tie(row.tie), row.note, row.made_at
        )
        for row in rows
    }


def _require_given(connection: Connection, by: Person, candidate: str) -> None:
    given = select(ASSIGNMENTS.c.id).where(
        ASSIGNMENTS.c.candidate_id == candidate, ASSIGNMENTS.c.reviewer_id == by.id
    )
    if connection.execute(given).first() is None:
        raise NotAllowed("You were not given this candidate, so there is nothing to take away.")


def _require_reviewer(connection: Connection, key: str) -> None:
    found = select(PEOPLE.c.id).where(PEOPLE.c.id == key, PEOPLE.c.role == Role.REVIEWER.value)
    if connection.execute(found).first() is None:
        raise UnknownName("reviewer", key[:60], ())

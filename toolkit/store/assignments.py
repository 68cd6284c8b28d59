"""Who reviews whom, in which order, and by which version of the rubric."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from toolkit.errors import NotAllowed, StoreError, UnknownName
from toolkit.store.candidates import Candidate
from toolkit.store.conflicts import conflicts_in
from toolkit.store.database import Database
from toolkit.store.event_log import now, record
from toolkit.store.requisitions import require_open, requisition_in
from toolkit.store.rights import Action, Person, Role, require
from toolkit.store.rubrics import newest_rubric
from toolkit.store.tables import ASSIGNMENTS, CANDIDATES, PEOPLE
from toolkit.store.written import new_key


@dataclass(frozen=True)
class KeptAssignment:
    """One candidate in one reviewer's hands.

    Parameters
    ----------
    key : str
    requisition, candidate, reviewer, rubric : str
        Keys.
    position : int
        In the reviewer's own order, from 1.
    locked_at : str or None
        When the reviewer was done; nothing official changes after that.
    withdrawn_at : str or None
        When a conflict of interest took it away, or a recruiter took it back.
    abstained : str or None
        Why the reviewer gives no ratings, where that is so.
    seconds : float
        Time spent on it.
    version : int
        Grows with each rating and change.
    """

    key: str
    requisition: str
    candidate: str
    reviewer: str
    rubric: str
    position: int
    locked_at: str | None
    withdrawn_at: str | None
    abstained: str | None
    seconds: float
    version: int

    @property
    def is_open(self) -> bool:
        """Whether ratings can be given."""
        return self.locked_at is None and self.withdrawn_at is None

    def to_dict(self) -> dict[str, object]:
        return asdict(self)


def hand_out(
    database: Database, by: Person, requisition: str, order: Mapping[str, Sequence[str]]
) -> tuple[KeptAssignment, ...]:
    """Hand candidates out to reviewers, all or none of them.

    Handing the same out again changes nothing; what is new comes after what the reviewer
    has already.

    Parameters
    ----------
    order : mapping of str to sequence of str
        Key of each reviewer → keys of their candidates, in the order that they are to be
        looked at.

    Returns
    -------
    tuple of KeptAssignment
        Everything that is handed out in the requisition now.

    Raises
    ------
    NotAllowed
    UnknownName
        If there is no such requisition, candidate or reviewer.
    StoreError
        If the requisition is closed or has no rubric yet, or somebody would review a
        candidate in spite of a conflict of interest.
    """
    require(by, Action.ASSIGN_REVIEWS)
    with database.writing() as connection:
        require_open(connection, requisition)
        rubric = newest_rubric(connection, requisition)
        if rubric is None:
            raise StoreError("There is no rubric yet. Write one before handing out reviews.")
        present = present_candidates(connection, requisition)
        reviewers = _reviewers(connection)
        barred = conflicts_in(connection, requisition)
        rows: list[dict[str, object]] = []
        for reviewer, wanted in order.items():
            if reviewer not in reviewers:
                raise UnknownName("reviewer", reviewer[:60], ())
            last, had = _held(connection, requisition, reviewer)
            new = [one for one in dict.fromkeys(wanted) if one not in had]
            for candidate in new:
                if candidate not in present:
                    raise UnknownName("candidate", candidate[:60], (), "this requisition")
                if (candidate, reviewer) in barred:
                    raise StoreError(
                        f"{reviewers[reviewer]} has a conflict of interest with "
                        f"{present[candidate].code}. Hand that candidate to somebody else."
                    )
            rows += [
                {
                    "id": new_key(),
                    "requisition_id": requisition,
                    "candidate_id": candidate,
                    "reviewer_id": reviewer,
                    "rubric_id": rubric.key,
                    "position": place,
                    "seconds": 0.0,
                    "version": 1,
                }
                for place, candidate in enumerate(new, last + 1)
            ]
        if rows:
            connection.execute(insert(ASSIGNMENTS), rows)
            detail = {"rubric": rubric.key, "reviews": len(rows)}
            record(connection, by.id, "reviews handed out", f"requisition {requisition}", detail)
        return assignments_in(connection, requisition)


def take_back(database: Database, by: Person, requisition: str, reviewer: str) -> int:
    """Take all reviews back that a reviewer has not locked, for instance when somebody falls ill.

    What they have locked stays. What they had begun is kept, but does not count, and they are
    not given the same candidates again.

    Parameters
    ----------
    reviewer : str
        The reviewer's key.

    Returns
    -------
    int
        How many; 0 where there was none left.

    Raises
    ------
    NotAllowed
    UnknownName
        If there is no such requisition.
    StoreError
        If the requisition is closed.
    """
    require(by, Action.ASSIGN_REVIEWS)
    with database.writing() as connection:
        require_open(connection, requisition)
        taken = connection.execute(
            update(ASSIGNMENTS)
            .where(
                ASSIGNMENTS.c.requisition_id == requisition,
                ASSIGNMENTS.c.reviewer_id == reviewer,
                ASSIGNMENTS.c.locked_at.is_(None),
                ASSIGNMENTS.c.withdrawn_at.is_(None),
            )
            .values(withdrawn_at=now(), version=ASSIGNMENTS.c.version + 1)
        ).rowcount
        if taken:
            detail = {"reviewer": reviewer, "reviews": taken}
            record(connection, by.id, "reviews taken back", f"requisition {requisition}", detail)
        return int(taken)


def assignments(database: Database, by: Person, requisition: str) -> tuple[KeptAssignment, ...]:
    """Everything that was handed out in a requisition, by reviewer and position.

    Raises
    ------
    NotAllowed
    UnknownName
    """
    require(by, Action.ASSIGN_REVIEWS)
    with database.reading() as connection:
        requisition_in(connection, requisition)
        return assignments_in(connection, requisition)


def reviewers(database: Database, by: Person) -> tuple[Person, ...]:
    """Everybody who can be given reviews, by name.

    Raises
    ------
    NotAllowed
    """
    require(by, Action.ASSIGN_REVIEWS)
    with database.reading() as connection:
        rows = connection.execute(
            select(PEOPLE).where(PEOPLE.c.role == Role.REVIEWER.value, PEOPLE.c.active)
        )
        found = (Person(row.id, row.name, row.sign_in, Role.REVIEWER) for row in rows)
        return tuple(sorted(found, key=lambda one: (one.name, one.id)))


def assignments_in(connection: Connection, requisition: str) -> tuple[KeptAssignment, ...]:
    """The same as `assignments`, within a transaction that has checked the right to it."""
    rows = connection.execute(
        select(ASSIGNMENTS)
        .where(ASSIGNMENTS.c.requisition_id == requisition)
        .order_by(ASSIGNMENTS.c.reviewer_id, ASSIGNMENTS.c.position)
    )
    return tuple(map(kept_assignment, rows))


def own_assignment(connection: Connection, by: Person, key: str) -> KeptAssignment:
    """A review that is this reviewer's own, and not taken away.

    Raises
    ------
    NotAllowed
        In the same words whether it is somebody else's or there is none.
    """
    row = connection.execute(
        select(ASSIGNMENTS)
        .join(CANDIDATES, CANDIDATES.c.id == ASSIGNMENTS.c.candidate_id)
        .where(
            ASSIGNMENTS.c.id == key,
            ASSIGNMENTS.c.reviewer_id == by.id,
            ASSIGNMENTS.c.withdrawn_at.is_(None),
            CANDIDATES.c.erased_at.is_(None),
            CANDIDATES.c.withdrawn_at.is_(None),
        )
    ).first()
    if row is None:
        raise NotAllowed("This review is not yours, or not any more. Open one from your list.")
    return kept_assignment(row)


def kept_assignment(row: Row[tuple[Any, ...]]) -> KeptAssignment:
    """A row of the table as a value."""
    return KeptAssignment(
        row.id,
        row.requisition_id,
        row.candidate_id,
        row.reviewer_id,
        row.rubric_id,
        row.position,
        row.locked_at,
        row.withdrawn_at,
        row.abstained,
        row.seconds,
        row.version,
    )


def present_candidates(connection: Connection, requisition: str) -> dict[str, Candidate]:
    """Those who are still candidates of a requisition, by key."""
    rows = connection.execute(
        select(CANDIDATES).where(
            CANDIDATES.c.requisition_id == requisition,
            CANDIDATES.c.erased_at.is_(None),
            CANDIDATES.c.withdrawn_at.is_(None),
        )
    )
    return {row.id: Candidate(row.id, row.requisition_id, row.code, row.name) for row in rows}


def _reviewers(connection: Connection) -> dict[str, str]:
    rows = connection.execute(
        select(PEOPLE.c.id, PEOPLE.c.name).where(
            PEOPLE.c.role == Role.REVIEWER.value, PEOPLE.c.active
        )
    )
    return {row.id: row.name for row in rows}


def _held(connection: Connection, requisition: str, reviewer: str) -> tuple[int, set[str]]:
    """The last position of a reviewer, and whom they have been given."""
    mine = (
        ASSIGNMENTS.c.requisition_id == requisition,
        ASSIGNMENTS.c.reviewer_id == reviewer,
    )
    last = connection.execute(select(func.max(ASSIGNMENTS.c.position)).where(*mine)).scalar()
    had = connection.execute(select(ASSIGNMENTS.c.candidate_id).where(*mine)).scalars()
    return last or 0, set(had)

"""Ending a review: locked with all its marks, or given up for a reason."""

from __future__ import annotations

from sqlalchemy import Connection, update

from toolkit.errors import Conflict, StoreError
from toolkit.review.rubric import Rubric
from toolkit.store.assignments import KeptAssignment, own_assignment
from toolkit.store.database import Database
from toolkit.store.event_log import now, record
from toolkit.store.marks import Mark
from toolkit.store.ratings import KeptRating, marks_in
from toolkit.store.requisitions import require_open
from toolkit.store.rights import Action, Person, require
from toolkit.store.rubrics import rubric_in
from toolkit.store.tables import ASSIGNMENTS
from toolkit.store.written import reason


def lock(database: Database, by: Person, assignment: str, version: int) -> KeptAssignment:
    """Lock a complete review: it counts from now on, and is not changed any more.

    Parameters
    ----------
    version : int
        The version of the assignment that the reviewer saw.

    Raises
    ------
    NotAllowed
    Conflict
        If a rating was changed since, in another window.
    StoreError
        If a criterion has no mark yet or a note is missing, or the requisition is closed.
    """
    require(by, Action.RATE)
    with database.writing() as connection:
        own = own_assignment(connection, by, assignment)
        if own.locked_at is not None:
            return own
        require_open(connection, own.requisition)
        _refuse_outdated(own, version)
        missing = missing_in(
            rubric_in(connection, own.rubric).rubric, marks_in(connection, assignment)
        )
        if missing:
            raise StoreError(f"This review is not complete. {' '.join(missing)}")
        return _finish(connection, by, own, "review locked")


def abstain(
    database: Database, by: Person, assignment: str, why: str, version: int
) -> KeptAssignment:
    """Give no ratings of this candidate, for a reason; what was rated before does not count.

    Parameters
    ----------
    why : str
    version : int
        The version of the assignment that the reviewer saw.

    Raises
    ------
    NotAllowed
    Conflict
        If a rating was changed since, in another window.
    StoreError
        If there is no reason, the review is locked, or the requisition is closed.
    """
    require(by, Action.RATE)
    words = reason(why, "Say in a few words why you abstain; the panel reads it.")
    with database.writing() as connection:
        own = own_assignment(connection, by, assignment)
        if own.abstained == words:
            return own
        require_open(connection, own.requisition)
        if own.locked_at is not None:
            raise StoreError("You have locked this review; it counts as it is.")
        _refuse_outdated(own, version)
        return _finish(connection, by, own, "abstained", words)


def missing_in(rubric: Rubric, marks: dict[str, KeptRating]) -> tuple[str, ...]:
    """What a review still lacks before it can be locked, one sentence a criterion."""
    said = []
    for criterion in rubric.criteria:
        mark = marks[criterion.key].mark if criterion.key in marks else Mark()
        if mark.is_empty:
            said.append(f"'{criterion.label}' has no rating yet.")
        elif not mark.note and mark.no_basis:
            said.append(f"Say why there is no basis to judge '{criterion.label}'.")
        elif not mark.note and criterion.note_required:
            said.append(f"Note what in the work your rating of '{criterion.label}' rests on.")
    return tuple(said)


def _refuse_outdated(own: KeptAssignment, version: int) -> None:
    if own.version != version:
        raise Conflict(
            "This review was changed in the meantime, in another window perhaps. Look at it "
            "again before you finish it."
        )


def _finish(
    connection: Connection, by: Person, own: KeptAssignment, what: str, words: str | None = None
) -> KeptAssignment:
    connection.execute(
        update(ASSIGNMENTS)
        .where(ASSIGNMENTS.c.id == own.key)
        .values(locked_at=now(), abstained=words, version=own.version + 1)
    )
    record(connection, by.id, what, f"assignment {own.key}")
    return own_assignment(connection, by, own.key)

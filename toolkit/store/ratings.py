"""Ratings: each saved at once, every version kept, nothing changed after locking."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from toolkit.errors import Conflict, StoreError
from toolkit.store.assignments import KeptAssignment, own_assignment
from toolkit.store.database import Database
from toolkit.store.event_log import now, record
from toolkit.store.marks import Mark, checked_mark
from toolkit.store.references import require_example_rated
from toolkit.store.requisitions import require_open
from toolkit.store.review_time import spend_time
from toolkit.store.rights import Action, Person, require
from toolkit.store.rubrics import KeptRubric, freeze, rubric_in
from toolkit.store.tables import ASSIGNMENTS, RATINGS
from toolkit.store.written import as_key, new_key

#: A rating given without knowing scores and others' ratings: the official one.
INDEPENDENT = "independent"
#: A rating given again after the social scores were shown: measured, never official.
AFTER_SCORES = "after scores"


@dataclass(frozen=True)
class KeptRating:
    """One version of a mark.

    Parameters
    ----------
    key, assignment : str
    criterion : str
        Key of the criterion.
    version : int
        From 1; the highest of a criterion and stage counts.
    mark : Mark
    stage : str
        `INDEPENDENT` or `AFTER_SCORES`.
    made_at : str
    """

    key: str
    assignment: str
    criterion: str
    version: int
    mark: Mark
    stage: str
    made_at: str

    def to_dict(self) -> dict[str, object]:
        return asdict(self)


def save_rating(
    database: Database,
    by: Person,
    assignment: str,
    criterion: str,
    mark: Mark,
    version: int,
    *,
    key: str | None = None,
    seconds: float = 0.0,
) -> KeptRating:
    """Keep a mark on one criterion; the newest again where nothing is different.

    A mark may be kept before it is complete, so that nothing typed is lost; the review is
    locked when all are.

    Parameters
    ----------
    assignment : str
        Key of the reviewer's own assignment.
    criterion : str
        Key of one of the rubric's criteria.
    mark : Mark
    version : int
        The newest version of this criterion that the reviewer saw; 0 where there was none.
    key : str, optional
        Made by whoever asks, so that asking again after a lost answer keeps nothing twice.
    seconds : float
        Time spent since the last save, added to the review's.

    Raises
    ------
    NotAllowed
        If the assignment is not the reviewer's own.
    UnknownName
        If the rubric has no such criterion.
    Conflict
        If another mark was kept since, in another window.
    StoreError
        If the review is locked, the requisition closed, the reference example not rated yet,
        or the mark is not one that can be given.
    """
    require(by, Action.RATE)
    key = new_key() if key is None else as_key(key)
    with database.writing() as connection:
        own = own_assignment(connection, by, assignment)
        again = kept_before(connection, key, assignment, criterion)
        if again is not None:
            return again
        require_open(connection, own.requisition)
        if own.locked_at is not None:
            raise StoreError("You have locked this review; its ratings stay as they are.")
        rubric = rubric_in(connection, own.rubric)
        mark = checked_mark(rubric.rubric, criterion, mark)
        if own.version == 1:
            # Whoever has rated somebody before has rated the example.
            require_example_rated(connection, by, rubric)
        return keep_mark(connection, by, own, rubric, criterion, mark, version, key, seconds)


def keep_mark(
    connection: Connection,
    by: Person,
    own: KeptAssignment,
    rubric: KeptRubric,
    criterion: str,
    mark: Mark,
    version: int,
    key: str,
    seconds: float,
    stage: str = INDEPENDENT,
) -> KeptRating:
    """Write a mark that was found good, in a transaction that has checked the right to it."""
    rows = connection.execute(
        select(RATINGS)
        .where(RATINGS.c.assignment_id == own.key, RATINGS.c.criterion == criterion)
        .order_by(RATINGS.c.version)
    )
    # Versions of a criterion are numbered through all stages.
    before = [_rating(row) for row in rows]
    newest = next((one for one in reversed(before) if one.stage == stage), None)
    if newest is not None and newest.mark == mark:
        spend_time(connection, own, seconds)
        return newest
    if (newest.version if newest else 0) != version:
        raise Conflict(
            "Another rating of this criterion was kept in the meantime, in another window "
            "perhaps; this one was not. Look at it, then rate again if it should be different."
        )
    freeze(connection, by, rubric)
    following = before[-1].version + 1 if before else 1
    kept = KeptRating(key, own.key, criterion, following, mark, stage, now())
    connection.execute(
        insert(RATINGS).values(
            id=key,
            assignment_id=own.key,
            criterion=criterion,
            version=kept.version,
            **asdict(mark),
            stage=stage,
            made_at=kept.made_at,
        )
    )
    spend_time(connection, own, seconds, changed=True)
    detail = {"rating": key, "stage": stage}
    record(connection, by.id, "rating saved", f"assignment {own.key}", detail)
    return kept


def marks_in(
    connection: Connection, assignment: str, stage: str = INDEPENDENT
) -> dict[str, KeptRating]:
    """The marks of a review that count, by criterion, in a transaction that checked the right."""
    return _newest(connection, assignment, stage)


def official_marks(
    connection: Connection, requisition: str, reviewer: str | None = None
) -> dict[str, dict[str, KeptRating]]:
    """The independent marks of a requisition by assignment and criterion, locked or not."""
    question = (
        select(RATINGS)
        .join(ASSIGNMENTS, ASSIGNMENTS.c.id == RATINGS.c.assignment_id)
        .where(ASSIGNMENTS.c.requisition_id == requisition, RATINGS.c.stage == INDEPENDENT)
        .order_by(RATINGS.c.version)
    )
    if reviewer is not None:
        question = question.where(ASSIGNMENTS.c.reviewer_id == reviewer)
    rows = connection.execute(question)
    found: dict[str, dict[str, KeptRating]] = {}
    for row in rows:
        found.setdefault(row.assignment_id, {})[row.criterion] = _rating(row)
    return found


def kept_before(
    connection: Connection, key: str, assignment: str, criterion: str
) -> KeptRating | None:
    """The rating that was kept under this key already.

    Raises
    ------
    StoreError
        If it is another one.
    """
    row = connection.execute(select(RATINGS).where(RATINGS.c.id == key)).first()
    if row is None:
        return None
    if (row.assignment_id, row.criterion) != (assignment, criterion):
        raise StoreError(
            "This key belongs to another rating. Send a rating under a key of its own."
        )
    return _rating(row)


def _rating(row: Row[tuple[Any, ...]]) -> KeptRating:
    rating = None if row.rating is None else int(row.rating)
    mark = Mark(rating, bool(row.no_basis), row.note, row.confidence)
    return KeptRating(
        row.id, row.assignment_id, row.criterion, row.version, mark, row.stage, row.made_at
    )


def _newest(connection: Connection, assignment: str, stage: str) -> dict[str, KeptRating]:
    rows = connection.execute(
        select(RATINGS)
        .where(RATINGS.c.assignment_id == assignment, RATINGS.c.stage == stage)
        .order_by(RATINGS.c.version)
    )
    # Later versions take the place of earlier ones.
    return {row.criterion: _rating(row) for row in rows}

"""Ratings: each saved at once, every version kept, nothing changed after locking."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from toolkit.errors import Conflict, StoreError
from toolkit.review.rubric import LEVELS, Rubric
from toolkit.store.assignments import KeptAssignment, own_assignment
from toolkit.store.database import Database
from toolkit.store.event_log import now, record
from toolkit.store.references import require_example_rated
from toolkit.store.requisitions import require_open
from toolkit.store.rights import Action, Person, require
from toolkit.store.rubrics import KeptRubric, freeze, rubric_in
from toolkit.store.tables import ASSIGNMENTS, RATINGS
from toolkit.store.written import as_key, new_key, prose, reason

#: A rating given without knowing scores and others' ratings: the official one.
INDEPENDENT = "independent"
#: A rating given again after the social scores were shown: measured, never official.
AFTER_SCORES = "after scores"
#: How sure a reviewer is of a rating.
CONFIDENCES = {1: "low", 2: "medium", 3: "high"}
#: Nobody looks at one thing for longer without having gone elsewhere.
LONGEST_LOOK = 4 * 3600.0


@dataclass(frozen=True)
class Mark:
    """What a reviewer says on one criterion.

    Parameters
    ----------
    rating : int or None
        From 1 to 5.
    no_basis : bool
        True where the work gives no basis to judge; there is no rating then.
    note : str
        What in the work the rating rests on, or why there is no basis.
    confidence : int or None
        A key of `CONFIDENCES`.
    """

    rating: int | None = None
    no_basis: bool = False
    note: str = ""
    confidence: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was decided yet; a note may be there."""
        return self.rating is None and not self.no_basis


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
        _spend(connection, own, seconds)
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
    _spend(connection, own, seconds, changed=True)
    detail = {"rating": key, "stage": stage}
    record(connection, by.id, "rating saved", f"assignment {own.key}", detail)
    return kept


def add_time(database: Database, by: Person, assignment: str, seconds: float) -> None:
    """Add to the time spent on an open review; a locked one keeps the time that it has.

    Raises
    ------
    NotAllowed
    """
    require(by, Action.RATE)
    with database.writing() as connection:
        own = own_assignment(connection, by, assignment)
        if own.is_open:
            _spend(connection, own, seconds)


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


def checked_mark(rubric: Rubric, criterion: str, mark: Mark) -> Mark:
    """The mark with a tidy note.

    Raises
    ------
    UnknownName
        If the rubric has no such criterion.
    StoreError
        If it is not one that can be given on this criterion.
    """
    on = rubric.criterion(criterion)
    if mark.rating is not None and mark.rating not in LEVELS:
        raise StoreError(
            f"{mark.rating} is not a rating. Give one from {LEVELS[0]} to {LEVELS[-1]}."
        )
    if mark.no_basis and mark.rating is not None:
        raise StoreError("Give a rating, or say that there is no basis to judge: not both.")
    if mark.no_basis and not on.no_basis_allowed:
        raise StoreError(f"On '{on.label}' every piece of work gives a basis to judge. Rate it.")
    if mark.confidence is not None and mark.confidence not in CONFIDENCES:
        raise StoreError("Say how sure you are: low, medium or high.")
    return Mark(
        None if mark.rating is None else int(mark.rating),
        mark.no_basis,
        prose(mark.note, "note"),
        mark.confidence,
    )


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


def _spend(
    connection: Connection, own: KeptAssignment, seconds: float, *, changed: bool = False
) -> None:
    spent = min(max(seconds, 0.0), LONGEST_LOOK) if math.isfinite(seconds) else 0.0
    if spent or changed:
        connection.execute(
            update(ASSIGNMENTS)
            .where(ASSIGNMENTS.c.id == own.key)
            .values(
                seconds=ASSIGNMENTS.c.seconds + spent,
                version=ASSIGNMENTS.c.version + int(changed),
            )
        )


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

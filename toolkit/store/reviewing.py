"""What a reviewer sees: their own candidates, blinded, and others' ratings after locking.

Blindness lives here and not on the page: nothing that leaves this file carries a name, a
score, a group, or what others gave before the reviewer's own review is locked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from sqlalchemy import Connection, select

from toolkit.errors import NotAllowed
from toolkit.store.assignments import (
    KeptAssignment,
    kept_assignment,
    own_assignment,
    present_candidates,
)
from toolkit.store.blind_code import blind_code
from toolkit.store.candidates import candidate_in
from toolkit.store.database import Database
from toolkit.store.finishing import missing_in
from toolkit.store.marks import Mark
from toolkit.store.ratings import AFTER_SCORES, KeptRating, marks_in, official_marks
from toolkit.store.references import (
    Feedback,
    example_for,
    feedback,
    own_example_ratings,
)
from toolkit.store.requisitions import requisition_in
from toolkit.store.rights import Action, Person, require
from toolkit.store.rubrics import KeptRubric, rubric_in
from toolkit.store.submissions import Kind, file_in, submissions_of
from toolkit.store.tables import ASSIGNMENTS, CANDIDATES
from toolkit.store.tasks import KeptTask, newest_tasks, task_in


@dataclass(frozen=True)
class ToReview:
    """One line of a reviewer's list.

    Parameters
    ----------
    assignment : KeptAssignment
    code : str
        By which the reviewer knows the candidate.
    marked : int
        Criteria with a rating, or without a basis to judge.
    criteria : int
        In the rubric.
    """

    assignment: KeptAssignment
    code: str
    marked: int
    criteria: int


@dataclass(frozen=True)
class ExampleToRate:
    """The reference example as a reviewer sees it.

    Parameters
    ----------
    key, title, content : str
    feedback : tuple of Feedback or None
        None until the reviewer has rated it: the agreed ratings are not shown before.
    """

    key: str
    title: str
    content: str
    feedback: tuple[Feedback, ...] | None


@dataclass(frozen=True)
class ToDo:
    """What a reviewer has to do in one requisition.

    Parameters
    ----------
    requisition, title : str
    is_closed : bool
    rubric : KeptRubric
        The newest that they review by.
    example : ExampleToRate or None
    reviews : tuple of ToReview
        In the reviewer's own order.
    """

    requisition: str
    title: str
    is_closed: bool
    rubric: KeptRubric
    example: ExampleToRate | None
    reviews: tuple[ToReview, ...]

    @property
    def open(self) -> tuple[ToReview, ...]:
        """Those that are not locked yet."""
        return tuple(one for one in self.reviews if one.assignment.is_open)


@dataclass(frozen=True)
class SeenSubmission:
    """A submission as a reviewer sees it: neither adjustments nor whose it is.

    Parameters
    ----------
    key : str
    task : KeptTask
    kind : Kind
    content : str
        The text or the link; for a file, a name that says only what it is. Empty where nobody
        has made sure yet that it does not say whose it is.
    """

    key: str
    task: KeptTask
    kind: Kind
    content: str


@dataclass(frozen=True)
class Review:
    """One candidate on a reviewer's desk.

    Parameters
    ----------
    assignment : KeptAssignment
    code : str
    rubric : KeptRubric
    tasks : tuple of KeptTask
    submissions : tuple of SeenSubmission
    marks : mapping of str to KeptRating
        Own, official, by criterion.
    missing : tuple of str
        What is still to be done before locking, as sentences.
    after_scores : mapping of str to KeptRating
        Own ratings given again after the scores were shown.
    """

    assignment: KeptAssignment
    code: str
    rubric: KeptRubric
    tasks: tuple[KeptTask, ...]
    submissions: tuple[SeenSubmission, ...]
    marks: Mapping[str, KeptRating]
    missing: tuple[str, ...]
    after_scores: Mapping[str, KeptRating]


@dataclass(frozen=True)
class Others:
    """What others gave, after one's own review was locked.

    Parameters
    ----------
    marks : tuple of (str, mapping of str to Mark)
        Those who have locked theirs, without their names.
    waiting : int
        Reviewers who have not locked theirs yet.
    abstained : int
    """

    marks: tuple[tuple[str, Mapping[str, Mark]], ...]
    waiting: int
    abstained: int

    def mean(self, criterion: str) -> float | None:
        """Mean of the others' ratings; None where nobody gave one."""
        given = [
            marks[criterion].rating
            for _, marks in self.marks
            if criterion in marks and marks[criterion].rating is not None
        ]
        known = [one for one in given if one is not None]
        return sum(known) / len(known) if known else None


def my_reviews(database: Database, by: Person) -> tuple[ToDo, ...]:
    """All that a reviewer has been given, by requisition; what is open comes first.

    Raises
    ------
    NotAllowed
    """
    require(by, Action.RATE)
    with database.reading() as connection:
        rows = connection.execute(
            select(ASSIGNMENTS)
            .join(CANDIDATES, CANDIDATES.c.id == ASSIGNMENTS.c.candidate_id)
            .where(
                ASSIGNMENTS.c.reviewer_id == by.id,
                ASSIGNMENTS.c.withdrawn_at.is_(None),
                CANDIDATES.c.erased_at.is_(None),
                CANDIDATES.c.withdrawn_at.is_(None),
            )
            .order_by(ASSIGNMENTS.c.position)
        )
        own: dict[str, list[KeptAssignment]] = {}
        for row in rows:
            own.setdefault(row.requisition_id, []).append(kept_assignment(row))
        found = [_to_do(connection, by, key, given) for key, given in own.items()]
    return tuple(sorted(found, key=lambda one: (not one.open, one.title, one.requisition)))


def review(database: Database, by: Person, assignment: str) -> Review:
    """One candidate as the reviewer may see them.

    Raises
    ------
    NotAllowed
        If the assignment is not the reviewer's own.
    """
    require(by, Action.RATE)
    with database.reading() as connection:
        own = own_assignment(connection, by, assignment)
        rubric = rubric_in(connection, own.rubric)
        marks = marks_in(connection, own.key)
        return Review(
            own,
            blind_code(candidate_in(connection, own.candidate)),
            rubric,
            newest_tasks(connection, own.requisition),
            _submissions(connection, own),
            marks,
            missing_in(rubric.rubric, marks),
            marks_in(connection, own.key, AFTER_SCORES),
        )


def submission_file(database: Database, by: Person, assignment: str, submission: str) -> bytes:
    """The file that a candidate handed in, where it does not say whose it is.

    Raises
    ------
    NotAllowed
        If it is not among what this reviewer may see.
    """
    require(by, Action.RATE)
    with database.reading() as connection:
        own = own_assignment(connection, by, assignment)
        seen = {one.key: one for one in _submissions(connection, own)}
        one = seen.get(submission)
        file = file_in(connection, submission) if one is not None and one.content else None
    if file is None:
        raise NotAllowed("This file is not open to you. Open one from your list.")
    return file


def others(database: Database, by: Person, assignment: str) -> Others:
    """What others gave the candidate.

    Raises
    ------
    NotAllowed
        If the assignment is not the reviewer's own, or not locked yet.
    """
    require(by, Action.RATE)
    with database.reading() as connection:
        own = own_assignment(connection, by, assignment)
        if own.locked_at is None:
            raise NotAllowed(
                "What others gave is open to you once you have locked your own review of this "
                "candidate."
            )
        rows = connection.execute(
            select(ASSIGNMENTS)
            .where(
                ASSIGNMENTS.c.candidate_id == own.candidate,
                ASSIGNMENTS.c.id != own.key,
                ASSIGNMENTS.c.withdrawn_at.is_(None),
            )
            # Nobody can be recognised by their place in the list.
            .order_by(ASSIGNMENTS.c.id)
        )
        theirs = [kept_assignment(row) for row in rows]
        marks = official_marks(connection, own.requisition)
    locked = [one for one in theirs if one.locked_at is not None]
    rated = [one for one in locked if one.abstained is None]
    return Others(
        tuple(
            (
                f"Reviewer {number}",
                {name: kept.mark for name, kept in marks.get(one.key, {}).items()},
            )
            for number, one in enumerate(rated, 1)
        ),
        len(theirs) - len(locked),
        len(locked) - len(rated),
    )


def _to_do(
    connection: Connection, by: Person, requisition: str, given: list[KeptAssignment]
) -> ToDo:
    of = requisition_in(connection, requisition)
    rubrics = {key: rubric_in(connection, key) for key in {one.rubric for one in given}}
    newest = max(rubrics.values(), key=lambda one: one.version)
    marks = official_marks(connection, requisition, by.id)
    present = present_candidates(connection, requisition)
    return ToDo(
        requisition,
        of.title,
        of.is_closed,
        newest,
        _example(connection, by, newest),
        tuple(
            ToReview(
                one,
                blind_code(present[one.candidate]),
                sum(not kept.mark.is_empty for kept in marks.get(one.key, {}).values()),
                len(rubrics[one.rubric].rubric.criteria),
            )
            for one in given
        ),
    )


def _example(connection: Connection, by: Person, rubric: KeptRubric) -> ExampleToRate | None:
    found = example_for(connection, rubric)
    if found is None:
        return None
    own = own_example_ratings(connection, by, found)
    said = None if own is None else feedback(found, own)
    return ExampleToRate(found.key, found.title, found.content, said)


def _submissions(connection: Connection, own: KeptAssignment) -> tuple[SeenSubmission, ...]:
    return tuple(
        SeenSubmission(
            one.key,
            task_in(connection, one.task),
            one.work.kind,
            _shown(one.work.kind, one.work.content) if one.work.anonymous else "",
        )
        for one in submissions_of(connection, own.candidate)
    )


def _shown(kind: Kind, content: str) -> str:
    # A file's own name often is the candidate's.
    return f"submission{PurePath(content).suffix}" if kind is Kind.FILE else content

"""Social scores, kept from reviewers until they have locked, and what seeing them then changes.

Whoever has locked a review may ask for the candidate's scores. That is recorded, and so is a
rating given again after it, at a stage of its own: it is measured and never official.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, insert, select

from toolkit.errors import NotAllowed, StoreError
from toolkit.store.assignments import (
    assignments_in,
    own_assignment,
    present_candidates,
)
from toolkit.store.candidates import candidate_in
from toolkit.store.cohorts import newest_cohort
from toolkit.store.database import Database
from toolkit.store.event_log import canonical, now, record
from toolkit.store.marks import Mark, checked_mark
from toolkit.store.packed_upload import unpacked
from toolkit.store.panel import reviewer_names
from toolkit.store.ratings import (
    AFTER_SCORES,
    KeptRating,
    keep_mark,
    kept_before,
    marks_in,
    official_marks,
)
from toolkit.store.requisitions import require_open, requisition_in
from toolkit.store.rights import Action, Person, require
from toolkit.store.rubrics import rubric_in
from toolkit.store.tables import ASSIGNMENTS, COHORTS, REVEALS
from toolkit.store.written import as_key, new_key


@dataclass(frozen=True)
class ShownScore:
    """One score as it is shown after locking.

    Parameters
    ----------
    name : str
        The signal's name.
    label : str
        What people call it.
    value : float or None
        None where the candidate has none.
    low, high : float or None
        The scale, where it has ends.
    """

    name: str
    label: str
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Exposed:
    """One official rating beside what the same reviewer gave after seeing the scores.

    Parameters
    ----------
    candidate, reviewer, criterion : str
        Code, name and the criterion's key.
    before : int
    after : int
        The same as before where the reviewer left it.
    scores : mapping of str to float
        What was shown, by what each score is called.
    """

    candidate: str
    reviewer: str
    criterion: str
    before: int
    after: int
    scores: Mapping[str, float]


def reveal_scores(database: Database, by: Person, assignment: str) -> tuple[ShownScore, ...]:
    """Show a reviewer the scores of a candidate whom they have rated and locked.

    The first time is recorded; looking again shows the same.

    Raises
    ------
    NotAllowed
        If the assignment is not the reviewer's own, is not locked, or they abstained.
    """
    require(by, Action.RATE)
    with database.reading() as connection:
        own = own_assignment(connection, by, assignment)
        if own.locked_at is None or own.abstained is not None:
            raise NotAllowed(
                "Scores are shown after a review is locked, and never before: they are not meant "
                "to play a part in it."
            )
        code = candidate_in(connection, own.candidate).code
        shown = _scores(connection, own.requisition).get(code, ())
        if is_revealed(connection, own.key):
            return shown
    with database.writing() as connection:
        own_assignment(connection, by, assignment)
        if not is_revealed(connection, own.key):
            content = {one.name: one.value for one in shown}
            connection.execute(
                insert(REVEALS).values(
                    id=new_key(),
                    assignment_id=own.key,
                    sha256=hashlib.sha256(canonical(content).encode()).hexdigest(),
                    made_at=now(),
                )
            )
            record(connection, by.id, "scores shown", f"assignment {own.key}")
    return shown


def scores_were_shown(database: Database, by: Person, assignment: str) -> bool:
    """Whether the reviewer has asked for the candidate's scores.

    Raises
    ------
    NotAllowed
        If the assignment is not the reviewer's own.
    """
    require(by, Action.RATE)
    with database.reading() as connection:
        return is_revealed(connection, own_assignment(connection, by, assignment).key)


def rate_after_scores(
    database: Database,
    by: Person,
    assignment: str,
    criterion: str,
    mark: Mark,
    version: int,
    *,
    key: str | None = None,
) -> KeptRating:
    """Keep what a reviewer would give now that they know the scores. It never counts.

    Parameters
    ----------
    assignment, criterion : str
        Keys.
    mark : Mark
    version : int
        The newest version that the reviewer saw of this criterion after the scores; 0 for
        none.
    key : str, optional
        Made by whoever asks.

    Raises
    ------
    NotAllowed
        If the assignment is not the reviewer's own, or the scores were not shown.
    Conflict
        If another was kept since.
    StoreError
        If the requisition is closed or the mark is not one that can be given.
    """
    require(by, Action.RATE)
    key = new_key() if key is None else as_key(key)
    with database.writing() as connection:
        own = own_assignment(connection, by, assignment)
        again = kept_before(connection, key, assignment, criterion)
        if again is not None:
            return again
        require_open(connection, own.requisition)
        if not is_revealed(connection, own.key):
            raise NotAllowed("You have not asked for this candidate's scores.")
        rubric = rubric_in(connection, own.rubric)
        mark = checked_mark(rubric.rubric, criterion, mark)
        if criterion not in marks_in(connection, own.key):
            raise StoreError("There is no official rating to compare this one with.")
        return keep_mark(
            connection, by, own, rubric, criterion, mark, version, key, 0.0, AFTER_SCORES
        )


def exposed_ratings(database: Database, by: Person, requisition: str) -> tuple[Exposed, ...]:
    """Official ratings of reviewers who saw the scores afterwards, with what they gave then.

    Raises
    ------
    NotAllowed
    UnknownName
        If there is no such requisition.
    """
    require(by, Action.SEE_AGREEMENT)
    with database.reading() as connection:
        requisition_in(connection, requisition)
        present = present_candidates(connection, requisition)
        codes = {key: one.code for key, one in present.items()}
        revealed = set(
            connection.execute(
                select(REVEALS.c.assignment_id)
                .join(ASSIGNMENTS, ASSIGNMENTS.c.id == REVEALS.c.assignment_id)
                .where(ASSIGNMENTS.c.requisition_id == requisition)
            ).scalars()
        )
        own = [
            one
            for one in assignments_in(connection, requisition)
            if one.key in revealed and one.candidate in codes and one.withdrawn_at is None
        ]
        if not own:
            return ()
        names = reviewer_names(connection, {one.reviewer for one in own})
        official = official_marks(connection, requisition)
        scores = _scores(connection, requisition)
        again = {one.key: marks_in(connection, one.key, AFTER_SCORES) for one in own}
    found = [
        exposed
        for one in own
        for exposed in _exposed(
            codes[one.candidate],
            names[one.reviewer],
            official.get(one.key, {}),
            again[one.key],
            scores.get(codes[one.candidate], ()),
        )
    ]
    return tuple(sorted(found, key=lambda one: (one.candidate, one.reviewer, one.criterion)))


def is_revealed(connection: Connection, assignment: str) -> bool:
    """The same as `scores_were_shown`, within a transaction that has checked the right to it."""
    found = select(REVEALS.c.id).where(REVEALS.c.assignment_id == assignment)
    return connection.execute(found).first() is not None


def _exposed(
    code: str,
    name: str,
    official: Mapping[str, KeptRating],
    again: Mapping[str, KeptRating],
    scores: tuple[ShownScore, ...],
) -> list[Exposed]:
    known = {one.label: one.value for one in scores if one.value is not None}
    found = []
    for criterion, kept in official.items():
        before = kept.mark.rating
        after = again[criterion].mark.rating if criterion in again else before
        if before is not None and after is not None:
            found.append(Exposed(code, name, criterion, before, after, known))
    return found


def _scores(connection: Connection, requisition: str) -> dict[str, tuple[ShownScore, ...]]:
    """The scores of the newest upload, by the candidates' codes."""
    newest = newest_cohort(connection, requisition)
    if newest is None:
        return {}
    content = connection.execute(
        select(COHORTS.c.tables).where(COHORTS.c.id == newest.key)
    ).scalar_one()
    cohort = unpacked(content).cohort()
    about = [cohort.about[name] for name in cohort.scores]
    values = cohort.signals[cohort.scores].to_numpy(dtype=np.float64)
    return {
        str(code): tuple(
            ShownScore(one.name, one.label, None if np.isnan(value) else value, one.low, one.high)
            for one, value in zip(about, row, strict=True)
        )
        for code, row in zip(cohort.ids, values.tolist(), strict=True)
    }

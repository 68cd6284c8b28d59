"""The panel: how far the reviews are, where reviewers differ, and what was agreed and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from sqlalchemy import Connection, Row, insert, select

from toolkit.errors import Conflict, StoreError
from toolkit.review.rubric import LEVELS, Rubric
from toolkit.store.assignments import KeptAssignment, assignments_in, present_candidates
from toolkit.store.blind_code import blind_code
from toolkit.store.candidates import require_present
from toolkit.store.database import Database
from toolkit.store.event_log import now, record
from toolkit.store.marks import Mark
from toolkit.store.ratings import KeptRating, official_marks
from toolkit.store.requisitions import require_open, requisition_in
from toolkit.store.rights import Action, Person, require
from toolkit.store.rubrics import rubric_in
from toolkit.store.tables import AGREED, CANDIDATES, PEOPLE
from toolkit.store.written import as_key, new_key, prose


@dataclass(frozen=True)
class Progress:
    """How far one reviewer is.

    Parameters
    ----------
    reviewer, name : str
    given, done, abstained, taken_away : int
        Reviews handed out and still theirs; of those, locked with ratings; of those,
        abstained from. And reviews taken away by a conflict of interest.
    minutes : float
        Spent in all.
    """

    reviewer: str
    name: str
    given: int
    done: int
    abstained: int
    taken_away: int
    minutes: float

    def to_dict(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True)
class Agreed:
    """One version of what the panel agreed on a criterion.

    Parameters
    ----------
    key : str
    version : int
    rating : int
    reason : str
        Why it is not what everybody gave; empty where it is.
    made_at : str
    """

    key: str
    version: int
    rating: int
    reason: str
    made_at: str


@dataclass(frozen=True)
class Spread:
    """One criterion of one candidate: what each reviewer gave, and what was agreed.

    Parameters
    ----------
    criterion : str
        Key of the criterion.
    marks : tuple of (str, Mark)
        Name of each reviewer who did not abstain, and their official mark.
    mean : float or None
        Of the ratings; None where nobody had a basis to judge.
    lowest, highest : int or None
    agreed : Agreed or None
    earlier : tuple of Agreed
        What was agreed before, the newest first.
    """

    criterion: str
    marks: tuple[tuple[str, Mark], ...]
    mean: float | None
    lowest: int | None
    highest: int | None
    agreed: Agreed | None = None
    earlier: tuple[Agreed, ...] = ()

    @property
    def spread(self) -> int:
        """Points between the highest and the lowest rating."""
        return 0 if self.lowest is None or self.highest is None else self.highest - self.lowest

    @property
    def counted(self) -> float | None:
        """What was agreed, and else the mean."""
        return self.mean if self.agreed is None else float(self.agreed.rating)


@dataclass(frozen=True)
class PanelCandidate:
    """One candidate before the panel.

    Parameters
    ----------
    key, code : str
    waiting : int
        Reviews that are not locked yet. While there are any, nobody's ratings are shown.
    abstained : tuple of (str, str)
        Names of reviewers who abstained, and why.
    criteria : tuple of Spread
        In the rubric's order; empty while a review is waited for.
    rubric : Rubric
    """

    key: str
    code: str
    waiting: int
    abstained: tuple[tuple[str, str], ...]
    criteria: tuple[Spread, ...]
    rubric: Rubric

    @property
    def total(self) -> float | None:
        """Weighted mean of the reviewers' means; None where a criterion has none."""
        return weighted_total(self.rubric, {one.criterion: one.mean for one in self.criteria})

    @property
    def agreed_total(self) -> float | None:
        """The same with what was agreed in place of the means."""
        return weighted_total(self.rubric, {one.criterion: one.counted for one in self.criteria})

    @property
    def widest(self) -> int:
        """The largest spread of a criterion."""
        return max((one.spread for one in self.criteria), default=0)


@dataclass(frozen=True)
class Panel:
    """A requisition before the panel.

    Parameters
    ----------
    progress : tuple of Progress
        By the reviewers' names.
    candidates : tuple of PanelCandidate
        Those who were handed out, by code.
    """

    progress: tuple[Progress, ...]
    candidates: tuple[PanelCandidate, ...]


def panel(database: Database, by: Person, requisition: str) -> Panel:
    """Where the reviews of a requisition stand, and the ratings of whoever is through.

    Raises
    ------
    NotAllowed
    UnknownName
        If there is no such requisition.
    """
    require(by, Action.SEE_PANEL)
    with database.reading() as connection:
        requisition_in(connection, requisition)
        handed = assignments_in(connection, requisition)
        names = reviewer_names(connection, {one.reviewer for one in handed})
        codes = {
            key: blind_code(one) for key, one in present_candidates(connection, requisition).items()
        }
        marks = official_marks(connection, requisition)
        agreed = _agreed(connection, requisition)
        rubrics = {key: rubric_in(connection, key) for key in {one.rubric for one in handed}}
    by_candidate: dict[str, list[KeptAssignment]] = {}
    for one in handed:
        if one.candidate in codes and one.withdrawn_at is None:
            by_candidate.setdefault(one.candidate, []).append(one)
    found = []
    for candidate, own in by_candidate.items():
        own.sort(key=lambda one: names[one.reviewer])
        rubric = max((rubrics[one.rubric] for one in own), key=lambda one: one.version).rubric
        waiting = sum(one.locked_at is None for one in own)
        found.append(
            PanelCandidate(
                candidate,
                codes[candidate],
                waiting,
                tuple((names[one.reviewer], one.abstained) for one in own if one.abstained),
                () if waiting else _spreads(rubric, own, names, marks, agreed.get(candidate, {})),
                rubric,
            )
        )
    return Panel(tuple(_progress(handed, names)), tuple(sorted(found, key=lambda one: one.code)))


def agree(
    database: Database,
    by: Person,
    candidate: str,
    criterion: str,
    rating: int,
    why: str,
    version: int,
    *,
    key: str | None = None,
) -> Agreed:
    """Write down what the panel agreed on a criterion; the newest again where it is the same.

    Parameters
    ----------
    candidate : str
        The candidate's key.
    criterion : str
        Key of the criterion.
    rating : int
    why : str
        Needed unless every reviewer gave this rating.
    version : int
        The newest version that the person saw; 0 where there was none.
    key : str, optional
        Made by whoever asks.

    Raises
    ------
    NotAllowed
    UnknownName
        If there is no such candidate or criterion.
    Conflict
        If somebody else wrote down another since.
    StoreError
        If a review of the candidate is not locked yet, there is no reason, or the requisition
        is closed.
    """
    require(by, Action.AGREE_RATINGS)
    key = new_key() if key is None else as_key(key)
    words = prose(why, "reason")
    if rating not in LEVELS:
        raise StoreError(f"{rating} is not a rating. Give one from {LEVELS[0]} to {LEVELS[-1]}.")
    with database.writing() as connection:
        subject = require_present(connection, candidate)
        require_open(connection, subject.requisition)
        own = [
            one
            for one in assignments_in(connection, subject.requisition)
            if one.candidate == candidate and one.withdrawn_at is None
        ]
        if not own or any(one.locked_at is None for one in own):
            raise StoreError(
                f"Not all reviewers of {blind_code(subject)} have locked their reviews. Wait for "
                "them, so that nobody rates what the panel said."
            )
        kept = [rubric_in(connection, one.rubric) for one in own]
        rubric = max(kept, key=lambda one: one.version).rubric
        rubric.criterion(criterion)
        history = _agreed(connection, subject.requisition).get(candidate, {}).get(criterion, ())
        newest = history[0] if history else None
        if newest is not None and (
            newest.key == key or (newest.rating, newest.reason) == (rating, words)
        ):
            return newest
        if (newest.version if newest else 0) != version:
            raise Conflict(
                "Somebody has written down another agreed rating in the meantime; yours was not "
                "kept. Look at theirs, then write yours over it if it should count."
            )
        marks = official_marks(connection, subject.requisition)
        given = [
            marks[one.key][criterion].mark.rating
            for one in own
            if one.abstained is None and criterion in marks.get(one.key, {})
        ]
        if not words and any(one != rating for one in given if one is not None):
            raise StoreError(
                "Not every reviewer gave this rating. Say what was seen in the meeting that "
                "changed it."
            )
        made = Agreed(key, version + 1, int(rating), words, now())
        connection.execute(
            insert(AGREED).values(
                id=key,
                candidate_id=candidate,
                criterion=criterion,
                version=made.version,
                rating=made.rating,
                reason=words,
                person_id=by.id,
                made_at=made.made_at,
            )
        )
        detail = {"agreed": key, "version": made.version}
        record(connection, by.id, "rating agreed", f"candidate {candidate}", detail)
        return made


def weighted_total(rubric: Rubric, values: Mapping[str, float | None]) -> float | None:
    """Σ share × rating over the rubric's criteria; None where a rating is missing."""
    rated = [values.get(criterion.key) for criterion in rubric.criteria]
    known = [one for one in rated if one is not None]
    if len(known) < len(rated) or not rated:
        return None
    shares = [rubric.share(criterion) for criterion in rubric.criteria]
    return float(np.dot(shares, known))


def _spreads(
    rubric: Rubric,
    own: Iterable[KeptAssignment],
    names: Mapping[str, str],
    marks: Mapping[str, Mapping[str, KeptRating]],
    agreed: Mapping[str, tuple[Agreed, ...]],
) -> tuple[Spread, ...]:
    rating = [one for one in own if one.abstained is None]
    found = []
    for criterion in rubric.criteria:
        given = tuple(
            (names[one.reviewer], marks[one.key][criterion.key].mark)
            for one in rating
            if criterion.key in marks.get(one.key, {})
        )
        values = [mark.rating for _, mark in given if mark.rating is not None]
        history = agreed.get(criterion.key, ())
        found.append(
            Spread(
                criterion.key,
                given,
                sum(values) / len(values) if values else None,
                min(values, default=None),
                max(values, default=None),
                history[0] if history else None,
                history[1:],
            )
        )
    return tuple(found)


def _progress(handed: Iterable[KeptAssignment], names: Mapping[str, str]) -> Iterable[Progress]:
    by_reviewer: dict[str, list[KeptAssignment]] = {key: [] for key in names}
    for one in handed:
        by_reviewer[one.reviewer].append(one)
    for key, own in sorted(by_reviewer.items(), key=lambda pair: (names[pair[0]], pair[0])):
        theirs = [one for one in own if one.withdrawn_at is None]
        finished = [one for one in theirs if one.locked_at is not None]
        abstained = sum(one.abstained is not None for one in finished)
        yield Progress(
            key,
            names[key],
            len(theirs),
            len(finished) - abstained,
            abstained,
            len(own) - len(theirs),
            sum(one.seconds for one in own) / 60,
        )


def reviewer_names(connection: Connection, keys: set[str]) -> dict[str, str]:
    """Key → name, told apart by what they sign in with where two have the same."""
    rows = [
        row
        for row in connection.execute(select(PEOPLE.c.id, PEOPLE.c.name, PEOPLE.c.sign_in))
        if row.id in keys
    ]
    taken = [row.name for row in rows]
    return {
        row.id: row.name if taken.count(row.name) == 1 else f"{row.name} ({row.sign_in})"
        for row in rows
    }


def _agreed(connection: Connection, requisition: str) -> dict[str, dict[str, tuple[Agreed, ...]]]:
    """By candidate and criterion, the newest first."""
    rows = connection.execute(
        select(AGREED)
        .join(CANDIDATES, CANDIDATES.c.id == AGREED.c.candidate_id)
        .where(CANDIDATES.c.requisition_id == requisition)
        .order_by(AGREED.c.version.desc())
    )
    found: dict[str, dict[str, tuple[Agreed, ...]]] = {}
    for row in rows:
        of = found.setdefault(row.candidate_id, {})
        of[row.criterion] = (*of.get(row.criterion, ()), _kept(row))
    return found


def _kept(row: Row[tuple[Any, ...]]) -> Agreed:
    return Agreed(row.id, row.version, int(row.rating), row.reason, row.made_at)

"""Reference examples: a piece of work that all reviewers rate first, with its agreed ratings.

Rating one example and comparing with what was agreed brings reviewers to a common use of the
anchors before they see a candidate (frame-of-reference training; Woehr and Huffcutt 1994).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from toolkit.errors import NotAllowed, StoreError
from toolkit.review.rubric import LEVELS, Rubric
from toolkit.store.database import Database
from toolkit.store.event_log import canonical, now, record
from toolkit.store.requisitions import require_open, requisition_in
from toolkit.store.rights import Action, Person, require
from toolkit.store.rubrics import KeptRubric, newest_rubric
from toolkit.store.tables import ASSIGNMENTS, EXAMPLE_RATINGS, EXAMPLES, RUBRICS
from toolkit.store.written import as_key, new_key, prose, reason, title


@dataclass(frozen=True)
class AgreedLevel:
    """The rating agreed for an example on one criterion.

    Parameters
    ----------
    rating : int
    why : str
        What in the work it rests on.
    """

    rating: int
    why: str


@dataclass(frozen=True)
class Example:
    """A piece of work to be rated first.

    Parameters
    ----------
    key, requisition : str
    version : int
        From 1; the newest that fits the rubric's criteria counts.
    title, content : str
    agreed : mapping of str to AgreedLevel
        By criterion.
    """

    key: str
    requisition: str
    version: int
    title: str
    content: str
    agreed: Mapping[str, AgreedLevel]


@dataclass(frozen=True)
class Feedback:
    """A reviewer's rating of the example beside the agreed one.

    Parameters
    ----------
    criterion : str
    own, agreed : int
    why : str
        What the agreed rating rests on.
    """

    criterion: str
    own: int
    agreed: int
    why: str

    @property
    def sentence(self) -> str:
        """What the difference is, in words."""
        gap = self.own - self.agreed
        if not gap:
            return f"You rated {self.own}, as agreed."
        points = "1 point" if abs(gap) == 1 else f"{abs(gap)} points"
        side = "above" if gap > 0 else "below"
        return f"You rated {self.own}, {points} {side} the {self.agreed} that was agreed."


def keep_example(
    database: Database,
    by: Person,
    requisition: str,
    name: str,
    content: str,
    agreed: Mapping[str, AgreedLevel],
    *,
    key: str | None = None,
) -> Example:
    """Keep the example that reviewers of a requisition rate first.

    Parameters
    ----------
    name : str
        Its title.
    content : str
        The work itself, free of names.
    agreed : mapping of str to AgreedLevel
        On each criterion of the newest rubric.
    key : str, optional
        Made by whoever asks, so that asking again keeps nothing twice.

    Raises
    ------
    NotAllowed
    UnknownName
        If there is no such requisition.
    StoreError
        If there is no rubric or it is frozen, the requisition is closed, or something is
        missing from the example.
    """
    require(by, Action.CHANGE_RUBRIC)
    key = new_key() if key is None else as_key(key)
    head = title(name, "reference example")
    body = reason(content, "The reference example is empty. Put the piece of work into it.")
    with database.writing() as connection:
        require_open(connection, requisition)
        row = connection.execute(select(EXAMPLES).where(EXAMPLES.c.id == key)).first()
        if row is not None:
            return _example(row)
        rubric = newest_rubric(connection, requisition)
        if rubric is None:
            raise StoreError("There is no rubric yet. Write one before the reference example.")
        if rubric.frozen_at is not None:
            raise StoreError(
                "Reviewers have begun to rate by this rubric, so all of them keep the example "
                "they began with. Keep another version of the rubric for another example."
            )
        levels = _checked(rubric.rubric, agreed)
        last = connection.execute(
            select(func.max(EXAMPLES.c.version)).where(EXAMPLES.c.requisition_id == requisition)
        ).scalar()
        connection.execute(
            insert(EXAMPLES).values(
                id=key,
                requisition_id=requisition,
                rubric_id=rubric.key,
                version=(last or 0) + 1,
                title=head,
                content=body,
                ratings=canonical({name: asdict(one) for name, one in levels.items()}),
                made_at=now(),
            )
        )
        record(connection, by.id, "reference example kept", f"requisition {requisition}")
        return _example(connection.execute(select(EXAMPLES).where(EXAMPLES.c.id == key)).one())


def example(database: Database, by: Person, requisition: str) -> Example | None:
    """The example that fits the newest rubric, with the agreed ratings; None without one.

    Raises
    ------
    NotAllowed
    UnknownName
    """
    require(by, Action.CHANGE_RUBRIC)
    with database.reading() as connection:
        requisition_in(connection, requisition)
        rubric = newest_rubric(connection, requisition)
        return None if rubric is None else example_for(connection, rubric)


def rate_example(
    database: Database, by: Person, example: str, ratings: Mapping[str, int]
) -> tuple[Feedback, ...]:
    """Rate the example, once; rating it again changes nothing.

    Parameters
    ----------
    example : str
        The example's key.
    ratings : mapping of str to int
        On each criterion.

    Returns
    -------
    tuple of Feedback
        In the order of the agreed ratings.

    Raises
    ------
    NotAllowed
        If the reviewer has no review in that requisition.
    StoreError
        If a criterion is missing or a rating cannot be given.
    """
    require(by, Action.RATE)
    with database.writing() as connection:
        found = _given_example(connection, by, example)
        own = own_example_ratings(connection, by, found)
        if own is None:
            own = {name: _level(ratings.get(name), name) for name in found.agreed}
            connection.execute(
                insert(EXAMPLE_RATINGS).values(
                    id=new_key(),
                    example_id=found.key,
                    reviewer_id=by.id,
                    ratings=canonical(own),
                    made_at=now(),
                )
            )
            record(connection, by.id, "reference example rated", f"example {found.key}")
        return feedback(found, own)


def feedback(found: Example, own: Mapping[str, int]) -> tuple[Feedback, ...]:
    """Own ratings of an example beside the agreed ones."""
    return tuple(
        Feedback(name, own[name], one.rating, one.why) for name, one in found.agreed.items()
    )


def example_for(connection: Connection, rubric: KeptRubric) -> Example | None:
    """The newest example with a rating on each criterion of this rubric and no other.

    One that was written for a later rubric is not asked of those who review by this one.
    """
    wanted = {criterion.key for criterion in rubric.rubric.criteria}
    rows = connection.execute(
        select(EXAMPLES)
        .join(RUBRICS, RUBRICS.c.id == EXAMPLES.c.rubric_id)
        .where(
            EXAMPLES.c.requisition_id == rubric.requisition,
            RUBRICS.c.version <= rubric.version,
        )
        .order_by(EXAMPLES.c.version.desc())
    )
    fitting = (one for one in map(_example, rows) if one.agreed.keys() == wanted)
    found = next(fitting, None)
    if found is None:
        return None
    order = [criterion.key for criterion in rubric.rubric.criteria]
    return Example(
        found.key,
        found.requisition,
        found.version,
        found.title,
        found.content,
        {name: found.agreed[name] for name in order},
    )


def own_example_ratings(
    connection: Connection, by: Person, found: Example
) -> dict[str, int] | None:
    """How a reviewer rated the example; None where they have not."""
    text = connection.execute(
        select(EXAMPLE_RATINGS.c.ratings).where(
            EXAMPLE_RATINGS.c.example_id == found.key, EXAMPLE_RATINGS.c.reviewer_id == by.id
        )
    ).scalar()
    return None if text is None else {str(name): int(one) for name, one in json.loads(text).items()}


def require_example_rated(connection: Connection, by: Person, rubric: KeptRubric) -> None:
    """Stop whoever would rate a candidate before the example.

    Raises
    ------
    StoreError
    """
    found = example_for(connection, rubric)
    if found is not None and own_example_ratings(connection, by, found) is None:
        raise StoreError("Rate the reference example first; then the candidates are open to you.")


def _given_example(connection: Connection, by: Person, key: str) -> Example:
    row = connection.execute(
        select(EXAMPLES)
        .join(ASSIGNMENTS, ASSIGNMENTS.c.requisition_id == EXAMPLES.c.requisition_id)
        .where(EXAMPLES.c.id == key, ASSIGNMENTS.c.reviewer_id == by.id)
    ).first()
    if row is None:
        raise NotAllowed("This example is not yours to rate. Open one from your list.")
    return _example(row)


def _checked(rubric: Rubric, agreed: Mapping[str, AgreedLevel]) -> dict[str, AgreedLevel]:
    for name in agreed:
        rubric.criterion(name)
    levels = {}
    for criterion in rubric.criteria:
        if criterion.key not in agreed:
            raise StoreError(f"Say which rating was agreed on '{criterion.label}', and why.")
        one = agreed[criterion.key]
        levels[criterion.key] = AgreedLevel(
            _level(one.rating, criterion.label), prose(one.why, "reason")
        )
    return levels


def _level(rating: int | None, name: str) -> int:
    if rating not in LEVELS:
        raise StoreError(f"Rate '{name}' from {LEVELS[0]} to {LEVELS[-1]}.")
    return int(rating)


def _example(row: Row[tuple[Any, ...]]) -> Example:
    agreed = {name: AgreedLevel(**one) for name, one in json.loads(row.ratings).items()}
    return Example(row.id, row.requisition_id, row.version, row.title, row.content, agreed)

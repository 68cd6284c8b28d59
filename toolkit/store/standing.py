"""Where each requisition stands: how many candidates, reviews and decisions there are."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import ColumnElement, Connection, Select, func, select

from toolkit.store.database import Database
from toolkit.store.requisitions import Requisition, requisitions
from toolkit.store.rights import Action, Person, require
from toolkit.store.tables import ASSIGNMENTS, CANDIDATES, DECISIONS


@dataclass(frozen=True)
class Standing:
    """How far the work on one requisition has come.

    Parameters
    ----------
    requisition : Requisition
    candidates : int
        Neither withdrawn nor erased.
    reviews : int
        Handed out.
    reviews_done : int
        Locked by their reviewers.
    decided : int
        Candidates about whom was decided.
    """

    requisition: Requisition
    candidates: int = 0
    reviews: int = 0
    reviews_done: int = 0
    decided: int = 0

    def to_dict(self) -> dict[str, object]:
        counts = asdict(self)
        del counts["requisition"]
        return {**self.requisition.to_dict(), **counts}


def standings(database: Database, by: Person) -> tuple[Standing, ...]:
    """Where every requisition stands, the newest first.

    Raises
    ------
    NotAllowed
    """
    require(by, Action.SEE_REQUISITION)
    found = requisitions(database, by)
    present = CANDIDATES.c.withdrawn_at.is_(None) & CANDIDATES.c.erased_at.is_(None)
    mine = CANDIDATES.c.requisition_id
    assigned = ASSIGNMENTS.c.requisition_id
    decided = (
        select(mine, func.count(DECISIONS.c.candidate_id.distinct()))
        .join(DECISIONS, DECISIONS.c.candidate_id == CANDIDATES.c.id)
        .where(present)
        .group_by(mine)
    )
    with database.reading() as connection:
        people = _counted(connection, _each(mine).where(present))
        handed = _counted(connection, _each(assigned))
        done = _counted(connection, _each(assigned).where(ASSIGNMENTS.c.locked_at.is_not(None)))
        about = _counted(connection, decided)
    return tuple(
        Standing(
            one,
            people.get(one.key, 0),
            handed.get(one.key, 0),
            done.get(one.key, 0),
            about.get(one.key, 0),
        )
        for one in found
    )


def _each(column: ColumnElement[str]) -> Select[str, int]:
    return select(column, func.count()).group_by(column)


def _counted(connection: Connection, question: Select[str, int]) -> dict[str, int]:
    return {row[0]: row[1] for row in connection.execute(question)}

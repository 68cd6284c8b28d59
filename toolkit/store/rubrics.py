"""The rubrics of a requisition: every version, and which of them the first rating has frozen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from toolkit.errors import UnknownName
from toolkit.review.rubric import Rubric
from toolkit.store.database import Database
from toolkit.store.event_log import now, record
from toolkit.store.requisitions import require_open, requisition_in
from toolkit.store.rights import Action, Person, require
from toolkit.store.tables import ASSIGNMENTS, RUBRICS
from toolkit.store.versions import following, versions_of
from toolkit.store.written import as_key, new_key


@dataclass(frozen=True)
class KeptRubric:
    """One version of a requisition's rubric.

    Parameters
    ----------
    key : str
    requisition : str
    version : int
        From 1.
    rubric : Rubric
    sha256 : str
        The rubric's digest, as it is printed on sheets.
    made_at : str
    frozen_at : str or None
        When the first rating was made by it; reviews by a frozen rubric stay with it.
    """

    key: str
    requisition: str
    version: int
    rubric: Rubric
    sha256: str
    made_at: str
    frozen_at: str | None


def keep_rubric(
    database: Database,
    by: Person,
    requisition: str,
    rubric: Rubric,
    version: int,
    *,
    key: str | None = None,
) -> KeptRubric:
    """Keep another version; the newest again where nothing is different.

    Reviews that were handed out by a version nobody has rated by yet go on by the new one.
    Those by a frozen version stay with it, so that all of a round are by one rubric.

    Parameters
    ----------
    version : int
        The newest version that the person saw; 0 where there was none.
    key : str, optional
        Made by whoever asks, so that asking again keeps nothing twice.

    Raises
    ------
    NotAllowed
    UnknownName
        If there is no such requisition.
    Conflict
        If somebody else has kept another since.
    StoreError
        If the requisition is closed.
    """
    require(by, Action.CHANGE_RUBRIC)
    key = new_key() if key is None else as_key(key)
    with database.writing() as connection:
        require_open(connection, requisition)
        newest = newest_rubric(connection, requisition)
        if newest is not None and (newest.key == key or newest.rubric == rubric):
            return newest
        number = following(newest, version, "another rubric")
        connection.execute(
            insert(RUBRICS).values(
                id=key,
                requisition_id=requisition,
                version=number,
                content=rubric.to_toml(),
                sha256=rubric.digest,
                made_at=now(),
            )
        )
        if newest is not None and newest.frozen_at is None:
            connection.execute(
                update(ASSIGNMENTS)
                .where(ASSIGNMENTS.c.rubric_id == newest.key)
                .values(rubric_id=key)
            )
        detail = {"requisition": requisition, "sha256": rubric.digest, "version": number}
        record(connection, by.id, "rubric kept", f"rubric {key}", detail)
        return rubric_in(connection, key)


def rubrics(database: Database, by: Person, requisition: str) -> tuple[KeptRubric, ...]:
    """Every version, the newest first.

    Raises
    ------
    NotAllowed
    UnknownName
    """
    require(by, Action.SEE_REQUISITION)
    with database.reading() as connection:
        requisition_in(connection, requisition)
        return tuple(map(_kept, connection.execute(versions_of(RUBRICS, requisition))))


def newest_rubric(connection: Connection, requisition: str) -> KeptRubric | None:
    """The rubric that new reviews go by, within a transaction that has checked the right to it."""
    found = connection.execute(versions_of(RUBRICS, requisition).limit(1)).first()
    return None if found is None else _kept(found)


def rubric_in(connection: Connection, key: str) -> KeptRubric:
    """One version by key, within a transaction that has checked the right to it.

    Raises
    ------
    UnknownName
    """
    found = connection.execute(select(RUBRICS).where(RUBRICS.c.id == key)).first()
    if found is None:
        raise UnknownName("rubric", key[:60], ())
    return _kept(found)


def freeze(connection: Connection, by: Person, rubric: KeptRubric) -> None:
    """Mark a rubric as rated by, in the transaction of its first rating."""
    if rubric.frozen_at is None:
        connection.execute(
            update(RUBRICS).where(RUBRICS.c.id == rubric.key).values(frozen_at=now())
        )
        record(connection, by.id, "rubric frozen", f"rubric {rubric.key}")


#: Read once: what may stand in a rubric is checked word by word.
_read = lru_cache(maxsize=64)(Rubric.from_toml)


def _kept(row: Row[tuple[Any, ...]]) -> KeptRubric:
    return KeptRubric(
        row.id,
        row.requisition_id,
        row.version,
        _read(row.content),
        row.sha256,
        row.made_at,
        row.frozen_at,
    )

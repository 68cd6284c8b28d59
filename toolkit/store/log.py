"""The event log as the auditor reads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from sqlalchemy import Select, select

from toolkit.store.database import Database
from toolkit.store.event_log import Event, LogCheck, canonical, check_log, events
from toolkit.store.rights import Action, Person, require
from toolkit.store.tables import EVENTS, PEOPLE


def read_log(
    database: Database,
    by: Person,
    *,
    action: str | None = None,
    actor: str | None = None,
    subject: str = "",
    at_most: int = 2_000,
) -> tuple[Event, ...]:
    """The latest events that fit, the latest first.

    Parameters
    ----------
    action, actor : str, optional
        Only events of this action, or of the person with this key.
    subject : str
        Only events whose subject holds this, for instance a requisition's key.
    at_most : int

    Raises
    ------
    NotAllowed
    """
    require(by, Action.SEE_LOG)
    wanted: Select[tuple[object, ...]] = select(EVENTS)
    if action is not None:
        wanted = wanted.where(EVENTS.c.action == action)
    if actor is not None:
        wanted = wanted.where(EVENTS.c.actor == actor)
    if subject:
        wanted = wanted.where(EVENTS.c.subject.contains(subject, autoescape=True))
    with database.reading() as connection:
        rows = connection.execute(wanted.order_by(EVENTS.c.seq.desc()).limit(at_most))
        return tuple(Event(**row._mapping) for row in rows)


def actions_in_log(database: Database, by: Person) -> tuple[str, ...]:
    """Every kind of event that has happened, by name.

    Raises
    ------
    NotAllowed
    """
    require(by, Action.SEE_LOG)
    with database.reading() as connection:
        return tuple(sorted(connection.execute(select(EVENTS.c.action).distinct()).scalars()))


def actors_in_log(database: Database, by: Person) -> dict[str, str]:
    """What the log calls whoever acted, by key: their role and the beginning of the key.

    Names are not for the auditor; that two events are of the same person is.

    Raises
    ------
    NotAllowed
    """
    require(by, Action.SEE_LOG)
    with database.reading() as connection:
        keys = connection.execute(select(EVENTS.c.actor).distinct()).scalars().all()
        rows = connection.execute(select(PEOPLE.c.id, PEOPLE.c.role))
        roles = {row.id: row.role for row in rows}
    return {key: f"{roles[key]} {key[:8]}" if key in roles else key for key in sorted(keys)}


def verify_log(database: Database, by: Person, head: str | None = None) -> LogCheck:
    """Follow the whole chain of the log.

    Parameters
    ----------
    head : str, optional
        A hash noted earlier, which must still be in the chain.

    Raises
    ------
    NotAllowed
    """
    require(by, Action.SEE_LOG)
    with database.reading() as connection:
        return check_log(connection, head)


def log_lines(database: Database, by: Person) -> Iterator[str]:
    """The whole log from its start, each event a line of canonical JSON.

    Whoever has these lines can follow the chain without this program: an event's hash is
    SHA-256 over the same line without ``hash``.

    Raises
    ------
    NotAllowed
    """
    require(by, Action.SEE_LOG)
    with database.reading() as connection:
        for event in events(connection):
            yield canonical(asdict(event)) + "\n"

"""Who is signed in: one row a browser, asked again whenever something is drawn or done.

A session is known by a random token that only the browser has; the store keeps its hash. It
ends by itself after `LASTS`, or `IDLE` after it was last used, at once when its person signs
out or their account is closed, and whenever an administrator ends it.
"""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from toolkit.errors import SignedOut, StoreError, UnknownName
from toolkit.store.database import Database
from toolkit.store.event_log import now, record
from toolkit.store.rights import Action, Person, Role, require
from toolkit.store.tables import PEOPLE, SESSIONS
from toolkit.store.token_hash import token_hash

#: A long working day.
LASTS = timedelta(hours=14)
#: Long enough to read a portfolio and to sit in a meeting between two clicks.
IDLE = timedelta(hours=4)
#: How far the time of the last use may lag behind, so that not every click writes.
LAG = timedelta(minutes=1)


@dataclass(frozen=True)
class Session:
    """One browser in which somebody is signed in.

    Parameters
    ----------
    id : str
    person : str
        Key of the person.
    made_at, seen_at, expires_at : str
        ISO 8601, UTC: when it began, was last used, and ends at the latest.
    """

    id: str
    person: str
    made_at: str
    seen_at: str
    expires_at: str


def begin(database: Database, person: Person) -> str:
    """Sign a person in whose password or identity was just checked.

    Returns
    -------
    str
        The token for the browser. It is kept nowhere; only its hash is.

    Raises
    ------
    StoreError
        If the account was closed in the meantime.
    """
    token = secrets.token_urlsafe(32)
    with database.writing() as connection:
        still = select(PEOPLE.c.id).where(PEOPLE.c.id == person.id, PEOPLE.c.active)
        if connection.execute(still).first() is None:
            raise StoreError("This account is closed. Ask an administrator.")
        connection.execute(delete(SESSIONS).where(SESSIONS.c.expires_at < now()))
        made = datetime.now(UTC)
        connection.execute(
            insert(SESSIONS).values(
                id=str(uuid.uuid4()),
                token=token_hash(token),
                person_id=person.id,
                made_at=_text(made),
                seen_at=_text(made),
                expires_at=_text(made + LASTS),
            )
        )
    return token


def person_of(database: Database, token: str | None) -> Person:
    """Who is signed in with this token.

    Raises
    ------
    SignedOut
        If nobody is: there is no such session, it has run out or was ended, or the account
        is closed.
    """
    if not token:
        raise SignedOut("Sign in to go on.")
    with database.reading() as connection:
        row = connection.execute(
            select(SESSIONS.c.id.label("session"), SESSIONS.c.seen_at, *PEOPLE.c)
            .join(PEOPLE, PEOPLE.c.id == SESSIONS.c.person_id)
            .where(SESSIONS.c.token == token_hash(token), *_open(), PEOPLE.c.active)
        ).first()
    if row is None:
        raise SignedOut("You are signed out. Sign in again to go on; what was saved is kept.")
    if row.seen_at < _text(datetime.now(UTC) - LAG):
        with database.writing() as connection:
            connection.execute(
                update(SESSIONS).where(SESSIONS.c.id == row.session).values(seen_at=now())
            )
    return Person(row.id, row.name, row.sign_in, Role(row.role), bool(row.active))


def end(database: Database, token: str) -> None:
    """Sign out; nothing happens where nobody is signed in with this token."""
    with database.writing() as connection:
        found = connection.execute(
            select(SESSIONS.c.id, SESSIONS.c.person_id).where(SESSIONS.c.token == token_hash(token))
        ).first()
        if found is not None:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.id == found.id))
            record(connection, found.person_id, "signed out", f"person {found.person_id}")


def end_all_of(database: Database, by: Person, person: str) -> int:
    """Sign somebody out everywhere: an administrator anybody, everybody themselves.

    Returns
    -------
    int
        How many sessions ended.

    Raises
    ------
    NotAllowed
    UnknownName
        If there is nobody with this key.
    """
    if by.id != person or not by.active:
        require(by, Action.CHANGE_PEOPLE)
    with database.writing() as connection:
        if connection.execute(select(PEOPLE.c.id).where(PEOPLE.c.id == person)).first() is None:
            raise UnknownName("person", person, ())
        ended = drop_all_of(connection, person)
        record(connection, by.id, "sessions ended", f"person {person}", {"sessions": ended})
    return ended


def open_sessions(database: Database, by: Person) -> tuple[Session, ...]:
    """Every browser in which somebody is signed in, the latest used first.

    Raises
    ------
    NotAllowed
    """
    require(by, Action.CHANGE_PEOPLE)
    with database.reading() as connection:
        rows = connection.execute(
            select(SESSIONS)
            .join(PEOPLE, PEOPLE.c.id == SESSIONS.c.person_id)
            .where(*_open(), PEOPLE.c.active)
            .order_by(SESSIONS.c.seen_at.desc(), SESSIONS.c.id)
        )
        return tuple(map(_session, rows))


def drop_all_of(connection: Connection, person: str) -> int:
    """End a person's sessions within a transaction that tells why."""
    return connection.execute(delete(SESSIONS).where(SESSIONS.c.person_id == person)).rowcount


def _open() -> tuple[ColumnElement[bool], ...]:
    """Conditions under which a session still counts."""
    used_after = _text(datetime.now(UTC) - IDLE)
    return SESSIONS.c.expires_at > now(), SESSIONS.c.seen_at > used_after


def _session(row: Row[tuple[object, ...]]) -> Session:
    return Session(row.id, row.person_id, row.made_at, row.seen_at, row.expires_at)


def _text(time: datetime) -> str:
    return time.isoformat(timespec="microseconds")

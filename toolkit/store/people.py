"""Local accounts: the first administrator, invitations, signing in, roles."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Row, func, insert, select, update

from toolkit.errors import Conflict, StoreError, UnknownName
from toolkit.store.database import Database
from toolkit.store.event_log import now, record
from toolkit.store.passwords import hashed, is_outdated, matches
from toolkit.store.rights import Action, Person, Role, require
from toolkit.store.tables import INVITATIONS, PEOPLE

#: Wrong passwords in a row after which an account rests, and for how long.
MOST_FAILURES = 5
REST = timedelta(minutes=15)
#: How long an invitation can be taken up.
INVITED_FOR = timedelta(days=7)
_WRONG = "That name or password is not right."


def is_empty(database: Database) -> bool:
    """Whether nobody has an account yet, so that the first visitor makes one."""
    with database.reading() as connection:
        return _count(connection) == 0


def make_first_administrator(database: Database, name: str, sign_in: str, password: str) -> Person:
    """The account that all others come from.

    Raises
    ------
    Conflict
        If somebody has made one in the meantime.
    StoreError
        If the password cannot be used, or the name or sign-in is empty.
    """
    with database.writing() as connection:
        if _count(connection):
            raise Conflict("There is an administrator already. Ask them for an invitation.")
        return _make(connection, name, sign_in, Role.ADMINISTRATOR, password)


def invite(database: Database, by: Person, sign_in: str, role: Role) -> str:
    """Invite somebody.

    Returns
    -------
    str
        The token for the link that is handed to them. It is kept nowhere; only its hash is.

    Raises
    ------
    NotAllowed
    Conflict
        If there is such an account already.
    """
    require(by, Action.CHANGE_PEOPLE)
    token = secrets.token_urlsafe(32)
    with database.writing() as connection:
        _refuse_taken(connection, _plain(sign_in))
        key = str(uuid.uuid4())
        connection.execute(
            insert(INVITATIONS).values(
                id=key,
                token=_digest(token),
                role=role.value,
                sign_in=_plain(sign_in),
                invited_by=by.id,
                expires_at=_later(INVITED_FOR),
            )
        )
        record(connection, by.id, "invited", f"invitation {key}", {"role": role.value})
    return token


def accept_invitation(database: Database, token: str, name: str, password: str) -> Person:
    """Take up an invitation, which can be done once.

    Raises
    ------
    StoreError
        If there is no such invitation, it was used or has run out, or the password cannot be
        used.
    """
    with database.writing() as connection:
        found = connection.execute(
            select(INVITATIONS).where(INVITATIONS.c.token == _digest(token))
        ).first()
        if found is None or found.used_at is not None or found.expires_at < now():
            raise StoreError(
                "This invitation is not open any more. Ask an administrator for another."
            )
        person = _make(connection, name, found.sign_in, Role(found.role), password)
        connection.execute(
            update(INVITATIONS).where(INVITATIONS.c.id == found.id).values(used_at=now())
        )
    return person


def sign_in(database: Database, sign_in: str, password: str) -> Person:
    """Check who it is.

    After `MOST_FAILURES` wrong passwords in a row the account rests for `REST`. The answer
    is the same, and takes as long, whether or not there is such an account.

    Raises
    ------
    StoreError
        If name or password is wrong, or the account rests or is closed.
    """
    with database.reading() as connection:
        found = connection.execute(
            select(PEOPLE).where(PEOPLE.c.sign_in == _plain(sign_in))
        ).first()
    # Hashing is slow on purpose: not while others wait to write.
    right = matches(found.password if found else None, password)
    if found is None:
        raise StoreError(_WRONG)
    with database.writing() as connection:
        found = connection.execute(select(PEOPLE).where(PEOPLE.c.id == found.id)).one()
        if found.locked_until is not None and found.locked_until > now():
            refusal: str | None = (
                "After several wrong passwords this account rests for a quarter of an hour. "
                "Try again later, or ask an administrator."
            )
        elif not right:
            refusal = _WRONG
            _count_failure(connection, found)
        elif not found.active:
            refusal = "This account is closed. Ask an administrator."
        else:
            refusal = None
            _welcome(connection, found, password)
    if refusal:
        raise StoreError(refusal)
    return _person(found)


def people(database: Database, by: Person) -> tuple[Person, ...]:
    """Everybody with an account, by name.

    Raises
    ------
    NotAllowed
    """
    require(by, Action.SEE_PEOPLE)
    with database.reading() as connection:
        rows = connection.execute(select(PEOPLE).order_by(PEOPLE.c.name, PEOPLE.c.id))
        return tuple(map(_person, rows))


def change_person(
    database: Database,
    by: Person,
    key: str,
    *,
    role: Role | None = None,
    active: bool | None = None,
) -> Person:
    """Give somebody another role, or close or open their account.

    Raises
    ------
    NotAllowed
    UnknownName
        If there is nobody with this key.
    StoreError
        If nobody would be left to administrate.
    """
    require(by, Action.CHANGE_PEOPLE)
    with database.writing() as connection:
        found = connection.execute(select(PEOPLE).where(PEOPLE.c.id == key)).first()
        if found is None:
            raise UnknownName("person", key, ())
        role_then = Role(found.role) if role is None else role
        active_then = bool(found.active) if active is None else active
        others = connection.execute(
            select(func.count())
            .select_from(PEOPLE)
            .where(PEOPLE.c.role == Role.ADMINISTRATOR.value, PEOPLE.c.active, PEOPLE.c.id != key)
        ).scalar_one()
        if not others and not (role_then is Role.ADMINISTRATOR and active_then):
            raise StoreError(
                "Nobody would be left to administrate. Make somebody else an administrator first."
            )
        connection.execute(
            update(PEOPLE)
            .where(PEOPLE.c.id == key)
            .values(role=role_then.value, active=active_then)
        )
        detail = {"role": role_then.value, "active": active_then}
        record(connection, by.id, "person changed", f"person {key}", detail)
        return _person(connection.execute(select(PEOPLE).where(PEOPLE.c.id == key)).one())


def _make(connection: Connection, name: str, sign_in: str, role: Role, password: str) -> Person:
    name, plain = " ".join(name.split()), _plain(sign_in)
    if not name or not plain:
        raise StoreError("Give both a name and what to sign in with.")
    _refuse_taken(connection, plain)
    person = Person(str(uuid.uuid4()), name, plain, role)
    connection.execute(
        insert(PEOPLE).values(
            id=person.id,
            name=name,
            sign_in=plain,
            role=role.value,
            password=hashed(password, plain),
            made_at=now(),
        )
    )
    record(connection, person.id, "account made", f"person {person.id}", {"role": role.value})
    return person


def _count_failure(connection: Connection, found: Row[tuple[object, ...]]) -> None:
    failed = found.failed + 1
    resting = failed >= MOST_FAILURES
    connection.execute(
        update(PEOPLE)
        .where(PEOPLE.c.id == found.id)
        .values(
            failed=0 if resting else failed,
            locked_until=_later(REST) if resting else None,
        )
    )
    what = "account rests" if resting else "wrong password"
    record(connection, found.id, what, f"person {found.id}")


def _welcome(connection: Connection, found: Row[tuple[object, ...]], password: str) -> None:
    renewed = hashed(password, found.sign_in) if is_outdated(found.password) else found.password
    connection.execute(
        update(PEOPLE)
        .where(PEOPLE.c.id == found.id)
        .values(failed=0, locked_until=None, password=renewed)
    )
    record(connection, found.id, "signed in", f"person {found.id}")


def _refuse_taken(connection: Connection, sign_in: str) -> None:
    taken = select(PEOPLE.c.id).where(PEOPLE.c.sign_in == sign_in)
    if connection.execute(taken).first() is not None:
        raise Conflict("There is an account with this sign-in already.")


def _person(row: Row[tuple[object, ...]]) -> Person:
    return Person(row.id, row.name, row.sign_in, Role(row.role), bool(row.active))


def _count(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(PEOPLE)).scalar_one())


def _plain(sign_in: str) -> str:
    return sign_in.strip().casefold()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _later(span: timedelta) -> str:
    return (datetime.now(UTC) + span).isoformat(timespec="microseconds")

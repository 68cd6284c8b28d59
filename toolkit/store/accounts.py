"""Rows of people: how an account is made, read and marked, within a transaction.

What may be done, and by whom, stands in `toolkit.store.people`.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Row, insert, select, update

from toolkit.errors import Conflict, StoreError
from toolkit.store.event_log import now, record
from toolkit.store.passwords import hashed, is_outdated
from toolkit.store.rights import Person, Role
from toolkit.store.sessions import drop_all_of
from toolkit.store.tables import PEOPLE

#: Wrong passwords in a row after which an account rests, and for how long.
MOST_FAILURES = 5
REST = timedelta(minutes=15)


def make_account(
    connection: Connection, name: str, sign_in: str, role: Role, password_hash: str | None
) -> Person:
    """A new account.

    Parameters
    ----------
    password_hash : str or None
        None for whoever signs in through an identity provider alone.

    Raises
    ------
    Conflict
        If the sign-in is taken.
    StoreError
        If name or sign-in is empty.
    """
    name, plain = " ".join(name.split()), plain_sign_in(sign_in)
    if not name or not plain:
        raise StoreError("Give both a name and what to sign in with.")
    refuse_taken(connection, plain)
    person = Person(str(uuid.uuid4()), name, plain, role)
    connection.execute(
        insert(PEOPLE).values(
            id=person.id,
            name=name,
            sign_in=plain,
            role=role.value,
            password=password_hash,
            made_at=now(),
        )
    )
    record(connection, person.id, "account made", f"person {person.id}", {"role": role.value})
    return person


def count_failure(connection: Connection, found: Row[tuple[object, ...]]) -> None:
    """Count a wrong password; after `MOST_FAILURES` in a row the account rests."""
    failed = found.failed + 1
    resting = failed >= MOST_FAILURES
    connection.execute(
        update(PEOPLE)
        .where(PEOPLE.c.id == found.id)
        .values(
            failed=0 if resting else failed,
            locked_until=later(REST) if resting else None,
        )
    )
    what = "account rests" if resting else "wrong password"
    record(connection, found.id, what, f"person {found.id}")


def welcome(connection: Connection, found: Row[tuple[object, ...]], password: str) -> None:
    """Mark that the right password was given."""
    renewed = hashed(password, found.sign_in) if is_outdated(found.password) else found.password
    connection.execute(
        update(PEOPLE)
        .where(PEOPLE.c.id == found.id)
        .values(failed=0, locked_until=None, password=renewed)
    )
    record(connection, found.id, "signed in", f"person {found.id}")


def set_password(
    connection: Connection, found: Row[tuple[object, ...]], password_hash: str
) -> None:
    """Another password; every session of the account ends, and so does its rest."""
    connection.execute(
        update(PEOPLE)
        .where(PEOPLE.c.id == found.id)
        .values(password=password_hash, failed=0, locked_until=None)
    )
    drop_all_of(connection, found.id)
    record(connection, found.id, "password chosen", f"person {found.id}")


def refuse_taken(connection: Connection, sign_in: str) -> None:
    """Stop where there is an account with this sign-in.

    Raises
    ------
    Conflict
    """
    taken = select(PEOPLE.c.id).where(PEOPLE.c.sign_in == sign_in)
    if connection.execute(taken).first() is not None:
        raise Conflict("There is an account with this sign-in already.")


def person_in(row: Row[tuple[object, ...]]) -> Person:
    """The person of a row of `PEOPLE`."""
    return Person(row.id, row.name, row.sign_in, Role(row.role), bool(row.active))


def plain_sign_in(sign_in: str) -> str:
    """A sign-in as it is kept: without spaces around it, in small letters."""
    return sign_in.strip().casefold()


def later(span: timedelta) -> str:
    """The time after a span, as the store keeps it."""
    return (datetime.now(UTC) + span).isoformat(timespec="microseconds")

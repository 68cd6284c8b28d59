"""Invitations as they stand open."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Row, select, update

from toolkit.errors import StoreError
from toolkit.store.database import Database
from toolkit.store.event_log import now, record
from toolkit.store.rights import Action, Person, Role, require
from toolkit.store.tables import INVITATIONS, PEOPLE
from toolkit.store.token_hash import token_hash


@dataclass(frozen=True)
class Invitation:
    """An invitation that is still open.

    Parameters
    ----------
    id : str
    sign_in : str
        What its person will sign in with.
    role : Role
    expires_at : str
        ISO 8601, UTC.
    name : str or None
        The person's name, where they have an account and only choose another password.
    """

    id: str
    sign_in: str
    role: Role
    expires_at: str
    name: str | None = None


def invitation(database: Database, token: str) -> Invitation:
    """What an invitation is for.

    Raises
    ------
    StoreError
        If there is no such invitation, or it was used or has run out.
    """
    with database.reading() as connection:
        found = open_invitation_row(connection, token)
        name = select(PEOPLE.c.name).where(PEOPLE.c.id == found.person_id)
        return Invitation(
            found.id,
            found.sign_in,
            Role(found.role),
            found.expires_at,
            connection.execute(name).scalar() if found.person_id else None,
        )


def open_invitations(database: Database, by: Person) -> tuple[Invitation, ...]:
    """Invitations of people without an account that nobody has taken up yet.

    Raises
    ------
    NotAllowed
    """
    require(by, Action.CHANGE_PEOPLE)
    with database.reading() as connection:
        rows = connection.execute(
            select(INVITATIONS)
            .where(
                INVITATIONS.c.used_at.is_(None),
                INVITATIONS.c.expires_at > now(),
                INVITATIONS.c.person_id.is_(None),
            )
            .order_by(INVITATIONS.c.sign_in, INVITATIONS.c.expires_at)
        )
        return tuple(Invitation(r.id, r.sign_in, Role(r.role), r.expires_at) for r in rows)


def withdraw_invitation(database: Database, by: Person, key: str) -> None:
    """Make an invitation worthless; nothing happens where it was taken up already.

    Raises
    ------
    NotAllowed
    """
    require(by, Action.CHANGE_PEOPLE)
    with database.writing() as connection:
        changed = connection.execute(
            update(INVITATIONS)
            .where(INVITATIONS.c.id == key, INVITATIONS.c.used_at.is_(None))
            .values(used_at=now())
        ).rowcount
        if changed:
            record(connection, by.id, "invitation withdrawn", f"invitation {key}")


def open_invitation_row(connection: Connection, token: str) -> Row[tuple[object, ...]]:
    """The row of an invitation that can still be taken up.

    Raises
    ------
    StoreError
        If there is none, or it was used or has run out.
    """
    found = connection.execute(
        select(INVITATIONS).where(INVITATIONS.c.token == token_hash(token))
    ).first()
    if found is None or found.used_at is not None or found.expires_at < now():
        raise StoreError("This invitation is not open any more. Ask an administrator for another.")
    return found

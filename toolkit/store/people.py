"""Local accounts: the first administrator, invitations, signing in, roles."""

from __future__ import annotations

import secrets
import uuid
from datetime import timedelta

from sqlalchemy import Connection, func, insert, select, update

from toolkit.errors import Conflict, StoreError, UnknownName
from toolkit.store.accounts import (
    count_failure,
    later,
    make_account,
    person_in,
    plain_sign_in,
    refuse_taken,
    set_password,
    welcome,
)
from toolkit.store.database import Database
from toolkit.store.event_log import now, record
from toolkit.store.invitations import invitation, open_invitation_row
from toolkit.store.passwords import hashed, matches
from toolkit.store.rights import Action, Person, Role, require
from toolkit.store.sessions import drop_all_of
from toolkit.store.tables import INVITATIONS, PEOPLE
from toolkit.store.token_hash import token_hash

#: How long an invitation can be taken up.
INVITED_FOR = timedelta(days=7)
#: One answer to a wrong name, a wrong password and an account that rests: whoever guesses
#: learns nothing from it, and whoever mistyped learns what to do.
_WRONG = (
    "That name or password is not right. After five wrong passwords in a row an account rests "
    "for a quarter of an hour; an administrator can let you choose another password."
)


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
    kept = hashed(password, plain_sign_in(sign_in))
    with database.writing() as connection:
        if _count(connection):
            raise Conflict("There is an administrator already. Ask them for an invitation.")
        return make_account(connection, name, sign_in, Role.ADMINISTRATOR, kept)


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
    StoreError
        If the address is empty.
    """
    require(by, Action.CHANGE_PEOPLE)
    if not plain_sign_in(sign_in):
        raise StoreError("Give the e-mail address that they will sign in with.")
    token = secrets.token_urlsafe(32)
    with database.writing() as connection:
        refuse_taken(connection, plain_sign_in(sign_in))
        key = str(uuid.uuid4())
        connection.execute(
            insert(INVITATIONS).values(
                id=key,
                token=token_hash(token),
                role=role.value,
                sign_in=plain_sign_in(sign_in),
                invited_by=by.id,
                expires_at=later(INVITED_FOR),
            )
        )
        record(connection, by.id, "invited", f"invitation {key}", {"role": role.value})
    return token


def invite_again(database: Database, by: Person, key: str) -> str:
    """Let somebody with an account choose another password.

    Returns
    -------
    str
        The token for the link, as from `invite`.

    Raises
    ------
    NotAllowed
    UnknownName
        If there is nobody with this key.
    """
    require(by, Action.CHANGE_PEOPLE)
    token = secrets.token_urlsafe(32)
    with database.writing() as connection:
        found = connection.execute(select(PEOPLE).where(PEOPLE.c.id == key)).first()
        if found is None:
            raise UnknownName("person", key, ())
        connection.execute(
            insert(INVITATIONS).values(
                id=str(uuid.uuid4()),
                token=token_hash(token),
                role=found.role,
                sign_in=found.sign_in,
                invited_by=by.id,
                person_id=key,
                expires_at=later(INVITED_FOR),
            )
        )
        record(connection, by.id, "password may be chosen again", f"person {key}")
    return token


def accept_invitation(database: Database, token: str, name: str, password: str) -> Person:
    """Take up an invitation, which can be done once.

    Somebody who has an account chooses another password with it; their sessions end then.

    Raises
    ------
    StoreError
        If there is no such invitation, it was used or has run out, or the password cannot be
        used.
    """
    kept = hashed(password, invitation(database, token).sign_in)
    with database.writing() as connection:
        found = open_invitation_row(connection, token)
        if found.person_id is None:
            person = make_account(connection, name, found.sign_in, Role(found.role), kept)
        else:
            row = connection.execute(select(PEOPLE).where(PEOPLE.c.id == found.person_id)).one()
            set_password(connection, row, kept)
            person = person_in(row)
        connection.execute(
            update(INVITATIONS).where(INVITATIONS.c.id == found.id).values(used_at=now())
        )
    return person


def change_password(database: Database, by: Person, present: str, wanted: str) -> None:
    """Choose another password for one's own account; all its sessions end.

    Raises
    ------
    StoreError
        If the present password is wrong or the wanted one cannot be used.
    """
    sign_in(database, by.sign_in, present)
    kept = hashed(wanted, by.sign_in)
    with database.writing() as connection:
        row = connection.execute(select(PEOPLE).where(PEOPLE.c.id == by.id)).one()
        set_password(connection, row, kept)


def sign_in_verified(database: Database, sign_in: str, name: str) -> Person:
    """Let somebody in whose e-mail address an identity provider vouches for.

    Whoever has an account under this address is signed in; whoever was invited under it
    gets their account, without a password.

    Parameters
    ----------
    sign_in : str
        The verified address.
    name : str
        What the provider calls them; used for a new account.

    Raises
    ------
    StoreError
        If nobody with this address has an account or is invited, or the account is closed.
    """
    plain = plain_sign_in(sign_in)
    with database.writing() as connection:
        found = connection.execute(select(PEOPLE).where(PEOPLE.c.sign_in == plain)).first()
        if found is not None:
            if not found.active:
                raise StoreError("This account is closed. Ask an administrator.")
            record(connection, found.id, "signed in by provider", f"person {found.id}")
            return person_in(found)
        invited = connection.execute(
            select(INVITATIONS)
            .where(
                INVITATIONS.c.sign_in == plain,
                INVITATIONS.c.used_at.is_(None),
                INVITATIONS.c.expires_at > now(),
            )
            .order_by(INVITATIONS.c.expires_at.desc())
        ).first()
        if invited is None:
            raise StoreError(
                f"Nobody is expected under {plain}. Ask an administrator for an invitation to "
                "this address."
            )
        person = make_account(connection, name or plain, plain, Role(invited.role), None)
        connection.execute(
            update(INVITATIONS).where(INVITATIONS.c.id == invited.id).values(used_at=now())
        )
    return person


def sign_in(database: Database, sign_in: str, password: str) -> Person:
    """Check who it is.

    After `MOST_FAILURES` wrong passwords in a row the account rests for `REST`. The answer
    is the same, and takes as long, whether or not there is such an account.

    Raises
    ------
    StoreError
        If name or password is wrong or the account rests, in the same words; or if the
        password is right and the account is closed.
    """
    with database.reading() as connection:
        found = connection.execute(
            select(PEOPLE).where(PEOPLE.c.sign_in == plain_sign_in(sign_in))
        ).first()
    # Hashing is slow on purpose: not while others wait to write.
    right = matches(found.password if found else None, password)
    if found is None:
        raise StoreError(_WRONG)
    with database.writing() as connection:
        found = connection.execute(select(PEOPLE).where(PEOPLE.c.id == found.id)).one()
        if found.locked_until is not None and found.locked_until > now():
            refusal: str | None = _WRONG
        elif not right:
            refusal = _WRONG
            count_failure(connection, found)
        elif not found.active:
            refusal = "This account is closed. Ask an administrator."
        else:
            refusal = None
            welcome(connection, found, password)
    if refusal:
        raise StoreError(refusal)
    return person_in(found)


def people(database: Database, by: Person) -> tuple[Person, ...]:
    """Everybody with an account, by name.

    Raises
    ------
    NotAllowed
    """
    require(by, Action.SEE_PEOPLE)
    with database.reading() as connection:
        rows = connection.execute(select(PEOPLE).order_by(PEOPLE.c.name, PEOPLE.c.id))
        return tuple(map(person_in, rows))


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
        if not active_then:
            drop_all_of(connection, key)
        detail = {"role": role_then.value, "active": active_then}
        record(connection, by.id, "person changed", f"person {key}", detail)
        return person_in(connection.execute(select(PEOPLE).where(PEOPLE.c.id == key)).one())


def _count(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(PEOPLE)).scalar_one())

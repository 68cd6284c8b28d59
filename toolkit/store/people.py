"""Local accounts: the first administrator, invitations, signing in, roles."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Row, func, insert, select, update

from toolkit.errors import Conflict, StoreError, UnknownName
from toolkit.store.database import Database
from toolkit.store.event_log import now, record
from toolkit.store.passwords import hashed, is_outdated, matches
from toolkit.store.rights import Action, Person, Role, require
from toolkit.store.sessions import drop_all_of
from toolkit.store.tables import INVITATIONS, PEOPLE
from toolkit.store.token_hash import token_hash

#: Wrong passwords in a row after which an account rests, and for how long.
MOST_FAILURES = 5
REST = timedelta(minutes=15)
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
    StoreError
        If the address is empty.
    """
    require(by, Action.CHANGE_PEOPLE)
    if not _plain(sign_in):
        raise StoreError("Give the e-mail address that they will sign in with.")
    token = secrets.token_urlsafe(32)
    with database.writing() as connection:
        _refuse_taken(connection, _plain(sign_in))
        key = str(uuid.uuid4())
        connection.execute(
            insert(INVITATIONS).values(
                id=key,
                token=token_hash(token),
                role=role.value,
                sign_in=_plain(sign_in),
                invited_by=by.id,
                expires_at=_later(INVITED_FOR),
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
                expires_at=_later(INVITED_FOR),
            )
        )
        record(connection, by.id, "password may be chosen again", f"person {key}")
    return token


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
        found = _open_invitation(connection, token)
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


def accept_invitation(database: Database, token: str, name: str, password: str) -> Person:
    """Take up an invitation, which can be done once.

    Somebody who has an account chooses another password with it; their sessions end then.

    Raises
    ------
    StoreError
        If there is no such invitation, it was used or has run out, or the password cannot be
        used.
    """
    with database.writing() as connection:
        found = _open_invitation(connection, token)
        if found.person_id is None:
            person = _make(connection, name, found.sign_in, Role(found.role), password)
        else:
            row = connection.execute(select(PEOPLE).where(PEOPLE.c.id == found.person_id)).one()
            _set_password(connection, row, password)
            person = _person(row)
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
    with database.writing() as connection:
        row = connection.execute(select(PEOPLE).where(PEOPLE.c.id == by.id)).one()
        _set_password(connection, row, wanted)


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
    plain = _plain(sign_in)
    with database.writing() as connection:
        found = connection.execute(select(PEOPLE).where(PEOPLE.c.sign_in == plain)).first()
        if found is not None:
            if not found.active:
                raise StoreError("This account is closed. Ask an administrator.")
            record(connection, found.id, "signed in by provider", f"person {found.id}")
            return _person(found)
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
        person = _make(connection, name or plain, plain, Role(invited.role), None)
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
            select(PEOPLE).where(PEOPLE.c.sign_in == _plain(sign_in))
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
        if not active_then:
            drop_all_of(connection, key)
        detail = {"role": role_then.value, "active": active_then}
        record(connection, by.id, "person changed", f"person {key}", detail)
        return _person(connection.execute(select(PEOPLE).where(PEOPLE.c.id == key)).one())


def _make(
    connection: Connection, name: str, sign_in: str, role: Role, password: str | None
) -> Person:
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
            password=None if password is None else hashed(password, plain),
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


def _set_password(connection: Connection, found: Row[tuple[object, ...]], password: str) -> None:
    connection.execute(
        update(PEOPLE)
        .where(PEOPLE.c.id == found.id)
        .values(password=hashed(password, found.sign_in), failed=0, locked_until=None)
    )
    drop_all_of(connection, found.id)
    record(connection, found.id, "password chosen", f"person {found.id}")


def _open_invitation(connection: Connection, token: str) -> Row[tuple[object, ...]]:
    found = connection.execute(
        select(INVITATIONS).where(INVITATIONS.c.token == token_hash(token))
    ).first()
    if found is None or found.used_at is not None or found.expires_at < now():
        raise StoreError("This invitation is not open any more. Ask an administrator for another.")
    return found


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


def _later(span: timedelta) -> str:
    return (datetime.now(UTC) + span).isoformat(timespec="microseconds")

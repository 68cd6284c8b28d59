"""Requisitions: one opening each, with what the post asks for and how long it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import Connection, Row, insert, select, update

from toolkit.errors import Conflict, StoreError, UnknownName
from toolkit.store.database import Database
from toolkit.store.event_log import now, record
from toolkit.store.rights import Action, Person, require
from toolkit.store.tables import REQUISITIONS
from toolkit.store.written import as_key, day, new_key, prose, title

CHANGED = (
    "Somebody has changed this requisition in the meantime; nothing of yours was kept. Look at it "
    "again and repeat what is still needed."
)


@dataclass(frozen=True)
class Requisition:
    """One opening.

    Parameters
    ----------
    key : str
    title : str
    criteria : str
        What the post asks for, in words.
    made_at : str
        ISO 8601, UTC, as all times of the store.
    closed_at : str or None
    retain_until : str or None
        The last day on which it may be kept, like ``2027-01-31``.
    legal_hold : bool
        True while nothing of it may be deleted, whatever its date.
    version : int
        Grows with each change; a change names the version that it was made from.
    """

    key: str
    title: str
    criteria: str
    made_at: str
    closed_at: str | None
    retain_until: str | None
    legal_hold: bool
    version: int

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    def is_past(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.retain_until is not None and self.retain_until < today.isoformat()

    def to_dict(self) -> dict[str, object]:
        return asdict(self)


def make_requisition(
    database: Database, by: Person, name: str, criteria: str = "", *, key: str | None = None
) -> Requisition:
    """Open a requisition.

    Parameters
    ----------
    name : str
        Its title.
    criteria : str
        What the post asks for.
    key : str, optional
        Made by whoever asks, so that asking again after a lost answer makes no second one.

    Raises
    ------
    NotAllowed
    StoreError
        If the title or criteria cannot be kept.
    """
    require(by, Action.CHANGE_REQUISITION)
    key = new_key() if key is None else as_key(key)
    values = {"title": title(name, "requisition"), "criteria": prose(criteria, "text")}
    with database.writing() as connection:
        found = _row(connection, key)
        if found is not None:
            return _requisition(found)
        connection.execute(
            insert(REQUISITIONS).values(
                id=key, **values, made_at=now(), legal_hold=False, version=1
            )
        )
        record(connection, by.id, "requisition made", f"requisition {key}")
        return requisition_in(connection, key)


def requisitions(database: Database, by: Person) -> tuple[Requisition, ...]:
    """Every requisition, the newest first.

    Raises
    ------
    NotAllowed
    """
    require(by, Action.SEE_REQUISITION)
    with database.reading() as connection:
        rows = connection.execute(
            select(REQUISITIONS).order_by(REQUISITIONS.c.made_at.desc(), REQUISITIONS.c.id)
        )
        return tuple(map(_requisition, rows))


def requisition(database: Database, by: Person, key: str) -> Requisition:
    """One requisition.

    Raises
    ------
    NotAllowed
    UnknownName
        If there is none with this key.
    """
    require(by, Action.SEE_REQUISITION)
    with database.reading() as connection:
        return requisition_in(connection, key)


def change_requisition(
    database: Database,
    by: Person,
    key: str,
    version: int,
    *,
    name: str | None = None,
    criteria: str | None = None,
) -> Requisition:
    """Give a requisition another title, or write down anew what the post asks for.

    Parameters
    ----------
    version : int
        The version that the person saw.
    name, criteria : str, optional
        What is left out stays.

    Raises
    ------
    NotAllowed
    UnknownName
    Conflict
        If somebody else has changed it since.
    StoreError
        If it is closed, or a text cannot be kept.
    """
    require(by, Action.CHANGE_REQUISITION)
    wanted: dict[str, object] = {}
    if name is not None:
        wanted["title"] = title(name, "requisition")
    if criteria is not None:
        wanted["criteria"] = prose(criteria, "text")
    with database.writing() as connection:
        require_open(connection, key)
        return _change(connection, by, key, version, wanted, "requisition changed")


def close_requisition(database: Database, by: Person, key: str, version: int) -> Requisition:
    """Close a requisition: it can be read, but not worked on any more.

    Raises
    ------
    NotAllowed
    UnknownName
    Conflict
        If somebody else has changed it since.
    """
    require(by, Action.CHANGE_REQUISITION)
    with database.writing() as connection:
        if requisition_in(connection, key).is_closed:
            return requisition_in(connection, key)
        return _change(connection, by, key, version, {"closed_at": now()}, "requisition closed")


def reopen_requisition(database: Database, by: Person, key: str, version: int) -> Requisition:
    """Open a closed requisition again; what it raises is as for `close_requisition`."""
    require(by, Action.CHANGE_REQUISITION)
    with database.writing() as connection:
        return _change(connection, by, key, version, {"closed_at": None}, "requisition reopened")


def retain_until(
    database: Database, by: Person, key: str, version: int, last_day: str | None
) -> Requisition:
    """Say until when a requisition is kept.

    Parameters
    ----------
    last_day : str or None
        Like ``2027-01-31``; None where that is not known yet.

    Raises
    ------
    NotAllowed
    UnknownName
    Conflict
        If somebody else has changed it since.
    StoreError
        If it is not a date.
    """
    require(by, Action.CHANGE_REQUISITION)
    wanted = {"retain_until": None if last_day is None else day(last_day)}
    with database.writing() as connection:
        return _change(connection, by, key, version, wanted, "retention date set")


def hold(database: Database, by: Person, key: str, version: int, *, on: bool) -> Requisition:
    """Put a legal hold on a requisition, or take it off: while it is on, nothing is deleted.

    Raises
    ------
    NotAllowed
    UnknownName
    Conflict
        If somebody else has changed it since.
    """
    require(by, Action.CHANGE_REQUISITION)
    what = "legal hold put on" if on else "legal hold taken off"
    with database.writing() as connection:
        return _change(connection, by, key, version, {"legal_hold": on}, what)


def requisition_in(connection: Connection, key: str) -> Requisition:
    """One requisition, within a transaction that has checked the right to it.

    Raises
    ------
    UnknownName
        If there is none with this key.
    """
    found = _row(connection, key)
    if found is None:
        # What other requisitions there are is nobody's business here.
        raise UnknownName("requisition", key[:60], ())
    return _requisition(found)


def require_open(connection: Connection, key: str) -> Requisition:
    """Stop whoever would work on a closed requisition.

    Raises
    ------
    UnknownName
    StoreError
        If it is closed.
    """
    found = requisition_in(connection, key)
    if found.is_closed:
        raise StoreError("This requisition is closed. Open it again before you work on it.")
    return found


def _change(
    connection: Connection,
    by: Person,
    key: str,
    version: int,
    wanted: Mapping[str, object],
    what: str,
) -> Requisition:
    found = requisition_in(connection, key)
    if all(getattr(found, name) == value for name, value in wanted.items()):
        # Also where it was asked again because the answer was lost.
        return found
    if found.version != version:
        raise Conflict(CHANGED)
    connection.execute(
        update(REQUISITIONS).where(REQUISITIONS.c.id == key).values(**wanted, version=version + 1)
    )
    record(connection, by.id, what, f"requisition {key}", {"version": version + 1})
    return requisition_in(connection, key)


def _row(connection: Connection, key: str) -> Row[tuple[object, ...]] | None:
    return connection.execute(select(REQUISITIONS).where(REQUISITIONS.c.id == key)).first()


def _requisition(row: Row[tuple[object, ...]]) -> Requisition:
    return Requisition(
        row.id,
        row.title,
        row.criteria,
        row.made_at,
        row.closed_at,
        row.retain_until,
        bool(row.legal_hold),
        row.version,
    )

"""Requisitions whose last day has passed, and deleting one whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import delete

from toolkit.errors import Conflict, StoreError
from toolkit.store.database import Database
from toolkit.store.event_log import record
from toolkit.store.personal import rows_about
from toolkit.store.requisitions import CHANGED, Requisition, requisition_in, requisitions
from toolkit.store.rights import Action, Person, require
from toolkit.store.tables import METADATA, REQUISITIONS


@dataclass(frozen=True)
class Deletion:
    """What deleting a requisition did.

    Parameters
    ----------
    requisition : str
        The key that it had.
    rows : mapping of str to int
        Table → rows deleted.
    """

    requisition: str
    rows: dict[str, int]


def past_retention(
    database: Database, by: Person, today: date | None = None
) -> tuple[Requisition, ...]:
    """Requisitions that should be deleted: their last day has passed, and no hold is on them.

    Parameters
    ----------
    today : date, optional
        In UTC; now where it is left out.

    Raises
    ------
    NotAllowed
    """
    require(by, Action.SEE_REQUISITION)
    day = today or datetime.now(UTC).date()
    found = requisitions(database, by)
    return tuple(one for one in found if one.is_past(day) and not one.legal_hold)


def delete_requisition(
    database: Database, by: Person, key: str, version: int, today: date | None = None
) -> Deletion:
    """Delete a requisition and everything that belongs to it; the log stays.

    Parameters
    ----------
    version : int
        The version that the person saw.
    today : date, optional
        In UTC; now where it is left out.

    Raises
    ------
    NotAllowed
    UnknownName
    Conflict
        If somebody has changed it since.
    StoreError
        If its last day has not passed, it has none, or it is under a legal hold.
    """
    require(by, Action.ERASE_CANDIDATE)
    day = today or datetime.now(UTC).date()
    with database.writing() as connection:
        found = requisition_in(connection, key)
        if found.legal_hold:
            raise StoreError("The requisition is under a legal hold, so it may not be deleted.")
        if not found.is_past(day):
            until = f"until {found.retain_until}" if found.retain_until else "without a last day"
            raise StoreError(
                f"The requisition is kept {until}. It can be deleted once its last day has "
                "passed; set another date if it is wrong."
            )
        if found.version != version:
            raise Conflict(CHANGED)
        rows: dict[str, int] = {}
        # Backwards, so that no row goes before those that point to it.
        for table in reversed(METADATA.sorted_tables):
            own = rows_about(table, REQUISITIONS, key)
            if own is not None:
                gone = connection.execute(delete(table).where(own)).rowcount
                if gone:
                    rows[table.name] = gone
        record(connection, by.id, "requisition deleted", f"requisition {key}", {"rows": rows})
    database.scrub()
    return Deletion(key, rows)

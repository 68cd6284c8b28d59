"""The screens of a requisition: every version that was kept, as the file's text and its hash."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Row, insert

from toolkit.screening.screen import Screen
from toolkit.store.database import Database
from toolkit.store.event_log import now, record
from toolkit.store.requisitions import require_open, requisition_in
from toolkit.store.rights import Action, Person, require
from toolkit.store.tables import SCREENS
from toolkit.store.versions import following, versions_of
from toolkit.store.written import as_key, new_key


@dataclass(frozen=True)
class KeptScreen:
    """One version of a requisition's screen.

    Parameters
    ----------
    key : str
    requisition : str
    version : int
        From 1.
    screen : Screen
    sha256 : str
        The screen's digest, as it is printed on sheets.
    made_at : str
    """

    key: str
    requisition: str
    version: int
    screen: Screen
    sha256: str
    made_at: str


def keep_screen(
    database: Database,
    by: Person,
    requisition: str,
    screen: Screen,
    version: int,
    *,
    key: str | None = None,
) -> KeptScreen:
    """Keep another version; the newest again where nothing is different.

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
    require(by, Action.CHANGE_SCREEN)
    key = new_key() if key is None else as_key(key)
    with database.writing() as connection:
        require_open(connection, requisition)
        newest = newest_screen(connection, requisition)
        if newest is not None and (newest.key == key or newest.screen == screen):
            return newest
        number = following(newest, version, "another screen")
        connection.execute(
            insert(SCREENS).values(
                id=key,
                requisition_id=requisition,
                version=number,
                toml=screen.to_toml(),
                sha256=screen.digest,
                made_at=now(),
            )
        )
        detail = {"requisition": requisition, "sha256": screen.digest, "version": number}
        record(connection, by.id, "screen kept", f"screen {key}", detail)
        found = newest_screen(connection, requisition)
        assert found is not None
        return found


def screens(database: Database, by: Person, requisition: str) -> tuple[KeptScreen, ...]:
    """Every version, the newest first.

    Raises
    ------
    NotAllowed
    UnknownName
    """
    require(by, Action.SEE_REQUISITION)
    with database.reading() as connection:
        requisition_in(connection, requisition)
        rows = connection.execute(versions_of(SCREENS, requisition))
        return tuple(map(_kept, rows))


def newest_screen(connection: Connection, requisition: str) -> KeptScreen | None:
    """The screen that counts, within a transaction that has checked the right to it."""
    found = connection.execute(versions_of(SCREENS, requisition).limit(1)).first()
    return None if found is None else _kept(found)


def _kept(row: Row[tuple[object, ...]]) -> KeptScreen:
    screen = Screen.from_toml(row.toml)
    return KeptScreen(row.id, row.requisition_id, row.version, screen, row.sha256, row.made_at)

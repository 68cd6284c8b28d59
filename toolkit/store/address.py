"""Where the store is: given, from the environment, or a file in the person's data folder."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from toolkit.errors import StoreError

#: The environment variable that names the database.
VARIABLE = "CLOUTPROOF_DATABASE"
_DRIVERS = {"postgresql": "postgresql+pg8000", "postgres": "postgresql+pg8000"}


def store_address(given: str | None = None) -> URL:
    """The address of the store.

    Parameters
    ----------
    given : str, optional
        A path to an SQLite file, or an address such as
        ``postgresql://name:password@machine/cloutproof``. Without it, the environment
        variable `VARIABLE` decides, and without that a file in the user's data folder.

    Raises
    ------
    StoreError
        If the address cannot be understood, or names a database that is not supported.
    """
    text = given or os.environ.get(VARIABLE)
    if not text:
        return _file(default_file())
    if "://" not in text:
        return _file(Path(text))
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise StoreError(
            "The address of the database cannot be understood. Write it like "
            "postgresql://name:password@machine/database, or as a path to a file."
        ) from error
    if url.drivername.startswith("sqlite"):
        return url
    if url.drivername.split("+")[0] not in _DRIVERS:
        raise StoreError(
            f"The database '{url.drivername}' is not supported. Use PostgreSQL 15 or later, or "
            "a path to a file for SQLite."
        )
    return url.set(drivername="postgresql+pg8000")


def default_file() -> Path:
    """The file that holds the store where none is named."""
    if os.name == "nt":
        home = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return home / "cloutproof" / "cloutproof.db"


def _file(path: Path) -> URL:
    return URL.create("sqlite", database=str(path))

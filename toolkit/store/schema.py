"""Bringing a store's tables to what this program needs, step by step (Alembic)."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from toolkit.errors import StoreError

_STEPS = Path(__file__).parent / "migrations"


def is_current(connection: Connection) -> bool:
    """Whether the store has every table and column that this program knows.

    Raises
    ------
    StoreError
        If the store was written by a newer program.
    """
    steps = ScriptDirectory(str(_STEPS))
    found = MigrationContext.configure(connection).get_current_revision()
    if found is not None:
        try:
            steps.get_revision(found)
        except CommandError as error:
            raise StoreError(
                f"The store is newer than this program (its step is {found}). Install the "
                "version of Cloutproof that last used it, or a later one."
            ) from error
    return found == steps.get_current_head()


def upgrade(connection: Connection) -> None:
    """Take every step that the store still lacks, within the connection's transaction."""
    config = Config()
    config.set_main_option("script_location", str(_STEPS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")

"""``cloutproof restore``: an empty store filled from a backup."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.backup import answer_of
from toolkit.cli.options import Form
from toolkit.cli.output import Format, emit
from toolkit.cli.program import program
from toolkit.cli.progress import progress
from toolkit.cli.store_option import DatabaseOption, opened_store
from toolkit.errors import InputError


@program.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.", show_default=False)],
    database: DatabaseOption = None,
    form: Form = Format.TABLE,
) -> None:
    """An empty store filled from a backup."""
    from toolkit.store.restore import restore as fill

    try:
        opened = file.open("rb")
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}.") from error
    with opened, opened_store(database, new=True) as store, progress("Restoring"):
        found = fill(store, opened)
        where = str(store)
    emit(answer_of(found, f"Restored into {where}"), form)

"""``cloutproof backup``: the whole store as one file."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from toolkit.cli.options import Form
from toolkit.cli.output import Answer, Format, Table, emit
from toolkit.cli.program import program
from toolkit.cli.progress import progress
from toolkit.cli.store_option import AsOption, DatabaseOption, opened_store, signed_in
from toolkit.errors import InputError

if TYPE_CHECKING:
    from toolkit.store.backup import Backup


@program.command()
def backup(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The ZIP to write.", show_default=False)
    ],
    database: DatabaseOption = None,
    sign_in: AsOption = None,
    form: Form = Format.TABLE,
) -> None:
    """The whole store as one file."""
    from toolkit.store.backup import back_up

    with opened_store(database) as store:
        by = signed_in(store, sign_in)
        with _whole(file) as opened, progress("Backing up"):
            made = back_up(store, by, opened)
    emit(answer_of(made, f"Backed up to {file}"), form)


def answer_of(made: Backup, what: str) -> Answer:
    """What a backup holds, after a sentence about what was done."""
    rows = sum(made.rows.values())
    log = made.log
    whole = f"whole, {log.events:,} events" if log.ok else f"NOT whole: {log.fault}"
    summary = [f"{what}: {rows:,} rows.", f"The log is {whole}. Its head is {log.head}."]
    table = Table("Tables", ("table", "rows"), [*made.rows.items()])
    return Answer(made.to_dict(), table, summary)


@contextmanager
def _whole(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes its name once all of it is written; nobody else may read it."""
    target = path.resolve()
    part = target.with_name(f".{uuid.uuid4().hex}.part")
    try:
        try:
            number = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise _cannot(path, error) from error
        with os.fdopen(number, "w+b") as opened:
            yield opened
            opened.flush()
            os.fsync(opened.fileno())
        try:
            part.replace(target)
        except OSError as error:
            raise _cannot(path, error) from error
    finally:
        part.unlink(missing_ok=True)


def _cannot(path: Path, error: OSError) -> InputError:
    return InputError(f"{path} cannot be written: {error.strerror}. Give another path.")

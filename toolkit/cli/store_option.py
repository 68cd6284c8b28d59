"""Which store a command works on, and who asks: the same rights as on the pages."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.errors import InputError, StoreError

if TYPE_CHECKING:
    from toolkit.store.database import Database
    from toolkit.store.rights import Person

#: The environment variable that a password is read from where nobody sits at a terminal.
PASSWORD = "CLOUTPROOF_PASSWORD"

DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        help="The store: a path, or postgresql://… (CLOUTPROOF_DATABASE).",
    ),
]
AsOption = Annotated[
    str | None,
    typer.Option("--as", metavar="SIGN_IN", help="Who asks: what you sign in with."),
]
RequisitionOption = Annotated[
    str,
    typer.Option("--requisition", metavar="KEY", help="As `cloutproof requisitions` lists it."),
]


@contextmanager
def opened_store(address: str | None, *, new: bool = False) -> Iterator[Database]:
    """The store, closed again at the end.

    Parameters
    ----------
    address : str, optional
        See `toolkit.store.address.store_address`.
    new : bool
        Whether it may be made where there is none yet.

    Raises
    ------
    StoreError
        If it cannot be opened, or is not there.
    """
    from toolkit.store.address import store_address
    from toolkit.store.database import Database

    url = store_address(address)
    if not new and url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise StoreError(
            f"There is no store at {url.database}. Name the one of your team with --database."
        )
    database = Database(url)
    try:
        yield database
    finally:
        database.close()


def signed_in(database: Database, sign_in: str | None) -> Person:
    """Whoever asks, with a password from the terminal or from the environment.

    Raises
    ------
    InputError
        If it was not said who asks, or there is no way to ask for the password.
    StoreError
        If name or password is wrong.
    """
    from toolkit.store import people

    if people.is_empty(database):
        raise StoreError(
            f"The store {database} holds no account yet. Start the app with it, and make the "
            "first one there."
        )
    if not sign_in:
        raise InputError("Say who asks: --as, with what you sign in to the app with.")
    password = os.environ.get(PASSWORD)
    if password is None:
        if not sys.stdin.isatty():
            raise InputError(
                f"Nobody is there to type the password. Put it into the environment as {PASSWORD}."
            )
        password = getpass.getpass(f"Password of {sign_in}: ", stream=sys.stderr)
    return people.sign_in(database, sign_in, password)

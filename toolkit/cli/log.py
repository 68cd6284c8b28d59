"""``cloutproof log verify``: is the log of the store whole?"""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.cli.options import Form, Out
from toolkit.cli.output import Answer, Format, Table, emit
from toolkit.cli.program import program
from toolkit.cli.store_option import AsOption, DatabaseOption, opened_store, signed_in
from toolkit.errors import StoreError

log = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
program.add_typer(log, name="log", help="The log of who did what in the store.")


@log.callback()
def about() -> None:
    """The log of who did what in the store."""


@log.command()
def verify(
    head: Annotated[
        str | None,
        typer.Option("--head", metavar="HASH", help="A head noted earlier, still to be there."),
    ] = None,
    database: DatabaseOption = None,
    sign_in: AsOption = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Is the log of the store whole?"""
    from toolkit.store import people
    from toolkit.store.event_log import check_log
    from toolkit.store.rights import Action, require

    with opened_store(database) as store:
        # Without accounts nobody has worked in it, and there is nobody to sign in as.
        if not people.is_empty(store):
            require(signed_in(store, sign_in), Action.SEE_LOG)
        with store.reading() as connection:
            found = check_log(connection, head.strip().lower() if head else None)
    if not found.ok:
        raise StoreError(
            f"The log does not hold. Event {found.fault_at}: {found.fault} {found.events:,} events "
            f"before it are whole. Compare with a backup, whose log was checked."
        )
    data = found.to_dict()
    rows = Table("Log", tuple(data), [tuple(data.values())])
    summary = [f"The log is whole: {found.events:,} events.", f"Its head is {found.head}."]
    emit(Answer(data, rows, summary, ()), form, out)

"""``cloutproof erase-candidate``: one candidate out of the store, for good."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from toolkit.cli.export_candidate import Code
from toolkit.cli.options import Form
from toolkit.cli.output import Answer, Format, Table, emit, printable
from toolkit.cli.program import program
from toolkit.cli.store_option import (
    AsOption,
    DatabaseOption,
    RequisitionOption,
    opened_store,
    signed_in,
)
from toolkit.errors import InputError


@program.command("erase-candidate")
def erase_candidate(
    code: Code,
    requisition: RequisitionOption,
    yes: Annotated[bool, typer.Option("--yes", help="Do it without asking once more.")] = False,
    database: DatabaseOption = None,
    sign_in: AsOption = None,
    form: Form = Format.TABLE,
) -> None:
    """One candidate out of the store, for good."""
    from toolkit.store.candidates import candidate_called
    from toolkit.store.erasure import erase_candidate as erase

    with opened_store(database) as store:
        by = signed_in(store, sign_in)
        found = candidate_called(store, by, requisition, code)
        if not yes:
            _ask(code)
        done = erase(store, by, found.key)
    rows = Table("Deleted or emptied", ("table", "rows"), [*done.rows.items()])
    summary = [
        f"Erased. What is left counts without saying of whom, under the key {done.candidate}.",
        "Backups made before and files on people's own computers still hold the candidate.",
    ]
    emit(Answer(done.to_dict(), rows, summary), form)


def _ask(code: str) -> None:
    if not sys.stdin.isatty():
        raise InputError("Nothing was erased: there is nobody to ask. Add --yes if you are sure.")
    print(
        f"Erasing {printable(code)} cannot be undone. Type the code again to go on: ",
        end="",
        file=sys.stderr,
        flush=True,
    )
    if sys.stdin.readline().strip() != code:
        raise InputError("That is not the code. Nothing was erased.")

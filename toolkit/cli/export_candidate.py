"""``cloutproof export-candidate``: everything that is kept of one candidate."""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.cli.options import Out
from toolkit.cli.output import Answer, Format, Table, emit
from toolkit.cli.program import program
from toolkit.cli.store_option import (
    AsOption,
    DatabaseOption,
    RequisitionOption,
    opened_store,
    signed_in,
)

Code = Annotated[
    str, typer.Argument(metavar="CODE", help="The candidate's code.", show_default=False)
]


@program.command("export-candidate")
def export_candidate(
    code: Code,
    requisition: RequisitionOption,
    database: DatabaseOption = None,
    sign_in: AsOption = None,
    out: Out = None,
) -> None:
    """Everything that is kept of one candidate, as JSON."""
    from toolkit.store.candidate_export import export_candidate as export
    from toolkit.store.candidates import candidate_called

    with opened_store(database) as store:
        by = signed_in(store, sign_in)
        found = export(store, by, candidate_called(store, by, requisition, code).key)
    emit(Answer(found, Table("", (), ())), Format.JSON, out)

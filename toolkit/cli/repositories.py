"""``cloutproof repositories``: whose stars came with little else?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.options import Form, Out
from toolkit.cli.output import Answer, Format, Table, emit, printable
from toolkit.cli.program import program
from toolkit.cli.progress import progress
from toolkit.cli.tables import table_for

if TYPE_CHECKING:
    from toolkit.inflation.repositories import RepositoriesFound

COLUMNS = ("repository", "bought", "suspected", "reasons")


@program.command()
def repositories(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A table of event counts, one row a repository.")
    ],
    false_flag_rate: Annotated[
        float,
        typer.Option(
            metavar="SHARE", min=0.0001, max=0.5, help="Random repositories that may be suspected."
        ),
    ] = 0.05,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Which repositories' stars look bought?"""
    from toolkit.inflation.repositories import repositories
    from toolkit.inflation.repository_events import WANTED, has_events

    with progress("Reading"):
        table = table_for(file, has_events, WANTED)
    with progress("Judging repositories"):
        found = repositories(
            table.frame, false_flag_rate=false_flag_rate, file=table.file, sheet=table.sheet
        )
    for issue in (*table.issues, *found.events.issues):
        if issue.level != "note":
            print(f"cloutproof: {printable(str(issue))}", file=sys.stderr)
    emit(answer_of(found), form, out)


def answer_of(found: RepositoriesFound) -> Answer:
    data = found.to_dict()
    records = [{**vars(one), "reasons": "; ".join(one.reasons)} for one in found.repositories]
    order = sorted(
        range(len(records)), key=lambda at: (-(found.repositories[at].bought or 0.0), at)
    )
    said = [
        f"{data['suspected']:,} of {len(records):,} repositories have events that are consistent "
        f"with bought stars. Suspected from {found.operating_point:.2f} on, which "
        f"{found.false_flag_rate:.0%} of random repositories reach. A suspicion is a reason to "
        "look, not a finding."
    ]
    if data["not_judged"]:
        said.append(f"{data['not_judged']:,} have too few stars to judge.")
    return Answer(data, Table.of("Repositories", records, COLUMNS, order), said)

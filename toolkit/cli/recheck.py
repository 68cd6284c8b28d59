"""``cloutproof recheck``: do the figures of a published table follow from each other?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.options import Form, Out
from toolkit.cli.output import Answer, Format, Table, emit, write_file
from toolkit.cli.program import program
from toolkit.errors import CloutproofError, InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.fairness.recheck import Recheck
    from toolkit.intake.raw_table import RawTable

READING = {
    "table": "table",
    "group": "group",
    "row": "row",
    "column": "figure",
    "printed": "printed",
    "recomputed": "recomputed",
    "cause": "likely cause",
    "explanation": "explanation",
}


@program.command()
def recheck(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A published table.")],
    group: Annotated[
        str | None, typer.Option(metavar="COL", help="Column with the groups; found by its name.")
    ] = None,
    n: Annotated[
        str | None, typer.Option("--n", metavar="COL", help="Column with the people of a group.")
    ] = None,
    selected: Annotated[
        str | None, typer.Option(metavar="COL", help="Column with the people selected.")
    ] = None,
    rate: Annotated[
        str | None, typer.Option(metavar="COL", help="Column with the selection or scoring rate.")
    ] = None,
    ratio: Annotated[
        str | None, typer.Option(metavar="COL", help="Column with the impact ratio.")
    ] = None,
    table: Annotated[
        str | None, typer.Option(metavar="COL", help="Column that says which table a row is of.")
    ] = None,
    xlsx: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the result as a workbook, too.")
    ] = None,
    pdf: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the result as PDF, too.")
    ] = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Do the figures of a published table follow from each other?"""
    from toolkit.fairness.recheck import recheck
    from toolkit.intake.raw_tables import raw_tables
    from toolkit.sheets.recheck_sheet import render_recheck
    from toolkit.sheets.recheck_workbook import recheck_workbook

    named = {
        "group": group,
        "n": n,
        "selected": selected,
        "rate": rate,
        "impact_ratio": ratio,
        "table": table,
    }
    chosen = published_table(raw_tables(file), named)
    found = recheck(chosen.frame, named, chosen.name)
    if xlsx is not None:
        write_file(xlsx, recheck_workbook(found), "--xlsx")
    if pdf is not None:
        write_file(pdf, render_recheck(found, chosen.name), "--pdf")
    emit(answer_of(found), form, out)


def published_table(tables: Sequence[RawTable], named: Mapping[str, str | None]) -> RawTable:
    """The one table that has groups and figures to recompute.

    Raises
    ------
    InputError
        If several have, or none.
    UnknownName
        If a column that was named is not there.
    """
    from toolkit.fairness.published_table import published_columns

    def fits(table: RawTable) -> bool:
        try:
            published_columns([str(column) for column in table.frame.columns], named)
        except CloutproofError:
            return False
        return True

    fitting = [table for table in tables if fits(table)]
    if len(fitting) > 1:
        names = " and ".join(table.name for table in fitting)
        raise InputError(
            f"{names} all have groups and figures. Put the one that is meant into a file of its "
            "own, or bring them together with a column 'table'."
        )
    if not fitting:
        published_columns([str(column) for column in tables[0].frame.columns], named)
    return fitting[0]


def answer_of(found: Recheck) -> Answer:
    from toolkit.fairness.recheck_wording import recheck_sentence

    wrong = Table.of("Disagreements", [one.to_dict() for one in found.disagreements], list(READING))
    several = any(one.table for one in found.disagreements)
    titles = {key: title for key, title in READING.items() if several or key != "table"}
    said = [
        recheck_sentence(found),
        f"{found.not_checked:,} figures could not be recomputed.",
        *found.remarks,
    ]
    rows = [
        {
            "table": row.table,
            "group": row.group,
            **{f"{name} printed": row.printed.get(name, "") for name in ("rate", "impact_ratio")},
            "rate": row.rate,
            "impact ratio": row.impact_ratio,
            "agrees": all(row.agrees.values()) if row.agrees else None,
        }
        for row in found.rows
    ]
    recomputed = [key for key in rows[0] if key != "table" or any(row["table"] for row in rows)]
    reading = [
        Table.of("Disagreements", [one.to_dict() for one in found.disagreements], titles),
        Table.of("Recomputed", rows, recomputed),
    ]
    return Answer(found.to_dict(), wrong, said, reading)

"""``cloutproof recheck``: do the figures of a published table follow from each other?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.look_options import BrandingFile, Language, PaperSize, branding_from
from toolkit.cli.options import Form, Out
from toolkit.cli.output import Answer, Format, Table, emit, write_file
from toolkit.cli.program import program

if TYPE_CHECKING:
    from toolkit.fairness.recheck import Recheck

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
    paper: PaperSize = "a4",
    language: Language = "en",
    branding: BrandingFile = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Do the figures of a published table follow from each other?"""
    from toolkit.fairness.recheck_tables import recheck_tables
    from toolkit.intake.raw_tables import read_sources
    from toolkit.sheets.documents import typeset_document
    from toolkit.sheets.look import Look
    from toolkit.sheets.recheck_sheet import recheck_sheet
    from toolkit.sheets.recheck_workbook import recheck_workbook

    named = {
        "group": group,
        "n": n,
        "selected": selected,
        "rate": rate,
        "impact_ratio": ratio,
        "table": table,
    }
    reading = read_sources(file)
    found = recheck_tables(reading.tables, named)
    if xlsx is not None:
        write_file(xlsx, recheck_workbook(found), "--xlsx")
    if pdf is not None:
        look = Look(paper, language, branding_from(branding))
        sheet = recheck_sheet(found, file.name, columns=named, inputs=reading.sources)
        write_file(pdf, typeset_document(sheet, look).pdf, "--pdf")
    emit(answer_of(found), form, out)


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

"""``cloutproof sheets``: review sheets as PDF."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from toolkit.cli.options import Files, Form, MappingFile, ScreenFile
from toolkit.cli.output import Answer, Format, Table, emit
from toolkit.cli.program import program
from toolkit.cli.progress import progress
from toolkit.cli.reading import cohort_from, screen_from

if TYPE_CHECKING:
    from toolkit.sheets.manifest import Manifest

COLUMNS = ("file", "candidate_id", "sha256", "bytes", "content_sha256", "printed_as_code_points")


@program.command()
def sheets(
    files: Files,
    screen: ScreenFile,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder to write into.")],
    kind: Annotated[str, typer.Option(metavar="KIND", help="What the sheets are.")] = "candidate",
    candidate: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help="Only this candidate; repeatable."),
    ] = None,
    title: Annotated[
        str, typer.Option(metavar="TEXT", help="Name of the opening, for the head of the sheet.")
    ] = "Requisition",
    role: Annotated[str, typer.Option(metavar="TEXT", help="The role, for the same place.")] = "",
    names: Annotated[
        bool, typer.Option("--names", help="Show names and links; without it, codes alone.")
    ] = False,
    date: Annotated[
        dt.datetime | None,
        typer.Option(metavar="YYYY-MM-DD", formats=["%Y-%m-%d"], help="Date on the sheets."),
    ] = None,
    paper: Annotated[Literal["a4", "us-letter"], typer.Option(help="Paper.")] = "a4",
    mapping: MappingFile = None,
    form: Form = Format.TABLE,
) -> None:
    """Write review sheets as PDF, and their hashes."""
    from toolkit.sheets.batch import render_sheets
    from toolkit.sheets.requisition import Requisition

    rule = screen_from(screen)
    cohort = cohort_from(files, mapping)
    with progress("Writing sheets") as step:
        manifest = render_sheets(
            cohort,
            rule,
            out,
            kind=kind,
            progress=step,
            candidates=candidate or None,
            requisition=Requisition(title=title, role=role),
            date=date.date() if date else None,
            blind=not names,
            paper=paper,
        )
    emit(answer_of(manifest, out), form)


def answer_of(manifest: Manifest, out: Path) -> Answer:
    sheets = [entry.to_dict() for entry in manifest.sheets]
    written = Table.of("Sheets", sheets, COLUMNS)
    count = "1 sheet" if len(sheets) == 1 else f"{len(sheets):,} sheets"
    said = [f"{count} and manifest.json are in {out}."]
    for candidate_id, characters in manifest.replaced.items():
        said.append(
            f"{candidate_id}: no font here has {', '.join(characters)}; the sheet shows the "
            "code points instead."
        )
    return Answer(manifest.to_dict(), written, said, (Table.of("Sheets", sheets, COLUMNS[:2]),))

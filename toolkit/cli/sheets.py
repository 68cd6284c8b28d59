"""``cloutproof sheets``: review sheets as PDF."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from toolkit.cli.noise_option import Noise, noise_from, require_scores
from toolkit.cli.options import Files, Form, MappingFile, ScreenFile
from toolkit.cli.output import Answer, Format, Table, emit
from toolkit.cli.program import program
from toolkit.cli.progress import progress
from toolkit.cli.reading import cohort_from, screen_from

if TYPE_CHECKING:
    from toolkit.sheets.manifest import Manifest

DAY = ["%Y-%m-%d"]
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
    ] = "",
    role: Annotated[str, typer.Option(metavar="TEXT", help="The role, for the same place.")] = "",
    organisation: Annotated[
        str, typer.Option(metavar="TEXT", help="The employer, for the same place.")
    ] = "",
    rubric: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Criteria to rate, a TOML file; the usual ones."),
    ] = None,
    names: Annotated[
        bool, typer.Option("--names", help="Show names and links; without it, codes alone.")
    ] = False,
    date: Annotated[
        dt.datetime | None,
        typer.Option(metavar="YYYY-MM-DD", formats=DAY, help="Date on the sheets; today."),
    ] = None,
    keep_until: Annotated[
        dt.datetime | None,
        typer.Option(metavar="YYYY-MM-DD", formats=DAY, help="Until when they are kept."),
    ] = None,
    paper: Annotated[Literal["a4", "us-letter"], typer.Option(help="Paper.")] = "a4",
    noise: Noise = None,
    mapping: MappingFile = None,
    form: Form = Format.TABLE,
) -> None:
    """Write review sheets as PDF, and their hashes."""
    from toolkit.influence.score_noise import score_noise
    from toolkit.review.rubric import Rubric
    from toolkit.screening.decisions import decide
    from toolkit.sheets.batch import render_sheets
    from toolkit.sheets.requisition import Requisition

    head = Requisition(
        title=title,
        role=role,
        organisation=organisation,
        retain_until=keep_until.date() if keep_until else None,
    )
    criteria = Rubric.read(rubric) if rubric else None
    rule = screen_from(screen)
    spreads = noise_from(noise)
    cohort = cohort_from(files, mapping)
    require_scores(spreads, cohort)
    with progress("Writing sheets") as step:
        manifest = render_sheets(
            cohort,
            rule,
            out,
            kind=kind,
            progress=step,
            candidates=candidate or None,
            requisition=head,
            rubric=criteria,
            date=date.date() if date else None,
            blind=not names,
            paper=paper,
            noise=score_noise(cohort, decide(cohort, rule), noise=spreads),
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

"""``cloutproof sheets``: review sheets, notices and reports as PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.arrow_memory import give_back_at_once
from toolkit.cli.look_options import BrandingFile, Language, PaperSize, branding_from
from toolkit.cli.noise_option import Noise, noise_from, require_scores
from toolkit.cli.options import Files, Form, MappingFile, ScreenFile
from toolkit.cli.output import Answer, Format, Table, emit
from toolkit.cli.program import program
from toolkit.cli.progress import progress
from toolkit.cli.reading import cohort_from, screen_from
from toolkit.cli.sheet_options import (
    ONLY_FOR,
    AskBy,
    Candidates,
    Categories,
    ContactOption,
    Groups,
    KeepUntil,
    KindOption,
    Laws,
    Names,
    Organisation,
    OutFolder,
    Role,
    SheetDate,
    Stratum,
    day_of,
    only_what_is_heard,
)

if TYPE_CHECKING:
    from toolkit.intake.cohort import Cohort
    from toolkit.review.rubric import Rubric
    from toolkit.sheets.manifest import Manifest
    from toolkit.sheets.plan import SheetOptions

COLUMNS = ("file", "candidate_id", "sha256", "bytes", "content_sha256", "printed_as_code_points")


@program.command()
def sheets(
    files: Files,
    screen: ScreenFile,
    out: OutFolder,
    kind: KindOption = "candidate",
    candidate: Candidates = None,
    title: Annotated[
        str, typer.Option(metavar="TEXT", help="Name of the opening, for the head.")
    ] = "",
    role: Role = "",
    organisation: Organisation = "",
    rubric: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Criteria to rate, a TOML file; the usual ones."),
    ] = None,
    task: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The task that all took, a TOML file.")
    ] = None,
    ratings: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Ratings that reviewers gave.")
    ] = None,
    decisions: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Decisions of people, with reasons.")
    ] = None,
    contact: ContactOption = "",
    ask_by: AskBy = None,
    group: Groups = None,
    stratum: Stratum = None,
    law: Laws = None,
    map_: Categories = None,
    names: Names = False,
    date: SheetDate = None,
    keep_until: KeepUntil = None,
    paper: PaperSize = "a4",
    language: Language = "en",
    branding: BrandingFile = None,
    noise: Noise = None,
    mapping: MappingFile = None,
    form: Form = Format.TABLE,
) -> None:
    """Write review sheets, notices or a report as PDF, and their hashes."""
    from toolkit.cli.statutory import categories_of
    from toolkit.influence.score_noise import score_noise
    from toolkit.review.rubric import Rubric, portfolio_rubric
    from toolkit.review.task import Task
    from toolkit.screening.decisions import decide
    from toolkit.sheets.batch import render_sheets
    from toolkit.sheets.notice_sheet import Contact
    from toolkit.sheets.person_decision import read_decisions
    from toolkit.sheets.plan import SheetOptions, checked_kind
    from toolkit.sheets.requisition import Requisition, task_on_sheet

    given: dict[str, object] = {
        "--candidate": candidate,
        "--rubric": rubric,
        "--task": task,
        "--ratings": ratings,
        "--decisions": decisions,
        "--names": names,
        "--noise": noise,
        "--contact": contact,
        "--ask-by": ask_by,
        "--group": group,
        "--stratum": stratum,
        "--law": law,
        "--map": map_,
    }
    checked_kind(kind)
    only_what_is_heard(kind, given)
    head = Requisition(
        title=title,
        role=role,
        organisation=organisation,
        retain_until=day_of(keep_until),
    )
    if task:
        head = task_on_sheet(head, Task.read(task))
    criteria = Rubric.read(rubric) if rubric else None
    look = branding_from(branding)
    rule = screen_from(screen)
    give_back_at_once()
    spreads = noise_from(noise)
    cohort = cohort_from(files, mapping)
    require_scores(spreads, cohort)
    options = SheetOptions(
        candidates=candidate or None,
        requisition=head,
        rubric=criteria,
        date=day_of(date),
        blind=not names,
        people=read_decisions(decisions, [*cohort.ids]) if decisions else None,
        contact=Contact(contact, day_of(ask_by)),
        groups=group or None,
        stratum=stratum,
        laws=law or None,
        categories=categories_of(map_ or []),
        paper=paper,
        language=language,
        branding=look,
    )
    if ratings:
        _add_ratings(options, kind, ratings, criteria, portfolio_rubric(), cohort)
    with progress("Writing sheets") as step:
        if kind in ONLY_FOR["--noise"]:
            options["noise"] = score_noise(cohort, decide(cohort, rule), noise=spreads)
        manifest = render_sheets(cohort, rule, out, kind=kind, progress=step, **options)
    emit(answer_of(manifest, out), form)


def _add_ratings(
    options: SheetOptions,
    kind: str,
    path: Path,
    rubric: Rubric | None,
    usual: Rubric,
    cohort: Cohort,
) -> None:
    """The ratings as this kind wants them: candidate by candidate, or as one table."""
    from toolkit.review.read_ratings import read_ratings
    from toolkit.sheets.given_reviews import read_reviews, weights_of, without_panel

    with progress("Reading ratings"):
        if kind == "candidate":
            options["reviews"] = read_reviews(path, rubric or usual, [*cohort.ids])
            return
        found = without_panel(read_ratings(path))
        options["ratings"] = found
        options["weights"] = weights_of(found, rubric) if rubric else None


def answer_of(manifest: Manifest, out: Path) -> Answer:
    sheets = [entry.to_dict() for entry in manifest.sheets]
    written = Table.of("Sheets", sheets, COLUMNS)
    what = "document" if any(entry.candidate_id is None for entry in manifest.sheets) else "sheet"
    count = f"1 {what}" if len(sheets) == 1 else f"{len(sheets):,} {what}s"
    said = [f"{count} and manifest.json are in {out}."]
    for name, characters in manifest.replaced.items():
        said.append(
            f"{name}: no font here has {', '.join(characters)}; the sheet shows the "
            "code points instead."
        )
    return Answer(manifest.to_dict(), written, said, (Table.of("Sheets", sheets, COLUMNS[:2]),))

"""``cloutproof sheets``: review sheets, notices and reports as PDF."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from toolkit.cli.look_options import BrandingFile, Language, branding_from
from toolkit.cli.noise_option import Noise, noise_from, require_scores
from toolkit.cli.options import Files, Form, MappingFile, ScreenFile
from toolkit.cli.output import Answer, Format, Table, emit
from toolkit.cli.program import program
from toolkit.cli.progress import progress
from toolkit.cli.reading import cohort_from, screen_from
from toolkit.errors import InputError

if TYPE_CHECKING:
    from toolkit.intake.cohort import Cohort
    from toolkit.review.rubric import Rubric
    from toolkit.sheets.manifest import Manifest
    from toolkit.sheets.plan import SheetOptions

DAY = ["%Y-%m-%d"]
COLUMNS = ("file", "candidate_id", "sha256", "bytes", "content_sha256", "printed_as_code_points")

#: Options that say something to some kinds alone: nobody shall think that they were heard.
_ONLY_FOR = {
    "--candidate": ("candidate", "notice"),
    "--rubric": ("candidate", "cohort", "blank"),
    "--task": ("candidate", "blank"),
    "--ratings": ("candidate", "cohort"),
    "--decisions": ("candidate", "cohort", "notice"),
    "--names": ("candidate", "cohort", "notice"),
    "--noise": ("candidate", "cohort"),
    "--contact": ("notice",),
    "--ask-by": ("notice",),
    "--group": ("audit",),
    "--stratum": ("audit",),
    "--law": ("audit",),
    "--map": ("audit",),
}


@program.command()
def sheets(
    files: Files,
    screen: ScreenFile,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder to write into.")],
    kind: Annotated[
        str, typer.Option(metavar="KIND", help="candidate, cohort, notice, audit or blank.")
    ] = "candidate",
    candidate: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help="Only this candidate; repeatable."),
    ] = None,
    title: Annotated[
        str, typer.Option(metavar="TEXT", help="Name of the opening, for the head.")
    ] = "",
    role: Annotated[str, typer.Option(metavar="TEXT", help="The role, for the same place.")] = "",
    organisation: Annotated[
        str, typer.Option(metavar="TEXT", help="The employer, for the same place.")
    ] = "",
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
    contact: Annotated[
        str, typer.Option(metavar="TEXT", help="Whom a candidate may ask, for notices.")
    ] = "",
    ask_by: Annotated[
        dt.datetime | None,
        typer.Option(metavar="YYYY-MM-DD", formats=DAY, help="Until when, for notices."),
    ] = None,
    group: Annotated[
        list[str] | None,
        typer.Option(metavar="COL", help="Group column of the audit; repeatable; all."),
    ] = None,
    stratum: Annotated[
        str | None, typer.Option(metavar="COL", help="Column that says where people competed.")
    ] = None,
    law: Annotated[
        list[str] | None,
        typer.Option(metavar="KEY", help="Law with tables in the audit; repeatable."),
    ] = None,
    map_: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="VALUE=CATEGORY", help="What a value means to the law; repeatable."
        ),
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
    _only_what_is_heard(kind, given)
    head = Requisition(
        title=title,
        role=role,
        organisation=organisation,
        retain_until=keep_until.date() if keep_until else None,
    )
    if task:
        head = task_on_sheet(head, Task.read(task))
    criteria = Rubric.read(rubric) if rubric else None
    look = branding_from(branding)
    rule = screen_from(screen)
    spreads = noise_from(noise)
    cohort = cohort_from(files, mapping)
    require_scores(spreads, cohort)
    options = SheetOptions(
        candidates=candidate or None,
        requisition=head,
        rubric=criteria,
        date=date.date() if date else None,
        blind=not names,
        people=read_decisions(decisions, [*cohort.ids]) if decisions else None,
        contact=Contact(contact, ask_by.date() if ask_by else None),
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
        if kind in _ONLY_FOR["--noise"]:
            options["noise"] = score_noise(cohort, decide(cohort, rule), noise=spreads)
        manifest = render_sheets(cohort, rule, out, kind=kind, progress=step, **options)
    emit(answer_of(manifest, out), form)


def _only_what_is_heard(kind: str, given: Mapping[str, object]) -> None:
    """Stop where an option was given that this kind has no use for.

    Raises
    ------
    InputError
    """
    for option, value in given.items():
        kinds = _ONLY_FOR[option]
        if value and kind not in kinds:
            raise InputError(
                f"{option} says nothing to --kind {kind}. It is for {', '.join(kinds)}: leave it "
                "out, or choose one of these."
            )


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

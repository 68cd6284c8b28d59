"""``cloutproof verify``: is a document intact, and do its figures follow from the data?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.options import Form, MappingFile, Out
from toolkit.cli.output import Answer, Format, Table, emit, printable
from toolkit.cli.program import BAD_INPUT, program
from toolkit.cli.progress import progress
from toolkit.cli.reading import cohort_from, screen_from
from toolkit.errors import InputError

if TYPE_CHECKING:
    from toolkit.sheets.verification import Verification
    from toolkit.sheets.verify_batch import BatchVerification

DIFFERENCES = ("where", "document", "expected")


@program.command()
def verify(
    document: Annotated[
        Path,
        typer.Argument(metavar="SHEET", help="A PDF, or a folder or ZIP with its manifest.json."),
    ],
    against: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Data its figures should follow from; repeatable."),
    ] = None,
    screen: Annotated[
        Path | None,
        typer.Option(metavar="SCREEN", help="The screen it should speak of; that of its record."),
    ] = None,
    mapping: MappingFile = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Is a document intact, and do its figures follow from the data?"""
    from toolkit.intake.raw_tables import read_sources
    from toolkit.sheets.recomputation import Recomputation
    from toolkit.sheets.verify import verify as verified
    from toolkit.sheets.verify_batch import is_batch, verify_batch

    if not document.exists():
        raise InputError(f"There is no file {document}. Give a document that cloutproof has made.")
    rule = screen_from(screen) if screen else None
    results = None
    if against:
        # Read as the document wants them: candidates, or a table as it stands.
        results = Recomputation(
            lambda: cohort_from(against, mapping), lambda: read_sources(*against)
        )
    if is_batch(document):
        with progress("Checking") as step:
            batch = verify_batch(document, against=results, screen=rule, progress=step)
        emit(batch_answer(batch), form, out)
        _leave(batch.intact, batch.sentence)
    else:
        found = verified(document, against=results, screen=rule)
        emit(answer_of(found), form, out)
        _leave(found.intact, found.sentence)


def _leave(intact: bool, sentence: str) -> None:
    """What is not intact is bad input, and said where complaints are said."""
    if not intact:
        print(f"cloutproof: {printable(sentence)}", file=sys.stderr)
        raise typer.Exit(BAD_INPUT)


def answer_of(found: Verification) -> Answer:
    differences = Table.of("Differences", [one.to_dict() for one in found.differences], DIFFERENCES)
    checks = Table(
        "Checks",
        ("check", "passed", "what was found"),
        [(check.name, check.passed, check.says) for check in found.checks],
    )
    return Answer(found.to_dict(), differences, [found.sentence], (checks, differences))


def batch_answer(found: BatchVerification) -> Answer:
    told = [one.to_dict() for one in found.differences]
    told += [
        {**one.to_dict(), "where": f"{sheet.file}: {one.where}"}
        for sheet in found.sheets
        for one in sheet.differences
    ]
    differences = Table.of("Differences", told, DIFFERENCES)
    broken = Table(
        "Not intact", ("file", "why"), [(sheet.file, sheet.sentence) for sheet in found.broken]
    )
    return Answer(found.to_dict(), differences, [found.sentence], (broken, differences))

"""``cloutproof documents``: what do these portfolio documents say, and what do they claim?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from toolkit.cli.options import Form, Out
from toolkit.cli.output import Answer, Format, Table, emit
from toolkit.cli.program import program
from toolkit.cli.progress import progress
from toolkit.errors import InputError

if TYPE_CHECKING:
    from toolkit.intake.documents.claims import Claims
    from toolkit.intake.documents.document import Document
    from toolkit.intake.issue import Issue

DocumentFiles = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE",
        help="PDF, DOCX, Markdown, text, HTML, JSON Resume or a list of links.",
        show_default=False,
    ),
]
COLUMNS = ("file", "kind", "place", "words", "before", "after", "unit", "relative", "start", "end")


@program.command()
def documents(
    files: DocumentFiles,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """What do these documents say, and which figures do they claim?"""
    from toolkit.intake.documents.claims import find_claims

    read, errors = documents_from(files)
    if not read:
        raise InputError("\n".join(map(str, errors)))
    emit(answer_of(read, [find_claims(one) for one in read], errors), form, out)


def documents_from(files: Sequence[Path]) -> tuple[list[Document], list[Issue]]:
    """Read documents; those that cannot be read are told as issues.

    Raises
    ------
    InputError
        If a file is not there.
    """
    from toolkit.intake.documents.read_document import read_documents

    read: list[Document] = []
    errors: list[Issue] = []
    with progress("Reading") as step:
        for number, path in enumerate(files):
            step(number, len(files))
            try:
                data = path.read_bytes()
            except OSError as error:
                raise InputError(
                    f"{path} cannot be read: {error.strerror}. Check the path."
                ) from error
            found, refused = read_documents([(path.name, data)])
            read += found
            errors += refused
    return read, errors


def answer_of(
    read: Sequence[Document], claims: Sequence[Claims], errors: Sequence[Issue]
) -> Answer:
    data = {
        "documents": [
            {**one.to_dict(), "claims": found.to_dict()}
            for one, found in zip(read, claims, strict=True)
        ],
        "issues": [issue.to_dict() for issue in errors],
    }
    rows = [row for pair in zip(read, claims, strict=True) for row in _rows(*pair)]
    noticed = [issue.to_dict() for one in read for issue in one.issues]
    noticed += [issue.to_dict() for issue in errors]
    summary = [_said(one, found) for one, found in zip(read, claims, strict=True)]
    changes = [row for row in rows if row["kind"] == "change"]
    dates = [row for row in rows if row["kind"] in ("date", "span")]
    tables = (
        Table.of(
            "Changes to check",
            changes,
            ("file", "place", "words", "before", "after", "unit", "relative"),
        ),
        Table.of(
            "Amounts",
            [row for row in rows if row["kind"] == "amount"],
            {"file": "file", "place": "place", "words": "words", "after": "amount", "unit": "unit"},
        ),
        Table.of("Dates", dates, ("file", "place", "words", "start", "end")),
        Table.of("Issues", noticed, ("level", "file", "message")),
    )
    return Answer(data, Table.of("Figures and dates", rows, COLUMNS), summary, tables)


def _said(one: Document, found: Claims) -> str:
    from toolkit.intake.documents.document import FORMS

    pages = "" if one.pages is None else f", {one.pages:,} page{'s' if one.pages != 1 else ''}"
    pictures = f", {one.pictures:,} pictures that were left behind" if one.pictures else ""
    more = "" if found.complete else " (the first of many)"
    return (
        f"{one.name}: {FORMS[one.form]}{pages}, {one.characters:,} characters, "
        f"{len(one.links):,} links{pictures}; {len(found.changes):,} changes, "
        f"{len(found.amounts):,} amounts and {len(found.dates):,} dates to check{more}."
    )


def _rows(one: Document, found: Claims) -> list[dict[str, Any]]:
    empty = dict.fromkeys(COLUMNS)
    rows: list[dict[str, Any]] = []
    for change in found.changes:
        values = change.to_dict()
        rows.append({**empty, **{k: values[k] for k in COLUMNS if k in values}, "kind": "change"})
    for amount in found.amounts:
        said = {"place": amount.place, "words": amount.words, "unit": amount.unit}
        rows.append({**empty, **said, "after": float(amount.value), "kind": "amount"})
    for date in found.dates:
        values = date.to_dict()
        kind = "span" if date.is_span else "date"
        rows.append({**empty, **{k: values[k] for k in COLUMNS if k in values}, "kind": kind})
    return [{**row, "file": one.name} for row in rows]

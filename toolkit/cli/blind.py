"""``cloutproof blind``: blinded copies of portfolio documents."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.documents import DocumentFiles, documents_from
from toolkit.cli.options import Form
from toolkit.cli.output import Answer, Format, Table, emit, printable, write_file
from toolkit.cli.program import program
from toolkit.errors import InputError

if TYPE_CHECKING:
    from toolkit.intake.issue import Issue
    from toolkit.review.blinding.blind import Blinded

COLUMNS = ("file", "written", "kind", "place", "words")


@program.command()
def blind(
    files: DocumentFiles,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder to write into.")],
    name: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Whose documents they are, with nicknames; repeatable."),
    ] = None,
    pronouns: Annotated[
        bool, typer.Option("--pronouns", help="Make English pronouns neutral, too.")
    ] = False,
    form: Form = Format.TABLE,
) -> None:
    """Write blinded copies of one candidate's documents, and list what was taken out."""
    from toolkit.review.blinding.blind import blind_document
    from toolkit.review.blinding.copy_text import copy_text

    read, errors = documents_from(files)
    if not read:
        raise InputError("\n".join(map(str, errors)))
    copies = [blind_document(one, name or (), pronouns=pronouns) for one in read]
    written = [out / f"document-{number}.txt" for number in range(1, len(copies) + 1)]
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"{out} cannot be written: {error.strerror}. Give another folder to --out."
        ) from error
    for path, copy in zip(written, copies, strict=True):
        write_file(path, copy_text(copy).encode(), "--out")
    names = [one.name for one in read]
    for issue in (*(issue for copy in copies for issue in copy.issues), *errors):
        print(f"cloutproof: {printable(str(issue))}", file=sys.stderr)
    emit(answer_of(names, written, copies, errors), form)


def answer_of(
    names: Sequence[str],
    written: Sequence[Path],
    copies: Sequence[Blinded],
    errors: Sequence[Issue],
) -> Answer:
    named = list(zip(names, written, copies, strict=True))
    data = {
        "documents": [
            {"file": name, "written": path.name, **copy.to_dict(words=True)}
            for name, path, copy in named
        ],
        "issues": [issue.to_dict() for issue in errors],
    }
    rows = [
        {"file": name, "written": path.name, **vars(removal)}
        for name, path, copy in named
        for removal in copy.removals
    ]
    total = len(rows)
    said = [
        f"{len(copies):,} blinded {'copy is' if len(copies) == 1 else 'copies are'} in "
        f"{written[0].parent}; {total:,} {'thing was' if total == 1 else 'things were'} taken out.",
        "Read each copy before you hand it out: nicknames and hints are not recognised. This list "
        "says what was taken out, so keep it from reviewers.",
    ]
    return Answer(data, Table.of("Taken out", rows, COLUMNS), said)

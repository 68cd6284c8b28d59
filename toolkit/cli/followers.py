"""``cloutproof followers``: how many of a sample of followers look fake?"""

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
    from toolkit.inflation.followers import Followers


@program.command()
def followers(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A table, one row a sampled follower.")
    ],
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """How many of a sample of followers look fake?"""
    from toolkit.inflation.follower_rows import has_followers
    from toolkit.inflation.followers import followers

    with progress("Reading"):
        table = table_for(file, has_followers, "'followers' and 'following'")
    with progress("Classifying followers"):
        found = followers(table.frame, file=table.file, sheet=table.sheet)
    for issue in (*table.issues, *found.issues):
        if issue.level != "note":
            print(f"cloutproof: {printable(str(issue))}", file=sys.stderr)
    emit(answer_of(found, form), form, out)


def answer_of(found: Followers, form: Format) -> Answer:
    data = found.to_dict(with_rows=form is Format.JSON)
    rows: list[tuple[object, ...]] = []
    if form is Format.CSV:
        fake = [None if p != p else p for p in found.fake.tolist()]
        rows = list(zip(found.rows.tolist(), fake, found.counted.tolist(), strict=True))
    whole = Table("Followers", ("row", "fake", "counted_fake"), rows)
    error = found.error
    figures = Table(
        "How the share comes about",
        ("figure", "value", "standard deviation"),
        [
            ("followers classified", found.n, None),
            ("counted as fake", int(found.counted.sum()), None),
            ("sensitivity of the detector", error.sensitivity, error.sensitivity_sd),
            ("specificity of the detector", error.specificity, error.specificity_sd),
            ("share of fakes, corrected", found.share.share, None),
            ("from", found.share.low, None),
            ("to", found.share.high, None),
            ("distance from the accounts fitted on", found.distance, None),
        ],
    )
    return Answer(data, whole, [found.sentence], (figures,))

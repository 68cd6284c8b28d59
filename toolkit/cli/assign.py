"""``cloutproof assign``: who reviews whom?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.options import Files, Form, Out
from toolkit.cli.output import Answer, Format, Table, emit
from toolkit.cli.program import program
from toolkit.cli.progress import progress
from toolkit.errors import InputError

if TYPE_CHECKING:
    from toolkit.review.assignment import Assignment

COLUMNS = ("reviewer", "position", "candidate_id", "kept")


@program.command()
def assign(
    files: Files,
    reviewer: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Somebody who reviews; repeatable."),
    ] = None,
    each: Annotated[int, typer.Option(metavar="N", min=1, help="Reviews a candidate.")] = 3,
    conflicts: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Candidates and reviewers who must not meet."),
    ] = None,
    keep: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Reviews that were handed out before."),
    ] = None,
    limit: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=N", help="Most reviews of a reviewer; repeatable."),
    ] = None,
    seed: Annotated[str, typer.Option(metavar="TEXT", help="Of the random orders.")] = "1",
    reliability: Annotated[
        float | None,
        typer.Option(metavar="X", help="Dependability of one rating, to plan by."),
    ] = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Who reviews whom? Loads even, no conflict of interest, and everybody comparable."""
    from toolkit.review.assignment import assign
    from toolkit.review.read_design import read_design, read_pairs

    if reliability is not None and not 0 < reliability < 1:
        raise InputError(
            f"--reliability is {reliability:g}. Give the dependability of one rating, between 0 "
            "and 1; published ones of structured interviews are about .44."
        )
    with progress("Reading"):
        design = read_design(*files)
        barred = read_pairs(conflicts) if conflicts else ()
        kept = read_pairs(keep) if keep else design.pairs
    people = reviewer or list(design.reviewers)
    if not people:
        raise InputError("Nobody reviews. Name each reviewer with --reviewer.")
    with progress("Sharing reviews out"):
        found = assign(
            design.candidates,
            people,
            each,
            conflicts=barred,
            kept=kept,
            limits=dict(map(_limit, limit)) if limit else None,
            seed=seed,
        )
    emit(answer_of(found, reliability), form, out)


def answer_of(found: Assignment, reliability: float | None = None) -> Answer:
    from toolkit.review.planning import plan_sentence

    rows = Table.of("Reviews", [one.to_dict() for one in found.reviews], COLUMNS)
    summary = found.sentences()
    if reliability is not None:
        summary.append(plan_sentence(reliability, found.each))
    loads = Table("Loads", ("reviewer", "reviews"), list(found.loads.items()))
    return Answer(found.to_dict(), rows, summary, [loads, rows])


def _limit(text: str) -> tuple[str, int]:
    name, _, number = text.rpartition("=")
    if not name or not number.isdecimal():
        raise InputError(f"--limit '{text}' is not a reviewer and a number. Write it like Ann=12.")
    return name, int(number)

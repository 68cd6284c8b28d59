"""``cloutproof mark``: what did each answer earn, and why?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.options import Files, Form, Out
from toolkit.cli.output import Answer, Format, Table, emit
from toolkit.cli.program import program
from toolkit.cli.progress import progress

if TYPE_CHECKING:
    from toolkit.review.marking import Marking

COLUMNS = ("candidate_id", "item", "given", "points", "of", "why")


@program.command()
def mark(
    files: Files,
    task: Annotated[Path, typer.Option(metavar="FILE", help="The task, a TOML file.")],
    rubric: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Check that it has the criteria of the open items."),
    ] = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """What did each answer to a task earn, and why?"""
    from toolkit.review.marking import mark_table, read_answers
    from toolkit.review.rubric import Rubric
    from toolkit.review.task import Task

    read = Task.read(task)
    if rubric is not None:
        read.check_rubric(Rubric.read(rubric))
    with progress("Marking"):
        found = mark_table(read, read_answers(*files))
    emit(answer_of(found), form, out)


def answer_of(found: Marking) -> Answer:
    each = [
        {"candidate_id": one.candidate_id, **item.to_dict()}
        for one in found.candidates
        for item in one.items
    ]
    totals = [one.to_dict() for one in found.candidates]
    people = "1 candidate" if len(totals) == 1 else f"{len(totals):,} candidates"
    summary = [f"{people} marked; {found.task.points:g} points can be had automatically."]
    by_a_person = sum(len(one.by_a_person) for one in found.candidates)
    if by_a_person:
        summary.append(f"{by_a_person:,} answers are left to a person, each with the reason why.")
    columns = {
        "candidate_id": "candidate",
        "points": "points",
        "of": "of",
        "by_a_person": "for a person",
    }
    return Answer(
        found.to_dict(),
        Table.of("Answers", each, COLUMNS),
        summary,
        [Table.of("Points", totals, columns), Table.of("Answers", each, COLUMNS)],
    )

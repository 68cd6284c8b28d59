"""``cloutproof sweep``: every weight of a score against every cut-off on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer

from toolkit.cli.options import Files, Form, MappingFile, Out, ScreenFile
from toolkit.cli.output import Answer, Format, Table, emit
from toolkit.cli.program import program
from toolkit.cli.progress import progress
from toolkit.cli.reading import cohort_from, screen_from

if TYPE_CHECKING:
    from toolkit.influence.sweep import Sweep
    from toolkit.intake.cohort import Cohort

COLUMNS = (
    "weight",
    "cutoff",
    "selected",
    "flips",
    "evidence",
    "inflated_share",
    "smallest_ratio",
    "current",
)
#: Weights and cut-offs of the table for reading: every so many of the grid.
EVERY = 25


@program.command()
def sweep(
    files: Files,
    screen: ScreenFile,
    score: Annotated[str, typer.Option(metavar="NAME", help="The score to sweep over.")],
    group: Annotated[
        str | None,
        typer.Option(metavar="COL", help="Group attribute for the smallest impact ratio."),
    ] = None,
    mapping: MappingFile = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """What would every weight of a score and every cut-off on it decide?"""
    from toolkit.inflation.inflation import inflation
    from toolkit.influence.sweep import sweep

    rule = screen_from(screen)
    cohort = cohort_from(files, mapping)
    cohort.signal(score, "--score")
    with progress("Deciding with every weight and cut-off") as step:
        found = sweep(
            cohort,
            rule,
            score,
            attribute=group,
            inflated=inflation(cohort).flagged,
            progress=lambda share: step(round(1000 * share), 1000),
        )
    emit(answer_of(cohort, found), form, out)


def answer_of(cohort: Cohort, found: Sweep) -> Answer:
    from toolkit.influence.wording import sweep_headline

    data = found.to_dict()
    whole = Table.of("Screens", found.records(), COLUMNS)
    rows = range(0, found.weights.size, EVERY)
    columns = range(0, found.cutoffs.size, EVERY)
    titles = ["weight", *(_cutoff(found.cutoffs[column]) for column in columns)]
    flips = [
        [f"{found.weights[row]} %", *(int(found.flips[row, column]) for column in columns)]
        for row in rows
    ]
    label = cohort.about[found.score].label
    reading = Table(f"Flips against the screen without scores, by weight of {label}", titles, flips)
    return Answer(data, whole, [sweep_headline(label, found)], (reading,))


def _cutoff(value: float) -> str:
    return "no cut-off" if np.isinf(value) else f"at least {value:,g}"

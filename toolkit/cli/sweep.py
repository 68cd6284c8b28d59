"""``cloutproof sweep``: every weight of a score and cut-off on it, or those of two scores."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer

from toolkit.cli.options import Files, Form, MappingFile, Out, ScreenFile
from toolkit.cli.output import Answer, Format, Table, emit
from toolkit.cli.program import program
from toolkit.cli.progress import progress
from toolkit.cli.reading import cohort_from, screen_from
from toolkit.errors import InputError

if TYPE_CHECKING:
    from toolkit.influence.sweep import Sweep
    from toolkit.influence.sweep_pair import PairSweep
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
PAIR_COLUMNS = ("first", "second", *COLUMNS[2:])
#: Weights and cut-offs of the table for reading: every so many of the grid.
EVERY = 25
PAIR_EVERY = 10


class Dials(StrEnum):
    """What is turned of two scores."""

    WEIGHTS = "weights"
    CUTOFFS = "cutoffs"


@program.command()
def sweep(
    files: Files,
    screen: ScreenFile,
    score: Annotated[
        list[str], typer.Option(metavar="NAME", help="The score to sweep over; or two of them.")
    ],
    by: Annotated[
        Dials,
        typer.Option(
            case_sensitive=False, help="With two scores: their weights or their cut-offs."
        ),
    ] = Dials.WEIGHTS,
    group: Annotated[
        str | None,
        typer.Option(metavar="COL", help="Group attribute for the smallest impact ratio."),
    ] = None,
    mapping: MappingFile = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """What would every weight of a score and cut-off on it decide? Or those of two scores?"""
    from toolkit.inflation.inflation import inflation
    from toolkit.influence.sweep import sweep
    from toolkit.influence.sweep_pair import sweep_pair

    if len(score) > 2:
        raise InputError(f"--score was given {len(score)} times. Give one score, or two.")
    rule = screen_from(screen)
    cohort = cohort_from(files, mapping)
    for name in score:
        cohort.signal(name, "--score")
    found = inflation(cohort)
    # Where no detector had facts about anybody, nobody can be suspected; that is no share of 0.
    judged = found.flagged if bool((~np.isnan(found.suspicion)).any()) else None
    with progress("Deciding with every weight and cut-off") as step:

        def tell(share: float) -> None:
            step(round(1000 * share), 1000)

        if len(score) == 1:
            one = sweep(cohort, rule, score[0], attribute=group, inflated=judged, progress=tell)
            answer = answer_of(cohort, one)
        else:
            pair = sweep_pair(
                cohort,
                rule,
                *score,
                by=by.value,
                attribute=group,
                inflated=judged,
                progress=tell,
            )
            answer = pair_answer(cohort, pair)
    emit(answer, form, out)


def pair_answer(cohort: Cohort, found: PairSweep) -> Answer:
    from toolkit.influence.wording import pair_headline

    labels = (cohort.about[found.scores[0]].label, cohort.about[found.scores[1]].label)
    whole = Table.of("Screens", found.records(), PAIR_COLUMNS)
    rows = range(0, found.first.size, PAIR_EVERY)
    columns = range(0, found.second.size, PAIR_EVERY)
    name = _percent if found.by == "weights" else _cutoff
    what = "weight" if found.by == "weights" else "cut-off"
    titles = [labels[0], *(name(found.second[column]) for column in columns)]
    flips = [
        [
            name(found.first[row]),
            *(
                int(found.figures.flips[row, column]) if found.possible[row, column] else None
                for column in columns
            ),
        ]
        for row in rows
    ]
    title = (
        f"Flips against the screen without scores, by {what} of {labels[0]} (down) and "
        f"{labels[1]} (across)"
    )
    reading = Table(title, titles, flips)
    return Answer(found.to_dict(), whole, [pair_headline(labels, found)], (reading,))


def _percent(value: float) -> str:
    return f"{value:g} %"


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

"""``cloutproof sweep``: every weight of a score and cut-off on it, or those of two scores."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer

from toolkit.cli.many_rows import rows_of
from toolkit.cli.options import Form, MappingFile, Out, ScreenFile
from toolkit.cli.output import Answer, Format, Table, emit
from toolkit.cli.program import program
from toolkit.cli.progress import progress, share_of
from toolkit.cli.reading import cohort_from, screen_from
from toolkit.cli.scale_options import (
    EngineName,
    Explain,
    FilesOrSql,
    IdColumn,
    Master,
    SetAside,
    Sql,
    TrustCodes,
)
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
#: Cut-offs of the table for reading, where there are many.
COLUMNS_READ = 5
CUTOFFS, MOST_CUTOFFS = 100, 2048


class Dials(StrEnum):
    """What is turned of two scores."""

    WEIGHTS = "weights"
    CUTOFFS = "cutoffs"


@program.command()
def sweep(
    screen: ScreenFile,
    score: Annotated[
        list[str], typer.Option(metavar="NAME", help="The score to sweep over; or two of them.")
    ],
    files: FilesOrSql = None,
    sql: Sql = None,
    by: Annotated[
        Dials,
        typer.Option(
            case_sensitive=False, help="With two scores: their weights or their cut-offs."
        ),
    ] = Dials.WEIGHTS,
    cutoffs: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            max=MOST_CUTOFFS,
            help=f"With one score: how many cut-offs at most; {CUTOFFS} if not given.",
        ),
    ] = None,
    group: Annotated[
        str | None,
        typer.Option(metavar="COL", help="Group attribute for the smallest impact ratio."),
    ] = None,
    mapping: MappingFile = None,
    engine: EngineName = None,
    id_column: IdColumn = "candidate_id",
    set_aside: SetAside = False,
    trust_codes: TrustCodes = False,
    master: Master = None,
    explain: Explain = False,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """What would every weight of a score and cut-off on it decide? Or those of two scores?"""
    if len(score) > 2:
        raise InputError(f"--score was given {len(score)} times. Give one score, or two.")
    if len(score) == 2 and cutoffs is not None:
        raise InputError("--cutoffs goes with one score. Leave it out, or name one score.")
    rows = rows_of(
        files, engine, set_aside=set_aside, master=master, sql=sql, trust_codes=trust_codes
    )
    values = cutoffs or CUTOFFS
    if rows is not None:
        from toolkit.cli.sweep_at_scale import plan, sweep_at_scale

        if mapping or len(score) > 1:
            raise InputError(
                "An engine goes through one score, and takes columns by their names: leave out "
                "--mapping and the second --score."
            )
        rule = screen_from(screen)
        if explain:
            emit(plan(rows, rule, score[0], group, id_column), form, out)
            return
        answer = rows.tried(
            lambda rows: sweep_at_scale(rows, rule, score[0], values, group, id_column)
        )
        emit(answer, form, out)
        return
    if explain:
        raise InputError("--explain belongs to an engine: add --engine.")
    from toolkit.inflation.inflation import inflation
    from toolkit.influence.sweep import sweep
    from toolkit.influence.sweep_pair import sweep_pair

    rule = screen_from(screen)
    cohort = cohort_from(files or [], mapping)
    for name in score:
        cohort.signal(name, "--score")
    found = inflation(cohort)
    # Where no detector had facts about anybody, nobody can be suspected; that is no share of 0.
    judged = found.flagged if bool((~np.isnan(found.suspicion)).any()) else None
    with progress("Deciding with every weight and cut-off") as step:
        tell = share_of(step)
        if len(score) == 1:
            one = sweep(
                cohort,
                rule,
                score[0],
                values=values,
                attribute=group,
                inflated=judged,
                progress=tell,
            )
            answer = answer_of(cohort.about[score[0]].label, one)
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


def answer_of(label: str, found: Sweep) -> Answer:
    """One score's sweep."""
    from toolkit.influence.wording import sweep_headline

    whole = Table.of("Screens", found.records(), COLUMNS)
    return Answer(found.to_dict(), whole, [sweep_headline(label, found)], (coarse(label, found),))


def coarse(label: str, found: Sweep) -> Table:
    """Flips by some of the weights and cut-offs."""
    rows = range(0, found.weights.size, EVERY)
    columns = range(0, found.cutoffs.size, max(EVERY, found.cutoffs.size // COLUMNS_READ))
    titles = ["weight", *(_cutoff(found.cutoffs[column]) for column in columns)]
    flips = [
        [f"{found.weights[row]} %", *(int(found.flips[row, column]) for column in columns)]
        for row in rows
    ]
    return Table(f"Flips against the screen without scores, by weight of {label}", titles, flips)


def _cutoff(value: float) -> str:
    return "no cut-off" if np.isinf(value) else f"at least {value:,g}"

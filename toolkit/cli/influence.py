"""``cloutproof influence``: what does each score change?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.options import Form, MappingFile, Out, ScreenFile
from toolkit.cli.output import Answer, Format, Table, emit
from toolkit.cli.program import program
from toolkit.cli.progress import progress, share_of
from toolkit.cli.reading import cohort_from, screen_from
from toolkit.cli.scale_options import (
    EngineName,
    Explain,
    FilesOrSql,
    GroupColumns,
    IdColumn,
    Master,
    SetAside,
    Sql,
    TrustCodes,
    rows_of,
)
from toolkit.errors import InputError

if TYPE_CHECKING:
    from toolkit.influence.frontier import Frontier
    from toolkit.influence.influence import Influence, SignalInfluence
    from toolkit.intake.cohort import Cohort

WEIGHTS = ("nominal_weight", "effective_weight", "shapley_share", "shapley_rank_share")
CHANGES = ("flips", "gained", "lost", "rank_correlation_without")
COLUMNS = ("signal", "is_score", *WEIGHTS, *CHANGES)
#: Columns for reading, with their titles.
READING = {
    "signal": "signal",
    "nominal_weight": "nominal weight",
    "effective_weight": "effective weight",
    "flips": "flips",
    "rank_correlation_without": "rank correlation without",
}


@program.command()
def influence(
    screen: ScreenFile,
    files: FilesOrSql = None,
    sql: Sql = None,
    score: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A signal that counts as a score; repeatable."),
    ] = None,
    attribution: Annotated[
        bool, typer.Option("--attribution", help="Share the decisions out among the signals too.")
    ] = False,
    rank_attribution: Annotated[
        bool,
        typer.Option("--rank-attribution", help="Share the ranks out among the signals too."),
    ] = False,
    frontier: Annotated[
        str | None,
        typer.Option(
            metavar="A,B",
            help="Two signals moved together until one candidate's decision flips: --candidate.",
        ),
    ] = None,
    candidate: Annotated[
        str | None, typer.Option(metavar="ID", help="The candidate of --frontier.")
    ] = None,
    mapping: MappingFile = None,
    engine: EngineName = None,
    group: GroupColumns = None,
    id_column: IdColumn = "candidate_id",
    set_aside: SetAside = False,
    trust_codes: TrustCodes = False,
    master: Master = None,
    explain: Explain = False,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """What does each score change?"""
    rows = rows_of(
        files, engine, set_aside=set_aside, master=master, sql=sql, trust_codes=trust_codes
    )
    if rows is not None:
        from toolkit.cli.influence_at_scale import influence_at_scale, plan

        if mapping or rank_attribution or frontier or candidate:
            raise InputError(
                "An engine counts and does not look at single candidates: leave out --mapping, "
                "--rank-attribution, --frontier and --candidate."
            )
        rule = screen_from(screen)
        if explain:
            emit(plan(rows, rule, id_column, attribution=attribution), form, out)
            return
        answer = rows.tried(
            lambda rows: influence_at_scale(
                rows, rule, score or None, group or [], id_column, attribution=attribution
            )
        )
        emit(answer, form, out)
        return
    if group or explain:
        raise InputError("--group and --explain belong to an engine: add --engine.")
    from toolkit.influence.frontier import frontier as frontier_of
    from toolkit.influence.influence import influence

    rule = screen_from(screen)
    together = None if frontier is None else _two_signals(frontier)
    if (together is None) != (candidate is None):
        raise InputError("--frontier A,B and --candidate ID go together. Give both, or neither.")
    cohort = cohort_from(files or [], mapping)
    with progress("Removing each signal in turn") as step:
        found = influence(
            cohort,
            rule,
            score or None,
            attribution=attribution,
            rank_attribution=rank_attribution,
            progress=share_of(step),
        )
        answer = answer_of(cohort, found)
        if together is not None and candidate is not None:
            pairs = frontier_of(cohort, found.decisions, candidate, *together)
            answer = with_frontier(answer, pairs)
    emit(answer, form, out)


def answer_of(cohort: Cohort, found: Influence) -> Answer:
    from toolkit.influence.wording import headline, signal_sentence

    records = [
        {"signal": name, **signal.to_dict(), **_bought(signal)}
        for name, signal in found.signals.items()
    ]
    bought = list(_bought(next(iter(found.signals.values())))) if found.signals else []
    whole = Table.of("Signals", records, COLUMNS + tuple(bought))
    shares = {} if found.attribution is None else {"shapley_share": "share of the decisions"}
    if found.rank_attribution is not None:
        shares |= {"shapley_rank_share": "share of the ranks"}
    reading = Table.of(
        "What each signal changes",
        records,
        READING | shares | {b: f"seats for +{b.rpartition('_')[2]}" for b in bought},
    )
    moves = Table(
        "Who moves", ("without", "candidate", "name", "change"), list(_moves(cohort, found))
    )
    summary = [headline(found)]
    if len(found.scores) > 1:
        summary += [signal_sentence(found, found.signals[name]) for name in found.scores]
    return Answer(found.to_dict(), whole, summary, (reading, moves))


def _two_signals(text: str) -> tuple[str, str]:
    names = [name.strip() for name in text.split(",")]
    if len(names) != 2 or not all(names):
        raise InputError(
            f"--frontier {text}: expected two signals with a comma between them, such as "
            "klout,kred_influence."
        )
    return names[0], names[1]


def with_frontier(answer: Answer, found: Frontier) -> Answer:
    """The answer with the frontier in its JSON and tables; its pairs are the CSV."""
    from toolkit.influence.frontier_wording import frontier_sentences

    first, second = found.first, found.second
    pairs = Table(
        f"Changes of {first.label} and {second.label} that flip the decision on "
        f"{found.candidate_id}",
        (first.name, second.name),
        found.pairs.tolist(),
    )
    assert isinstance(answer.data, Mapping)
    data = {**answer.data, "frontier": found.to_dict()}
    summary = [*answer.summary, *(f"{found.candidate_id}: {s}" for s in frontier_sentences(found))]
    return Answer(data, pairs, summary, (*(answer.tables or ()), pairs))


def _bought(signal: SignalInfluence) -> dict[str, int]:
    return {f"seats_bought_{rise}": seats for rise, seats in signal.seats_bought.items()}


def _moves(cohort: Cohort, found: Influence) -> Iterator[tuple[str, str, str, str]]:
    for name in found.scores:
        signal = found.signals[name]
        for candidate in signal.gained:
            yield name, candidate, cohort.name_of(candidate), "loses the place"
        for candidate in signal.lost:
            yield name, candidate, cohort.name_of(candidate), "gains a place"

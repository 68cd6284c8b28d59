"""``cloutproof ranking``: who comes out ahead in a structured review, and how sure is that?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.options import Files, Form, Out
from toolkit.cli.output import Answer, Format, Table, emit
from toolkit.cli.program import program
from toolkit.cli.progress import progress
from toolkit.errors import InputError

if TYPE_CHECKING:
    from toolkit.review.ranking import Ranking

COLUMNS = {
    "candidate_id": "candidate",
    "taken": "taken",
    "rank": "rank",
    "total": "total",
    "reviewers": "reviewers",
    "adjusted_total": "adjusted",
    "probability_in_top": "in top",
    "rank_low": "rank from",
    "rank_high": "to",
    "tier": "tier",
}


@program.command()
def ranking(
    files: Files,
    places: Annotated[int, typer.Option(metavar="N", min=1, help="How many are taken.")],
    weight: Annotated[
        list[str] | None,
        typer.Option(metavar="CRITERION=X", help="Weight of a criterion; repeatable."),
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", help="Of the draws.")] = 0,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Who comes out ahead in a structured review, and how sure is that?"""
    from toolkit.review.ranking import rank_candidates
    from toolkit.review.read_ratings import read_ratings

    weights = dict(map(_weight, weight)) if weight else None
    with progress("Reading"):
        ratings = read_ratings(*files)
    with progress("Ranking"):
        found = rank_candidates(ratings, places, weights, seed=seed)
    emit(answer_of(found), form, out)


def answer_of(found: Ranking) -> Answer:
    from toolkit.review.ranking_wording import headline

    data = found.to_dict()
    records = found.records()
    return Answer(
        data,
        Table.of("Ranking", records, list(COLUMNS)),
        [headline(found)],
        [Table.of("Ranking", records, COLUMNS)],
    )


def _weight(text: str) -> tuple[str, float]:
    name, _, number = text.rpartition("=")
    try:
        value = float(number)
    except ValueError:
        value = float("nan")
    if not name or not 0 <= value < float("inf"):
        raise InputError(
            f"--weight '{text}' is not a criterion and its weight. Write it like design=2."
        )
    return name, value

"""``cloutproof stress``: how do the decisions bear what happens to scores?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.options import Files, Form, MappingFile, Out, ScreenFile
from toolkit.cli.output import Answer, Format, Table, emit
from toolkit.cli.program import program
from toolkit.cli.progress import progress
from toolkit.cli.reading import cohort_from, screen_from
from toolkit.errors import InputError

if TYPE_CHECKING:
    from toolkit.influence.stress import Stress
    from toolkit.intake.cohort import Cohort

SHARES = ("candidate_id", "selected", "selected_share", "standard_error", "too_close_to_call")
RESCALED = {
    "signal": "score",
    "date": "date",
    "kind": "change",
    "amount": "by",
    "threshold_moved": "threshold moved",
    "flips": "flips",
    "clipped": "met the end of the scale",
}
CAMPAIGNS = {
    "followers": "followers bought",
    "seats_bought": "could buy a place",
    "displaced": "who would lose it",
}
ABSENT = {"signal": "score", "share": "share missing", "expected_flips": "expected flips"}


@program.command()
def stress(
    files: Files,
    screen: ScreenFile,
    draws: Annotated[int, typer.Option(metavar="N", min=1, help="Draws of the noise.")] = 1000,
    seed: Annotated[int, typer.Option(metavar="N", min=0, help="Seed of the draws.")] = 0,
    noise: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=SD", help="Standard deviation of a score's noise; repeatable."),
    ] = None,
    campaign: Annotated[
        list[int] | None,
        typer.Option(metavar="N", min=1, help="Followers to buy; repeatable."),
    ] = None,
    absent: Annotated[
        float,
        typer.Option(metavar="SHARE", min=0, max=1, help="Share of scores that go missing."),
    ] = 0.2,
    mapping: MappingFile = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """How do the decisions bear rescaling, noise, bought followers and missing scores?"""
    from toolkit.influence.stress import CAMPAIGNS as USUAL
    from toolkit.influence.stress import stress

    rule = screen_from(screen)
    spreads = dict(_named_figure(text) for text in noise or ())
    cohort = cohort_from(files, mapping)
    for name in spreads:
        cohort.signal(name, "--noise")
    with progress("Drawing the scores again") as step:
        found = stress(
            cohort,
            rule,
            draws=draws,
            seed=seed,
            noise=spreads,
            campaigns=campaign or USUAL,
            absent=absent,
            progress=lambda share: step(round(1000 * share), 1000),
        )
    emit(answer_of(cohort, found), form, out)


def _named_figure(text: str) -> tuple[str, float]:
    name, _, figure = text.partition("=")
    try:
        value = float(figure)
    except ValueError:
        value = -1.0
    if not name or not 0 <= value < float("inf"):
        raise InputError(
            f"--noise {text}: expected a score and a standard deviation of 0 or more, for "
            "instance --noise klout=2.5."
        )
    return name, value


def answer_of(cohort: Cohort, found: Stress) -> Answer:
    from toolkit.influence.wording import stress_headline

    data = found.to_dict()
    records = data["noise"]["decisions"]  # type: ignore[index]
    close = [record for record in records if record["too_close_to_call"]]
    names = [record | {"name": cohort.name_of(record["candidate_id"])} for record in close]
    tables = [
        Table.of("The provider rescales", data["rescale"], RESCALED),  # type: ignore[arg-type]
        Table.of("Too close to call", names, ("candidate_id", "name", *SHARES[1:4])),
        Table.of("Bought followers", data["bought_followers"], CAMPAIGNS),  # type: ignore[arg-type]
        Table.of("Scores gone missing", data["absence"], ABSENT),  # type: ignore[arg-type]
    ]
    whole = Table.of("Decisions under noise", records, SHARES)
    return Answer(data, whole, stress_headline(found), [t for t in tables if t.rows])

"""``cloutproof stress``: how do the decisions bear what happens to scores?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.noise_option import Noise, noise_from, require_scores
from toolkit.cli.options import Files, Form, MappingFile, Out, ScreenFile
from toolkit.cli.output import Answer, Format, Table, emit
from toolkit.cli.program import program
from toolkit.cli.progress import progress, share_of
from toolkit.cli.reading import cohort_from, screen_from
from toolkit.errors import InputError

if TYPE_CHECKING:
    from toolkit.influence.stress import Stress
    from toolkit.intake.cohort import Cohort
    from toolkit.scores.score import Rescaling

SHARES = (
    "candidate_id",
    "selected",
    "selected_share",
    "selected_share_low",
    "selected_share_high",
    "standard_error",
    "too_close_to_call",
)
CLOSE = {
    "candidate_id": "candidate_id",
    "name": "name",
    "selected": "selected",
    "selected_share": "selected in",
    "selected_share_low": "from",
    "selected_share_high": "to",
}
RESCALED = {
    "signal": "score",
    "date": "date",
    "change": "change",
    "threshold_moved": "threshold moved",
    "flips": "flips",
    "clipped": "met the end of the scale",
}
CAMPAIGNS = {
    "followers": "followers bought",
    "seats_bought": "could buy a place",
    "displaced": "who would lose it",
}
BOUGHT_BY = {
    "candidate_id": "candidate_id",
    "followers": "followers bought",
    "scores": "scores",
    "rank": "rank",
    "rank_after": "rank then",
    "selected": "selected",
    "selected_after": "selected then",
    "displaced": "who would lose the place",
}
ABSENT = {
    "signal": "score",
    "share": "share missing",
    "expected_flips": "expected flips",
    "expected_flips_low": "from",
    "expected_flips_high": "to",
    "without_profile": "flips if missing without a known account",
}


@program.command()
def stress(
    files: Files,
    screen: ScreenFile,
    draws: Annotated[int, typer.Option(metavar="N", min=1, help="Draws of the noise.")] = 1000,
    seed: Annotated[int, typer.Option(metavar="N", min=0, help="Seed of the draws.")] = 0,
    noise: Noise = None,
    campaign: Annotated[
        list[int] | None,
        typer.Option(metavar="N", min=1, help="Followers to buy; repeatable."),
    ] = None,
    buyer: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Candidate to follow through campaigns; repeatable."),
    ] = None,
    rescale: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=CHANGE",
            help="A change to try: -10, x1.1, x1.1-4 or 30:25,60:50,90:88; repeatable.",
        ),
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
    spreads = noise_from(noise)
    supposed = _named_changes(rescale or ())
    cohort = cohort_from(files, mapping)
    require_scores(spreads, cohort)
    for name in supposed:
        cohort.signal(name, "--rescale")
    with progress("Drawing the scores again") as step:
        found = stress(
            cohort,
            rule,
            draws=draws,
            seed=seed,
            noise=spreads,
            campaigns=campaign or USUAL,
            buyers=buyer or (),
            rescalings=supposed,
            absent=absent,
            progress=share_of(step),
        )
    emit(answer_of(cohort, found), form, out)


def _named_changes(texts: Sequence[str]) -> dict[str, list[Rescaling]]:
    from toolkit.scores.rescaling_text import rescaling_from_text

    found: dict[str, list[Rescaling]] = {}
    for text in texts:
        name, equals, change = text.partition("=")
        try:
            if not name or not equals:
                raise InputError("expected NAME=CHANGE, for instance klout=-10.")
            found.setdefault(name, []).append(rescaling_from_text(change))
        except InputError as error:
            raise InputError(f"--rescale {text}: {error}") from error
    return found


def answer_of(cohort: Cohort, found: Stress) -> Answer:
    from toolkit.influence.noise import FEWEST_TO_CALL
    from toolkit.influence.wording import stress_headline
    from toolkit.scores.rescaling_text import rescaling_in_words

    data = found.to_dict()
    records = data["noise"]["decisions"]  # type: ignore[index]
    enough = found.noise.draws >= FEWEST_TO_CALL
    close = [record for record in records if record["too_close_to_call"] and enough]
    names = [record | {"name": cohort.name_of(record["candidate_id"])} for record in close]
    changes = [
        one.to_dict()
        | {"date": one.rescaling.date or "supposed", "change": rescaling_in_words(one.rescaling)}
        for one in found.rescale
    ]
    bought_by = [
        one.to_dict()
        | {"scores": ", ".join(f"{n} {b:,g} → {a:,g}" for n, (b, a) in one.moved.items()) or "–"}
        for one in found.bought_by
    ]
    absent = [
        one.to_dict()
        | {"without_profile": None if one.without_profile is None else one.without_profile.flips}
        for one in found.absence
    ]
    tables = [
        Table.of("The provider rescales", changes, RESCALED),
        Table.of("Too close to call", names, CLOSE),
        Table.of("Bought followers", data["bought_followers"], CAMPAIGNS),  # type: ignore[arg-type]
        Table.of("Bought followers, one candidate", bought_by, BOUGHT_BY),
        Table.of("Scores gone missing", absent, ABSENT),
    ]
    whole = Table.of("Decisions under noise", records, SHARES)
    return Answer(data, whole, stress_headline(found), [t for t in tables if t.rows])

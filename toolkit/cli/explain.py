"""``cloutproof explain``: why was this candidate taken forward, or not?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.noise_option import Noise, noise_from, require_scores
from toolkit.cli.options import Files, Form, MappingFile, Out, ScreenFile
from toolkit.cli.output import Answer, Format, Table, emit
from toolkit.cli.program import program
from toolkit.cli.progress import progress
from toolkit.cli.reading import cohort_from, screen_from

if TYPE_CHECKING:
    from toolkit.influence.explanation import Explanation

COLUMNS = (
    "signal",
    "label",
    "role",
    "value",
    "nominal_weight",
    "effective_weight",
    "part",
    "standard_error",
    "selected_without",
    "margin",
)


@program.command()
def explain(
    files: Files,
    screen: ScreenFile,
    candidate: Annotated[
        str, typer.Option("--candidate", metavar="CODE", help="Whose decision to explain.")
    ],
    draws: Annotated[
        int, typer.Option(metavar="N", min=0, help="Draws of the scores' noise; 0 for none.")
    ] = 1000,
    seed: Annotated[int, typer.Option(metavar="N", min=0, help="Seed of the draws.")] = 0,
    noise: Noise = None,
    with_inflation: Annotated[
        bool,
        typer.Option("--inflation", help="Say too whether a score is suspected to be inflated."),
    ] = False,
    mapping: MappingFile = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Why was this candidate taken forward, or not?"""
    from toolkit.inflation.inflation import inflation
    from toolkit.influence.explain import explain

    rule = screen_from(screen)
    spreads = noise_from(noise)
    cohort = cohort_from(files, mapping)
    require_scores(spreads, cohort)
    with progress("Explaining the decision") as step:
        found = explain(
            cohort,
            rule,
            candidate,
            draws=draws,
            seed=seed,
            noise=spreads,
            inflation=inflation(cohort) if with_inflation else None,
            progress=lambda share: step(round(1000 * share), 1000),
        )
    emit(answer_of(found), form, out)


def answer_of(found: Explanation) -> Answer:
    from toolkit.influence.explanation_wording import (
        circumstances,
        headline,
        inflation_sentences,
        noise_sentence,
        other_sentences,
        part_sentences,
        score_sentences,
        spread_sentences,
    )

    said = [headline(found), *circumstances(found), *score_sentences(found)]
    said += [*other_sentences(found), *part_sentences(found)]
    if found.noise is not None:
        labels = {one.signal: one.label for one in found.signals}
        said += [noise_sentence(found.noise), *spread_sentences(found.noise.spreads, labels)]
    said += inflation_sentences(found)
    records = [vars(one) for one in found.signals]
    whole = Table.of("Signals", records, COLUMNS)
    titles = (
        "signal",
        "value",
        "part",
        "decision without it",
        "what would change the decision",
    )
    reading = Table("Signal by signal", titles, list(_rows(found)))
    return Answer(found.to_dict(), whole, said, (reading,))


def _rows(found: Explanation) -> Iterator[tuple[object, ...]]:
    from toolkit.influence.explanation_wording import part_of, reason_margin
    from toolkit.influence.wording import quantity

    parts = {step.signal: part_of(step) for step in found.steps if step.signal}
    for one in found.signals:
        flips = one.selected_without != found.selected
        yield (
            f"{one.label} ({one.role})",
            None if one.value is None else quantity(one.value, one.decimals),
            parts.get(one.signal),
            ("selected" if one.selected_without else "not selected") if flips else "the same",
            reason_margin(found, one),
        )

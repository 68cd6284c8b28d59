"""``cloutproof worth``: does a score say anything about the work?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.options import Files, Form, MappingFile, Out
from toolkit.cli.output import Answer, Format, Table, emit
from toolkit.cli.program import program
from toolkit.cli.progress import progress
from toolkit.cli.reading import cohort_from, screen_from

if TYPE_CHECKING:
    from toolkit.influence.reference_validities import Reference
    from toolkit.influence.worth_result import Worth


@program.command()
def worth(
    files: Files,
    screen: Annotated[
        Path | None,
        typer.Option("--screen", metavar="SCREEN", help="The screen, a TOML file."),
    ] = None,
    score: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A signal to measure; repeatable."),
    ] = None,
    outcome: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="What to measure it against; repeatable."),
    ] = None,
    base_rate: Annotated[
        float | None,
        typer.Option(
            metavar="SHARE",
            help="Share of all candidates who would do well; 0.5, or of a result with two values "
            "the share with the higher one.",
        ),
    ] = None,
    selection_ratio: Annotated[
        float | None,
        typer.Option(metavar="SHARE", help="Share who are selected; the screen's, or 0.2."),
    ] = None,
    mapping: MappingFile = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Does a score say anything about the work?"""
    from toolkit.influence.worth import worth

    rule = None if screen is None else screen_from(screen)
    cohort = cohort_from(files, mapping)
    with progress("Measuring scores against results") as step:
        found = worth(
            cohort,
            rule,
            score or None,
            outcome or None,
            base_rate=base_rate,
            selection_ratio=selection_ratio,
            progress=lambda share: step(round(1000 * share), 1000),
        )
    emit(answer_of(found), form, out)


def answer_of(found: Worth) -> Answer:
    from toolkit.influence.worth_wording import explained_sentence, headline, sentences

    records = found.rows()
    whole = Table.of("Scores against results", records, list(records[0]))
    summary = [headline(found)]
    summary += [explained_sentence(score) for score in found.scores.values()]
    if len(found.pairs) > 1:
        summary.append(
            "Each interval holds for itself: of twenty unrelated pairs, about one would leave "
            "zero out by chance."
        )
    said = Table(
        "In words",
        ("score", "against", ""),
        [
            (one.score_label, one.criterion_label, sentence)
            for one in found.pairs
            for sentence in sentences(found, one)
        ],
    )
    return Answer(
        found.to_dict(), whole, summary, (_reading(found), said, _published(found.reference))
    )


def _reading(found: Worth) -> Table:
    from toolkit.influence.worth_wording import share_with_interval, with_interval

    columns = ("score", "against", "n", "Pearson", "Spearman", "Kendall", "corrected", "added")
    rows = [
        (
            one.score_label,
            one.criterion_label,
            one.correlations.n,
            with_interval(one.correlations.pearson),
            with_interval(one.correlations.spearman),
            with_interval(one.correlations.kendall),
            with_interval(one.restriction.corrected),
            share_with_interval(one.incremental.gain),
        )
        for one in found.pairs
    ]
    return Table("Scores against results, with 95 % intervals", columns, rows)


def _published(reference: Reference) -> Table:
    from toolkit.influence.worth_wording import coefficient

    def rows() -> Iterator[tuple[str, str, str]]:
        for one in reference.methods:
            older = one.validity.get("1998")
            yield (
                one.label,
                "–" if older is None else coefficient(older),
                coefficient(one.validity["2022"]),
            )
        for other in reference.ranges:
            yield other.label, "–", f"{coefficient(other.low)} to {coefficient(other.high)}"

    return Table(
        f"Published validities of other methods. {reference.dispute} {reference.caution}",
        ("method", "1998", "2022"),
        list(rows()),
    )

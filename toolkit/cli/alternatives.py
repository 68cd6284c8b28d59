"""``cloutproof alternatives``: which other weights are as valid and select groups more alike?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.options import Files, Form, MappingFile, Out, ScreenFile
from toolkit.cli.output import Answer, Format, Table, emit
from toolkit.cli.program import program
from toolkit.cli.progress import progress
from toolkit.cli.reading import cohort_from, screen_from
from toolkit.errors import InputError

if TYPE_CHECKING:
    from toolkit.fairness.alternatives.result import Alternative, Alternatives

COLUMNS = (
    "screen",
    "weights",
    "validity",
    "impact ratio",
    "group",
    "flips",
    "held-out validity",
    "held-out ratio",
)


@program.command()
def alternatives(
    files: Files,
    screen: ScreenFile,
    group: Annotated[
        list[str],
        typer.Option(metavar="COL", help="Group attribute to audit by; repeatable."),
    ],
    outcome: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Outcome or evidence that validity is measured by."),
    ] = None,
    signal: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Signal whose weight varies; repeatable."),
    ] = None,
    vary_gates: Annotated[
        bool, typer.Option("--vary-gates", help="Try the screens without gates on scores, too.")
    ] = False,
    screens: Annotated[
        int, typer.Option(metavar="N", min=1, max=200_000, help="Screens to start from.")
    ] = 2000,
    folds: Annotated[
        int, typer.Option(metavar="N", min=0, help="Parts for the held-out figures; 0 for none.")
    ] = 5,
    seed: Annotated[int, typer.Option(metavar="N", min=0, help="Seed of all draws.")] = 0,
    save: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write each screen of the front to a file in DIR."),
    ] = None,
    mapping: MappingFile = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Which other weights are as valid and select groups more alike?"""
    from toolkit.fairness.alternatives.alternatives import alternatives

    rule = screen_from(screen)
    cohort = cohort_from(files, mapping)
    with progress("Deciding with other weights") as step:
        found = alternatives(
            cohort,
            rule,
            group,
            outcome,
            signals=signal or None,
            vary_gates=vary_gates,
            screens=screens,
            seed=seed,
            folds=folds,
            progress=lambda share: step(round(1000 * share), 1000),
        )
    if save is not None:
        _save(found, save)
    emit(answer_of(found), form, out)


def answer_of(found: Alternatives) -> Answer:
    from toolkit.fairness.alternatives.wording import STATEMENT, headline

    records = found.rows()
    whole = Table.of("Screens", records, list(records[0]))
    said = [*headline(found), found.measure.definition, *found.cautions, STATEMENT]
    front = Table("The front, the most valid first", COLUMNS, [_row(o) for o in found.front])
    marked = Table("For comparison", COLUMNS, [_row(one) for one in found.compared])
    return Answer(found.records(), whole, said, (front, marked))


def _row(one: Alternative) -> tuple[object, ...]:
    from toolkit.fairness.alternatives.wording import ratio_with_interval, validity_with_interval

    weights = ", ".join(
        f"{name} {100 * one.screen.nominal_weight(name):.3g} %"
        for name, weight in one.weights.items()
        if weight
    )
    held = one.held_out
    return (
        one.name or "other weights",
        weights,
        validity_with_interval(one),
        ratio_with_interval(one),
        None if one.group is None else one.group.group,
        one.flips,
        None if held is None else held.validity,
        None if held is None else held.impact_ratio,
    )


def _save(found: Alternatives, folder: Path) -> None:
    """Write the screens of the front as files that ``--screen`` reads, in the order of the front.

    Raises
    ------
    InputError
        If the folder cannot be written to.
    """
    width = len(str(len(found.front)))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number, one in enumerate(found.front, start=1):
            path = folder / f"alternative-{number:0{width}}.toml"
            path.write_text(one.screen.to_toml(), encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"{folder} cannot be written to: {error.strerror}. Give another folder to --save."
        ) from error

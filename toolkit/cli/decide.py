"""``cloutproof decide``: who is taken forward by a screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from toolkit.cli.options import Files, Form, MappingFile, Out, ScreenFile
from toolkit.cli.output import Answer, Format, Table, emit
from toolkit.cli.program import program
from toolkit.cli.progress import progress
from toolkit.cli.reading import cohort_from, screen_from

if TYPE_CHECKING:
    from toolkit.screening.decisions import Decisions

COLUMNS = ("candidate_id", "selected", "rank", "composite", "gates_failed", "missing")


@program.command()
def decide(
    files: Files,
    screen: ScreenFile,
    mapping: MappingFile = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Who is taken forward by a screen?"""
    from toolkit.screening.decisions import decide

    rule = screen_from(screen)
    cohort = cohort_from(files, mapping)
    with progress("Deciding"):
        answer = answer_of(decide(cohort, rule))
    emit(answer, form, out)


def answer_of(decisions: Decisions) -> Answer:
    data = decisions.to_dict()
    records = data["decisions"]
    assert isinstance(records, list)
    columns = (*COLUMNS, "tied_at_cut") if decisions.tied_at_cut.any() else COLUMNS
    table = Table.of("Decisions", records, columns, _best_first(decisions))
    return Answer(data, table, _summary(decisions))


def _best_first(decisions: Decisions) -> Sequence[int]:
    import numpy as np

    order: Sequence[int] = np.lexsort((decisions.rank, ~decisions.selected)).tolist()
    return order


def _summary(decisions: Decisions) -> list[str]:
    said = [
        f"{decisions.screen.name}: {int(decisions.selected.sum()):,} of "
        f"{len(decisions.candidate_ids):,} candidates selected, {decisions.places:,} places."
    ]
    if tied := int(decisions.tied_at_cut.sum()):
        said.append(f"{tied:,} candidates are alike at the cut and were ordered by lot.")
    if gaps := [signal for signal, who in decisions.missing.items() if who.any()]:
        said.append(
            f"Values are missing in {', '.join(gaps)}; the screen treats them as "
            f"'{decisions.screen.missing}'."
        )
    return said

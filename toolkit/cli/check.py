"""``cloutproof check``: what was read, and is it usable?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.cli.options import Files, Form, MappingFile, Out
from toolkit.cli.output import Answer, Format, Table, emit
from toolkit.cli.program import program
from toolkit.cli.progress import progress
from toolkit.cli.reading import mapping_from

if TYPE_CHECKING:
    from toolkit.intake.cohort import Cohort

PLACE = ("level", "file", "sheet", "row", "column", "message")


@program.command()
def check(
    files: Files,
    mapping: MappingFile = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """What was read from these files, and is it usable?"""
    from toolkit.intake.read import read_cohort

    with progress("Reading"):
        cohort = read_cohort(*files, mapping=mapping_from(mapping))
    emit(answer_of(cohort), form, out)


def answer_of(cohort: Cohort) -> Answer:
    issues = [issue.to_dict() for issue in cohort.issues]
    data = {
        "ok": True,
        "candidates": len(cohort),
        "signals": list(cohort.about),
        "scores": cohort.scores,
        "groups": [str(column) for column in cohort.groups.columns],
        "issues": issues,
    }
    noticed = Table.of("Issues", issues, PLACE)
    signals = Table(
        "Signals",
        ("signal", "label", "role", "lowest", "highest", "missing"),
        [
            (name, about.label, about.role, column.min(), column.max(), int(column.isna().sum()))
            for name, about in cohort.about.items()
            for column in [cohort.signals[name]]
        ],
    )
    groups = Table(
        "Groups, kept apart from everything that decides",
        ("attribute", "groups", "not stated"),
        [
            (str(name), sorted(map(str, column.dropna().unique())), int(column.isna().sum()))
            for name, column in cohort.groups.items()
        ],
    )
    n = len(cohort)
    found = "nothing to report" if not issues else f"{len(issues):,} to look at"
    summary = f"Usable: {n:,} candidate{'s' if n != 1 else ''}, {found}."
    return Answer(data, noticed, [summary], (signals, groups, noticed))

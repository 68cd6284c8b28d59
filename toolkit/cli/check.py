"""``cloutproof check``: what was read, and is it usable?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.cli.options import Files, Form, MappingFile, Out
from toolkit.cli.output import Answer, Format, Table, emit
from toolkit.cli.program import program
from toolkit.cli.reading import usable_cohort

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
    emit(answer_of(usable_cohort(files, mapping)), form, out)


def answer_of(cohort: Cohort) -> Answer:
    from toolkit.intake.report import check

    issues = [issue.to_dict() for issue in cohort.issues]
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
    return Answer(check(cohort), noticed, [summary], (signals, groups, noticed))

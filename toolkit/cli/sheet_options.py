"""Options of the commands that write documents, and which kinds of documents hear them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from toolkit.errors import InputError

DAY = ["%Y-%m-%d"]

OutFolder = Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder to write into.")]
KindOption = Annotated[
    str, typer.Option("--kind", metavar="KIND", help="candidate, cohort, notice, audit or blank.")
]
Candidates = Annotated[
    list[str] | None,
    typer.Option("--candidate", metavar="CODE", help="Only this candidate; repeatable."),
]
Role = Annotated[str, typer.Option(metavar="TEXT", help="The role, for the same place.")]
Organisation = Annotated[
    str, typer.Option(metavar="TEXT", help="The employer, for the same place.")
]
ContactOption = Annotated[
    str, typer.Option("--contact", metavar="TEXT", help="Whom a candidate may ask, for notices.")
]
AskBy = Annotated[
    dt.datetime | None,
    typer.Option(metavar="YYYY-MM-DD", formats=DAY, help="Until when, for notices."),
]
Groups = Annotated[
    list[str] | None,
    typer.Option("--group", metavar="COL", help="Group column of the audit; repeatable; all."),
]
Stratum = Annotated[
    str | None, typer.Option(metavar="COL", help="Column that says where people competed.")
]
Laws = Annotated[
    list[str] | None,
    typer.Option("--law", metavar="KEY", help="Law with tables in the audit; repeatable."),
]
Categories = Annotated[
    list[str] | None,
    typer.Option(
        "--map", metavar="VALUE=CATEGORY", help="What a value means to the law; repeatable."
    ),
]
Names = Annotated[
    bool, typer.Option("--names", help="Show names and links; without it, codes alone.")
]
SheetDate = Annotated[
    dt.datetime | None,
    typer.Option(metavar="YYYY-MM-DD", formats=DAY, help="Date on the sheets; today."),
]
KeepUntil = Annotated[
    dt.datetime | None,
    typer.Option(metavar="YYYY-MM-DD", formats=DAY, help="Until when they are kept."),
]

#: Options that say something to some kinds alone: nobody shall think that they were heard.
ONLY_FOR = {
    "--candidate": ("candidate", "notice"),
    "--taken-forward": ("candidate", "notice"),
    "--to-fill-in": ("candidate",),
    "--rubric": ("candidate", "cohort", "blank"),
    "--task": ("candidate", "blank"),
    "--ratings": ("candidate", "cohort"),
    "--decisions": ("candidate", "cohort", "notice"),
    "--names": ("candidate", "cohort", "notice"),
    "--noise": ("candidate", "cohort"),
    "--contact": ("notice",),
    "--ask-by": ("notice",),
    "--group": ("audit",),
    "--stratum": ("audit",),
    "--law": ("audit",),
    "--map": ("audit",),
}


def only_what_is_heard(kind: str, given: Mapping[str, object]) -> None:
    """Stop where an option was given that this kind has no use for.

    Raises
    ------
    InputError
    """
    for option, value in given.items():
        kinds = ONLY_FOR[option]
        if value and kind not in kinds:
            raise InputError(
                f"{option} says nothing to --kind {kind}. It is for {', '.join(kinds)}: leave it "
                "out, or choose one of these."
            )


def day_of(moment: dt.datetime | None) -> dt.date | None:
    """The day that an option names."""
    return None if moment is None else moment.date()

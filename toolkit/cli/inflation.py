"""``cloutproof inflation``: whose score is higher than the work behind it?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.options import Files, Form, MappingFile, Out
from toolkit.cli.output import Answer, Format, Table, emit
from toolkit.cli.program import program
from toolkit.cli.progress import progress
from toolkit.cli.reading import cohort_from, screen_from
from toolkit.errors import InputError

if TYPE_CHECKING:
    from toolkit.inflation.inflation import AccountEvidence, Inflation

PROBABILITIES = {
    "bought_followers": "bought followers",
    "automated": "automated",
    "growth_spike": "growth spike",
    "score_above_audience": "above audience",
    "score_above_work": "above work",
    "suspicion": "suspicion",
    "flagged_from_rate": "flagged from",
}
COLUMNS = ("candidate_id", *PROBABILITIES, "flagged", "reasons")


@program.command()
def inflation(
    files: Files,
    screen: Annotated[
        Path | None,
        typer.Option(metavar="SCREEN", help="Screen whose selection is tested, a TOML file."),
    ] = None,
    as_of: Annotated[
        dt.datetime | None,
        typer.Option(
            metavar="YYYY-MM-DD", formats=["%Y-%m-%d"], help="When the accounts were looked at."
        ),
    ] = None,
    false_flag_rate: Annotated[
        float,
        typer.Option(
            metavar="SHARE", min=0.01, max=0.5, help="Genuine candidates who may be flagged."
        ),
    ] = 0.05,
    criteria: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What the post asks for, a text; topics are compared."),
    ] = None,
    mapping: MappingFile = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Whose score is higher than the work behind it?"""
    from toolkit.inflation.inflation import inflation

    rule = screen_from(screen) if screen else None
    cohort = cohort_from(files, mapping)
    with progress("Judging accounts"):
        found = inflation(
            cohort,
            rule,
            false_flag_rate=false_flag_rate,
            as_of=as_of.date() if as_of else None,
            criteria=_text_of(criteria) if criteria else "",
        )
        answer = answer_of(found)
    emit(answer, form, out)


def _text_of(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise InputError(f"--criteria {path} cannot be read: {reason}.") from error
    if not text.strip():
        raise InputError(f"--criteria {path} is empty. Write what the post asks for into it.")
    return text


def answer_of(found: Inflation) -> Answer:
    accounts = found.accounts
    records = [evidence.to_dict() for evidence in accounts]
    suspected = [at for at, evidence in enumerate(accounts) if evidence.flagged]
    suspected.sort(key=lambda at: (-(accounts[at].suspicion or 0), accounts[at].candidate_id))
    figures = Table.of(
        "Suspected inflation",
        [records[at] for at in suspected],
        {"candidate_id": "candidate", **PROBABILITIES},
    )
    reasons = Table(
        "Reasons", ("candidate", "reason"), _reasons([accounts[at] for at in suspected])
    )
    credited = Table(
        "Credited with something else",
        ("candidate", "in words"),
        [(e.candidate_id, e.topics.sentence) for e in accounts if e.topics and e.topics.mismatch],
    )
    return Answer(
        found.to_dict(),
        Table.of("Accounts", records, COLUMNS),
        _summary(found),
        (figures, reasons, credited),
    )


def _reasons(suspected: Sequence[AccountEvidence]) -> list[tuple[str, str]]:
    return [(evidence.candidate_id, why) for evidence in suspected for why in evidence.reasons]


def _summary(found: Inflation) -> list[str]:
    silent = sum(evidence.suspicion is None for evidence in found.accounts)
    said = [
        f"Inflation is suspected for {len(found.flagged_ids):,} of {len(found.accounts):,} "
        "candidates. A suspicion is a reason to look, not a finding."
    ]
    if silent:
        said.append(f"For {silent:,} there are not enough facts to say anything.")
    if found.reward is not None:
        said.append(found.reward.sentence)
    return said

"""``cloutproof inflation``: whose score is higher than the work behind it?"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.options import Form, MappingFile, Out
from toolkit.cli.output import Answer, Format, Table, emit, printable
from toolkit.cli.program import program
from toolkit.cli.progress import progress
from toolkit.cli.reading import cohort_from, screen_from
from toolkit.cli.scale_options import (
    EngineName,
    Explain,
    FilesOrSql,
    GroupColumns,
    IdColumn,
    Master,
    SetAside,
    Sql,
    TrustCodes,
    rows_of,
)
from toolkit.errors import InputError

if TYPE_CHECKING:
    from toolkit.inflation.dismissal import Dismissal
    from toolkit.inflation.followers import Followers
    from toolkit.inflation.inflation import AccountEvidence, Inflation
    from toolkit.intake.cohort import Cohort

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
    files: FilesOrSql = None,
    sql: Sql = None,
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
    followers: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR|FILE", help="Samples of the candidates' followers, a file each or one."
        ),
    ] = None,
    dismissals: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Reviewers' answers to flags, as the app downloads."),
    ] = None,
    mapping: MappingFile = None,
    engine: EngineName = None,
    group: GroupColumns = None,
    id_column: IdColumn = "candidate_id",
    flagged: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="With --engine: write the suspected as Parquet."),
    ] = None,
    set_aside: SetAside = False,
    trust_codes: TrustCodes = False,
    master: Master = None,
    explain: Explain = False,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Whose score is higher than the work behind it?"""
    rule = screen_from(screen) if screen else None
    day = as_of.date() if as_of else None
    rows = rows_of(
        files, engine, set_aside=set_aside, master=master, sql=sql, trust_codes=trust_codes
    )
    if rows is not None:
        from toolkit.cli.inflation_at_scale import inflation_at_scale, plan

        if mapping or criteria or followers or dismissals:
            raise InputError(
                "An engine counts, and takes columns by their names: leave out --mapping, "
                "--criteria, --followers and --dismissals."
            )
        if explain:
            emit(plan(rows, rule, id_column=id_column, as_of=day, flagged=flagged), form, out)
            return
        answer = rows.tried(
            lambda rows: inflation_at_scale(
                rows,
                rule,
                groups=group or [],
                id_column=id_column,
                false_flag_rate=false_flag_rate,
                as_of=day,
                flagged=flagged,
            )
        )
        emit(answer, form, out)
        return
    if group or flagged or explain:
        raise InputError("--group, --flagged and --explain belong to an engine: add --engine.")
    from toolkit.inflation.inflation import inflation

    cohort = cohort_from(files or [], mapping)
    samples = _samples(followers, cohort) if followers else {}
    answers = _dismissals(dismissals) if dismissals else {}
    with progress("Judging accounts"):
        found = inflation(
            cohort,
            rule,
            false_flag_rate=false_flag_rate,
            as_of=day,
            criteria=_text_of(criteria, "--criteria") if criteria else "",
            samples=samples,
        ).with_dismissals(answers)
        answer = answer_of(found)
    for left_out in found.not_standing(answers):
        print(f"cloutproof: {printable(left_out)}", file=sys.stderr)
    emit(answer, form, out)


def _samples(path: Path, cohort: Cohort) -> dict[str, Followers]:
    from toolkit.inflation.candidate_samples import samples_of_tables
    from toolkit.intake.raw_tables import raw_tables

    with progress("Classifying followers"):
        samples = samples_of_tables(raw_tables(path), cohort.candidate_ids)
    for who, sample in samples.items():
        for issue in sample.issues:
            if issue.level != "note":
                print(f"cloutproof: followers of {printable(f'{who}: {issue}')}", file=sys.stderr)
    return samples


def _dismissals(path: Path) -> dict[str, Dismissal]:
    from toolkit.inflation.dismissal_file import read_dismissals

    return read_dismissals(_text_of(path, "--dismissals"), path.name)


def _text_of(path: Path, option: str) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise InputError(f"{option} {path} cannot be read: {reason}.") from error
    if not text.strip():
        raise InputError(f"{option} {path} is empty. Write into it what is asked for.")
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

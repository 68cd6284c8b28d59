"""``cloutproof decide``: who is taken forward by a screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.options import Form, MappingFile, Out, ScreenFile
from toolkit.cli.output import Answer, Format, Table, emit
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
    from toolkit.screening.decisions import Decisions

COLUMNS = ("candidate_id", "selected", "rank", "composite", "gates_failed", "missing")


@program.command()
def decide(
    screen: ScreenFile,
    files: FilesOrSql = None,
    sql: Sql = None,
    mapping: MappingFile = None,
    engine: EngineName = None,
    group: GroupColumns = None,
    requisition: Annotated[
        str | None,
        typer.Option(metavar="COL", help="With --engine: decide each requisition by itself."),
    ] = None,
    id_column: IdColumn = "candidate_id",
    decisions: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="With --engine: write every decision as Parquet."),
    ] = None,
    set_aside: SetAside = False,
    trust_codes: TrustCodes = False,
    master: Master = None,
    explain: Explain = False,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Who is taken forward by a screen?"""
    rule = screen_from(screen)
    rows = rows_of(
        files, engine, set_aside=set_aside, master=master, sql=sql, trust_codes=trust_codes
    )
    if rows is not None:
        from toolkit.cli.decide_at_scale import decide_at_scale, plan

        if mapping is not None:
            raise InputError("An engine takes columns by their names: leave out --mapping.")
        if explain:
            emit(
                plan(rows, rule, id_column=id_column, requisition=requisition, decisions=decisions),
                form,
                out,
            )
            return
        answer = rows.tried(
            lambda rows: decide_at_scale(
                rows,
                rule,
                groups=group or [],
                id_column=id_column,
                requisition=requisition,
                decisions=decisions,
            )
        )
        emit(answer, form, out)
        return
    if group or requisition or decisions or explain:
        raise InputError(
            "--group, --requisition, --decisions and --explain belong to an engine: add --engine."
        )
    from toolkit.screening.decisions import decide

    cohort = cohort_from(files or [], mapping)
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

"""``cloutproof impact``: which groups does a decision select less?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.options import Form, MappingFile, Out
from toolkit.cli.output import Answer, Format, Table, emit, write_file
from toolkit.cli.program import program
from toolkit.cli.progress import progress
from toolkit.cli.reading import screen_from
from toolkit.cli.scale_options import (
    EngineName,
    Explain,
    Master,
    SetAside,
    Sql,
    TrustCodes,
    rows_of,
)
from toolkit.cli.selection_options import Selected, SelectedValue, Total, Workbook
from toolkit.errors import InputError

if TYPE_CHECKING:
    from toolkit.cli.group_question import GroupAnswer
    from toolkit.fairness.before_after import BeforeAfter
    from toolkit.fairness.bootstrap import TableResampled
    from toolkit.fairness.outcome_impact import AttributeOutcomes, OutcomeImpact
    from toolkit.fairness.result import AttributeStrata, GroupImpact
    from toolkit.fairness.score_impact import AttributeScores, ScoreImpact

#: Columns for reading, with their titles.
READING = {
    "group": "group",
    "n": "people",
    "selected": "selected",
    "rate": "rate",
    "impact_ratio": "impact ratio",
    "impact_ratio_low": "from",
    "impact_ratio_high": "to",
    "fisher_p": "Fisher p",
    "p_adjusted": "adjusted",
}
#: Beside them where the groups are small enough for the exact interval.
EXACT = {"impact_ratio_exact_low": "exactly from", "impact_ratio_exact_high": "to "}


@program.command()
def impact(
    group: Annotated[
        list[str], typer.Option(metavar="COL", help="Column with a group attribute; repeatable.")
    ],
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE",
            help="A table, one row a person or with counts, candidates, or a query.",
            show_default=False,
        ),
    ] = None,
    sql: Sql = None,
    selected: Selected = None,
    selected_value: SelectedValue = None,
    total: Total = None,
    stratum: Annotated[
        str | None,
        typer.Option(metavar="COL", help="Column that says where people competed."),
    ] = None,
    score: Annotated[
        str | None,
        typer.Option(metavar="COL", help="Column with a score to compare the groups on."),
    ] = None,
    share: Annotated[
        float | None,
        typer.Option(metavar="S", help="With --score: the share selected from the top."),
    ] = None,
    outcome: Annotated[
        str | None,
        typer.Option(metavar="COL", help="Column that says how people turned out."),
    ] = None,
    good_from: Annotated[
        float | None,
        typer.Option(metavar="X", help="With --outcome: good from this value on."),
    ] = None,
    resamples: Annotated[
        int, typer.Option(metavar="N", min=0, help="Resample so often, for instance 1000.")
    ] = 0,
    screen: Annotated[
        Path | None,
        typer.Option(
            metavar="SCREEN",
            help="The screen decides; with and without each of its scores.",
        ),
    ] = None,
    mapping: MappingFile = None,
    engine: EngineName = None,
    set_aside: SetAside = False,
    trust_codes: TrustCodes = False,
    master: Master = None,
    explain: Explain = False,
    xlsx: Workbook = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Which groups does a decision select less?"""
    from toolkit.cli.group_question import GroupQuestion, answer_question, answer_screen

    asked = GroupQuestion(
        groups=tuple(group),
        selected=selected,
        selected_value=selected_value,
        total=total,
        stratum=stratum,
        score=score,
        share=share,
        outcome=outcome,
        good_from=good_from,
        resamples=resamples,
        screen=screen is not None,
    )
    files = [] if file is None else [file]
    rows = rows_of(
        files, engine, set_aside=set_aside, master=master, sql=sql, trust_codes=trust_codes
    )
    if rows is not None:
        from toolkit.cli.impact_at_scale import answer_rows, plan

        if mapping is not None:
            raise InputError("An engine takes columns by their names: leave out --mapping.")
        rule = None if screen is None else screen_from(screen)
        if explain:
            emit(plan(rows, asked, rule), form, out)
            return
        found, rows = rows.tried(lambda rows: (answer_rows(rows, asked, rule), rows))
    elif explain:
        raise InputError("--explain belongs to an engine: add --engine.")
    elif screen is not None:
        from toolkit.cli.reading import cohort_from

        found = answer_screen(cohort_from(files, mapping), screen_from(screen), asked)
    else:
        if mapping is not None:
            raise InputError("--mapping says what a candidate's columns are: add --screen.")
        from toolkit.intake.raw_tables import raw_tables, table_with

        with progress("Reading"):
            table = table_with(raw_tables(files[0]), asked.columns)
        found = answer_question(table, asked)
    if xlsx is not None:
        from toolkit.sheets.impact_workbook import impact_workbook

        write_file(
            xlsx,
            impact_workbook(found.impact, found.scores, found.outcomes, found.compared),
            "--xlsx",
        )
    answer = answer_of(found)
    emit(answer if rows is None else rows.told(answer), form, out)


def answer_of(answer: GroupAnswer) -> Answer:
    found = answer.impact
    rows = found.rows()
    whole = Table.of("Groups", rows, list(rows[0]) if rows else ())
    said = [answer.meaning] if answer.meaning else []
    said.append(f"{found.selected:,} of {found.candidates:,} people selected.")
    said += [
        group.reading
        for table in found.attributes.values()
        for group in table.groups
        if group.group != table.referent
    ]
    said += [
        f"{table.name}: {table.unknown:,} people of unknown group, counted and bounded."
        for table in found.tables
        if table.unknown
    ]
    said += [comparison.reading for s in found.strata.values() for comparison in s.groups]
    if answer.outcomes and answer.outcomes.note:
        said.append(answer.outcomes.note)
    reading = [
        Table.of(
            f"{table.name} (compared with {table.referent or 'no group: none is large enough'})",
            [group.to_dict() for group in table.groups],
            {**READING, **(EXACT if _has_exact(table.groups) else {}), "verdict": "verdict"},
        )
        for table in found.tables
    ]
    reading += [_strata(name, strata) for name, strata in found.strata.items() if strata.groups]
    if answer.compared is not None and len(answer.compared.impacts) > 1:
        reading.append(_compared(answer.compared))
    if found.bootstrap is not None:
        reading += [_resampled(name, t) for name, t in found.bootstrap.tables.items()]
    if answer.scores is not None:
        reading += [_scores(answer.scores, table) for table in answer.scores.tables]
    if answer.outcomes is not None:
        for of_group in answer.outcomes.tables:
            reading += _outcomes(answer.outcomes, of_group)
    return Answer(answer.to_dict(), whole, said, reading)


def _has_exact(groups: Sequence[GroupImpact]) -> bool:
    return any(group.impact_ratio_exact_high is not None for group in groups)


def _strata(name: str, strata: AttributeStrata) -> Table:
    return Table.of(
        f"{name} within {strata.stratum}",
        [comparison.to_dict() for comparison in strata.groups],
        {
            "group": "group",
            "pooled_ratio": "ratio together",
            "risk_ratio": "within",
            "risk_ratio_low": "from",
            "risk_ratio_high": "to",
            "odds_ratio": "odds ratio",
            "cmh": "chi-square",
            "cmh_p": "p",
            "cmh_corrected_p": "corrected p",
            "tarone_p": "Tarone p",
            "reverses": "turns around",
        },
    )


def _compared(found: BeforeAfter) -> Table:
    return Table.of(
        "With and without each score",
        found.rows(),
        {
            "attribute": "attribute",
            "group": "group",
            "decision": "decision",
            "n": "people",
            "selected": "selected",
            "impact_ratio": "impact ratio",
            "ratio_change": "change",
            "verdict": "verdict",
        },
    )


def _resampled(name: str, table: TableResampled) -> Table:
    return Table.of(
        f"{name}: resampled",
        [asdict(group) for group in table.groups],
        {
            "group": "group",
            "rate_low": "rate from",
            "rate_high": "to",
            "impact_ratio_low": "ratio from",
            "impact_ratio_high": "ratio to",
        },
    )


def _scores(found: ScoreImpact, table: AttributeScores) -> Table:
    return Table.of(
        f"{table.name}: {found.score} (compared with {table.referent or 'no group'})",
        [asdict(group) for group in table.groups],
        {
            "group": "group",
            "n": "people",
            "mean": "mean",
            "sd": "standard deviation",
            "g": "Hedges' g",
            "g_low": "from",
            "g_high": "to",
            "scoring_rate": "above the median",
            "scoring_ratio": "ratio",
        },
    )


def _outcomes(found: OutcomeImpact, table: AttributeOutcomes) -> list[Table]:
    tables = []
    if table.rates:
        tables.append(
            Table.of(
                f"{table.name}: {found.outcome}",
                [asdict(rates) for rates in table.rates],
                {
                    "group": "group",
                    "good": "good",
                    "bad": "other",
                    "true_positive_rate": "true positive rate",
                    "true_positive_gap": "gap",
                    "false_positive_rate": "false positive rate",
                    "false_positive_gap": "gap ",
                    "good_of_selected": "good of the selected",
                },
            )
        )
    if table.validity:
        tables.append(
            Table.of(
                f"{table.name}: {found.outcome} by {found.score}",
                [group.to_dict() for group in table.validity],
                {
                    "group": "group",
                    "n": "people",
                    "correlation": "correlation",
                    "correlation_low": "from",
                    "correlation_high": "to",
                    "slope": "slope",
                    "slopes_p": "equal slopes p",
                    "intercepts_p": "equal intercepts p",
                    "mean_residual": "above the common line",
                },
            )
        )
    return tables

"""``cloutproof statutory``: the tables that a law asks for."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from toolkit.cli.look_options import BrandingFile, Language, PaperSize, branding_from
from toolkit.cli.options import Form, Out
from toolkit.cli.output import Answer, Format, Table, emit, write_file
from toolkit.cli.program import program
from toolkit.cli.progress import progress
from toolkit.cli.selection_options import Selected, SelectedValue, Total, Workbook
from toolkit.errors import InputError

if TYPE_CHECKING:
    from toolkit.fairness.statutory_result import Statutory

DAY = ["%Y-%m-%d"]

#: Columns for reading, with their titles; the limit only where the law has one.
READING = {
    "label": "category",
    "n": "applicants",
    "selected": "selected",
    "rate": "rate",
    "impact_ratio": "impact ratio",
    "impact_ratio_low": "from",
    "impact_ratio_high": "to",
    "below_four_fifths": "below 4/5",
    "excluded_because": "not in the ratios because",
}


@program.command()
def statutory(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A table, one row a person.")],
    law: Annotated[str, typer.Option(metavar="KEY", help="nyc-ll144 or ugesp.")],
    selected: Selected = None,
    selected_value: SelectedValue = None,
    score: Annotated[
        str | None, typer.Option(metavar="COL", help="Column with a score: scoring rates.")
    ] = None,
    total: Total = None,
    rate: Annotated[
        Literal["selection", "scoring"],
        typer.Option(help="With --total: what --selected counts."),
    ] = "selection",
    sex: Annotated[
        str | None, typer.Option(metavar="COL", help="Column with sex; found by its name.")
    ] = None,
    race: Annotated[
        str | None,
        typer.Option(metavar="COL", help="Column with race/ethnicity; found by its name."),
    ] = None,
    job: Annotated[
        str | None, typer.Option(metavar="COL", help="Column with the job: tables for each.")
    ] = None,
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="VALUE=CATEGORY", help="What a value means; repeatable."),
    ] = None,
    leave_out: Annotated[
        list[str] | None,
        typer.Option(metavar="CATEGORY", help="No ratio for this small category; repeatable."),
    ] = None,
    leave_out_small: Annotated[
        bool, typer.Option("--leave-out-small", help="No ratio for any category under 2 %.")
    ] = False,
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help="Why categories are left out; shown with them.")
    ] = "",
    audit_date: Annotated[
        dt.datetime | None,
        typer.Option(metavar="YYYY-MM-DD", formats=DAY, help="Date of the audit."),
    ] = None,
    data_from: Annotated[
        dt.datetime | None,
        typer.Option(metavar="YYYY-MM-DD", formats=DAY, help="First day of the data."),
    ] = None,
    data_to: Annotated[
        dt.datetime | None,
        typer.Option(metavar="YYYY-MM-DD", formats=DAY, help="Last day of the data."),
    ] = None,
    distribution_date: Annotated[
        dt.datetime | None,
        typer.Option(metavar="YYYY-MM-DD", formats=DAY, help="When the tool was first used."),
    ] = None,
    data_source: Annotated[
        str, typer.Option(metavar="TEXT", help="Source and explanation of the data.")
    ] = "",
    tool: Annotated[str, typer.Option(metavar="TEXT", help="The tool or process.")] = "",
    organisation: Annotated[str, typer.Option(metavar="TEXT", help="The employer.")] = "",
    auditor: Annotated[str, typer.Option(metavar="TEXT", help="Who made the tables.")] = "",
    xlsx: Workbook = None,
    pdf: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the tables as PDF, too.")
    ] = None,
    paper: PaperSize = "a4",
    language: Language = "en",
    branding: BrandingFile = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """The tables that a law asks for, by sex, race/ethnicity and both."""
    from toolkit.fairness.law import law_named
    from toolkit.fairness.statutory_columns import statutory_columns
    from toolkit.fairness.statutory_result import Particulars
    from toolkit.fairness.statutory_table import ALL_SMALL
    from toolkit.fairness.statutory_task import StatutoryTask, statutory_of_table
    from toolkit.intake.raw_tables import read_sources, table_with
    from toolkit.sheets.documents import typeset_document
    from toolkit.sheets.look import Look
    from toolkit.sheets.statutory_sheet import statutory_sheet, statutory_workbook

    known = law_named(law)
    if (selected is None) == (score is None):
        raise InputError(
            "Give --selected for selection rates, or --score for scoring rates: one of the two."
        )
    if total is not None and (score is not None or selected_value is not None):
        raise InputError(
            "--total is for a file of counts: give the column with the people selected (or above "
            "the median) as --selected, and leave out --score and --selected-value."
        )
    days = {
        "audit": audit_date,
        "data_from": data_from,
        "data_to": data_to,
        "distribution": distribution_date,
    }
    named = {"sex": sex, "race_ethnicity": race}
    with progress("Reading"):
        needed = [selected, score, total, job, *named.values()]
        reading = read_sources(file)
        table = table_with(reading.tables, [column for column in needed if column is not None])
    task = StatutoryTask(
        law=known.key,
        source="people" if total is None else "counts",
        columns=statutory_columns(known, table.frame.columns.astype(str), named),
        selected=selected or "",
        selected_value=selected_value or "",
        total=total or "",
        score=score or "",
        rate=rate if total is not None else "selection",
        job=job or "",
        categories=categories_of(map_ or []),
        left_out=(*(leave_out or []), *([ALL_SMALL] if leave_out_small else [])),
    )
    particulars = Particulars(
        dates={name: day.date() for name, day in days.items() if day is not None},
        tool=tool,
        organisation=organisation,
        auditor=auditor,
        data_source=data_source,
        reason=reason,
    )
    found = statutory_of_table(task, table, particulars)
    if xlsx is not None:
        write_file(xlsx, statutory_workbook(found), "--xlsx")
    if pdf is not None:
        look = Look(paper, language, branding_from(branding))
        sheet = statutory_sheet(found, task=task, inputs=reading.sources)
        write_file(pdf, typeset_document(sheet, look).pdf, "--pdf")
    emit(answer_of(found), form, out)


def categories_of(pairs: list[str]) -> dict[str, str]:
    """What ``VALUE=CATEGORY`` options say.

    Raises
    ------
    InputError
        If one has no ``=``, or two speak of one value.
    """
    told: dict[str, str] = {}
    for pair in pairs:
        value, mark, category = (part.strip() for part in pair.rpartition("="))
        if not mark or not value or not category:
            raise InputError(
                f"--map '{pair}' should read VALUE=CATEGORY, for instance 'Wht=White'."
            )
        if told.setdefault(value, category) != category:
            raise InputError(f"--map says two things of '{value}'. Leave one of them out.")
    return told


def answer_of(found: Statutory) -> Answer:
    rows = found.rows()
    whole = Table.of("Statutory tables", rows, list(rows[0]))
    titles = dict(READING)
    if found.rate == "scoring":
        titles["selected"] = "above the median"
    if found.law.limit is None:
        del titles["below_four_fifths"]
    if not any(row["excluded_because"] for row in rows):
        del titles["excluded_because"]
    reading = [
        Table.of(
            f"{table.title}{'' if table.job is None else f', job {table.job}'} "
            f"(over {table.referent or 'no category'}; {table.unknown:,} unknown)",
            [row.to_dict() for row in table.rows],
            titles,
        )
        for table in found.tables
    ]
    said = [
        f"{found.law.name}: {found.rate} rates of {found.assessed:,} people.",
        *([] if found.median is None else [f"The median score of everybody is {found.median:g}."]),
        *found.remarks,
        *found.statements,
        *([f"Not given: {', '.join(found.missing)}."] if found.missing else []),
        f"As of {found.law.as_of.isoformat()}; not legal advice.",
    ]
    return Answer(found.to_dict(), whole, said, reading)

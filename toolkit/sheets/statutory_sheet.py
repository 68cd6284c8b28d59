"""Statutory tables to take away: as PDF and as a workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from toolkit.fairness.statutory_result import Statutory, StatutoryTable
from toolkit.fairness.statutory_task import StatutoryTask
from toolkit.screening.screen import Screen
from toolkit.sheets.branding import PLAIN, Branding
from toolkit.sheets.documents import typeset_document
from toolkit.sheets.look import Look, Paper
from toolkit.sheets.stated_screen import StatedScreen
from toolkit.sheets.statutory_page import StatutorySheet
from toolkit.sheets.workbook import NO_DATE, Column, SheetTable, workbook

_UNKNOWN = "Unknown category"


def statutory_sheet(
    found: Statutory,
    date: dt.date | None = None,
    *,
    task: StatutoryTask | None = None,
    screen: Screen | None = None,
    inputs: Mapping[str, str] | None = None,
) -> StatutorySheet:
    """The tables as a document, with what it takes to count them again.

    Parameters
    ----------
    found : Statutory
    date : date, optional
        Creation date of the document; the date of the audit where it was given, otherwise
        today.
    task : StatutoryTask, optional
        How the tables came about.
    screen : Screen, optional
        That selected the candidates who are counted.
    inputs : mapping of str to str, optional
        Name and SHA-256 of each file that was counted.
    """
    date = date or found.particulars.dates.get("audit") or dt.date.today()
    stated = None
    if screen is not None:
        stated = StatedScreen(screen.name, screen.digest, screen.to_toml())
    return StatutorySheet(found, date, task, stated, tuple(sorted((inputs or {}).items())))


def render_statutory(
    found: Statutory,
    date: dt.date | None = None,
    paper: Paper = "a4",
    language: str = "en",
    branding: Branding = PLAIN,
) -> bytes:
    """The tables as PDF: PDF/UA-1 and PDF/A-2a in one file.

    Parameters
    ----------
    found : Statutory
    date : date, optional
        As in `statutory_sheet`.
    paper : {"a4", "us-letter"}
    language : {"en", "de", "fr", "es"}
        Names of laws and of their categories stay in their own.
    branding : Branding

    Returns
    -------
    bytes
        The same for the same tables and date.

    Raises
    ------
    SheetError
        If the paper or the language is not known.
    """
    return typeset_document(statutory_sheet(found, date), Look(paper, language, branding)).pdf


def statutory_workbook(found: Statutory) -> bytes:
    """The tables as an XLSX workbook, one sheet a table, with what the law says of them.

    Parameters
    ----------
    found : Statutory

    Returns
    -------
    bytes
        The same for the same tables.
    """
    names = [table.name for table in found.of_job()]
    sheets = [_sheet([found.table(name)], found) for name in names]
    if found.jobs:
        sheets += [
            _sheet([found.table(name, job) for job in found.jobs], found, by_job=True)
            for name in names
        ]
    told = found.particulars
    beside = [
        ("Tool or process", told.tool),
        ("Employer", told.organisation),
        ("Made by", told.auditor),
        *(
            (wanted.label, told.dates[wanted.name].isoformat())
            for wanted in found.law.dates
            if wanted.name in told.dates
        ),
        ("Source and explanation of the data", told.data_source),
        ("Left out of the ratios because", told.reason),
        ("Median score of everybody", "" if found.median is None else repr(found.median)),
    ]
    reading = [
        f"{found.law.name}, {found.law.jurisdiction}.",
        *(f"{label}: {value}" for label, value in beside if value.strip()),
        *(f"Not given: {label}." for label in found.missing),
        *found.remarks,
        *found.statements,
        *(f"{source.title}: {source.cite}." for source in found.law.sources),
        f"Last compared with these sources on {found.law.as_of.isoformat()}. Not legal advice.",
    ]
    return workbook(
        sheets,
        title=f"Statutory tables: {found.law.name}",
        reading=reading,
        date=told.dates.get("audit", NO_DATE),
    )


def _sheet(tables: Sequence[StatutoryTable], found: Statutory, by_job: bool = False) -> SheetTable:
    scoring = found.rate == "scoring"
    kind = "Scoring rate" if scoring else "Selection rate"
    columns = [
        Column("category", "Category", note="In the words of the law."),
        Column("n", "Applicants", "whole", note="People of the category who were assessed."),
        Column(
            "selected",
            "Above the median" if scoring else "Selected",
            "whole",
            note="People with a score strictly above the median of everybody assessed."
            if scoring
            else "People who were selected to move forward.",
        ),
        Column("rate", kind, "percent", 1, note="The column before, over the applicants."),
        Column(
            "impact_ratio",
            "Impact ratio",
            "number",
            2,
            note="The rate over the highest rate in the table, nothing rounded before dividing. "
            "Empty where a category was left out or has nobody.",
        ),
        Column(
            "impact_ratio_low",
            "Interval from",
            "number",
            2,
            note="95 % interval of the ratio. Not part of the form that is asked for.",
        ),
        Column("impact_ratio_high", "Interval to", "number", 2),
        Column("share", "Share of the table", "percent", 1, note="Of the people in the table."),
        Column("excluded_because", "Not in the ratios because"),
    ]
    if found.law.limit is not None:
        columns.append(
            Column(
                "below_four_fifths",
                "Below four-fifths",
                "truth",
                note="Compared in whole numbers; exactly four-fifths is not below. "
                + found.law.limit.statement,
            )
        )
    if by_job:
        columns.insert(0, Column("job", "Job"))
    rows: list[dict[str, object]] = []
    for table in tables:
        rows += [{**row.to_dict(), "category": row.label, "job": table.job} for row in table.rows]
        unknown = {"category": _UNKNOWN, "n": table.unknown, "selected": table.unknown_selected}
        rows.append({**unknown, "job": table.job, "excluded_because": "not known which category"})
    title = tables[0].title
    return SheetTable(
        name=f"{title} by job" if by_job else title,
        columns=columns,
        rows=rows,
        about=[f"{title}, {'for each job' if by_job else 'all together'}."],
    )

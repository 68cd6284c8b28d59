"""Statutory tables as words: what the template sets, with no figure left to work out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit import __version__
from toolkit.fairness.statutory_result import CategoryRow, Statutory, StatutoryTable
from toolkit.fairness.statutory_task import StatutoryTask
from toolkit.fairness.verdict import ratio_in_words
from toolkit.sheets.content import digest_of
from toolkit.sheets.look import USUAL, Look, Page
from toolkit.sheets.running import SHORT_DIGEST
from toolkit.sheets.spoken import spoken
from toolkit.sheets.stated_screen import StatedScreen
from toolkit.sheets.texts import Texts, texts_of

_LONGEST_IN_FOOTER = 60


@dataclass(frozen=True)
class StatutorySheet:
    """Statutory tables as a document.

    Parameters
    ----------
    found : Statutory
    date : date
        Creation date of the document.
    task : StatutoryTask, optional
        How the tables came about; without it they cannot be counted again from data.
    screen : StatedScreen, optional
        That selected the candidates who are counted; None where none did.
    inputs : tuple of (str, str)
        Name and SHA-256 of each file that was counted.
    version : str
        Of this program.
    """

    found: Statutory
    date: dt.date
    task: StatutoryTask | None = None
    screen: StatedScreen | None = None
    inputs: tuple[tuple[str, str], ...] = ()
    version: str = __version__


def statutory_page(sheet: StatutorySheet, look: Look = USUAL) -> Page:
    """Every string that the template of statutory tables prints.

    Parameters
    ----------
    sheet : StatutorySheet
    look : Look
    """
    t = texts_of("statutory", look.language)
    found, digest = sheet.found, digest_of(sheet)
    return {
        **look.page(t),
        "document_title": t("document_title", law=found.law.name),
        "keywords": [f"content-sha256:{digest}", f"cloutproof:{sheet.version}"],
        "page_of": t("page_of"),
        "job_related": t("footer"),
        "signature": t("signature"),
        "date_label": t("date"),
        "belongs_to": _shortened(found.particulars.tool or found.law.name),
        "retain": t("retain_blank"),
        "hash_line": t("content_line", content=digest[:SHORT_DIGEST], version=sheet.version),
        **law_page(found, look),
        "record": {"digest": t("record", digest=digest)},
    }


def law_page(found: Statutory, look: Look) -> Page:
    """The tables of one law, and all that is said beside them: the body of the document.

    Parameters
    ----------
    found : Statutory
    look : Look
    """
    t = texts_of("statutory", look.language)
    law, told = found.law, found.particulars
    return {
        "heading": law.name,
        "organisation": told.organisation or look.branding.organisation,
        "tool": told.tool,
        "auditor": told.auditor,
        "dates": [
            {
                "label": spoken(wanted.label, t),
                "value": t.date(told.dates[wanted.name]) if wanted.name in told.dates else "",
            }
            for wanted in law.dates
        ],
        "rate": t("median", number=t.figures(f"{found.median:,.6g}"))
        if found.median is not None
        else t(f"rate_{found.rate}"),
        "assessed": t.number(found.assessed, 0),
        "data_source": told.data_source,
        "columns": _columns(found, t),
        "parts": [
            {
                "heading": t("job", job=job) if job is not None else _all(found, t),
                "tables": [_table(table, found, t) for table in found.of_job(job)],
            }
            for job in (None, *found.jobs)
        ],
        "left_out": _reason(found, t),
        "statements": [spoken(one, t) for one in found.statements],
        "remarks": [*(spoken(one, t) for one in found.remarks), *_readings(found, t)],
        "sources": [t("source", title=source.title, cite=source.cite) for source in law.sources],
        "as_of": t("as_of", date=t.date(law.as_of)),
    }


def _all(found: Statutory, t: Texts) -> str:
    return t("all_jobs") if found.jobs else t("job_unsaid")


def _columns(found: Statutory, t: Texts) -> list[str]:
    columns = list(t.document[f"columns_{found.rate}"])
    return columns if found.law.limit is None else [*columns, t("below")]


def _table(table: StatutoryTable, found: Statutory, t: Texts) -> Page:
    small = [row.group for row in table.rows if row.small and row.n]
    compared = table.referent is not None and _any_ratio(table)
    says = [t("highest", group=table.referent) if compared else t("no_highest")]
    says.append(_unknown(table.unknown, t))
    if small and found.law.small is not None and found.law.small.of == "data":
        says.append(t("small", groups=t.joined(small, "list_and")))
    return {
        "title": spoken(table.title, t),
        "rows": [_cells(row, found, t) for row in table.rows],
        "says": " ".join(says),
    }


def _any_ratio(table: StatutoryTable) -> bool:
    return any(row.impact_ratio is not None for row in table.rows)


def _cells(row: CategoryRow, found: Statutory, t: Texts) -> list[str]:
    cells = [
        row.label,
        t.number(row.n, 0),
        t.number(row.selected, 0),
        t("none") if row.rate is None else t.figures(percent_of(row.rate)),
        t.figures(ratio_words(row, found, t("none"), t("left_out"))),
        _interval(row, t),
    ]
    if found.law.limit is not None:
        below = row.below_four_fifths
        cells.append(t("none") if below is None else t("is_below" if below else "not_below"))
    return cells


def percent_of(rate: float) -> str:
    """A rate with one decimal, as the rules print it."""
    return f"{100 * rate:.1f}\u00a0%"


def ratio_words(row: CategoryRow, found: Statutory, none: str = "–", out: str = "left out") -> str:
    """A ratio with two decimals; more only where a limit would be rounded over."""
    if row.impact_ratio is None:
        return none if row.included or not row.n else out
    if found.law.limit is None:
        return f"{row.impact_ratio:.2f}"
    return ratio_in_words(row.impact_ratio)


def _interval(row: CategoryRow, t: Texts) -> str:
    if row.impact_ratio_low is None:
        return t("none")
    low = t.number(row.impact_ratio_low, 2)
    if row.impact_ratio_high is None:
        return t("interval_open", low=low)
    return t("interval", low=low, high=t.number(row.impact_ratio_high, 2))


def _unknown(number: int, t: Texts) -> str:
    if number == 0:
        return t("unknown_none")
    return t("unknown_one") if number == 1 else t("unknown_many", number=t.number(number, 0))


def _reason(found: Statutory, t: Texts) -> str:
    """Who was left out in any table, and why."""
    groups = dict.fromkeys(row.group for table in found.tables for row in table.left_out)
    if not groups:
        return ""
    return t(
        "left_out_reason",
        groups=t.joined(list(groups), "list_and"),
        reason=found.particulars.reason.strip(),
    )


def _readings(found: Statutory, t: Texts) -> list[str]:
    """Which values were taken for which category."""
    said = []
    for read in found.read_as.values():
        for category in dict.fromkeys(read.values()):
            values = [t("quoted", text=value) for value, to in read.items() if to == category]
            said.append(t("read_as", category=category, values=_joined(values)))
    for unknown in found.read_as_unknown.values():
        values = [
            t("quoted_count", text=value, number=t.number(count, 0))
            for value, count in unknown.items()
        ]
        said.append(t("read_as_unknown", values=_joined(values)))
    return said


def _joined(values: Sequence[str]) -> str:
    return ", ".join(values)


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_IN_FOOTER else line[: _LONGEST_IN_FOOTER - 1] + "…"

"""A rechecked table as words: what the template sets, with no figure left to work out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from toolkit import __version__
from toolkit.fairness.recheck import Disagreement, Recheck, RecheckedRow
from toolkit.fairness.recheck_wording import recheck_sentence
from toolkit.sheets.content import digest_of
from toolkit.sheets.look import USUAL, Look, Page
from toolkit.sheets.recheck_workbook import FIGURE_NAMES
from toolkit.sheets.running import SHORT_DIGEST
from toolkit.sheets.spoken import spoken
from toolkit.sheets.texts import Texts, texts_of

_LONGEST_IN_FOOTER = 60


@dataclass(frozen=True)
class RecheckSheet:
    """A rechecked table as a document.

    Parameters
    ----------
    found : Recheck
    name : str
        What the table is called; empty where it has no name.
    date : date
    columns : mapping of str to str
        Columns of the table that somebody named.
    inputs : tuple of (str, str)
        Name and SHA-256 of the file that the table stood in.
    version : str
        Of this program.
    """

    found: Recheck
    name: str
    date: dt.date
    columns: Mapping[str, str] = field(default_factory=dict)
    inputs: tuple[tuple[str, str], ...] = ()
    version: str = __version__


def recheck_page(sheet: RecheckSheet, look: Look = USUAL) -> Page:
    """Every string that the template of a rechecked table prints.

    Parameters
    ----------
    sheet : RecheckSheet
    look : Look
    """
    t = texts_of("recheck", look.language)
    found, title = sheet.found, " ".join(sheet.name.split())
    digest = digest_of(sheet)
    several = any(row.table for row in found.rows)
    return {
        **look.page(t),
        "document_title": t("document_title", name=title) if title else t("kind"),
        "keywords": [f"content-sha256:{digest}", f"cloutproof:{sheet.version}"],
        "page_of": t("page_of"),
        "job_related": t("footer"),
        "signature": t("signature"),
        "date_label": t("date"),
        "belongs_to": title[:_LONGEST_IN_FOOTER] or t("kind"),
        "retain": t("retain_blank"),
        "hash_line": t("content_line", content=digest[:SHORT_DIGEST], version=sheet.version),
        "heading": title or t("untitled"),
        "sentence": spoken(recheck_sentence(found), t),
        "prepared": t.date(sheet.date),
        "checked": t.number(found.checked, 0),
        "not_checked": t.number(found.not_checked, 0),
        "disagreements": [
            {"cells": _disagreement(one, several, t), "explanation": spoken(one.explanation, t)}
            for one in found.disagreements
        ],
        "remarks": [spoken(one, t) for one in found.remarks],
        "rows": [_row(row, several, t) for row in found.rows],
    }


def _disagreement(one: Disagreement, several: bool, t: Texts) -> list[str]:
    return [
        _named(one.table, one.group, several),
        spoken(FIGURE_NAMES[one.column], t),
        one.printed,
        spoken(one.recomputed, t) or t("none"),
        spoken(one.cause, t),
    ]


def _row(row: RecheckedRow, several: bool, t: Texts) -> list[str]:
    none = t("none")
    agrees = none if not row.agrees else t("yes" if all(row.agrees.values()) else "no")
    ratio = _span(row.impact_ratio_low, row.impact_ratio_high, t, percent=False)
    return [
        _named(row.table, row.group, several),
        row.printed.get("n", none),
        row.printed.get("rate", none),
        _span(row.rate_low, row.rate_high, t, percent=True),
        row.printed.get("impact_ratio", none),
        ratio if row.kind == "group" else none,
        agrees,
    ]


def _named(table: str, group: str, several: bool) -> str:
    return f"{table}: {group}" if several and table else group or "–"


def _span(low: float | None, high: float | None, t: Texts, *, percent: bool) -> str:
    if low is None or high is None:
        return t("none")
    first, last = (
        t("percent", number=t.number(100 * value, 2)) if percent else t.number(value, 4)
        for value in (low, high)
    )
    return first if first == last else t("span", low=first, high=last)

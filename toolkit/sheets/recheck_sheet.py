"""A rechecked table as PDF."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from toolkit.fairness.recheck import Recheck
from toolkit.sheets.branding import PLAIN, Branding
from toolkit.sheets.documents import typeset_document
from toolkit.sheets.look import Look, Paper
from toolkit.sheets.recheck_page import RecheckSheet


def recheck_sheet(
    found: Recheck,
    name: str = "",
    date: dt.date | None = None,
    *,
    columns: Mapping[str, str | None] | None = None,
    inputs: Mapping[str, str] | None = None,
) -> RecheckSheet:
    """A rechecked table as a document, with what it takes to recompute it again.

    Parameters
    ----------
    found : Recheck
    name : str
        What the table is called.
    date : date, optional
        On the document; today where it is left out.
    columns : mapping of str to str, optional
        Columns of the table that somebody named.
    inputs : mapping of str to str, optional
        Name and SHA-256 of the file that the table stood in.
    """
    named = {what: column for what, column in (columns or {}).items() if column is not None}
    files = tuple(sorted((inputs or {}).items()))
    return RecheckSheet(found, name, date or dt.date.today(), named, files)


def render_recheck(
    found: Recheck,
    name: str = "",
    date: dt.date | None = None,
    paper: Paper = "a4",
    language: str = "en",
    branding: Branding = PLAIN,
) -> bytes:
    """What does not agree, and every row recomputed: PDF/UA-1 and PDF/A-2a in one file.

    Parameters
    ----------
    found : Recheck
    name : str
        What the table is called.
    date : date, optional
        On the document; today where it is left out.
    paper : {"a4", "us-letter"}
    language : {"en", "de", "fr", "es"}
        Of everything but what people wrote.
    branding : Branding

    Returns
    -------
    bytes
        The same for the same result, name and date.

    Raises
    ------
    SheetError
        If the paper or the language is not known.
    """
    sheet = recheck_sheet(found, name, date)
    return typeset_document(sheet, Look(paper, language, branding)).pdf

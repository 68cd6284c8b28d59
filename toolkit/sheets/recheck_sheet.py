"""A rechecked table as PDF."""

from __future__ import annotations

import datetime as dt

from toolkit.fairness.recheck import Recheck
from toolkit.sheets.branding import PLAIN, Branding
from toolkit.sheets.documents import typeset_document
from toolkit.sheets.look import Look, Paper
from toolkit.sheets.recheck_page import RecheckSheet


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
        Of the fixed words.
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
    sheet = RecheckSheet(found, name, date or dt.date.today())
    return typeset_document(sheet, Look(paper, language, branding)).pdf

"""A rechecked table as PDF."""

from __future__ import annotations

import datetime as dt

from toolkit.fairness.recheck import Recheck
from toolkit.sheets.candidate_page import Paper
from toolkit.sheets.recheck_page import recheck_page
from toolkit.sheets.typesetting import typeset


def render_recheck(
    found: Recheck, name: str = "", date: dt.date | None = None, paper: Paper = "a4"
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

    Returns
    -------
    bytes
        The same for the same result, name and date.

    Raises
    ------
    SheetError
        If the paper is not known.
    """
    date = date or dt.date.today()
    return typeset("recheck", recheck_page(found, name, date, paper), date).pdf

"""A candidate's sheet as PDF."""

from __future__ import annotations

from toolkit.sheets.candidate_page import Paper, candidate_page
from toolkit.sheets.candidate_sheet import CandidateSheet
from toolkit.sheets.typesetting import Typeset, typeset


def typeset_sheet(sheet: CandidateSheet, paper: Paper = "a4") -> Typeset:
    """The sheet as PDF, with the characters that stand on it as code points.

    Parameters
    ----------
    sheet : CandidateSheet
    paper : {"a4", "us-letter"}

    Raises
    ------
    SheetError
        If the paper is not known.
    """
    return typeset("candidate", candidate_page(sheet, paper), sheet.date)


def render_pdf(sheet: CandidateSheet, paper: Paper = "a4") -> bytes:
    """The sheet as PDF: PDF/UA-1 and PDF/A-2a in one file, the same bytes for the same sheet."""
    return typeset_sheet(sheet, paper).pdf

"""The first page of a candidate's sheet as a picture, to look at before it is printed."""

from __future__ import annotations

from toolkit.sheets.candidate_page import Paper, candidate_page
from toolkit.sheets.candidate_sheet import CandidateSheet
from toolkit.sheets.typesetting import pictures

#: Dots an inch: legible on a screen, and a fraction of a second to draw.
SHARPNESS = 110


def first_page(sheet: CandidateSheet, paper: Paper = "a4") -> bytes:
    """Page one as PNG, set by the same template and fonts as the PDF.

    Parameters
    ----------
    sheet : CandidateSheet
    paper : {"a4", "us-letter"}

    Raises
    ------
    SheetError
        If the paper is not known or nothing could be drawn.
    """
    return pictures("candidate", candidate_page(sheet, paper), SHARPNESS)[0]

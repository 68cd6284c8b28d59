"""The first page of a candidate's sheet as a picture, to look at before it is printed."""

from __future__ import annotations

import json

from toolkit.errors import SheetError
from toolkit.sheets.candidate_page import Paper, candidate_page
from toolkit.sheets.candidate_sheet import CandidateSheet
from toolkit.sheets.printable import printable_tree
from toolkit.sheets.typesetting import _ONE_AT_A_TIME, TEMPLATES, _compiler

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
    content, _ = printable_tree(candidate_page(sheet, paper))
    with _ONE_AT_A_TIME:
        drawn = _compiler().compile(
            str(TEMPLATES / "candidate.typ"),
            format="png",
            ppi=SHARPNESS,
            sys_inputs={"page": json.dumps(content)},
        )
    page = drawn[0] if isinstance(drawn, list) and drawn else drawn
    if not isinstance(page, bytes):
        raise SheetError("The sheet could not be drawn. Download the PDF instead.")
    return page

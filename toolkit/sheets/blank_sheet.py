"""A review sheet for pen and paper: rubric and task, and no candidate."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from toolkit import __version__
from toolkit.review.rubric import Rubric, portfolio_rubric
from toolkit.sheets.content import content_of, digest_of
from toolkit.sheets.form_page import form_page
from toolkit.sheets.look import USUAL, Look, Page
from toolkit.sheets.opening_head import opening_head
from toolkit.sheets.requisition import Requisition
from toolkit.sheets.reviews_page import panel_tables
from toolkit.sheets.running import title_of
from toolkit.sheets.texts import texts_of


@dataclass(frozen=True)
class BlankSheet:
    """A sheet to copy for as many candidates and reviewers as there are.

    Parameters
    ----------
    requisition : Requisition
    date : date
    rubric : Rubric
    version : str
        Of this program.
    """

    requisition: Requisition
    date: dt.date
    rubric: Rubric = field(default_factory=portfolio_rubric)
    version: str = __version__

    def to_dict(self) -> dict[str, object]:
        """The sheet as JSON values; dates as ISO 8601."""
        return content_of(self)

    @property
    def digest(self) -> str:
        """SHA-256 of the content, printed in the footer of every page."""
        return digest_of(self)


def blank_page(sheet: BlankSheet, look: Look = USUAL) -> Page:
    """Every string that the template of a blank sheet prints.

    Parameters
    ----------
    sheet : BlankSheet
    look : Look
        A4 and English when left out.
    """
    t = texts_of("candidate", look.language)
    requisition, rubric, digest = sheet.requisition, sheet.rubric, sheet.digest
    return {
        **opening_head(
            requisition,
            look,
            t,
            rule=rubric.name,
            remark=t("job_related"),
            digest=digest,
            inputs="",
            screen="",
            version=sheet.version,
            titled="blank_document",
            untitled_document="blank_title",
            untitled="blank_title",
        ),
        "untitled": not title_of(requisition),
        "blank": True,
        "evidence": [],
        **form_page(requisition, rubric, sheet.date, t),
        "filled": False,
        "given": [],
        "reviewers": [],
        "panel": panel_tables(rubric, (), (), t),
        "abstained": [],
        "person": {},
        "inputs": [],
        "record": [
            {"what": t("record_content"), "digest": digest},
            {
                "what": t("record_rubric", name=rubric.name, version=rubric.version),
                "digest": rubric.digest,
            },
        ],
    }

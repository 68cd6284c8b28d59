"""A document as PDF, for those who want the bytes alone."""

from __future__ import annotations

from toolkit.sheets.branding import PLAIN, Branding
from toolkit.sheets.documents import Document, typeset_document
from toolkit.sheets.look import Look, Paper


def render_pdf(
    document: Document, paper: Paper = "a4", language: str = "en", branding: Branding = PLAIN
) -> bytes:
    """A document as PDF: PDF/UA-1 and PDF/A-2a in one file, the same bytes for the same document.

    Parameters
    ----------
    document : Document
        For instance a `CandidateSheet`.
    paper : {"a4", "us-letter"}
    language : {"en", "de", "fr", "es"}
        Of everything but what people wrote.
    branding : Branding

    Raises
    ------
    SheetError
        If the paper or the language is not known.
    """
    return typeset_document(document, Look(paper, language, branding)).pdf

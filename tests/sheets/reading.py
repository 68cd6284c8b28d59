"""Reading a sheet back: its text in order, and whether it keeps to the two standards."""

from __future__ import annotations

import io

import page
from pypdf import PdfReader


def text_of(pdf: bytes) -> str:
    """All text of a PDF, page after page, with line ends and break marks taken out."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return squeezed(" ".join(one.extract_text() for one in pages))


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    return [squeezed(one.extract_text()) for one in PdfReader(io.BytesIO(pdf)).pages]


def squeezed(text: str) -> str:
    """Text without white space and invisible break marks, to compare what is printed."""
    return "".join(text.replace("\u200b", "").split())


def failures(pdf: bytes) -> list[str]:
    """What a checker finds wrong under PDF/UA-1 and PDF/A-2a; nothing on a good sheet."""
    found = []
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A):
        report = page.validate_pdf_bytes(pdf, profile=profile)
        assert report.rules.total > 100
        found += [f"{failure.rule_id}: {failure.message}" for failure in report.failures]
    return found

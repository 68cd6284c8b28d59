"""The kinds of documents, and how each becomes a PDF that carries its record.

A document is a frozen dataclass of plain values (strings, numbers, dates, and tuples, mappings
and dataclasses of them), made from results and never from a clock. A function turns it into the
words of a page, a template sets them, and the values themselves are embedded. A new kind is a few
lines here, and in `recomputable` where its figures can be computed again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Protocol

from toolkit.errors import SheetError, did_you_mean
from toolkit.sheets.content import value_of
from toolkit.sheets.embedding import with_record
from toolkit.sheets.look import USUAL, Look, Page
from toolkit.sheets.record import Record, record_of
from toolkit.sheets.typesetting import Job, Typeset, pictures, typeset


class Document(Protocol):
    """What a document says. Its date becomes the creation date of the file."""

    @property
    def date(self) -> dt.date: ...


@dataclass(frozen=True)
class Kind:
    """One kind of document.

    Parameters
    ----------
    name : str
        In records, and of the template.
    values : type
        The dataclass of its values.
    page : callable
        From the values and a look to what the template prints.
    """

    name: str
    values: type[Any]
    page: Callable[[Any, Look], Page]


def kind_of(document: Document) -> Kind:
    """The kind of a document."""
    return next(kind for kind in map(kind_named, _KINDS) if isinstance(document, kind.values))


def kind_named(name: str) -> Kind:
    """The kind of this name.

    Raises
    ------
    SheetError
        If there is none.
    """
    if name not in _KINDS:
        raise SheetError(f"There is no document of the kind '{name}'. {did_you_mean(name, _KINDS)}")
    return _KINDS[name]()


def typeset_document(document: Document, look: Look = USUAL) -> Typeset:
    """The document as PDF with its record: PDF/UA-1 and PDF/A-2a in one file.

    Parameters
    ----------
    document : Document
    look : Look

    Returns
    -------
    Typeset
        The same bytes for the same document and look.

    Raises
    ------
    SheetError
        If it cannot be set to the two standards.
    """
    return recorded(document, look, typeset(*job_of(document, look)))


def job_of(document: Document, look: Look) -> Job:
    """What the typesetter is told, so that it need know nothing of documents."""
    kind = kind_of(document)
    return Job(kind.name, kind.page(document, look), document.date)


def recorded(document: Document, look: Look, bare: Typeset) -> Typeset:
    """The pages of a document, as the typesetter made them, with its record."""
    record = record_of(kind_of(document).name, document, document.date, look, bare.pdf)
    return Typeset(with_record(bare.pdf, record.to_bytes(), document.date), bare.replaced)


def typeset_again(record: Record) -> Typeset:
    """The document that a record speaks of, made once more from the record alone.

    Raises
    ------
    SheetError
        If the record is not that of such a document.
    """
    return typeset_document(document_of(record), record.look)


def document_of(record: Record) -> Document:
    """The values that a record holds.

    Raises
    ------
    SheetError
        If they are not those of such a document.
    """
    document: Document = value_of(kind_named(record.kind).values, record.content)
    return document


def pictures_of(document: Document, look: Look, sharpness: float) -> list[bytes]:
    """The pages as PNG.

    Parameters
    ----------
    document : Document
    look : Look
    sharpness : float
        Dots an inch.
    """
    kind = kind_of(document)
    return pictures(kind.name, kind.page(document, look), sharpness)


# What a kind takes is imported when the first document of that kind is met: a batch of review
# sheets has no use for what reports are made with, and should not carry it.


def _candidate() -> Kind:
    from toolkit.sheets.candidate_page import candidate_page
    from toolkit.sheets.candidate_sheet import CandidateSheet

    return Kind("candidate", CandidateSheet, candidate_page)


def _notice() -> Kind:
    from toolkit.sheets.notice_page import notice_page
    from toolkit.sheets.notice_sheet import NoticeSheet

    return Kind("notice", NoticeSheet, notice_page)


def _blank() -> Kind:
    from toolkit.sheets.blank_sheet import BlankSheet, blank_page

    return Kind("blank", BlankSheet, blank_page)


def _cohort() -> Kind:
    from toolkit.sheets.cohort_page import cohort_page
    from toolkit.sheets.cohort_report import CohortReport

    return Kind("cohort", CohortReport, cohort_page)


def _audit() -> Kind:
    from toolkit.sheets.audit_page import audit_page
    from toolkit.sheets.audit_report import AuditReport

    return Kind("audit", AuditReport, audit_page)


def _recheck() -> Kind:
    from toolkit.sheets.recheck_page import RecheckSheet, recheck_page

    return Kind("recheck", RecheckSheet, recheck_page)


def _statutory() -> Kind:
    from toolkit.sheets.statutory_page import StatutorySheet, statutory_page

    return Kind("statutory", StatutorySheet, statutory_page)


# Those of which there are many stand first.
_KINDS: Mapping[str, Callable[[], Kind]] = MappingProxyType(
    {
        "candidate": cache(_candidate),
        "notice": cache(_notice),
        "blank": cache(_blank),
        "cohort": cache(_cohort),
        "audit": cache(_audit),
        "recheck": cache(_recheck),
        "statutory": cache(_statutory),
    }
)

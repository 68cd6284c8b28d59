"""The kinds of documents, and how each becomes a PDF that carries its record.

A document is a frozen dataclass of plain values (strings, numbers, dates, and tuples, mappings
and dataclasses of them), made from results and never from a clock. A function turns it into the
words of a page, a template sets them, and the values themselves are embedded. A new kind is one
line in `_kinds`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from toolkit.errors import SheetError, did_you_mean
from toolkit.screening.screen import Screen
from toolkit.sheets.content import value_of
from toolkit.sheets.embedding import with_record
from toolkit.sheets.look import USUAL, Look, Page
from toolkit.sheets.recomputation import Recomputation
from toolkit.sheets.record import Record, record_of
from toolkit.sheets.stated_screen import StatedScreen
from toolkit.sheets.typesetting import Typeset, pictures, typeset


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
    screen : callable, optional
        The screen that the values speak of; None, or returning it, where they rest on none.
    again : callable, optional
        The same document computed once more from data, under a screen where it speaks of one;
        None where it holds no figures.
    from_tables : callable, optional
        Whether a document rests on tables as they stand, and not on candidates; None where none
        does.
    """

    name: str
    values: type[Any]
    page: Callable[[Any, Look], Page]
    screen: Callable[[Any], StatedScreen | None] | None = None
    again: Callable[[Any, Recomputation, Screen | None], Document] | None = None
    from_tables: Callable[[Any], bool] | None = None


def kind_of(document: Document) -> Kind:
    """The kind of a document."""
    return next(kind for kind in _kinds().values() if isinstance(document, kind.values))


def kind_named(name: str) -> Kind:
    """The kind of this name.

    Raises
    ------
    SheetError
        If there is none.
    """
    kinds = _kinds()
    if name not in kinds:
        raise SheetError(f"There is no document of the kind '{name}'. {did_you_mean(name, kinds)}")
    return kinds[name]


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
    kind = kind_of(document)
    bare = typeset(kind.name, kind.page(document, look), document.date)
    record = record_of(kind.name, document, document.date, look, bare.pdf)
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


def _own_screen(document: Any) -> StatedScreen:
    """The screen of a document that has it in three fields."""
    return StatedScreen(document.screen, document.screen_digest, document.screen_toml)


def _by_its_screen(
    again: Callable[[Any, Recomputation, Screen], Document],
) -> Callable[[Any, Recomputation, Screen | None], Document]:
    """The same for whoever cannot promise a screen."""

    def made(document: Any, results: Recomputation, screen: Screen | None) -> Document:
        if screen is None:
            raise SheetError("The record names no screen, so that nothing can be decided again.")
        return again(document, results, screen)

    return made


@cache
def _kinds() -> Mapping[str, Kind]:
    from toolkit.sheets.audit_page import audit_page
    from toolkit.sheets.audit_report import AuditReport
    from toolkit.sheets.blank_sheet import BlankSheet, blank_page
    from toolkit.sheets.candidate_page import candidate_page
    from toolkit.sheets.candidate_sheet import CandidateSheet
    from toolkit.sheets.cohort_page import cohort_page
    from toolkit.sheets.cohort_report import CohortReport
    from toolkit.sheets.notice_page import notice_page
    from toolkit.sheets.notice_sheet import NoticeSheet
    from toolkit.sheets.recheck_page import RecheckSheet, recheck_page
    from toolkit.sheets.recomputed import (
        audit_again,
        candidate_again,
        cohort_again,
        notice_again,
        recheck_again,
        statutory_again,
    )
    from toolkit.sheets.statutory_page import StatutorySheet, statutory_page

    kinds = (
        Kind(
            "candidate",
            CandidateSheet,
            candidate_page,
            screen=lambda sheet: StatedScreen(
                sheet.outcome.screen, sheet.outcome.screen_digest, sheet.outcome.screen_toml
            ),
            again=_by_its_screen(candidate_again),
        ),
        Kind("blank", BlankSheet, blank_page),
        Kind("notice", NoticeSheet, notice_page, _own_screen, _by_its_screen(notice_again)),
        Kind(
            "cohort",
            CohortReport,
            cohort_page,
            screen=lambda report: StatedScreen(
                report.rule.name, report.rule.digest, report.rule.toml
            ),
            again=_by_its_screen(cohort_again),
        ),
        Kind("audit", AuditReport, audit_page, _own_screen, _by_its_screen(audit_again)),
        Kind(
            "recheck",
            RecheckSheet,
            recheck_page,
            again=recheck_again,
            from_tables=lambda _: True,
        ),
        Kind(
            "statutory",
            StatutorySheet,
            statutory_page,
            screen=lambda sheet: sheet.screen,
            again=statutory_again,
            from_tables=lambda sheet: sheet.task is not None and not sheet.task.of_candidates,
        ),
    )
    return {kind.name: kind for kind in kinds}

"""What portfolio documents say, claim and lose in their blinded copy, each worked out once."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.intake.documents.claims import Claims, find_claims
from toolkit.intake.documents.document import Document
from toolkit.intake.documents.read_document import read_documents
from toolkit.intake.issue import Issue
from toolkit.review.blinding.blind import Blinded, blind_document
from toolkit.ui.components.progress import working
from toolkit.ui.state import Workspace, content_hash


def claims_of(work: Workspace, document: Document) -> Claims:
    """The figures and dates that a document, or its blinded copy, claims."""
    return work.keep(
        "claims",
        content_hash(document.text),
        make=lambda: find_claims(document),
        doing="Looking for figures and dates",
    )


def blinded_of(
    work: Workspace, document: Document, names: Sequence[str], pronouns: bool
) -> Blinded:
    """The blinded copy of a document."""
    return work.keep(
        "blinded",
        document.sha256,
        content_hash(list(names), pronouns),
        make=lambda: blind_document(document, names, pronouns=pronouns),
        doing="Making the blinded copy",
    )


def take_documents(
    work: Workspace, candidate: str, files: Sequence[tuple[str, bytes]]
) -> list[Issue]:
    """Read documents and add them to a candidate's; the same file again is no second one.

    Returns
    -------
    list of Issue
        An error for each file that could not be read.
    """
    with working("Reading the documents"):
        read, errors = read_documents(list(files))
    there = work.portfolios.get(candidate, ())
    known = {one.sha256 for one in there}
    work.portfolios[candidate] = (*there, *(one for one in read if one.sha256 not in known))
    return errors

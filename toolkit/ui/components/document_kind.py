"""Which document is made."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import streamlit as st


@dataclass(frozen=True)
class DocumentKind:
    """A document as the page offers it.

    Parameters
    ----------
    key : str
        As in the command ``sheets``.
    label, about : str
        Its name, and a sentence about it.
    of_each : bool
        Whether every candidate has one.
    """

    key: str
    label: str
    about: str
    of_each: bool = False


KINDS = (
    DocumentKind(
        "candidate",
        "Review sheet",
        "One for each candidate: the rubric to rate the work, and on later pages what each score "
        "changed for this candidate. Nobody's group stands on it.",
        of_each=True,
    ),
    DocumentKind(
        "notice",
        "Notice to the candidate",
        "One for each candidate, on one page in plain words: which scores were seen, what each "
        "changed, what decided, and how to ask for a person or a correction.",
        of_each=True,
    ),
    DocumentKind(
        "cohort",
        "Requisition report",
        "One about everybody: the screen, what each score changed, every weight and cut-off, "
        "suspected inflation and its reward, the review beside the screen, and decisions.",
    ),
    DocumentKind(
        "audit",
        "Adverse-impact report",
        "Counts and figures of groups with the tables that laws ask for, and no person.",
    ),
    DocumentKind(
        "blank",
        "Blank sheet",
        "A review sheet for pen and paper, for any candidate.",
    ),
)


def document_picker(keys: Collection[str]) -> DocumentKind:
    """The document to make, with a sentence about it.

    Parameters
    ----------
    keys : collection of str
        Of the kinds that are offered.
    """
    offered = {kind.label: kind for kind in KINDS if kind.key in keys}
    chosen = st.radio(
        "Document",
        list(offered),
        key="sheets-kind",
        horizontal=True,
        persist_state="session",
    )
    kind = offered[chosen]
    st.caption(kind.about)
    return kind

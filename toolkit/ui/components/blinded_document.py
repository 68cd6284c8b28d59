"""A blinded document as a reviewer sees it: its words, the figures to check, its links."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from toolkit.intake.documents.claims import Claims
from toolkit.intake.documents.document import FORMS, Document
from toolkit.ui.components.claims_table import claims_table
from toolkit.ui.components.document_text import document_text


def blinded_document(
    document: Document, claims: Claims, removed: Mapping[str, int], *, key: str
) -> None:
    """Show a blinded copy.

    Parameters
    ----------
    document : Document
        The copy.
    claims : Claims
        Found in the copy, so that they say no more than it does.
    removed : mapping of str to int
        How many of each kind were taken out.
    key : str
        Unique on the page.
    """
    st.caption(document_facts(document, removed))
    reading, checking = st.tabs(
        ["The document", f"To check ({len(claims.changes) + len(claims.amounts):,} figures)"]
    )
    with reading:
        document_text(document, key)
    with checking:
        claims_table(claims, key)
        link_list(document)


def document_facts(document: Document, removed: Mapping[str, int]) -> str:
    """What kind of document it is, and what was taken out, in a sentence or two."""
    said = FORMS[document.form]
    said = f"{said[:1].upper()}{said[1:]}"
    if document.pages is not None:
        said += f", {document.pages:,} page{'s' if document.pages != 1 else ''}"
    counted = [
        f"{kind} ({count:,})" if count > 1 else kind
        for kind, count in removed.items()
        if kind != "picture"
    ]
    said += f". Withheld: {', '.join(counted)}." if counted else ". Nothing was withheld."
    if document.pictures:
        many = document.pictures != 1
        said += f" {document.pictures:,} picture{'s are' if many else ' is'} not shown."
    return said


def link_list(document: Document) -> None:
    """Addresses as text: opening one may show whose work it is."""
    if not document.links:
        return
    links = dict.fromkeys(
        f"{one.words}: {one.address}" if one.words else one.address for one in document.links
    )
    with st.expander(f"Links ({len(links):,})"):
        st.markdown("As text, since a page often says whose it is. Nobody has opened them.")
        st.code("\n".join(links), language=None, wrap_lines=True)

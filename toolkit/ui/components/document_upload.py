"""Bring the documents of one candidate's portfolio."""

from __future__ import annotations

import streamlit as st

#: What is read, and what is refused with a word on how to convert it.
FORMATS = ["pdf", "docx", "md", "txt", "html", "htm", "json", "doc", "rtf", "odt"]


def document_upload(key: str, button: str) -> tuple[tuple[str, bytes], ...]:
    """A field for documents.

    Parameters
    ----------
    key : str
        Unique on the page, and another one for another candidate.
    button : str
        Words on the button.

    Returns
    -------
    tuple of (str, bytes)
        Names and bytes, on the run in which the button was pressed; empty otherwise.
    """
    uploaded = st.file_uploader(
        "Portfolio documents",
        type=FORMATS,
        accept_multiple_files=True,
        key=f"documents-{key}",
        help="PDF, DOCX, Markdown, text, HTML, JSON Resume or a list of links. Nothing is "
        "fetched from the network, and pictures are not carried over.",
    )
    if not uploaded or not st.button(button, key=f"documents-{key}-read", type="primary"):
        return ()
    return tuple((file.name, file.getvalue()) for file in uploaded)

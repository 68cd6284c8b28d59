"""One candidate's sheet: what page one looks like, and the PDF."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

#: Pixels; a narrower window shrinks the page to its own width.
PREVIEW_WIDTH = 620


def sheet_preview(
    candidate: str,
    page_one: bytes,
    file_name: str,
    pdf: Callable[[], bytes],
    what: str = "sheet",
) -> None:
    """Page one as a picture, and a button that makes the PDF.

    Parameters
    ----------
    candidate : str
        The candidate's code, or the name of a document about everybody.
    page_one : bytes
        PNG.
    file_name : str
        Of the PDF.
    pdf : callable
        Makes the PDF on the click.
    what : str
        What the document is called.
    """
    st.download_button(
        f"Download this {what} as PDF",
        data=pdf,
        file_name=file_name,
        mime="application/pdf",
        key="sheet-download",
        type="primary",
        on_click="ignore",
    )
    with st.container(border=True, key="sheet-page", width=PREVIEW_WIDTH + 40):
        st.image(page_one, width=PREVIEW_WIDTH, alt=f"First page of the {what} of {candidate}")
    st.caption("Page one as it will be printed. The PDF has all pages and can be read aloud.")

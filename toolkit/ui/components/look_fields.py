"""How a document looks: its paper, its language, and whose it is. The same on every page."""

from __future__ import annotations

import streamlit as st

from toolkit.sheets.look import Look, Paper
from toolkit.sheets.texts import LANGUAGE_NAMES
from toolkit.ui.components.branding_fields import branding_fields

_PAPERS: dict[Paper, str] = {"a4": "A4", "us-letter": "US Letter"}


def look_fields(organisation: str | None = None) -> Look:
    """Fields for paper, language, logo, colour and footer; nothing has to be filled in.

    What was chosen on one page is chosen on the others.

    Parameters
    ----------
    organisation : str, optional
        As typed elsewhere on the page; asked for here when left out.
    """
    left, right = st.columns(2)
    paper = left.radio(
        "Paper",
        list(_PAPERS),
        format_func=_PAPERS.__getitem__,
        key="sheet-paper",
        horizontal=True,
        persist_state="session",
    )
    language = right.selectbox(
        "Language",
        list(LANGUAGE_NAMES),
        format_func=LANGUAGE_NAMES.__getitem__,
        key="sheet-language",
        persist_state="session",
        help="Numbers and dates follow it. What people wrote stays as it is.",
    )
    return Look(paper, language or "en", branding_fields(organisation))

"""Whose documents they are: logo, colour and a line in the footer."""

from __future__ import annotations

import streamlit as st

from toolkit.errors import SheetError
from toolkit.sheets.branding import ACCENT, LONGEST_FOOTER, Branding, checked_accent
from toolkit.sheets.logo import LARGEST, Logo, logo_of
from toolkit.ui.plain_text import plain

#: An uploaded file is forgotten when its page is left; a logo that was looked at is not.
_LOGO = "sheet-logo-kept"


def branding_fields(organisation: str | None) -> Branding:
    """Fields for the look of one's own documents; nothing has to be filled in.

    What cannot be used is said beside its field, and left out.

    Parameters
    ----------
    organisation : str or None
        As typed for the head of the documents; None to ask for it here.
    """
    with st.expander("Your logo, colour and footer"):
        left, right = st.columns(2)
        with left:
            if organisation is None:
                organisation = st.text_input(
                    "Organisation", key="sheet-organisation", persist_state="session"
                )
            logo = _logo()
        with right:
            accent = _accent()
            footer = st.text_input(
                "Footer", key="sheet-footer", max_chars=LONGEST_FOOTER, persist_state="session"
            )
        try:
            return Branding(organisation.strip(), logo, accent, " ".join((footer or "").split()))
        except SheetError as error:
            st.error(plain(str(error)))
            return Branding(logo=logo, accent=accent)


def _logo() -> Logo | None:
    uploaded = st.file_uploader(
        "Logo (PNG or SVG)",
        type=["png", "svg"],
        key="sheet-logo",
        help=f"At most {LARGEST:,} bytes, without scripts or anything fetched from outside.",
    )
    if uploaded is not None:
        try:
            st.session_state[_LOGO] = logo_of(uploaded.getvalue(), uploaded.name)
        except SheetError as error:
            st.error(plain(str(error)))
    kept: Logo | None = st.session_state.get(_LOGO)
    if kept is not None and st.button("Take the logo out", key="sheet-logo-out"):
        del st.session_state[_LOGO]
        return None
    return kept


def _accent() -> str:
    picked = st.color_picker(
        "Colour of headings",
        value=ACCENT,
        key="sheet-accent",
        persist_state="session",
        help="Dark enough to be read on white: a contrast of 4.5 or more.",
    )
    try:
        return checked_accent(picked)
    except SheetError as error:
        st.error(plain(str(error)))
        return ACCENT

"""Whom a candidate may ask, for the notice."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from toolkit.sheets.notice_sheet import Contact


def contact_fields() -> Contact:
    """Address and last day; what is left empty is a line to fill in by hand."""
    left, right = st.columns([2, 1])
    address = left.text_input(
        "Whom candidates may ask",
        key="notice-contact",
        placeholder="people@example.org",
        persist_state="session",
    )
    until = right.date_input(
        "Until when",
        value=None,
        key="notice-until",
        format="YYYY-MM-DD",
        persist_state="session",
        help="Duties differ by place, so nothing is assumed.",
    )
    return Contact(address.strip(), until if isinstance(until, dt.date) else None)

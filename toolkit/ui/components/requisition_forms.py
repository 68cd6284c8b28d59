"""Forms about one requisition: its title and criteria, how long it is kept, closing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from toolkit.store.requisitions import Requisition
from toolkit.store.written import LONGEST_TEXT, LONGEST_TITLE
from toolkit.ui.plain_text import plain


@dataclass(frozen=True)
class Wording:
    """What a form says of a requisition."""

    title: str
    criteria: str


@dataclass(frozen=True)
class Keeping:
    """What a person wants done about keeping a requisition; None for what stays."""

    retain_until: date | None = None
    forget_date: bool = False
    hold: bool | None = None
    closed: bool | None = None
    delete: bool = False


def new_requisition_form(revision: int) -> Wording | None:
    """Ask for a title and what the post asks for; None while nothing was sent."""
    with st.form(f"new-requisition-{revision}", border=False):
        wording = _wording("new", "", "", revision)
        sent = st.form_submit_button("Make it", key="make-requisition", type="primary")
    return wording if sent else None


def wording_form(present: Requisition) -> Wording | None:
    """Change title and criteria; None while nothing was sent."""
    with st.form(f"wording-{present.version}", border=False):
        wording = _wording("present", present.title, present.criteria, present.version)
        sent = st.form_submit_button("Save", key="save-wording")
    return wording if sent else None


def keeping_form(present: Requisition, today: date, *, may_delete: bool) -> Keeping | None:
    """Last day, legal hold, closing and deleting; None on a run in which nothing was pressed."""
    if present.legal_hold:
        st.warning("On legal hold: nothing of this requisition can be erased or deleted.")
    first, second, third = st.columns(3, vertical_alignment="bottom")
    until = date.fromisoformat(present.retain_until) if present.retain_until else None
    with first:
        chosen = st.date_input(
            "Last day on which it may be kept",
            until,
            min_value=date(2000, 1, 1),
            max_value=date(2200, 1, 1),
            format="YYYY-MM-DD",
            key=f"retain-until-{present.version}",
            help="After it, the requisition is listed for deletion. Nothing is deleted by itself.",
        )
    if not isinstance(chosen, date):
        chosen = None
    if chosen != until:
        with first:
            if st.button("Save this day", key="save-day", type="primary"):
                return Keeping(retain_until=chosen, forget_date=chosen is None)
    with second:
        hold = "Take the legal hold off" if present.legal_hold else "Put a legal hold on it"
        if st.button(hold, key="hold", width="stretch", help="For a dispute: nothing may go."):
            return Keeping(hold=not present.legal_hold)
    with third:
        close = "Open it again" if present.is_closed else "Close the requisition"
        if st.button(close, key="close", width="stretch", help="Closed, it can only be read."):
            return Keeping(closed=not present.is_closed)
    if may_delete and present.is_past(today) and not present.legal_hold:
        return _deletion(present)
    return None


def _deletion(present: Requisition) -> Keeping | None:
    with st.form("delete-requisition"):
        st.markdown(
            f"The last day of “{plain(present.title)}” has passed. Deleting takes candidates, "
            "reviews, documents and decisions with it and cannot be undone; the log stays."
        )
        typed = st.text_input("Type the title to confirm", key="delete-title")
        sent = st.form_submit_button("Delete the requisition", key="delete")
    if sent and typed.strip() != present.title:
        st.error("That is not the title. Nothing was deleted.")
        return None
    return Keeping(delete=True) if sent else None


def _wording(name: str, title: str, criteria: str, revision: int) -> Wording:
    given = st.text_input("Title", title, max_chars=LONGEST_TITLE, key=f"{name}-title-{revision}")
    about = st.text_area(
        "What the post asks for",
        criteria,
        max_chars=LONGEST_TEXT,
        key=f"{name}-criteria-{revision}",
        help="In your own words. The rubric is linked to it, and topics of scores are compared "
        "with it.",
    )
    return Wording(given or "", about or "")

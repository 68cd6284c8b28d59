"""What stands at the head of every review sheet, and how it is printed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import streamlit as st

from toolkit.sheets.branding import PLAIN, Branding
from toolkit.sheets.content_hash import sha256
from toolkit.sheets.look import Look, Paper
from toolkit.sheets.requisition import Requisition, Task
from toolkit.ui.components.look_fields import look_fields

_BLIND = "Blind: codes only"
_NAMED = "With names"


@dataclass(frozen=True)
class SheetSettings:
    """What the person chose for all sheets.

    Parameters
    ----------
    requisition : Requisition
    blind : bool
        Withhold names and links.
    paper : {"a4", "us-letter"}
    date : date
        On the sheets.
    language : str
        Of everything but what people wrote.
    branding : Branding
        Whose sheets they are.
    """

    requisition: Requisition
    blind: bool
    paper: Paper
    date: dt.date
    language: str = "en"
    branding: Branding = PLAIN

    @property
    def look(self) -> Look:
        """Paper, language and branding."""
        return Look(self.paper, self.language, self.branding)


def sheet_settings(known: Requisition | None = None, *, names: bool = True) -> SheetSettings:
    """Fields for the head of the sheets; what is left empty is a line to fill in by hand.

    Parameters
    ----------
    known : Requisition, optional
        What stands in the fields at first.
    names : bool
        Whether candidates can be shown with their names.
    """
    # What somebody typed for one requisition is not what the next begins with.
    own = "" if known is None else f"-{sha256(repr(known).encode())[:8]}"
    known = known or Requisition()
    left, right = st.columns(2)
    with left:
        title = _line(
            "Requisition",
            f"title{own}",
            value=known.title,
            placeholder="Social media manager, spring 2026",
        )
        role = _line("Role", "role")
        date = st.date_input(
            "Date on the sheets", key="sheet-date", format="YYYY-MM-DD", persist_state="session"
        )
        blind = _blind() if names else _BLIND
    with right:
        organisation = _line("Organisation", "organisation")
        stage = _line("Stage", "stage", value=Requisition().stage)
        until = st.date_input(
            "Keep until",
            value=known.retain_until,
            key=f"sheet-until{own}",
            format="YYYY-MM-DD",
            persist_state="session",
            help="Duties differ by place, so nothing is assumed. Left empty, it is a blank line.",
        )
    look = look_fields(organisation)
    requisition = Requisition(
        title=title or Requisition().title,
        role=role,
        stage=stage,
        organisation=organisation,
        task=_task(known.task, own),
        retain_until=until if isinstance(until, dt.date) else None,
    )
    return SheetSettings(
        requisition=requisition,
        blind=blind == _BLIND,
        paper=look.paper,
        date=date if isinstance(date, dt.date) else dt.date.today(),
        language=look.language,
        branding=look.branding,
    )


def _blind() -> str:
    chosen: str = st.radio(
        "Candidates are shown",
        [_BLIND, _NAMED],
        key="sheet-blind",
        horizontal=True,
        persist_state="session",
        help="Blind sheets withhold names and links, also where a name stands in the texts.",
    )
    return chosen


def _task(known: Task, own: str) -> Task:
    with st.expander("The task that every candidate took, if there was one"):
        title = _line("Title", f"task-title{own}", value=known.title)
        instructions = st.text_area(
            "Instructions, as the candidates received them",
            value=known.instructions,
            key=f"sheet-task-instructions{own}",
            persist_state="session",
        )
        limit = _line(
            "Time limit", f"task-limit{own}", value=known.time_limit, placeholder="90 minutes"
        )
        conditions = _line(
            "Conditions that were the same for all",
            f"task-conditions{own}",
            value=known.conditions,
        )
    return replace(
        known,
        title=title,
        instructions=instructions.strip(),
        time_limit=limit,
        conditions=conditions,
    )


def _line(label: str, key: str, value: str = "", placeholder: str = "") -> str:
    typed = st.text_input(
        label,
        value=value,
        key=f"sheet-{key}",
        placeholder=placeholder or None,
        persist_state="session",
    )
    return typed.strip()

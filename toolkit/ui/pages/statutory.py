"""Statutory tables: what a law asks for, in its own form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import streamlit as st

from toolkit.fairness.categories import unmapped
from toolkit.fairness.law import UNKNOWN, Law
from toolkit.fairness.published_table import ALIASES
from toolkit.fairness.statutory_columns import fitting_columns
from toolkit.fairness.statutory_result import Particulars
from toolkit.fairness.statutory_task import StatutoryTask
from toolkit.intake.plain_name import plain_name
from toolkit.sheets.documents import typeset_document
from toolkit.sheets.statutory_page import StatutorySheet
from toolkit.sheets.statutory_sheet import statutory_workbook
from toolkit.ui import places
from toolkit.ui.components.column_choice import column_choice
from toolkit.ui.components.download import download
from toolkit.ui.components.empty_state import candidates_missing, empty_state
from toolkit.ui.components.heading import heading, section
from toolkit.ui.components.look_fields import look_fields
from toolkit.ui.components.pasted_table import pasted_table
from toolkit.ui.components.signal_names import signal_name
from toolkit.ui.components.statutory_settings import (
    category_mapping,
    law_picker,
    particulars,
    small_categories,
)
from toolkit.ui.components.statutory_tables import statutory_notes, statutory_table
from toolkit.ui.components.table import table_download
from toolkit.ui.faults import shown_in_place
from toolkit.ui.plain_text import plain
from toolkit.ui.results import cohort_of
from toolkit.ui.state import Workspace, content_hash, workspace
from toolkit.ui.table_results import statutory_of_candidates, statutory_of_counts

_CANDIDATES, _COUNTS = "The candidates at hand", "A table of counts"
_SCREEN, _SCORE = "Whom the screen selects", "A score"
_SELECTED, _ABOVE = "People selected", "People above the median score"
_JOB = "job"
_EXAMPLE = "sex,race,selected,n\nFemale,Asian,34,76\nMale,Asian,50,92"


def page() -> None:
    """Draw the page."""
    heading(
        places.STATUTORY.title,
        "The tables that a law asks for, in its own form, from the candidates at hand or from "
        "counts alone.",
    )
    work = workspace()
    law = law_picker()
    source = st.radio(
        "From",
        [_CANDIDATES, _COUNTS],
        key="statutory-from",
        horizontal=True,
        persist_state="session",
    )
    with shown_in_place():
        found = _of_candidates(work, law) if source == _CANDIDATES else _of_counts(work, law)
        if found is not None:
            _shown(found)


def _of_candidates(work: Workspace, law: Law) -> StatutorySheet | None:
    if candidates_missing(work):
        return None
    cohort = cohort_of(work)
    if not len(cohort.groups.columns):
        empty_state(
            "There are no group columns. Add columns with sex and with race or ethnicity to the "
            "file, or a table of their own with candidate codes.",
            ("Mark a column as a group", places.CANDIDATES),
        )
        return None
    score = None
    if _rates(work, law) == _SCORE:
        names = [*cohort.scores, *(name for name in cohort.about if name not in cohort.scores)]
        score = st.selectbox(
            "Score",
            names,
            format_func=lambda name: signal_name(cohort, name),
            key=f"statutory-score-{work.cohort_key[:16]}",
            persist_state="session",
        )
    elif work.screen is None:
        empty_state(
            "There is no screen yet, so nobody is selected.", ("Build a screen", places.SCREEN)
        )
        return None
    key = f"statutory-{law.key}-{work.cohort_key[:16]}"
    asked = _asked(law, cohort.groups, key)
    if asked is None:
        return None
    task, told = asked
    return statutory_of_candidates(
        work, replace(task, source="screen" if score is None else "signal", score=score or ""), told
    )


def _rates(work: Workspace, law: Law) -> str:
    if "scoring" not in law.rates:
        return _SCREEN
    return st.radio(
        "What is tabulated",
        [_SCREEN, _SCORE],
        index=0 if work.screen is not None else 1,
        key="statutory-rate",
        horizontal=True,
        persist_state="session",
        help="A score is tabulated as the share of each category above the median of everybody.",
    )


def _of_counts(work: Workspace, law: Law) -> StatutorySheet | None:
    table = pasted_table(
        "statutory",
        "Paste a table of counts",
        _EXAMPLE,
        "One row for each combination of categories, with the people selected and all people. "
        "Rows of the same combination are added up.",
    )
    if table is None:
        return None
    columns = [str(column) for column in table.frame.columns]
    found = {
        name: fitting[0]
        for name in ("selected", "n")
        if (fitting := [column for column in columns if plain_name(column) in ALIASES[name]])
    }
    key = f"statutory-counts-{content_hash(columns)[:16]}"
    wanted = {"selected": "People selected", "n": "All people"}
    counts = column_choice(columns, wanted, found, key=key, needed=wanted)
    if len(counts) < len(wanted):
        st.markdown("Choose the columns with the counts.")
        return None
    scoring = (
        "scoring" in law.rates
        and st.radio(
            "The counts are",
            [_SELECTED, _ABOVE],
            key="statutory-counts-kind",
            horizontal=True,
            persist_state="session",
        )
        == _ABOVE
    )
    asked = _asked(law, table.frame, f"{key}-{law.key}")
    if asked is None:
        return None
    task = replace(
        asked[0],
        selected=counts["selected"],
        total=counts["n"],
        rate="scoring" if scoring else "selection",
    )
    return statutory_of_counts(work, task, table, asked[1])


def _asked(law: Law, groups: pd.DataFrame, key: str) -> tuple[StatutoryTask, Particulars] | None:
    """Columns, what strange values mean, what is left out, and what stands beside."""
    columns = [str(column) for column in groups.columns]
    wanted = {attribute.name: attribute.title for attribute in law.attributes}
    found = {
        attribute.name: fitting[0]
        for attribute in law.attributes
        if len(fitting := fitting_columns(attribute, columns)) == 1
    }
    asked = wanted
    if law.by_job:
        asked = {**wanted, _JOB: "Job, for tables of each"}
        jobs = [column for column in columns if plain_name(column) in ALIASES[_JOB]]
        found |= {_JOB: jobs[0]} if len(jobs) == 1 else {}
    chosen = column_choice(columns, asked, found, key=key, needed=wanted)
    job = chosen.pop(_JOB, None)
    if len(chosen) < len(wanted):
        st.markdown("Choose the columns with the groups that the law names.")
        return None
    strange = _strange(law, groups, chosen)
    told = category_mapping(law, strange, UNKNOWN)
    if any(value not in told for values in strange.values() for value in values):
        return None
    left_out, reason = small_categories(law)
    task = StatutoryTask(
        law.key, "counts", chosen, job=job or "", categories=told, left_out=left_out
    )
    return task, particulars(law, reason)


def _strange(
    law: Law, groups: pd.DataFrame, columns: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    return {name: unmapped(groups[column], law.attribute(name)) for name, column in columns.items()}


def _shown(sheet: StatutorySheet) -> None:
    found = sheet.found
    median = "" if found.median is None else f", median score {found.median:g}"
    section(
        "The tables",
        f"{'Scoring' if found.rate == 'scoring' else 'Selection'} rates of "
        f"{found.assessed:,} people{median}.",
    )
    for table in found.of_job():
        st.subheader(plain(table.title), anchor=False)
        statutory_table(table, found)
    if found.jobs:
        st.subheader("By job", anchor=False)
        job = st.selectbox("Job", found.jobs, format_func=plain, key="statutory-job")
        for table in found.of_job(job):
            st.markdown(f"**{plain(table.title)}**")
            statutory_table(table, found)
    section("What they say and what they do not")
    statutory_notes(found)
    section("Take the tables with you", "Counts of groups, without any person.")
    name = f"statutory-tables-{found.law.key}"
    look = look_fields(found.particulars.organisation)
    with st.container(horizontal=True):
        download(
            "Download as PDF",
            f"{name}.pdf",
            lambda: typeset_document(sheet, look).pdf,
            key="statutory-pdf",
        )
        download(
            "Download as workbook",
            f"{name}.xlsx",
            lambda: statutory_workbook(found),
            key="statutory-xlsx",
        )
        table_download(
            pd.DataFrame(found.rows()),
            key="statutory-csv",
            file_name=f"{name}.csv",
            workbook=False,
        )

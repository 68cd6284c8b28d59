"""Candidates: bring files, check what each column is, and see what was read."""

from __future__ import annotations

import streamlit as st

from toolkit.ui import places
from toolkit.ui.components.candidate_table import candidate_table, cohort_sentence, kept_apart
from toolkit.ui.components.column_mapping import column_mapping
from toolkit.ui.components.heading import heading, section
from toolkit.ui.components.issue_list import issue_list
from toolkit.ui.components.mapping_file import mapping_download, mapping_upload
from toolkit.ui.components.upload import upload
from toolkit.ui.faults import shown_in_place
from toolkit.ui.opening import correct_mapping, open_files
from toolkit.ui.plain_text import plain
from toolkit.ui.results import cohort_of
from toolkit.ui.state import Workspace, workspace


def page() -> None:
    """Draw the page."""
    heading(
        places.CANDIDATES.title,
        "Bring what you know about the applicants of one opening. One table with a row a "
        "candidate is enough; scores, accounts, groups and portfolios may come in tables of "
        "their own.",
    )
    work = workspace()
    if work.reading is None:
        _bring(work)
        places.START.link("Or open a sample")
        return
    section(plain(work.cohort_name))
    if work.cohort is None:
        st.error(plain(work.problem))
    else:
        st.markdown(cohort_sentence(work.cohort))
        kept_apart(work.cohort)
        _onward(work)
        issue_list(work.cohort.issues)
    section("What each column is")
    _mapping(work)
    if work.cohort is not None:
        section("The candidates", "As read. Group columns are not among them.")
        candidate_table(cohort_of(work))
    section("Other candidates", "Reading other files puts these away; a screen that fits stays.")
    _bring(work)


def _bring(work: Workspace) -> None:
    with shown_in_place():
        files = upload(f"upload-{work.revision}")
        if files:
            more = f" and {len(files) - 1} more" if len(files) > 1 else ""
            open_files(work, files, f"{files[0][0]}{more}")
            st.rerun()


def _onward(work: Workspace) -> None:
    if work.screen is None:
        places.SCREEN.link("Go on: build a screen")
    else:
        places.INFLUENCE.link("Go on: see what each score changes")


def _mapping(work: Workspace) -> None:
    assert work.reading is not None
    assert work.mapping is not None
    with shown_in_place():
        changed = column_mapping(work.mapping, work.reading.tables, work.catalogue, work.revision)
        with st.expander("Keep this mapping, or use one"):
            mapping_download(work.mapping)
            changed = mapping_upload(work.revision) or changed
        if changed is not work.mapping:
            correct_mapping(work, changed)
            st.rerun()

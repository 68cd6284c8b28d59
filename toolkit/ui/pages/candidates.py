"""Candidates: bring files, check what each column is, and see what was read."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from toolkit.intake.problem_cells import counted
from toolkit.store.rights import Action
from toolkit.ui import places
from toolkit.ui.components.candidate_table import candidate_table, cohort_sentence, kept_apart
from toolkit.ui.components.column_mapping import column_mapping
from toolkit.ui.components.heading import heading, section
from toolkit.ui.components.issue_list import issue_list
from toolkit.ui.components.mapping_file import mapping_download, mapping_upload
from toolkit.ui.components.upload import upload
from toolkit.ui.faults import shown_in_place
from toolkit.ui.opened_requisition import (
    candidates_are_kept,
    keep_candidates,
    may,
    missing_codes,
)
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
        _keep(work)
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


def _keep(work: Workspace) -> None:
    """Keep what was uploaded in the opened requisition, where there is one."""
    opened = work.opened
    if opened is None:
        return
    _apart(work)
    if candidates_are_kept(work):
        st.caption(f"Kept in “{plain(opened.title)}”, version {opened.cohort_version}.")
    elif not may(work, Action.CHANGE_CANDIDATES):
        st.warning(
            f"“{plain(opened.title)}” is closed, so these candidates are not kept in it. Open it "
            "again on the page Requisitions."
        )
    else:
        _keep_now(work, ())
        missing = missing_codes(work)
        if missing and st.button(
            f"Keep these candidates; {counted(len(missing), 'other')} have withdrawn",
            key="withdrawn",
        ):
            _keep_now(work, missing)


def _apart(work: Workspace) -> None:
    """Name the group columns that this person does not have, so that nothing seems lost."""
    assert work.mapping is not None
    assert work.cohort is not None
    names = [entry.column for entry in work.mapping.entries if entry.role.name == "group"]
    if names and not len(work.cohort.groups.columns):
        st.markdown(
            f"**Kept apart:** {', '.join(map(plain, names))}. An auditor sees them counted "
            "together; whoever decides does not."
        )


def _keep_now(work: Workspace, withdrawn: Sequence[str]) -> None:
    kept = False
    with shown_in_place():
        keep_candidates(work, withdrawn)
        kept = True
    if kept:
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

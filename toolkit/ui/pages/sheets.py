"""Review sheets: one PDF a candidate, for the people who decide."""

from __future__ import annotations

import streamlit as st

from toolkit.sheets.batch import file_name
from toolkit.sheets.content_hash import sha256
from toolkit.sheets.documents import typeset_document
from toolkit.ui import places
from toolkit.ui.components.candidate_picker import candidate_picker
from toolkit.ui.components.empty_state import screen_missing
from toolkit.ui.components.heading import heading, section
from toolkit.ui.components.rubric_picker import rubric_picker
from toolkit.ui.components.sheet_archive import (
    archive_button,
    archive_download,
    archive_was_stopped,
)
from toolkit.ui.components.sheet_check import sheet_check
from toolkit.ui.components.sheet_choice import sheet_choice
from toolkit.ui.components.sheet_preview import sheet_preview
from toolkit.ui.components.sheet_settings import SheetSettings, sheet_settings
from toolkit.ui.faults import shown_in_place
from toolkit.ui.opened_requisition import noting_sheets
from toolkit.ui.results import cohort_of, decisions_of, screen_of
from toolkit.ui.sheet_results import (
    archive_of,
    archive_stopped,
    make_archive,
    page_one_of,
    sheet_of,
)
from toolkit.ui.state import Workspace, workspace


def page() -> None:
    """Draw the page."""
    heading(
        places.SHEETS.title,
        "One PDF a candidate: the rubric to rate the work, and on later pages what each score "
        "changed for this candidate. Nobody's group stands on it.",
    )
    work = workspace()
    if screen_missing(work):
        _check(work)
        return
    section("What stands on every sheet", "What you leave empty is a line to fill in by hand.")
    settings = sheet_settings()
    with shown_in_place():
        _rubric(work)
    section("One candidate")
    with shown_in_place():
        _one(work, settings)
    section("Several candidates", "A ZIP with a PDF for each, and a list of hashes.")
    with shown_in_place():
        _several(work, settings)
    _check(work)


def _check(work: Workspace) -> None:
    section("Check a sheet", "Is it intact, and do its figures follow from the data?")
    with shown_in_place():
        sheet_check(work.cohort)


def _rubric(work: Workspace) -> None:
    own = rubric_picker(work.own_rubric)
    if own != work.own_rubric:
        work.own_rubric = own
        st.rerun()


def _one(work: Workspace, settings: SheetSettings) -> None:
    chosen = candidate_picker(cohort_of(work), present=work.candidate)
    work.candidate = chosen
    if chosen is None:
        return
    sheet = sheet_of(work, screen_of(work), chosen, settings)
    note = noting_sheets(work)

    def hand_out() -> bytes:
        pdf = typeset_document(sheet, settings.look).pdf
        note("candidate", [(chosen, sha256(pdf))])
        return pdf

    sheet_preview(chosen, page_one_of(work, sheet, settings), file_name(chosen), hand_out)


def _several(work: Workspace, settings: SheetSettings) -> None:
    screen = screen_of(work)
    candidates = sheet_choice(cohort_of(work), decisions_of(work, screen))
    if archive_button(len(candidates)):
        make_archive(work, screen, candidates, settings)
    elif archive_stopped(work):
        archive_was_stopped()
    made = archive_of(work, screen, candidates, settings)
    if made is not None:
        manifest, archive = made
        note = noting_sheets(work)

        def hand_out() -> bytes:
            note("candidate", [(one.candidate_id, one.sha256) for one in manifest.sheets])
            return archive

        archive_download(manifest, hand_out)

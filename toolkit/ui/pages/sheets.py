"""Documents as PDF: sheets and notices for each candidate, reports about all."""

from __future__ import annotations

import streamlit as st

from toolkit.influence.group_comparison import strata_columns
from toolkit.sheets.batch import file_name
from toolkit.sheets.content_hash import sha256
from toolkit.sheets.documents import Document, typeset_document
from toolkit.sheets.plan import KINDS as BEGINNINGS
from toolkit.store.rights import Action
from toolkit.ui import places, team
from toolkit.ui.brought import Brought, brought_to, uploaded_table
from toolkit.ui.components.attribute_picker import attribute_picker
from toolkit.ui.components.candidate_picker import candidate_picker
from toolkit.ui.components.contact_fields import contact_fields
from toolkit.ui.components.document_kind import KINDS, DocumentKind, document_picker
from toolkit.ui.components.empty_state import screen_missing
from toolkit.ui.components.heading import heading, section
from toolkit.ui.components.locked_ratings import locked_ratings
from toolkit.ui.components.rubric_picker import rubric_picker, rubric_shown
from toolkit.ui.components.sheet_archive import (
    archive_button,
    archive_download,
    archive_was_stopped,
)
from toolkit.ui.components.sheet_check import sheet_check
from toolkit.ui.components.sheet_choice import sheet_choice
from toolkit.ui.components.sheet_preview import sheet_preview
from toolkit.ui.components.sheet_settings import SheetSettings, sheet_settings
from toolkit.ui.components.stratum_picker import stratum_picker
from toolkit.ui.document_results import (
    audit_report_of,
    blank_of,
    cohort_report_of,
    notice_of,
)
from toolkit.ui.faults import shown_in_place
from toolkit.ui.opened_requisition import noting_sheets
from toolkit.ui.results import cohort_of, decisions_of, screen_of
from toolkit.ui.sheet_results import (
    Wanted,
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
        "Documents as PDF, for the people who decide, for candidates and for auditors: to print, "
        "to sign and to keep.",
    )
    work = workspace()
    if screen_missing(work):
        _check(work)
        return
    kind = document_picker(_offered_kinds(work))
    brought = brought_to(work)
    section("What stands on it", "What you leave empty is a line to fill in by hand.")
    kept = brought.kept
    counted = kept is not None and kept.counts is not None
    settings = sheet_settings(None if kept is None else kept.requisition, names=not counted)
    if counted and kind.key == "cohort":
        st.caption("Candidates are counted in your report, and none is listed.")
    with shown_in_place():
        if kind.key in ("candidate", "cohort", "blank"):
            _rubric(work, brought)
        if kind.of_each:
            _of_each(work, settings, kind, brought)
        else:
            _about_all(work, settings, kind, brought)
    _check(work)


def _offered_kinds(work: Workspace) -> list[str]:
    """The documents that this person may make of these candidates."""
    person = team.person()
    groups = bool(len(cohort_of(work).groups.columns))
    if person is None:
        return [kind.key for kind in KINDS if groups or kind.key != "audit"]
    offered = ["candidate", "notice"] if person.may(Action.ISSUE_SHEETS) else []
    offered += ["cohort"] if person.may(Action.MAKE_REPORTS) else []
    offered += ["audit"] if groups and person.may(Action.SEE_GROUPS) else []
    return [*offered, "blank"]


def _check(work: Workspace) -> None:
    section("Check a sheet", "Is it intact, and do its figures follow from the data?")
    person = team.person()
    with shown_in_place():
        sheet_check(work.cohort, whole=person is None or person.may(Action.SEE_CANDIDATES))


def _rubric(work: Workspace, brought: Brought) -> None:
    if brought.rubric_is_kept:
        rubric_shown(brought.rubric, "The requisition's rubric")
        return
    own = rubric_picker(work.own_rubric)
    if own != work.own_rubric:
        work.own_rubric = own
        st.rerun()


def _of_each(
    work: Workspace, settings: SheetSettings, kind: DocumentKind, brought: Brought
) -> None:
    wanted = _wanted(work, kind, brought)
    section("One candidate")
    with shown_in_place():
        _one(work, settings, wanted, brought)
    section("Several candidates", "A ZIP with a PDF for each, and a list of hashes.")
    with shown_in_place():
        _several(work, settings, wanted, brought)


def _wanted(work: Workspace, kind: DocumentKind, brought: Brought) -> Wanted:
    if kind.key == "notice":
        return Wanted("notice", contact=contact_fields())
    if brought.of_store and brought.kept is not None:
        through, waiting = len(brought.kept.reviews), len(brought.kept.waiting)
        return Wanted(filled=locked_ratings(through, waiting))
    filled = uploaded_table(work) is not None and st.toggle(
        "Fill in the ratings that came with the candidates",
        key="sheets-filled",
        persist_state="session",
        help="They have to be given by the rubric above. Blind sheets number the reviewers.",
    )
    return Wanted(filled=bool(filled))


def _one(work: Workspace, settings: SheetSettings, wanted: Wanted, brought: Brought) -> None:
    chosen = candidate_picker(cohort_of(work), present=work.candidate)
    work.candidate = chosen
    if chosen is None:
        return
    screen = screen_of(work)
    document: Document = (
        notice_of(work, screen, chosen, wanted.contact, settings, brought)
        if wanted.kind == "notice"
        else sheet_of(work, screen, chosen, settings, wanted, brought)
    )
    name = file_name(chosen, beginning=BEGINNINGS[wanted.kind])
    _offered(work, settings, wanted.kind, document, chosen, name)


def _about_all(
    work: Workspace, settings: SheetSettings, kind: DocumentKind, brought: Brought
) -> None:
    screen = screen_of(work)
    document: Document | None
    if kind.key == "cohort":
        document = cohort_report_of(work, screen, settings, brought)
    elif kind.key == "audit":
        document = _audit(work, settings)
    else:
        document = blank_of(settings, brought)
    if document is not None:
        section("Look at it")
        _offered(work, settings, kind.key, document, None, f"{BEGINNINGS[kind.key]}.pdf")


def _audit(work: Workspace, settings: SheetSettings) -> Document | None:
    cohort = cohort_of(work)
    attributes = attribute_picker(cohort, work.cohort_key)
    if not attributes:
        st.markdown("Choose at least one group column.")
        return None
    stratum = stratum_picker(strata_columns(cohort, attributes), work.cohort_key)
    return audit_report_of(work, screen_of(work), attributes, stratum, settings)


def _offered(
    work: Workspace,
    settings: SheetSettings,
    kind: str,
    document: Document,
    candidate: str | None,
    name: str,
) -> None:
    """Page one, and the PDF on the click; a team's store is told which was handed out."""
    note = noting_sheets(work)

    def hand_out() -> bytes:
        pdf = typeset_document(document, settings.look).pdf
        note(kind, [(candidate, sha256(pdf))])
        return pdf

    what = {"notice": "notice", "cohort": "report", "audit": "report"}.get(kind, "sheet")
    picture = page_one_of(work, document, settings)
    sheet_preview(candidate or name, picture, name, hand_out, what)


def _several(work: Workspace, settings: SheetSettings, wanted: Wanted, brought: Brought) -> None:
    screen = screen_of(work)
    candidates = sheet_choice(cohort_of(work), decisions_of(work, screen), brought.people)
    if archive_button(len(candidates), "notice" if wanted.kind == "notice" else "sheet"):
        make_archive(work, screen, candidates, settings, wanted, brought)
    elif archive_stopped(work):
        archive_was_stopped()
    made = archive_of(work, screen, candidates, settings, wanted, brought)
    if made is not None:
        manifest, archive = made
        note = noting_sheets(work)

        def hand_out() -> bytes:
            note(wanted.kind, [(one.candidate_id, one.sha256) for one in manifest.sheets])
            return archive.content()

        archive_download(manifest, hand_out, f"{BEGINNINGS[wanted.kind]}s.zip")

"""Portfolios: what candidates' documents say, what they claim, and copies without their names."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from toolkit.errors import CloutproofError
from toolkit.intake.documents.document import Document
from toolkit.review.blinding.blind import Blinded
from toolkit.review.blinding.copy_text import copy_text
from toolkit.review.blinding.identity import first_line_name
from toolkit.store import documents as kept
from toolkit.store.candidates import Candidate, candidates
from toolkit.store.rights import Action, Person
from toolkit.ui import places, team
from toolkit.ui.components.blinded_document import document_facts, link_list
from toolkit.ui.components.candidate_picker import candidate_picker
from toolkit.ui.components.claims_table import claims_table
from toolkit.ui.components.document_text import document_text
from toolkit.ui.components.document_upload import document_upload
from toolkit.ui.components.download import download
from toolkit.ui.components.heading import heading, section
from toolkit.ui.components.progress import working
from toolkit.ui.components.removal_table import removal_table
from toolkit.ui.faults import shown_in_place
from toolkit.ui.opened_requisition import may
from toolkit.ui.plain_text import plain
from toolkit.ui.portfolio_results import blinded_of, claims_of, take_documents
from toolkit.ui.state import Workspace, workspace

_LEAD = (
    "Real work instead of scores: what a candidate's documents say, the figures in them to check, "
    "and a copy without what says whose they are."
)
_NAMES = (
    "Nicknames, former names, other spellings; several with a semicolon between. Nothing can know "
    "them by itself."
)
_PRONOUNS = "English she and he become they, with the verb made to agree."


def page() -> None:
    """Draw the page."""
    heading(places.PORTFOLIOS.title, _LEAD)
    work = workspace()
    with shown_in_place():
        person = team.person()
        if person is None:
            _alone(work)
        elif work.opened is None:
            st.info("Documents belong to a candidate of a requisition. Open a requisition first.")
            places.REQUISITIONS.link()
        else:
            _of_requisition(work, person, work.opened.key)


def _alone(work: Workspace) -> None:
    """Documents in this session alone."""
    who, name = "", ""
    if work.cohort is not None and len(work.cohort):
        who = candidate_picker(work.cohort, present=work.candidate) or ""
        work.candidate = who or work.candidate
        name = work.cohort.name_of(who) if who and work.cohort.name_of(who) != who else ""
    files = document_upload(who, "Read these documents")
    for issue in take_documents(work, who, files) if files else ():
        st.error(plain(str(issue)))
    there = work.portfolios.get(who, ())
    if not there:
        return
    names, pronouns = _names(who, name or _guess(there))
    document = _chosen(there, who)
    blinded = blinded_of(work, document, names, pronouns)
    for issue in blinded.issues:
        st.warning(plain(issue.message))
    _shown(work, document, blinded)
    if st.button("Take this document out", key=f"forget-{document.sha256[:12]}"):
        work.portfolios[who] = tuple(one for one in there if one != document)
        st.rerun()


def _guess(there: Sequence[Document]) -> str:
    """A name to begin with, where nobody gave one: the files' own, or the first line's."""
    found = [name for one in there for name in (*one.people, first_line_name(one)) if name]
    return found[0] if found else ""


def _names(who: str, first: str) -> tuple[list[str], bool]:
    """The names that have to go, and whether pronouns are made neutral."""
    written = st.text_input(
        "Names to withhold",
        value=first,
        key=f"names-{who}-{first}",
        help=_NAMES,
        persist_state="session",
    )
    pronouns = st.toggle(
        "Make English pronouns neutral",
        key=f"pronouns-{who}",
        help=_PRONOUNS,
        persist_state="session",
    )
    return [name.strip() for name in written.split(";") if name.strip()], pronouns


def _chosen(there: Sequence[Document], who: str) -> Document:
    if len(there) == 1:
        return there[0]
    at = st.selectbox(
        "Document",
        range(len(there)),
        format_func=lambda at: there[at].name,
        key=f"document-{who}-{len(there)}",
    )
    return there[at]


def _of_requisition(work: Workspace, person: Person, requisition: str) -> None:
    """Documents that the team keeps."""
    found = [one for one in candidates(team.store(), person, requisition) if not one.withdrawn_at]
    if not found:
        st.info("This requisition has no candidates yet.")
        places.CANDIDATES.link()
        return
    subject = _candidate(work, found)
    if may(work, Action.CHANGE_CANDIDATES):
        with st.expander("Bring documents", expanded=not _any(person, subject)):
            written, pronouns = _names(subject.key, "")
            _keep(person, subject, written, pronouns)
    there = kept.documents(team.store(), person, subject.key)
    if not there:
        st.markdown("No documents are kept of this candidate.")
        return
    by_key = {one.key: one for one in there}
    key = st.selectbox(
        "Document",
        list(by_key),
        format_func=lambda key: by_key[key].document.name,
        key=f"document-{subject.key}",
    )
    one = by_key[key]
    _open_to_reviewers(work, person, one)
    _shown(work, one.document, Blinded(one.blinded, one.removed))
    if may(work, Action.CHANGE_CANDIDATES):
        with st.popover("Remove this document"):
            st.markdown("The file, its text and the blinded copy are deleted. Ratings stay.")
            if st.button("Remove it", key=f"remove-{one.key}"):
                kept.remove_document(team.store(), person, one.key)
                st.rerun()


def _candidate(work: Workspace, found: Sequence[Candidate]) -> Candidate:
    by_code = {one.code: one for one in found}
    asked = st.query_params.get("candidate") or work.candidate
    codes = list(by_code)
    code = st.selectbox(
        "Candidate",
        codes,
        index=codes.index(asked) if asked in by_code else 0,
        format_func=lambda code: f"{code} · {by_code[code].name}" if by_code[code].name else code,
        key="portfolio-candidate",
    )
    work.candidate = code
    st.query_params["candidate"] = code
    return by_code[code]


def _any(person: Person, subject: Candidate) -> bool:
    return bool(kept.documents(team.store(), person, subject.key))


def _keep(person: Person, subject: Candidate, names: Sequence[str], pronouns: bool) -> None:
    """Read and keep uploaded files, each by itself, so that one bad file stops no other."""
    for name, data in document_upload(subject.key, "Read and keep these documents"):
        try:
            with working(f"Reading {plain(name)}"):
                kept.keep_document(
                    team.store(),
                    person,
                    subject.key,
                    name,
                    data,
                    names=names,
                    pronouns=pronouns,
                )
        except CloutproofError as error:
            st.error(plain(str(error)))


def _open_to_reviewers(work: Workspace, person: Person, one: kept.KeptDocument) -> None:
    """Whether reviewers see it: only once somebody has read the copy."""
    if not may(work, Action.CHANGE_CANDIDATES):
        return
    shown = st.toggle(
        "I have read the blinded copy, and reviewers may see it",
        value=one.shown,
        key=f"shown-{one.key}-{one.version}",
    )
    if shown != one.shown:
        kept.show_document(team.store(), person, one.key, one.version, shown)
        st.rerun()


def _shown(work: Workspace, document: Document, blinded: Blinded) -> None:
    """Figures to check, the original beside the copy, and what the copy lacks."""
    key = document.sha256[:12]
    for issue in document.issues:
        st.warning(plain(issue.message))
    claims = claims_of(work, document)
    section("Figures to check")
    claims_table(claims, key)
    link_list(document)
    section("The blinded copy", document_facts(blinded.document, blinded.counts()))
    original, copy = st.columns(2)
    with original:
        st.markdown("**Original**, for recruiters alone")
        document_text(document, f"original-{key}")
    with copy:
        st.markdown("**Copy**, as reviewers see it")
        document_text(blinded.document, f"copy-{key}")
    download(
        "Download the copy as text",
        "blinded-copy.txt",
        lambda: copy_text(blinded).encode(),
        key=f"copy-{key}",
    )
    with st.expander(f"What was taken out ({len(blinded.removals):,})"):
        st.markdown(
            "Keep this list from reviewers; they are told only how many of each kind. Nicknames "
            "and hints are not recognised: read the copy before you hand it out."
        )
        removal_table(blinded.removals, key)

"""Requisitions: the team's openings, where each stands, and working on one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import partial

import streamlit as st

from toolkit.store import requisitions as kept
from toolkit.store.candidate_export import export_candidate
from toolkit.store.candidates import Candidate, candidate_called, candidates
from toolkit.store.decisions import decide_about, decide_as_proposed, decisions
from toolkit.store.erasure import erase_candidate
from toolkit.store.issued_sheets import issued_sheets
from toolkit.store.people import people
from toolkit.store.requisitions import Requisition
from toolkit.store.retention import delete_requisition, past_retention
from toolkit.store.rights import Action, Person
from toolkit.store.standing import Standing, standings
from toolkit.ui import places, team
from toolkit.ui.components.candidate_data import candidate_export, erasure_form
from toolkit.ui.components.decisions import (
    decide_all,
    decision_form,
    decisions_table,
    rule_picker,
)
from toolkit.ui.components.heading import heading, section
from toolkit.ui.components.issued_sheets import issued_sheets_table
from toolkit.ui.components.requisition_forms import (
    Keeping,
    keeping_form,
    new_requisition_form,
    wording_form,
)
from toolkit.ui.components.requisition_state import requisition_state
from toolkit.ui.components.requisition_table import requisition_picker, requisition_table
from toolkit.ui.faults import shown_in_place
from toolkit.ui.opened_requisition import may, put_away
from toolkit.ui.plain_text import plain
from toolkit.ui.requisition_proposals import proposals_of
from toolkit.ui.state import Workspace, workspace


def page() -> None:
    """Draw the page."""
    heading(
        "Requisitions",
        "One opening each: its candidates, screen, reviews and decisions, kept for the team with "
        "every version and a log of who did what.",
    )
    person = team.person()
    if person is None:
        return
    work, today = workspace(), datetime.now(UTC).date()
    found = standings(team.store(), person)
    if work.opened is not None:
        for one in found:
            if one.requisition.key == work.opened.key:
                _opened(work, person, one, today)
    _all(work, person, found, today)
    if person.may(Action.CHANGE_REQUISITION):
        _make(work, person)


def _all(work: Workspace, person: Person, found: Sequence[Standing], today: date) -> None:
    section("Every requisition")
    if not found:
        st.markdown("There is none yet.")
        return
    due = past_retention(team.store(), person, today)
    if due:
        titles = ", ".join(f"“{plain(one.title)}”" for one in due)
        st.warning(
            f"Past the last day on which they may be kept: {titles}. An administrator deletes "
            "them, or somebody sets a later day with good reason."
        )
    requisition_table(found, today)
    chosen = requisition_picker(found, work.opened.key if work.opened else None)
    if chosen is not None:
        _switch(work, chosen)


def _switch(work: Workspace, key: str | None) -> None:
    put_away(work)
    if key is not None:
        team.open_requisition(key)
    st.rerun()


def _make(work: Workspace, person: Person) -> None:
    section("Make one")
    with shown_in_place():
        wording = new_requisition_form(work.revision)
        if wording is not None:
            made = kept.make_requisition(team.store(), person, wording.title, wording.criteria)
            work.revision += 1
            _switch(work, made.key)


def _opened(work: Workspace, person: Person, found: Standing, today: date) -> None:
    section(plain(found.requisition.title))
    if requisition_state(work, found, person, today):
        _switch(work, None)
    one = found.requisition
    parts: dict[str, tuple[Action, Callable[[], None]]] = {
        "Decisions": (Action.SEE_CANDIDATES, partial(_decide, work, person, one)),
        "Title and criteria": (Action.CHANGE_REQUISITION, partial(_word, person, one)),
        "Keeping and closing": (
            Action.CHANGE_REQUISITION,
            partial(_keep, work, person, one, today),
        ),
        "Sheets": (Action.SEE_REQUISITION, partial(_sheets, person, one)),
        "One candidate's data": (Action.EXPORT_CANDIDATE, partial(_data, person, one)),
    }
    mine = {title: draw for title, (action, draw) in parts.items() if person.may(action)}
    if not mine:
        return
    for tab, draw in zip(st.tabs(list(mine)), mine.values(), strict=True):
        with tab, shown_in_place():
            draw()


def _word(person: Person, found: Requisition) -> None:
    if found.is_closed:
        st.markdown(plain(found.criteria) or "What the post asks for was not written down.")
        return
    wording = wording_form(found)
    if wording is not None:
        kept.change_requisition(
            team.store(),
            person,
            found.key,
            found.version,
            name=wording.title,
            criteria=wording.criteria,
        )
        st.rerun()


def _keep(work: Workspace, person: Person, found: Requisition, today: date) -> None:
    may_delete = person.may(Action.ERASE_CANDIDATE)
    asked = keeping_form(found, today, may_delete=may_delete)
    if asked is not None:
        _do(work, person, found, asked)


def _do(work: Workspace, person: Person, found: Requisition, asked: Keeping) -> None:
    store, key, version = team.store(), found.key, found.version
    if asked.delete:
        delete_requisition(store, person, key, version)
        _switch(work, None)
    if asked.hold is not None:
        kept.hold(store, person, key, version, on=asked.hold)
    elif asked.closed:
        kept.close_requisition(store, person, key, version)
    elif asked.closed is not None:
        kept.reopen_requisition(store, person, key, version)
    else:
        last = asked.retain_until
        kept.retain_until(store, person, key, version, last.isoformat() if last else None)
    st.rerun()


def _decide(work: Workspace, person: Person, found: Requisition) -> None:
    store = team.store()
    everybody = candidates(store, person, found.key)
    present = tuple(one for one in everybody if one.withdrawn_at is None)
    if not present:
        st.markdown("There are no candidates yet.")
        places.CANDIDATES.link("Upload candidates")
        return
    proposals, decided = proposals_of(work, present), decisions(store, person, found.key)
    names = {one.id: one.name for one in people(store, person)}
    shown = st.container()
    if may(work, Action.DECIDE):
        basis = rule_picker(proposals)
        mine = proposals[basis] if basis else {}
        open_still = {key: one for key, one in mine.items() if key not in decided}
        if basis and decide_all(len(open_still), basis):
            decide_as_proposed(store, person, found.key, open_still)
            st.rerun()
        with st.container(border=True):
            made = decision_form(present, basis, mine, decided)
        if made is not None:
            key = made.candidate.key
            decide_about(
                store,
                person,
                key,
                made.selected,
                decided[key].version if key in decided else 0,
                proposal=mine.get(key),
                reason=made.reason,
            )
            st.rerun()
    with shown:
        decisions_table(present, proposals, decided, names)


def _sheets(person: Person, found: Requisition) -> None:
    store = team.store()
    codes: dict[str, str] = {}
    names: dict[str, str] = {}
    if person.may(Action.SEE_CANDIDATES):
        codes = {one.key: one.code for one in candidates(store, person, found.key)}
    if person.may(Action.SEE_PEOPLE):
        names = {one.id: one.name for one in people(store, person)}
    issued_sheets_table(issued_sheets(store, person, found.key), codes, names)


def _data(person: Person, found: Requisition) -> None:
    st.markdown(
        "Everything that is kept of one candidate, for somebody who asks what you hold about "
        "them. Name the candidate by code."
    )
    code = st.text_input("The candidate's code", key="data-code").strip()
    if not code:
        return
    one = candidate_called(team.store(), person, found.key, code)
    _about(person, found, one)


def _about(person: Person, found: Requisition, one: Candidate) -> None:
    candidate_export(one.code, lambda: export_candidate(team.store(), person, one.key))
    if person.may(Action.DECIDE):
        st.caption("Without group columns, since you decide: an administrator's copy holds them.")
    if not person.may(Action.ERASE_CANDIDATE):
        st.caption("An administrator can erase the candidate.")
        return
    if found.legal_hold:
        st.warning("On legal hold: nobody of this requisition can be erased.")
    elif erasure_form(one.code):
        done = erase_candidate(team.store(), person, one.key)
        rows = sum(done.rows.values())
        st.success(f"Erased: {rows:,} rows deleted or emptied. The log says that it was done.")

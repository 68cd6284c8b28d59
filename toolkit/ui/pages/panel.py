"""Panel: who has reviewed whom, where reviewers differ, and what they agree on."""

from __future__ import annotations

import streamlit as st

from toolkit.review.assignment import assign
from toolkit.store import assignments, panel
from toolkit.store.blind_code import blind_code
from toolkit.store.candidates import Candidate, candidates
from toolkit.store.conflicts import conflicts, declare_conflict
from toolkit.store.panel import Panel, PanelCandidate
from toolkit.store.rights import Person
from toolkit.ui import faults, places, team
from toolkit.ui.components.hand_out_form import (
    HandOut,
    hand_out_form,
    known_tie_form,
    ties_listed,
)
from toolkit.ui.components.heading import heading, lead_sentence, section
from toolkit.ui.components.panel_criterion import panel_criterion
from toolkit.ui.components.review_progress import (
    progress_sentence,
    progress_table,
    reviews_to_take_back,
)
from toolkit.ui.plain_text import plain
from toolkit.ui.review_preparing import prepare_example, prepare_submissions

_TOLD = "panel-told"


def page() -> None:
    """Draw the page."""
    heading(places.PANEL.title)
    person = team.person()
    if person is None:
        return
    with faults.shown_in_place():
        requisition = team.requisition()
        if requisition is None:
            lead_sentence("Open a requisition first; its reviews stand here then.")
            places.REQUISITIONS.link("Go to the requisitions")
            return
        found = panel.panel(team.store(), person, requisition)
        if found.progress:
            lead_sentence(plain(progress_sentence(found.progress)))
            progress_table(found.progress)
        else:
            lead_sentence("Nobody has been given a candidate to review yet.")
        _prepare(person, requisition, first=not found.progress)
        reviewer = reviews_to_take_back(found.progress)
        if reviewer is not None:
            assignments.take_back(team.store(), person, requisition, reviewer)
            st.rerun()
        if found.candidates:
            _meeting(person, found)


def _prepare(person: Person, requisition: str, *, first: bool) -> None:
    """Everything that comes before the reviews."""
    present = {
        one.key: one
        for one in candidates(team.store(), person, requisition)
        if one.withdrawn_at is None
    }
    if not present:
        st.markdown("There are no candidates yet.")
        places.CANDIDATES.link("Bring candidates")
        return
    prepare_example(person, requisition)
    prepare_submissions(person, requisition, present)
    who = _names(assignments.reviewers(team.store(), person))
    if not who:
        st.markdown("There is no reviewer yet. An administrator invites people on the page People.")
        return
    _hand_out(person, requisition, present, who, first=first)


def _hand_out(
    person: Person,
    requisition: str,
    present: dict[str, Candidate],
    who: dict[str, str],
    *,
    first: bool,
) -> None:
    for sentence in st.session_state.pop(_TOLD, []):
        st.info(plain(sentence))
    with st.expander("Hand out reviews", expanded=first), faults.shown_in_place():
        asked = hand_out_form(who)
        if asked is not None:
            st.session_state[_TOLD] = _share_out(person, requisition, asked, present, who)
            st.rerun()
    with st.expander("Who must not review whom"), faults.shown_in_place():
        known = conflicts(team.store(), person, requisition)
        ties_listed(
            [
                (
                    plain(who.get(one.reviewer, "Somebody")),
                    plain(_code(present, one.candidate)),
                    one.tie,
                )
                for one in known
            ]
        )
        tie = known_tie_form({key: blind_code(one) for key, one in present.items()}, who)
        if tie is not None:
            declare_conflict(team.store(), person, tie.candidate, tie.tie, reviewer=tie.reviewer)
            st.rerun()


def _code(present: dict[str, Candidate], key: str) -> str:
    return blind_code(present[key]) if key in present else "a candidate who withdrew"


def _names(people: tuple[Person, ...]) -> dict[str, str]:
    """Key → name, told apart by what they sign in with where two have the same."""
    taken = [one.name for one in people]
    return {
        one.id: one.name if taken.count(one.name) == 1 else f"{one.name} ({one.sign_in})"
        for one in people
    }


def _share_out(
    person: Person,
    requisition: str,
    asked: HandOut,
    present: dict[str, Candidate],
    who: dict[str, str],
) -> list[str]:
    """Share the reviews out and keep them; what is worth saying about it."""
    here = [
        one
        for one in assignments.assignments(team.store(), person, requisition)
        if one.candidate in present and one.reviewer in who
    ]
    handed = [one for one in here if one.withdrawn_at is None]
    # Whoever gave a candidate back is not given them again.
    apart = {(one.candidate, one.reviewer) for one in here if one.withdrawn_at is not None}
    apart |= {
        (one.candidate, one.reviewer)
        for one in conflicts(team.store(), person, requisition)
        if one.candidate in present and one.reviewer in who
    }
    held = {key: sum(one.reviewer == key for one in handed) for key in who}
    # Whoever is not asked this time keeps what they have, and gets nothing more.
    working = [key for key in who if key in asked.reviewers or held[key]]
    shared = assign(
        [present[key].code for key in present],
        [who[key] for key in working],
        asked.each,
        conflicts=[
            (present[candidate].code, who[reviewer])
            for candidate, reviewer in sorted(apart)
            if reviewer in working
        ],
        kept=[(present[one.candidate].code, who[one.reviewer]) for one in handed],
        limits={who[key]: held[key] for key in working if key not in asked.reviewers},
        seed=requisition,
    )
    keys = {one.code: key for key, one in present.items()}
    assignments.hand_out(
        team.store(),
        person,
        requisition,
        {key: [keys[code] for code in shared.of(who[key])] for key in working},
    )
    return shared.sentences()


def _meeting(person: Person, found: Panel) -> None:
    through = sorted(
        (one for one in found.candidates if not one.waiting), key=lambda one: -one.widest
    )
    section(
        "The panel meets",
        "Ratings stand here once every reviewer of a candidate has locked. Begin with those "
        "about whom reviewers differ most.",
    )
    if not through:
        st.markdown("No candidate is through yet.")
        return
    waiting = len(found.candidates) - len(through)
    if waiting:
        many = "candidate is" if waiting == 1 else "candidates are"
        st.markdown(f"{waiting} {many} still being reviewed.")
    by_key = {one.key: one for one in through}
    chosen = by_key[
        st.selectbox(
            "Candidate",
            list(by_key),
            format_func=lambda key: _words(by_key[key]),
            key="panel-candidate",
            persist_state="session",
        )
    ]
    _candidate(person, chosen)


def _words(one: PanelCandidate) -> str:
    open_points = sum(c.spread > 1 and c.agreed is None for c in one.criteria)
    points = "1 point" if one.widest == 1 else f"{one.widest} points"
    state = f"up to {points} apart" if one.widest else "all agree"
    return f"{one.code}: {state}{f', {open_points} to talk about' if open_points else ''}"


def _candidate(person: Person, one: PanelCandidate) -> None:
    columns = st.columns(2)
    columns[0].metric("Total of the independent ratings", _figure(one.total))
    columns[1].metric("With what the panel agreed", _figure(one.agreed_total))
    st.caption(
        "Agreement and ranking rest on the independent ratings; what the panel agreed stands "
        "beside them, with the reason."
    )
    for name, why in one.abstained:
        st.markdown(f"{plain(name)} abstained: {plain(why)}")
    for spread in one.criteria:
        with st.container(border=True), faults.shown_in_place():
            agreed = panel_criterion(
                one.rubric.criterion(spread.criterion), spread, f"{one.key}-{spread.criterion}"
            )
            if agreed is not None:
                panel.agree(
                    team.store(),
                    person,
                    one.key,
                    spread.criterion,
                    agreed.rating,
                    agreed.why,
                    spread.agreed.version if spread.agreed else 0,
                )
                st.rerun()


def _figure(total: float | None) -> str:
    return "–" if total is None else f"{total:.2f}"

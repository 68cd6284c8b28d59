"""My reviews: what a reviewer has to do, one blinded candidate at a time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from toolkit.intake.documents.claims import find_claims
from toolkit.review.rubric import Criterion
from toolkit.store import exposure, reviewing
from toolkit.store.conflicts import declare_conflict
from toolkit.store.documents import blinded_documents
from toolkit.store.finishing import abstain, lock
from toolkit.store.references import rate_example
from toolkit.store.reviewing import Review, ToDo
from toolkit.store.rights import Person
from toolkit.ui import faults, places, team
from toolkit.ui.components.after_scores import after_scores, ask_for_scores
from toolkit.ui.components.blinded_document import blinded_document
from toolkit.ui.components.example_form import example_feedback, example_form
from toolkit.ui.components.heading import heading, lead_sentence, section
from toolkit.ui.components.mark_form import mark_form
from toolkit.ui.components.others_ratings import others_ratings
from toolkit.ui.components.review_end import ReviewEnd, review_end
from toolkit.ui.components.review_picker import open_review, review_picker
from toolkit.ui.components.work_to_review import work_to_review
from toolkit.ui.plain_text import plain
from toolkit.ui.review_desk import ReviewDesk
from toolkit.ui.state import workspace

_ALL = "By candidate"
_ONE = "By criterion"


def page() -> None:
    """Draw the page."""
    heading(places.MY_REVIEWS.title)
    person = team.person()
    if person is None:
        return
    with faults.shown_in_place():
        given = reviewing.my_reviews(team.store(), person)
        if not given:
            lead_sentence("Nothing has been handed to you yet. It will stand here once it is.")
            return
        todo = _chosen(given)
        lead_sentence(plain(_lead(todo)))
        if todo.is_closed:
            st.info("This requisition is closed; nothing in it can be changed any more.")
        if _example_first(person, todo):
            return
        _desk(person, todo)


def _chosen(given: Sequence[ToDo]) -> ToDo:
    if len(given) == 1:
        return given[0]
    by_key = {one.requisition: one for one in given}
    key = st.selectbox(
        "Requisition",
        list(by_key),
        format_func=lambda key: f"{by_key[key].title} ({len(by_key[key].open)} to do)",
        key="reviewing",
        persist_state="session",
    )
    return by_key[key]


def _lead(todo: ToDo) -> str:
    left, whole = len(todo.open), len(todo.reviews)
    if not left:
        return f"{todo.title}: all {whole} of your reviews are done. Thank you."
    done = [one.assignment for one in todo.reviews if one.assignment.locked_at is not None]
    spent = [one.seconds / 60 for one in done if one.abstained is None]
    said = f"{todo.title}: {left} of {whole} reviews to do."
    if spent and sum(spent) >= 1:
        said += f" You took {sum(spent) / len(spent):.0f} minutes for one so far."
    return said


def _example_first(person: Person, todo: ToDo) -> bool:
    """Draw the reference example; True while it has to be rated before anything else."""
    example, rubric = todo.example, todo.rubric.rubric
    if example is None:
        return False
    if example.feedback is not None:
        # Open until the first candidate is rated.
        begun = any(one.marked for one in todo.reviews)
        with st.expander("The reference example, and what was agreed", expanded=not begun):
            example_feedback(example.title, example.feedback, rubric)
        return False
    section(
        "First, an example",
        "Everybody rates this piece of work first. Then you see what was agreed for it and why, "
        "so that all of you use the levels alike.",
    )
    given = example_form(example, rubric)
    if given is not None:
        rate_example(team.store(), person, example.key, given)
        st.rerun()
    return True


def _desk(person: Person, todo: ToDo) -> None:
    criteria = todo.rubric.rubric.criteria
    with st.container(horizontal=True):
        mode = st.segmented_control(
            "Order of work",
            [_ALL, _ONE],
            default=_ALL,
            required=True,
            key="review-mode",
            persist_state="session",
        )
        only = None
        if mode == _ONE:
            only = st.selectbox(
                "Criterion",
                [one.key for one in criteria],
                format_func=lambda key: next(one.label for one in criteria if one.key == key),
                key=f"review-criterion-{todo.rubric.key}",
                persist_state="session",
            )
    chosen = review_picker(todo.reviews)
    review = reviewing.review(team.store(), person, chosen)
    desk = _own_desk()
    desk.look_at(team.store(), person, chosen)
    section("The work")
    work_to_review(
        review, lambda one: reviewing.submission_file(team.store(), person, chosen, one.key)
    )
    documents = _documents(person, review)
    if not (documents or review.tasks or review.submissions):
        st.markdown("Nothing is attached here. Rate the work that you were given to read.")
    if review.assignment.abstained is not None:
        st.info(f"You abstained: {plain(review.assignment.abstained)}")
    elif review.assignment.locked_at is not None:
        _after_locking(person, review)
    else:
        shown = review.rubric.rubric.criteria
        section("Your ratings")
        _marks(person, review, desk, [one for one in shown if only in (None, one.key)])
        if only is None:
            section("Finish")
            _finish(person, review, desk)
    _next(todo, chosen)


def _documents(person: Person, review: Review) -> int:
    """The blinded copies of the candidate's portfolio; how many there are."""
    copies = blinded_documents(team.store(), person, review.assignment.candidate)
    for number, copy in enumerate(copies, 1):
        claims = workspace().keep(
            "claims",
            copy.key,
            copy.document.sha256,
            make=partial(find_claims, copy.document),
            doing="Looking for figures",
        )
        st.subheader(f"Portfolio, document {number}", anchor=False)
        blinded_document(copy.document, claims, copy.removed, key=copy.key)
    return len(copies)


def _own_desk() -> ReviewDesk:
    desk: ReviewDesk = st.session_state.setdefault("review-desk", ReviewDesk())
    return desk


def _marks(person: Person, review: Review, desk: ReviewDesk, criteria: list[Criterion]) -> None:
    """A form a criterion, each saved as soon as it is changed."""
    rubric, own = review.rubric.rubric, review.assignment.key
    changed = False
    for criterion in criteria:
        seen = desk.shown(own, criterion.key, review.marks.get(criterion.key))
        with st.container(border=True, key=f"mark-{criterion.key}"):
            told = desk.told.pop((own, criterion.key), None)
            if told:
                st.warning(plain(told))
            given = mark_form(
                criterion,
                seen.mark,
                share=rubric.share(criterion),
                key=f"{own}-{criterion.key}-{seen.revision}",
            )
            if given != seen.mark:
                with faults.shown_in_place():
                    desk.save(team.store(), person, own, criterion.key, given)
                    changed = True
            elif desk.is_behind(own, criterion.key, review.marks.get(criterion.key)):
                changed = True
            elif seen.version:
                st.caption(_kept(criterion, given.note, given.is_empty))
    if changed:
        # What is missing, and what is kept, is said anew.
        st.rerun()


def _kept(criterion: Criterion, note: str, is_empty: bool) -> str:
    if is_empty:
        return "Your note is kept. A rating is still missing."
    if not note and criterion.note_required:
        return "Your rating is kept. A note is still missing."
    return "Kept."


def _finish(person: Person, review: Review, desk: ReviewDesk) -> None:
    own = review.assignment
    with faults.shown_in_place():
        asked = review_end(review.missing, own.key)
        if asked is not None:
            desk.leave(team.store(), person)
            _end(person, review, asked)
            st.rerun()


def _end(person: Person, review: Review, asked: ReviewEnd) -> None:
    own = review.assignment
    if asked.lock:
        lock(team.store(), person, own.key, own.version)
    elif asked.abstain is not None:
        abstain(team.store(), person, own.key, asked.abstain, own.version)
    elif asked.tie is not None:
        declare_conflict(team.store(), person, own.candidate, asked.tie, asked.note)


def _after_locking(person: Person, review: Review) -> None:
    section("What you and others gave", "You have locked this review.")
    others_ratings(review, reviewing.others(team.store(), person, review.assignment.key))
    with st.expander("Social scores"):
        key = review.assignment.key
        if not exposure.scores_were_shown(team.store(), person, key):
            if not ask_for_scores(key):
                return
            exposure.reveal_scores(team.store(), person, key)
            st.rerun()
        changed = after_scores(review, exposure.reveal_scores(team.store(), person, key))
        if changed is not None:
            criterion, mark = changed
            before = review.after_scores.get(criterion)
            exposure.rate_after_scores(
                team.store(), person, key, criterion, mark, before.version if before else 0
            )
            st.rerun()


def _next(todo: ToDo, chosen: str) -> None:
    """The way on, in the reviewer's own order."""
    keys = [one.assignment.key for one in todo.reviews]
    still = {one.assignment.key for one in todo.open}
    place = keys.index(chosen)
    following = [key for key in (*keys[place + 1 :], *keys[:place]) if key in still]
    if following and st.button("Next candidate", key="next-candidate"):
        open_review(following[0])
        st.rerun()

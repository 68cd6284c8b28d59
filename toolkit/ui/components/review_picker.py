"""Which review is on the desk: a reviewer's own candidates, in their own order."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from toolkit.store.reviewing import ToReview

#: What stands in the address, so that a reload opens the same review.
ADDRESS = "review"
_CURRENT = "review-on-the-desk"


def review_picker(reviews: Sequence[ToReview]) -> str:
    """Choose a review; the first open one until somebody does.

    The session knows which one it is, and the address only tells a session that has just
    begun: a message that was on its way when the address changed still carries the old one.

    Parameters
    ----------
    reviews : sequence of ToReview
        At least one.

    Returns
    -------
    str
        Key of the assignment.
    """
    by_key = {one.assignment.key: one for one in reviews}
    current = st.session_state.get(_CURRENT)
    if current not in by_key:
        current = st.query_params.get(ADDRESS)
    if current not in by_key:
        still = [one for one in reviews if one.assignment.is_open]
        current = (still or list(reviews))[0].assignment.key
    keys = list(by_key)
    words = {key: _words(one) for key, one in by_key.items()}
    chosen = st.selectbox(
        "Candidate",
        keys,
        index=keys.index(current),
        format_func=words.__getitem__,
        # Starts again where a button has chosen, and where the words change: the browser
        # holds on to the words that were chosen, not to what they stand for.
        key=f"review-{current}-{'|'.join(words.values())}",
    )
    open_review(chosen)
    if chosen != current:
        st.rerun()
    st.query_params[ADDRESS] = chosen
    return chosen


def open_review(key: str) -> None:
    """Put another review on the desk, on the next run."""
    st.session_state[_CURRENT] = key


def _words(one: ToReview) -> str:
    if one.assignment.abstained is not None:
        state = "abstained"
    elif one.assignment.locked_at is not None:
        state = "locked"
    elif one.marked:
        state = f"{one.marked} of {one.criteria} rated"
    else:
        state = "not begun"
    return f"{one.assignment.position}. {one.code}: {state}"

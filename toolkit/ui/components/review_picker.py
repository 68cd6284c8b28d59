"""Which review is on the desk: a reviewer's own candidates, in their own order."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from toolkit.store.reviewing import ToReview

#: What stands in the address, so that a reload opens the same review.
ADDRESS = "review"


def review_picker(reviews: Sequence[ToReview]) -> str:
    """Choose a review; the first open one until somebody does.

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
    asked = st.query_params.get(ADDRESS)
    if asked not in by_key:
        still = [one for one in reviews if one.assignment.is_open]
        asked = (still or list(reviews))[0].assignment.key
    keys = list(by_key)
    chosen = st.selectbox(
        "Candidate",
        keys,
        index=keys.index(asked),
        format_func=lambda key: _words(by_key[key]),
        # Starts again where another page or button has chosen.
        key=f"review-{asked}",
    )
    if chosen != asked:
        open_review(chosen)
        st.rerun()
    st.query_params[ADDRESS] = chosen
    return chosen


def open_review(key: str) -> None:
    """Put another review on the desk, on the next run."""
    st.query_params[ADDRESS] = key


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

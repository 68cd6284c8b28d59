"""The social scores after locking, and whether a reviewer would now rate otherwise."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from toolkit.review.rubric import LEVELS
from toolkit.store.exposure import ShownScore
from toolkit.store.marks import Mark
from toolkit.store.reviewing import Review
from toolkit.ui.plain_text import plain


def ask_for_scores(key: str) -> bool:
    """Whether the reviewer asks to see the scores."""
    st.markdown(
        "You rated without the candidate's social scores. You may look at them now; that you "
        "did is recorded. Your locked ratings stay the official ones."
    )
    return st.button("Show the scores", key=f"show-scores-{key}")


def after_scores(review: Review, scores: Sequence[ShownScore]) -> tuple[str, Mark] | None:
    """Show the scores, and take a rating that is different now.

    Returns
    -------
    (str, Mark) or None
        Criterion and mark, on the run in which one was changed.
    """
    if not scores:
        st.markdown("No social scores of this candidate were uploaded.")
    st.markdown("\n".join(f"- {plain(one.label)}: {_value(one)}" for one in scores))
    rated = [
        one
        for one in review.rubric.rubric.criteria
        if one.key in review.marks and review.marks[one.key].mark.rating is not None
    ]
    st.markdown(
        "Would you rate differently now? What you choose here is compared with your locked "
        "ratings, to measure what scores do to reviews, and never counts."
    )
    changed = None
    for criterion in rated:
        kept = review.after_scores.get(criterion.key, review.marks[criterion.key]).mark
        now = st.segmented_control(
            plain(criterion.label),
            LEVELS,
            default=kept.rating,
            format_func=str,
            required=True,
            key=f"after-{review.assignment.key}-{criterion.key}-{kept.rating}",
        )
        if now is not None and now != kept.rating:
            changed = criterion.key, Mark(now, False, kept.note, kept.confidence)
    return changed


def _value(one: ShownScore) -> str:
    if one.value is None:
        return "none"
    scale = "" if one.high is None else f" of {one.high:g}"
    return f"{one.value:g}{scale}"

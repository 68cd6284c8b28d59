"""One criterion: what it means, what each level looks like, and the reviewer's mark."""

from __future__ import annotations

import streamlit as st

from toolkit.review.rubric import LEVELS, Criterion
from toolkit.store.marks import CONFIDENCES, Mark
from toolkit.ui.plain_text import plain

_NO_BASIS = 0


def mark_form(criterion: Criterion, mark: Mark, *, share: float, key: str) -> Mark:
    """Rate one criterion.

    Parameters
    ----------
    criterion : Criterion
    mark : Mark
        As it is kept now.
    share : float
        The criterion's part of the whole weight.
    key : str
        Of the widgets; another one starts them again from `mark`.

    Returns
    -------
    Mark
        As it stands on the page now.
    """
    st.subheader(plain(criterion.label), anchor=False)
    st.markdown(f"{plain(criterion.definition)} *{100 * share:.0f} % of the total.*")
    st.caption(f"The job: {plain(criterion.job_analysis)}")
    levels = [*LEVELS, *([_NO_BASIS] if criterion.no_basis_allowed else [])]
    now = _NO_BASIS if mark.no_basis else mark.rating
    level = st.radio(
        f"Rating of {plain(criterion.label)}",
        levels,
        index=levels.index(now) if now in levels else None,
        format_func=lambda one: str(one) if one else "No basis to judge",
        captions=[plain(criterion.anchor(one)) if one else "" for one in levels],
        key=f"{key}-rating",
        label_visibility="collapsed",
    )
    required = criterion.note_required or level == _NO_BASIS
    asked = (
        "Why is there no basis to judge?"
        if level == _NO_BASIS
        else f"What in the work does it rest on?{'' if required else ' (may stay empty)'}"
    )
    note = st.text_area(
        asked,
        mark.note,
        key=f"{key}-note",
        height=90,
        help="About the work alone. It is kept as soon as you leave the field.",
    )
    confidence = st.segmented_control(
        "How sure are you?",
        list(CONFIDENCES),
        default=mark.confidence,
        format_func=lambda one: CONFIDENCES[one].capitalize(),
        key=f"{key}-confidence",
    )
    return Mark(level or None, level == _NO_BASIS, note.strip(), confidence)

"""One criterion before the panel: who gave what and why, and what is agreed."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from toolkit.review.rubric import LEVELS, Criterion
from toolkit.store.marks import CONFIDENCES, Mark
from toolkit.store.panel import Agreed, Spread
from toolkit.ui.plain_text import plain


@dataclass(frozen=True)
class Agreeing:
    """What the panel agreed.

    Parameters
    ----------
    rating : int
    why : str
    """

    rating: int
    why: str


def panel_criterion(criterion: Criterion, spread: Spread, key: str) -> Agreeing | None:
    """Show a criterion's ratings, and take what was agreed.

    Returns
    -------
    Agreeing or None
        On the run in which it was written down.
    """
    st.subheader(plain(criterion.label), anchor=False)
    st.markdown(_summary(spread))
    st.markdown("\n".join(f"- {_given(name, mark)}" for name, mark in spread.marks))
    if spread.agreed is not None:
        st.markdown(f"**{_said(spread.agreed)}**")
    for one in spread.earlier:
        st.caption(f"Before: {_said(one)}")
    changing = "Agree on a rating" if spread.agreed is None else "Agree on another rating"
    # Open where there is something to talk about, and nothing was agreed yet.
    with st.expander(changing, expanded=spread.spread > 1 and spread.agreed is None):
        version = spread.agreed.version if spread.agreed else 0
        rating = st.segmented_control(
            "Agreed rating",
            LEVELS,
            default=spread.agreed.rating if spread.agreed else None,
            format_func=str,
            key=f"agreed-{key}-{version}",
        )
        if rating is not None:
            st.caption(plain(criterion.anchor(rating)))
        why = st.text_area(
            "What was seen in the meeting that changed it?", key=f"why-{key}-{version}", height=80
        )
        if st.button("Write it down", key=f"agree-{key}", disabled=rating is None):
            return Agreeing(int(rating or 0), why)
    return None


def _summary(spread: Spread) -> str:
    if spread.mean is None:
        return "Nobody had a basis to judge."
    if not spread.spread:
        return f"All gave {spread.lowest}."
    return f"From {spread.lowest} to {spread.highest}, {spread.mean:.2f} on average."


def _given(name: str, mark: Mark) -> str:
    rating = "no basis to judge" if mark.no_basis else f"**{mark.rating}**"
    sure = f", {CONFIDENCES[mark.confidence]} confidence" if mark.confidence else ""
    note = f": {plain(mark.note)}" if mark.note else ""
    return f"{plain(name)} {rating}{sure}{note}"


def _said(agreed: Agreed) -> str:
    why = f": {plain(agreed.reason)}" if agreed.reason else "."
    return f"Agreed on {agreed.rating}{why}"

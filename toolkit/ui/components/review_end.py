"""How a review ends: locked, abstained from, or taken away by a conflict of interest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from toolkit.store.conflicts import Tie
from toolkit.ui.plain_text import plain


@dataclass(frozen=True)
class ReviewEnd:
    """What was asked for.

    Parameters
    ----------
    lock : bool
    abstain : str or None
        The reason.
    tie : Tie or None
        Of a conflict of interest.
    note : str
        About the tie.
    """

    lock: bool = False
    abstain: str | None = None
    tie: Tie | None = None
    note: str = ""


def review_end(missing: Sequence[str], key: str) -> ReviewEnd | None:
    """Finish a review.

    Parameters
    ----------
    missing : sequence of str
        What it still lacks, as sentences.
    key : str
        Of the widgets.

    Returns
    -------
    ReviewEnd or None
        On the run in which it was asked for.
    """
    asked = None
    if missing:
        st.markdown("\n".join(f"- {plain(one)}" for one in missing))
    else:
        st.markdown(
            "All criteria are rated. Once you lock, your ratings count and stay as they are, and "
            "you can see what others gave."
        )
    if st.button("Lock this review", key=f"lock-{key}", disabled=bool(missing), type="primary"):
        asked = ReviewEnd(lock=True)
    with st.expander("I cannot judge this candidate"):
        why = st.text_area("Why do you abstain?", key=f"abstain-why-{key}", height=80)
        if st.button("Abstain", key=f"abstain-{key}"):
            asked = ReviewEnd(abstain=why)
    with st.expander("I know this person"):
        st.markdown(
            "Then the review is taken away and given to somebody else. What you have rated so far "
            "does not count."
        )
        tie = st.selectbox(
            "What ties you to them?",
            [one.value for one in Tie],
            index=None,
            format_func=str.capitalize,
            key=f"tie-{key}",
        )
        note = st.text_input("Note (may stay empty)", key=f"tie-note-{key}")
        if st.button("Give the review back", key=f"conflict-{key}", disabled=tie is None):
            asked = ReviewEnd(tie=Tie(str(tie)), note=note)
    return asked

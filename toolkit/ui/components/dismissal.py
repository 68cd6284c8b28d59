"""Dismiss a flag for a reason, or take a dismissal back."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from toolkit.inflation.dismissal import LONGEST_REASON, Dismissal
from toolkit.ui.plain_text import plain


@dataclass(frozen=True)
class Answer:
    """What a reviewer did on this run: a reason, or None for taking it back."""

    reason: str | None
    reviewer: str = ""


def dismissal(
    candidate_id: str, present: Dismissal | None, *, asks_who: bool = True
) -> Answer | None:
    """A form beside one flag.

    Parameters
    ----------
    candidate_id : str
        Makes the widgets' keys.
    present : Dismissal or None
        The answer that stands.
    asks_who : bool
        Whether the form asks who dismisses it.

    Returns
    -------
    Answer or None
        None on a run in which nothing was pressed.
    """
    if present is not None:
        who = f" by {plain(present.reviewer)}" if present.reviewer else ""
        st.markdown(f"**Dismissed{who} on {present.date}:** {plain(present.reason)}")
        if st.button("Take the dismissal back", key=f"flag-back-{candidate_id}"):
            return Answer(None)
        return None
    with st.form(f"flag-{candidate_id}", border=False):
        reason = st.text_input(
            "Dismiss this flag: what speaks against it?",
            max_chars=LONGEST_REASON,
            help="Kept with the flag, in what you download and on the review sheet.",
        )
        reviewer = ""
        if asks_who:
            reviewer = st.text_input("Dismissed by", max_chars=120, placeholder="may stay empty")
        if st.form_submit_button("Dismiss the flag"):
            return Answer(reason, reviewer.strip())
    return None

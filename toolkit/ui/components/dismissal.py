"""Dismiss a flag for a reason, or take a dismissal back."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from toolkit.errors import UnreadableFile
from toolkit.inflation.dismissal import LONGEST_REASON, Dismissal
from toolkit.inflation.dismissal_file import read_dismissals
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


def answers_upload() -> dict[str, Dismissal] | None:
    """A field for a file of dismissals that was downloaded before.

    Returns
    -------
    dict of str to Dismissal, or None
        By candidate, on the run in which the button was pressed.

    Raises
    ------
    InputError
        If the file cannot be used.
    """
    uploaded = st.file_uploader(
        "Dismissals from another day",
        type=["json"],
        key="dismissals-file",
        help="The JSON that was downloaded here, or with cloutproof inflation --format json.",
    )
    if uploaded is None or not st.button("Take these dismissals over", key="dismissals-read"):
        return None
    try:
        text = uploaded.getvalue().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFile(
            f"{uploaded.name}: it is not UTF-8 text. Bring the JSON that was downloaded here."
        ) from None
    return read_dismissals(text, uploaded.name)

"""Whether sheets show the ratings that reviewers of the requisition have locked."""

from __future__ import annotations

import streamlit as st


def locked_ratings(through: int, waiting: int) -> bool:
    """Ask, and say how far the reviews are.

    Parameters
    ----------
    through : int
        Candidates all of whose reviewers have locked.
    waiting : int
        Candidates of whom a review is not locked yet; their sheets have room to rate.
    """
    chosen = st.toggle(
        "Fill in the ratings that reviewers have locked",
        value=True,
        key="sheets-locked",
        persist_state="session",
        disabled=not through,
        help="Reviewers stand there by initials, on blind sheets by number.",
    )
    who = "1 candidate is" if through == 1 else f"{through:,} candidates are"
    said = f"{who} through."
    if waiting:
        them = "1 is" if waiting == 1 else f"{waiting:,} are"
        said += (
            f" {them} still being reviewed: ratings stand on no sheet before every reviewer of the "
            "candidate has locked."
        )
    st.caption(said)
    return bool(chosen and through)

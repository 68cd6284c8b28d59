"""Who is to review: how many reviews each candidate gets, and from whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from toolkit.store.conflicts import Tie

_USUAL = 3


@dataclass(frozen=True)
class HandOut:
    """What was asked for.

    Parameters
    ----------
    each : int
        Reviews a candidate.
    reviewers : tuple of str
        Keys.
    """

    each: int
    reviewers: tuple[str, ...]


@dataclass(frozen=True)
class KnownTie:
    """A conflict of interest that is known beforehand.

    Parameters
    ----------
    candidate, reviewer : str
        Keys.
    tie : Tie
    """

    candidate: str
    reviewer: str
    tie: Tie


def hand_out_form(reviewers: Mapping[str, str]) -> HandOut | None:
    """Ask how reviews are to be shared out.

    Parameters
    ----------
    reviewers : mapping of str to str
        Key → name of everybody who can be given reviews.

    Returns
    -------
    HandOut or None
        On the run in which it was asked for.
    """
    with st.form("hand-out"):
        each = st.number_input("Reviews of each candidate", 1, 20, min(_USUAL, len(reviewers)))
        chosen = st.multiselect(
            "Reviewers",
            list(reviewers),
            default=list(reviewers),
            format_func=lambda key: reviewers[key],
        )
        asked = st.form_submit_button("Hand out", type="primary")
    return HandOut(int(each), tuple(chosen)) if asked else None


def known_tie_form(candidates: Mapping[str, str], reviewers: Mapping[str, str]) -> KnownTie | None:
    """Say beforehand who must not review whom."""
    with st.form("known-tie", clear_on_submit=True):
        reviewer = st.selectbox(
            "Reviewer", list(reviewers), index=None, format_func=lambda key: reviewers[key]
        )
        candidate = st.selectbox(
            "Candidate", list(candidates), index=None, format_func=lambda key: candidates[key]
        )
        tie = st.selectbox(
            "Tie", [one.value for one in Tie], index=None, format_func=str.capitalize
        )
        asked = st.form_submit_button("Keep them apart")
    if not asked:
        return None
    if reviewer is None or candidate is None or tie is None:
        st.warning("Choose the reviewer, the candidate and the tie.")
        return None
    return KnownTie(candidate, reviewer, Tie(tie))


def ties_listed(
    ties: Sequence[tuple[str, str, Tie]],
) -> None:
    """Conflicts of interest that are known: reviewer, candidate and tie."""
    st.markdown("\n".join(f"- {reviewer} and {code}: {tie}" for reviewer, code, tie in ties))

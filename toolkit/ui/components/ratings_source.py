"""Whose ratings are looked at: the review's own, those of the upload, or a table pasted here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from toolkit.intake.raw_table import RawTable
from toolkit.review.ratings import Ratings
from toolkit.review.read_ratings import long_tables, ratings_in
from toolkit.store.rating_table import OfficialRatings
from toolkit.ui.components.pasted_table import pasted_table
from toolkit.ui.plain_text import plain
from toolkit.ui.state import Workspace, content_hash

_EXAMPLE = "candidate,criterion,reviewer,rating\nC-001,design,Ann,4\nC-001,design,Bo,3\n"
_EXPLAINED = (
    "One row a rating, with the columns candidate, reviewer, rating and, where there are several, "
    "criterion. Or one row a candidate and one column a reviewer."
)


@dataclass(frozen=True, eq=False)
class RatingsSource:
    """The ratings that a page is about.

    Parameters
    ----------
    ratings : Ratings
    key : str
        Hash of their content.
    weights : mapping of str to float or None
        The rubric's, by criterion; None where there is no rubric.
    """

    ratings: Ratings
    key: str
    weights: Mapping[str, float] | None = None


def ratings_source(
    work: Workspace, official: OfficialRatings | None = None
) -> RatingsSource | None:
    """Choose the ratings.

    Parameters
    ----------
    work : Workspace
    official : OfficialRatings, optional
        Those of the requisition that is open.

    Returns
    -------
    RatingsSource or None
        None while there are none.

    Raises
    ------
    InputError
        If what was pasted or uploaded is not one table.
    """
    if official is not None:
        st.markdown(plain(standing(official)))
        if len(official.ratings):
            other = _other()
            if other is not None:
                return _of(work, other)
            return RatingsSource(official.ratings, official.digest, official.weights)
    uploaded = long_tables(work.reading.tables) if work.reading is not None else []
    if len(uploaded) == 1:
        return _of(work, _other() or uploaded[0])
    if not uploaded:
        st.markdown(
            "No ratings by reviewers came with the candidates. Paste a table, or upload one; it is "
            "looked at on this page alone."
        )
    pasted = pasted_table("ratings", "Paste ratings", _EXAMPLE, _EXPLAINED)
    return None if pasted is None else _of(work, pasted)


def standing(official: OfficialRatings) -> str:
    """What the requisition's own ratings are, and which reviews are not among them."""
    left_out = {
        "not locked yet": official.waiting,
        "abstained from": official.abstained,
        "taken away": official.taken_away,
        "by an earlier rubric": official.other_rubric,
        "of candidates who withdrew": official.gone,
    }
    named = [f"{count:,} {words}" for words, count in left_out.items() if count]
    begun = (
        "These are the locked ratings of this requisition."
        if len(official.ratings)
        else "No review of this requisition counts yet."
    )
    return f"{begun} Reviews not among them: {', '.join(named)}." if named else begun


def _other() -> RawTable | None:
    with st.expander("Look at other ratings"):
        return pasted_table("ratings", "Paste ratings", _EXAMPLE, _EXPLAINED)


def _of(work: Workspace, table: RawTable) -> RatingsSource:
    key = content_hash(table.name, table.frame.to_csv())
    ratings = work.keep("ratings", key, make=lambda: ratings_in(table), doing="Reading ratings")
    return RatingsSource(ratings, key)

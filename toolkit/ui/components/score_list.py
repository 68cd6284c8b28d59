"""The catalogue as a list that can be searched."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from toolkit.scores.catalogue import Catalogue
from toolkit.scores.score import Kind, Score
from toolkit.ui.components.table import table

KINDS: dict[Kind, str] = {
    "influence": "Influence",
    "audience": "Audience",
    "activity": "Activity",
    "audit": "Audit",
    "test": "Test",
    "finance": "Finance",
    "game": "Game",
    "custom": "Your own",
}


def score_search(catalogue: Catalogue) -> list[Score]:
    """A search field and a choice of kinds.

    Returns
    -------
    list of Score
        Those that match both; those whose name matches come first.
    """
    left, right = st.columns([3, 2])
    text = left.text_input(
        "Search",
        value=st.query_params.get("search", ""),
        key="score-search",
        placeholder="A name, what moves it, or how it was gamed",
    )
    present = list(dict.fromkeys(score.kind for score in catalogue.values()))
    kinds = right.multiselect(
        "Kind",
        present,
        format_func=KINDS.__getitem__,
        key="score-kinds",
        placeholder="Every kind",
    )
    return [score for score in catalogue.search(text) if not kinds or score.kind in kinds]


def score_list(scores: Sequence[Score]) -> None:
    """One row a score: kind, scale, years in service, what moves it."""
    frame = pd.DataFrame(
        {
            "Score": [score.label for score in scores],
            "Kind": [KINDS[score.kind] for score in scores],
            "Scale": [score.scale for score in scores],
            "In service": [in_service(score) for score in scores],
            "Moved by": [", ".join(score.moved_by) for score in scores],
        }
    )
    table(
        frame,
        key="scores",
        file_name="score-catalogue.csv",
        says="Scores with kind, scale, years in service and what moves them",
    )


def score_picker(scores: Sequence[Score]) -> Score:
    """Choose one of the scores; the choice stands in the address."""
    by_key = {score.key: score for score in scores}
    keys = list(by_key)
    asked = st.query_params.get("score")
    chosen = st.selectbox(
        "Read about one score",
        keys,
        index=keys.index(asked) if asked in keys else 0,
        format_func=lambda key: by_key[key].label,
        key="score-chosen",
    )
    st.query_params["score"] = chosen
    return by_key[chosen]


def in_service(score: Score) -> str:
    """The years in service in words, for instance ``"2008 to 25 May 2018"``."""
    begin = date_in_words(score.service_from)
    end = date_in_words(score.service_to)
    if begin and end:
        return f"{begin} to {end}"
    if begin:
        return f"since {begin}"
    return f"until {end}" if end else "not known"


def date_in_words(date: str | None) -> str:
    """A year, month or day as people write it.

    Examples
    --------
    >>> date_in_words("2018-05-25"), date_in_words("2011-10"), date_in_words("2008")
    ('25 May 2018', 'October 2011', '2008')
    """
    if not date or "-" not in date:
        return date or ""
    year, month, *day = date.split("-")
    return " ".join([*(str(int(one)) for one in day), month_name[int(month)], year])

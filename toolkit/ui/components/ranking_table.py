"""Candidates by the total of their ratings, with how sure each place is."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from toolkit.review.ranking import Ranking
from toolkit.ui.components.table import table

_TOTAL = st.column_config.NumberColumn(format="%.2f")
_SHARE = st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1)


def ranking_table(
    found: Ranking, names: Mapping[str, str], selected: Mapping[str, bool] | None
) -> None:
    """Show everybody, best first.

    Parameters
    ----------
    found : Ranking
    names : mapping of str to str
        Names by code, where they may be shown.
    selected : mapping of str to bool, optional
        Whom the screen takes.
    """
    records = found.records()
    frame = pd.DataFrame(
        {
            "Rank": [one["rank"] for one in records],
            "Candidate": [one["candidate_id"] for one in records],
            "Name": [names.get(str(one["candidate_id"]), "") for one in records],
            "Taken": [one["taken"] for one in records],
            "Total": [one["total"] for one in records],
            "Reviewers": [one["reviewers"] for one in records],
            "Adjusted": [one["adjusted_total"] for one in records],
            f"Among the best {found.places:,}": [one["probability_in_top"] for one in records],
            "Rank from": [one["rank_low"] for one in records],
            "to": [one["rank_high"] for one in records],
            "Tier": [one["tier"] for one in records],
            "Screen takes": [
                None if selected is None else selected.get(str(one["candidate_id"]))
                for one in records
            ],
        }
    )
    if frame["Name"].isin(["", *names]).all():
        frame = frame.drop(columns="Name")
    if selected is None:
        frame = frame.drop(columns="Screen takes")
    if found.why_not is not None:
        unknown = ["Adjusted", f"Among the best {found.places:,}", "Rank from", "to", "Tier"]
        frame = frame.drop(columns=unknown)
    table(
        frame,
        key="ranking",
        file_name="ranking.csv",
        says="Candidates by the total of their ratings, best first.",
        columns={
            "Total": _TOTAL,
            "Adjusted": _TOTAL,
            f"Among the best {found.places:,}": _SHARE,
        },
        download=pd.DataFrame(records),
    )

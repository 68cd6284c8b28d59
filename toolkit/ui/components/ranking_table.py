"""Candidates by the total of their ratings, with how sure each place is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from toolkit.review.ranking import Ranking
from toolkit.ui.components.table import table

_TOTAL = st.column_config.NumberColumn(format="%.2f")
_SHARE = st.column_config.ProgressColumn(format="%.0f %%", min_value=0, max_value=100)
_LIKELY = "Likely rank"


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
            "Tier": [one["tier"] for one in records],
            "Candidate": [one["candidate_id"] for one in records],
            "Name": [names.get(str(one["candidate_id"]), "") for one in records],
            "Taken": [one["taken"] for one in records],
            "Screen takes": [
                None if selected is None else selected.get(str(one["candidate_id"]))
                for one in records
            ],
            "Total": [one["total"] for one in records],
            "Reviewers": [one["reviewers"] for one in records],
            "Adjusted": [one["adjusted_total"] for one in records],
            f"Among the best {found.places:,}": 100 * _column(records, "probability_in_top"),
            _LIKELY: [_span(one["rank_low"], one["rank_high"]) for one in records],
        }
    )
    if frame["Name"].isin(["", *names]).all():
        frame = frame.drop(columns="Name")
    if selected is None:
        frame = frame.drop(columns="Screen takes")
    if found.why_not is not None:
        unknown = ["Adjusted", f"Among the best {found.places:,}", _LIKELY, "Tier"]
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
            "Rank": st.column_config.NumberColumn(
                help="By the total. Those with the same total share the middle of their ranks."
            ),
            _LIKELY: st.column_config.TextColumn(
                help="The rank with other reviewers of the same kind, with a probability of 90 %."
            ),
        },
        download=pd.DataFrame(records),
    )


def _column(records: Sequence[Mapping[str, object]], name: str) -> pd.Series[float]:
    return pd.Series([one[name] for one in records], dtype=float)


def _span(low: object, high: object) -> str:
    if not isinstance(low, float) or not isinstance(high, float):
        return ""
    return f"{low:,.0f}" if low == high else f"{low:,.0f} to {high:,.0f}"

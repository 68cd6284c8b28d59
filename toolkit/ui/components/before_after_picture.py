"""Impact ratios with the screen as it is, without each score, and by evidence only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from toolkit.fairness.before_after import BeforeAfter
from toolkit.fairness.result import GroupImpact
from toolkit.fairness.verdict import counted
from toolkit.ui.components.group_picture import RATIO_SHOWN_UP_TO, height_of, rule_of_thumb
from toolkit.ui.components.group_table import ratio_with_interval
from toolkit.ui.components.picture import pictures
from toolkit.ui.plain_text import plain

#: Groups in the picture; the table and the file hold the others.
DRAWN_AT_MOST = 8


def before_after_picture(compared: BeforeAfter, attribute: str) -> None:
    """One block a group, one row a decision, with intervals.

    Parameters
    ----------
    compared : BeforeAfter
        The decisions on the same people.
    attribute : str
        Name of the attribute, or of the intersection.
    """
    groups = groups_compared(compared, attribute)
    if not groups:
        return
    frame = before_after_frame(compared, attribute, groups[:DRAWN_AT_MOST])
    if frame["ratio"].notna().any():
        pictures(_charts(frame, list(compared.impacts)), _words(len(groups)))
    st.table(before_after_words(compared, attribute, groups[:DRAWN_AT_MOST]), hide_index=True)
    if len(groups) > DRAWN_AT_MOST:
        st.caption(f"The first {DRAWN_AT_MOST} of {len(groups):,} groups; the file has all.")


def groups_compared(compared: BeforeAfter, attribute: str) -> list[str]:
    """Groups that are compared with another one under some decision.

    The lowest ratio under the first decision comes first; groups that are too small to be
    tested come after the others.
    """
    tables = [_table(compared, decision, attribute) for decision in compared.impacts]
    names = {
        group.group
        for table in tables
        for group in table.groups
        if group.n and group.group != table.referent
    }
    smallest = compared.impacts[compared.first].rules.minimum_people
    first = [group for group in tables[0].groups if group.group in names]
    first.sort(key=lambda group: (group.n < smallest, *_order(group)))
    return [group.group for group in first]


def _order(group: GroupImpact) -> tuple[bool, float, str]:
    ratio = group.impact_ratio
    return ratio is None, ratio or 0.0, group.group


def before_after_frame(
    compared: BeforeAfter, attribute: str, groups: Sequence[str]
) -> pd.DataFrame:
    """One row a group and decision, as the chart wants it."""
    rows = []
    for name, decision, group in _each(compared, attribute, groups):
        high = group.impact_ratio_high
        rows.append(
            {
                "group": name,
                "decision": decision,
                "ratio": _capped(group.impact_ratio),
                "low": _capped(group.impact_ratio_low),
                "high": None
                if group.impact_ratio_low is None
                else _capped(RATIO_SHOWN_UP_TO if high is None else high),
            }
        )
    return pd.DataFrame(rows, columns=["group", "decision", "ratio", "low", "high"])


def before_after_words(
    compared: BeforeAfter, attribute: str, groups: Sequence[str]
) -> pd.DataFrame:
    """One row a group and decision, in words."""
    rows = []
    for name, decision, group in _each(compared, attribute, groups):
        referent = _table(compared, decision, attribute).referent
        rows.append(
            {
                "Group": plain(name),
                "Decision by": plain(decision),
                "Selected": counted(group.selected, group.n),
                "Impact ratio": ratio_with_interval(group),
                "Compared with": plain(referent) if referent else "–",
                "What it says": group.verdict,
            }
        )
    return pd.DataFrame(rows)


def _each(
    compared: BeforeAfter, attribute: str, groups: Sequence[str]
) -> list[tuple[str, str, GroupImpact]]:
    return [
        (name, decision, _table(compared, decision, attribute).group(name))
        for name in groups
        for decision in compared.impacts
    ]


def _table(compared: BeforeAfter, decision: str, attribute: str) -> Any:
    return next(t for t in compared.impacts[decision].tables if t.name == attribute)


def _capped(ratio: float | None) -> float | None:
    return None if ratio is None else min(ratio, RATIO_SHOWN_UP_TO)


def _words(groups: int) -> str:
    block = "One block a group, one row a decision" if groups > 1 else "One row a decision"
    return (
        f"{block}: the impact ratio with its 95 % interval, against 0.80 as a rule of thumb. "
        "Where intervals overlap widely, the difference between two decisions may be chance."
    )


def _charts(frame: pd.DataFrame, decisions: Sequence[str]) -> dict[str, Any]:
    high = frame[["ratio", "high"]].max().max()
    scale = alt.Scale(domain=[0, min(RATIO_SHOWN_UP_TO, max(1.1, 1.05 * float(high)))])
    colour = alt.condition(
        alt.datum.decision == decisions[0], alt.value("#d5822b"), alt.value("#1b8a84")
    )
    blocks = {}
    for group, own in frame.groupby("group", sort=False):
        y = alt.Y("decision:N", title=None, sort=list(decisions), axis=alt.Axis(labelLimit=170))
        base = alt.Chart(own).encode(y=y)
        lines = base.mark_rule(strokeWidth=2).encode(
            x=alt.X("low:Q", scale=scale, title="Impact ratio", axis=alt.Axis(tickCount=6)),
            x2="high:Q",
            color=colour,
        )
        dots = base.mark_point(filled=True, size=100, opacity=1).encode(
            x=alt.X("ratio:Q", scale=scale, title="Impact ratio"),
            color=colour,
            shape=alt.condition(
                alt.datum.decision == decisions[0], alt.value("square"), alt.value("circle")
            ),
            tooltip=[
                alt.Tooltip("decision:N", title="Decision"),
                alt.Tooltip("ratio:Q", title="Impact ratio", format=".3f"),
                alt.Tooltip("low:Q", title="from", format=".3f"),
                alt.Tooltip("high:Q", title="to", format=".3f"),
            ],
        )
        blocks[f"Impact ratio of {group} by decision, with intervals"] = (
            rule_of_thumb(scale) + lines + dots
        ).properties(height=height_of(len(own)), title=str(group))
    return blocks

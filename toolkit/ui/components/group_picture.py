"""Selection rates and impact ratios with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from toolkit.fairness.result import AttributeImpact, GroupImpact
from toolkit.fairness.verdict import FOUR_FIFTHS
from toolkit.ui.components.picture import pictures

#: More groups than these are in the table alone.
DRAWN_AT_MOST = 25
#: An interval that reaches further is cut off here, and the caption says so.
RATIO_SHOWN_UP_TO = 2.0
_ROW = 30
_AROUND = 130
_REFERENT, _COMPARED, _SMALL = "compared with", "compared", "too small to say"
_KINDS = [_REFERENT, _COMPARED, _SMALL]
_SHAPES = ["diamond", "circle", "cross"]
_COLOURS = ["#7a6fb8", "#1b8a84", "#8c979a"]


def group_picture(table: AttributeImpact) -> None:
    """Rates above, ratios below, one row a group.

    Parameters
    ----------
    table : AttributeImpact
        One attribute, or the intersection.
    """
    shown = drawn(table)
    if not shown:
        return
    frame = group_frame(table, shown)
    charts = {f"Share selected by {table.name}, with intervals": _rates(frame)}
    if frame["ratio"].notna().any():
        charts[f"Impact ratio by {table.name}, with intervals"] = _ratios(frame)
    pictures(charts, _words(table, len(shown)))


def drawn(table: AttributeImpact) -> list[GroupImpact]:
    """The groups in the picture: those with people, the largest where there are many."""
    present = [group for group in table.groups if group.n]
    largest = sorted(present, key=lambda group: -group.n)[:DRAWN_AT_MOST]
    return [group for group in present if group in largest]


def group_frame(table: AttributeImpact, groups: Sequence[GroupImpact]) -> pd.DataFrame:
    """One row a group, as the charts want it."""
    return pd.DataFrame(
        {
            "group": [f"{one.group} ({one.selected:,} of {one.n:,})" for one in groups],
            "kind": [_kind(table, one) for one in groups],
            "rate": [one.rate for one in groups],
            "rate_low": [one.rate_low for one in groups],
            "rate_high": [one.rate_high for one in groups],
            "ratio": [_capped(one.impact_ratio) for one in groups],
            "ratio_low": [_capped(one.impact_ratio_low) for one in groups],
            "ratio_high": [_upper(one) for one in groups],
        }
    )


def _kind(table: AttributeImpact, group: GroupImpact) -> str:
    if group.group == table.referent:
        return _REFERENT
    return _SMALL if group.verdict in ("too small to say", "no comparison") else _COMPARED


def _capped(ratio: float | None) -> float | None:
    return None if ratio is None else min(ratio, RATIO_SHOWN_UP_TO)


def _upper(group: GroupImpact) -> float | None:
    """The interval's upper end; one that has none reaches the edge of the picture."""
    if group.impact_ratio_low is None:
        return None
    high = group.impact_ratio_high
    return RATIO_SHOWN_UP_TO if high is None else min(high, RATIO_SHOWN_UP_TO)


def _words(table: AttributeImpact, shown: int) -> str:
    said = (
        "Above the share selected of each group, below the impact ratio, each with its 95 % "
        "interval. The dashed line at 0.80 is a rule of thumb of one guideline, not a limit set "
        "by law. What lies beyond 2 is drawn at the edge."
    )
    left = sum(1 for group in table.groups if group.n) - shown
    return (
        f"{said} The {shown} largest groups are drawn, {left:,} more are in the table."
        if (left)
        else said
    )


def _base(frame: pd.DataFrame) -> Any:
    y = alt.Y("group:N", title=None, sort=list(frame["group"]), axis=alt.Axis(labelLimit=150))
    return alt.Chart(frame).encode(y=y)


def _mark(kinds: Sequence[str], legend: bool = True) -> dict[str, Any]:
    """Colour and shape by kind, so that neither has to be told apart alone."""
    present = [kind for kind in _KINDS if kind in kinds]
    at = [_KINDS.index(kind) for kind in present]
    named = alt.Legend(orient="top", title=None) if legend else None
    return {
        "color": alt.Color(
            "kind:N",
            legend=named,
            scale=alt.Scale(domain=present, range=[_COLOURS[i] for i in at]),
        ),
        "shape": alt.Shape(
            "kind:N",
            legend=named,
            scale=alt.Scale(domain=present, range=[_SHAPES[i] for i in at]),
        ),
    }


def _rates(frame: pd.DataFrame) -> Any:
    base, marks = _base(frame), _mark(list(frame["kind"]))
    x = alt.Scale(domain=[0, max(0.05, min(1.02, 1.05 * float(frame["rate_high"].max())))])
    title = "Share selected"
    lines = base.mark_rule(strokeWidth=2).encode(
        x=alt.X("rate_low:Q", scale=x, title=title, axis=alt.Axis(format=".0%", tickCount=5)),
        x2="rate_high:Q",
        color=marks["color"],
    )
    dots = base.mark_point(filled=True, size=110, opacity=1).encode(
        x=alt.X("rate:Q", scale=x, title=title),
        tooltip=[
            alt.Tooltip("group:N", title="Group"),
            alt.Tooltip("rate:Q", title="Rate", format=".1%"),
            alt.Tooltip("rate_low:Q", title="from", format=".1%"),
            alt.Tooltip("rate_high:Q", title="to", format=".1%"),
        ],
        **marks,
    )
    return (lines + dots).properties(height=height_of(len(frame)))


def _ratios(frame: pd.DataFrame) -> Any:
    base, marks = _base(frame), _mark(list(frame["kind"]), legend=False)
    high = frame[["ratio", "ratio_high"]].max().max()
    x = alt.Scale(domain=[0, min(RATIO_SHOWN_UP_TO + 0.04, max(1.1, 1.05 * float(high)))])
    title = "Impact ratio"
    lines = base.mark_rule(strokeWidth=2).encode(
        x=alt.X("ratio_low:Q", scale=x, title=title, axis=alt.Axis(tickCount=6)),
        x2="ratio_high:Q",
        color=marks["color"],
    )
    dots = base.mark_point(filled=True, size=110, opacity=1).encode(
        x=alt.X("ratio:Q", scale=x, title=title),
        tooltip=[
            alt.Tooltip("group:N", title="Group"),
            alt.Tooltip("ratio:Q", title="Impact ratio", format=".3f"),
            alt.Tooltip("ratio_low:Q", title="from", format=".3f"),
            alt.Tooltip("ratio_high:Q", title="to", format=".3f"),
        ],
        **marks,
    )
    return (rule_of_thumb(x) + lines + dots).properties(height=height_of(len(frame)))


def height_of(rows: int) -> int:
    """Pixels of a chart with so many rows, axis and title included."""
    return _ROW * rows + _AROUND


def rule_of_thumb(scale: alt.Scale) -> Any:
    """The dashed line at 0.80 with its words, on a chart's ratio scale."""
    at = alt.Chart(pd.DataFrame({"x": [FOUR_FIFTHS]}))
    line = at.mark_rule(strokeDash=[5, 4], color="#8c979a", strokeWidth=1.5).encode(
        x=alt.X("x:Q", scale=scale)
    )
    words = at.mark_text(baseline="bottom", dy=-3, fontStyle="italic", text="0.80").encode(
        x=alt.X("x:Q", scale=scale), y=alt.value(0)
    )
    return line + words

"""Estimates with their intervals, one row each: the picture that several pages need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from toolkit.ui.components.group_picture import height_of

_COLOUR = "#1b8a84"


@dataclass(frozen=True)
class DotRow:
    """One estimate.

    Parameters
    ----------
    label : str
    value, low, high : float or None
    """

    label: str
    value: float | None
    low: float | None
    high: float | None


def dot_rows(
    rows: Sequence[DotRow],
    title: str,
    *,
    format: str = ".2f",
    line_at: float | None = None,
    of: str = "Group",
) -> Any:
    """A chart with a dot and a line for each estimate.

    Parameters
    ----------
    rows : sequence of DotRow
        Those without a value are left out.
    title : str
        Of the axis.
    format : str
        Of the numbers, in the notation of D3.
    line_at : float, optional
        Where nothing differs: a dashed line.
    of : str
        What a row is.

    Returns
    -------
    altair chart, or None where no row has a value
    """
    there = [row for row in rows if row.value is not None]
    if not there:
        return None
    frame = pd.DataFrame([vars(row) for row in there])
    ends = pd.concat([frame["value"], frame["low"], frame["high"]]).dropna()
    if line_at is not None:
        ends = pd.concat([ends, pd.Series([line_at])])
    low, high = float(ends.min()), float(ends.max())
    room = 0.05 * (high - low or 1)
    scale = alt.Scale(domain=[low - room, high + room], zero=False)
    if format.endswith("%"):
        scale = alt.Scale(domain=[min(0.0, low), max(min(1.0, high + room), 0.05)])
    y = alt.Y("label:N", title=None, sort=list(frame["label"]), axis=alt.Axis(labelLimit=170))
    base = alt.Chart(frame).encode(y=y)
    axis = alt.Axis(tickCount=6, format=format if format.endswith("%") else ",f")
    lines = base.mark_rule(strokeWidth=2, color=_COLOUR).encode(
        x=alt.X("low:Q", scale=scale, title=title, axis=axis), x2="high:Q"
    )
    dots = base.mark_point(filled=True, size=100, opacity=1, color=_COLOUR).encode(
        x=alt.X("value:Q", scale=scale, title=title),
        tooltip=[
            alt.Tooltip("label:N", title=of),
            alt.Tooltip("value:Q", title=title, format=format),
            alt.Tooltip("low:Q", title="from", format=format),
            alt.Tooltip("high:Q", title="to", format=format),
        ],
    )
    chart = lines + dots
    if line_at is not None:
        rule = alt.Chart(pd.DataFrame({"x": [line_at]}))
        chart = (
            rule.mark_rule(strokeDash=[5, 4], color="#8c979a").encode(
                x=alt.X("x:Q", scale=scale, title=title)
            )
            + chart
        )
    return chart.properties(height=height_of(len(frame)))

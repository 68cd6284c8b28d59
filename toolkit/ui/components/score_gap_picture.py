"""Groups compared on a score itself: standardised differences, and the ratio at every cut-off."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from toolkit.fairness.score_impact import AttributeScores, GroupScores, ScoreImpact
from toolkit.fairness.verdict import FOUR_FIFTHS, counted, ratio_in_words
from toolkit.ui.components.dot_rows import DotRow, dot_rows
from toolkit.ui.components.formula import formula
from toolkit.ui.components.group_picture import RATIO_SHOWN_UP_TO
from toolkit.ui.components.picture import pictures
from toolkit.ui.plain_text import plain

#: Groups with a curve; the workbook has all.
DRAWN_AT_MOST = 6
_HEIGHT = 300
_COLOUR = "#1b8a84"
#: A tail this many times as long as the lower half is drawn together.
_LONG_TAIL = 8


def score_gap_picture(found: ScoreImpact, table: AttributeScores, label: str) -> None:
    """Differences above, curves below, then the table.

    Parameters
    ----------
    found : ScoreImpact
    table : AttributeScores
        One of its tables.
    label : str
        What the score is called.
    """
    if table.referent is None:
        st.markdown("No group is large enough to compare the others with.")
    else:
        st.markdown(
            f"Compared with **{plain(table.referent)}**, the group with the most people above the "
            f"median of {found.median:g} among those large enough."
        )
        difference = dot_rows(
            [
                DotRow(f"{one.group} ({one.n:,})", one.g, one.g_low, one.g_high)
                for one in table.groups
            ],
            "Standardised difference (Hedges' g)",
            line_at=0,
        )
        if difference is not None:
            pictures(
                {f"Difference of {label} by {table.name}, in standard deviations": difference},
                "How far each group's mean lies from that of the group compared with, in standard "
                "deviations, with its 95 % interval. Left of the line: lower. 0.2 is often called "
                "small, 0.5 medium, 0.8 large.",
            )
        _curves(table, label)
    st.table(score_words(table), hide_index=True, alt=f"{label} by {table.name}")


def score_words(table: AttributeScores) -> pd.DataFrame:
    """One row a group, in words."""
    return pd.DataFrame(
        [
            {
                "Group": plain(one.group),
                "People": f"{one.n:,}",
                "Mean (sd)": _mean(one),
                "Standardised difference": _with_ends(one.g, one.g_low, one.g_high),
                "Above the median": counted(one.above_median, one.n) if one.n else "–",
                "Ratio of that": _ratio(one),
            }
            for one in table.groups
        ]
    )


def score_formulas() -> None:
    """How the figures are worked out."""
    formula(
        "The difference of two means over their pooled standard deviation, freed from the bias of "
        "small groups. A person without the score is left out.",
        r"d = \frac{\bar x_A - \bar x_B}{s}, \qquad g = J\,d",
        source="Hedges & Olkin (1985), Statistical Methods for Meta-Analysis.",
        title="Standardised difference",
    )
    formula(
        "At each cut-off everybody at or above it counts as selected. The band is the 95 % "
        "interval of the ratio at that cut-off alone; picking the best-looking cut-off and quoting "
        "its interval would be wrong. **Above the median** means strictly above the median of "
        "everybody with the score.",
        title="Ratio at every cut-off",
    )


def _curves(table: AttributeScores, label: str) -> None:
    if table.curve is None or not table.curve.groups or len(table.curve.cut_offs) < 2:
        return
    curve = table.curve
    largest = sorted(range(len(curve.groups)), key=lambda i: -curve.n[i])[:DRAWN_AT_MOST]
    charts = {}
    for i in sorted(largest):
        frame = pd.DataFrame(
            {
                "cut": curve.cut_offs,
                "ratio": curve.ratio[:, i].clip(max=RATIO_SHOWN_UP_TO),
                "low": curve.low[:, i].clip(max=RATIO_SHOWN_UP_TO),
                "high": curve.high[:, i].clip(max=RATIO_SHOWN_UP_TO),
                "share": curve.selected_share,
            }
        ).dropna(subset=["ratio"])
        charts[f"Impact ratio of {curve.groups[i]} at every cut-off on {label}"] = _curve(
            frame, curve.groups[i], label
        )
    left = len(curve.groups) - len(largest)
    more = f" {left:,} smaller groups are in the workbook." if left else ""
    pictures(
        charts,
        "The impact ratio if everybody at or above the cut-off were selected, with its 95 % band. "
        "The dashed line at 0.80 is a rule of thumb of one guideline, not a limit set by law. "
        f"Towards the right few people are left, and the band is wide. Cut off at 2.{more}",
    )


def _curve(frame: pd.DataFrame, group: str, label: str) -> Any:
    top = float(frame[["ratio", "high"]].max().max())
    y = alt.Scale(domain=[0, min(RATIO_SHOWN_UP_TO, max(1.1, top))])
    x = alt.X("cut:Q", title=f"Cut-off on {label}", **score_axis(frame["cut"]))
    base = alt.Chart(frame).encode(x=x)
    band = base.mark_area(opacity=0.22, color=_COLOUR, interpolate="step-after").encode(
        y=alt.Y("low:Q", scale=y, title="Impact ratio"), y2="high:Q"
    )
    line = base.mark_line(color=_COLOUR, interpolate="step-after").encode(
        y=alt.Y("ratio:Q", scale=y, title="Impact ratio"),
    )
    points = base.mark_point(opacity=0, size=60).encode(
        y=alt.Y("ratio:Q", scale=y),
        tooltip=[
            alt.Tooltip("cut:Q", title="Cut-off"),
            alt.Tooltip("share:Q", title="Selected in all", format=".1%"),
            alt.Tooltip("ratio:Q", title="Impact ratio", format=".3f"),
            alt.Tooltip("low:Q", title="from", format=".3f"),
            alt.Tooltip("high:Q", title="to", format=".3f"),
        ],
    )
    rule = (
        alt.Chart(pd.DataFrame({"y": [FOUR_FIFTHS]}))
        .mark_rule(strokeDash=[5, 4], color="#8c979a", strokeWidth=1.5)
        .encode(y=alt.Y("y:Q", scale=y))
    )
    return (band + rule + line + points).properties(height=_HEIGHT, title=str(group))


def score_axis(values: pd.Series) -> dict[str, Any]:
    """Scale and axis of a score; a long tail is drawn together, so that the bulk can be seen.

    Parameters
    ----------
    values : Series of float
    """
    low, middle, high = (float(values.quantile(q)) for q in (0, 0.5, 1))
    if low < 0 or high - middle <= _LONG_TAIL * (middle - low) or high < 100:
        return {"scale": alt.Scale(zero=False, nice=False), "axis": alt.Axis(tickCount=6)}
    ticks = [0, *(10**power for power in range(10) if 10**power <= high)]
    return {
        "scale": alt.Scale(type="symlog", nice=False),
        "axis": alt.Axis(values=ticks, format=",d"),
    }


def _mean(one: GroupScores) -> str:
    if one.mean is None:
        return "–"
    return f"{one.mean:,.4g}" + ("" if one.sd is None else f" ({one.sd:,.3g})")


def _with_ends(value: float | None, low: float | None, high: float | None) -> str:
    if value is None:
        return "–"
    ends = "" if low is None or high is None else f" ({low:.2f} to {high:.2f})"
    return f"{value:.2f}{ends}".replace("-", "−")


def _ratio(one: GroupScores) -> str:
    if one.scoring_ratio is None:
        return "–"
    said = ratio_in_words(one.scoring_ratio)
    if one.scoring_ratio_low is None:
        return said
    high = "no upper end" if one.scoring_ratio_high is None else f"{one.scoring_ratio_high:.2f}"
    return f"{said} ({one.scoring_ratio_low:.2f} to {high})"

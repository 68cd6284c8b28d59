"""Every screen tried by its two figures, with the front and the screens to compare marked."""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from toolkit.fairness.alternatives.result import Alternative, Alternatives
from toolkit.fairness.alternatives.wording import (
    ratio_with_interval,
    sentence_case,
    validity_with_interval,
)
from toolkit.ui.components.group_picture import RATIO_SHOWN_UP_TO, rule_of_thumb
from toolkit.ui.components.picture import picture

#: Screens drawn; of more, those that are seen apart best.
DRAWN_AT_MOST = 1_500
#: Of the picture, and of each name above it.
_HEIGHT, _NAME_HEIGHT = 400, 24
_OTHER, _FRONT, _MARKED = "#8a9594", "#1b8a84", "#d5822b"
_SHAPES = ["diamond", "square", "triangle-up", "triangle-down", "cross", "triangle-right"]


def alternatives_picture(found: Alternatives) -> None:
    """Draw validity upwards against the smallest impact ratio to the right.

    Parameters
    ----------
    found : Alternatives
    """
    cloud = cloud_frame(found)
    if cloud.empty:
        return
    marked = marked_frame(found)
    says = (
        f"Each dot is a screen that was tried: its validity upwards, its smallest impact ratio to "
        f"the right. The line joins the {len(found.front):,} on the front; beyond it there is "
        "none. The other shapes are the screen as it is and named screens. 0.80 is a rule of "
        "thumb of one guideline. The figures are those of these candidates: the table has their "
        "intervals and what is left of them among held-out candidates."
    )
    picture(_chart(cloud, front_frame(found.front), marked, found), says)


def cloud_frame(found: Alternatives) -> pd.DataFrame:
    """Screens that have both figures: ``validity``, ``ratio``, ``flips``; equals stand once."""
    tried = found.tried
    frame = pd.DataFrame(
        {
            "validity": np.round(tried.validity, 4),
            "ratio": np.round(np.minimum(tried.impact_ratio, RATIO_SHOWN_UP_TO), 4),
            "flips": tried.flips,
        }
    )
    frame = frame.dropna().drop_duplicates(["validity", "ratio"], ignore_index=True)
    step = -(-len(frame) // DRAWN_AT_MOST)
    return frame.sort_values(["validity", "ratio"])[:: max(step, 1)].reset_index(drop=True)


def front_frame(front: tuple[Alternative, ...]) -> pd.DataFrame:
    """One row a member of the front, numbered as in the table."""
    return pd.DataFrame(
        [
            {
                "number": number,
                "validity": one.validity.value,
                "ratio": one.impact_ratio,
                "flips": one.flips,
                "said": ratio_with_interval(one),
                "worth": validity_with_interval(one),
            }
            for number, one in enumerate(front, start=1)
        ],
        columns=["number", "validity", "ratio", "flips", "said", "worth"],
    )


def marked_frame(found: Alternatives) -> pd.DataFrame:
    """The screen as it is and the named ones, where both of their figures are defined."""
    return pd.DataFrame(
        [
            {
                "screen": sentence_case(one.name or ""),
                "validity": one.validity.value,
                "ratio": one.impact_ratio,
                "flips": one.flips,
                "said": ratio_with_interval(one),
                "worth": validity_with_interval(one),
            }
            for one in (found.current, *found.named)
            if one.validity.value is not None and one.impact_ratio is not None
        ],
        columns=["screen", "validity", "ratio", "flips", "said", "worth"],
    )


def _chart(
    cloud: pd.DataFrame, front: pd.DataFrame, marked: pd.DataFrame, found: Alternatives
) -> Any:
    scale = alt.Scale(domain=[0, max(1.05, 1.05 * float(cloud["ratio"].max()))])
    x = alt.X("ratio:Q", scale=scale, title="Smallest impact ratio", axis=alt.Axis(tickCount=6))
    y = alt.Y(
        "validity:Q",
        title=f"Validity: {'correlation' if found.measure.correlates else 'mean evidence'}",
        scale=alt.Scale(zero=False, padding=18),
    )
    tips = [
        alt.Tooltip("worth:N", title="Validity"),
        alt.Tooltip("said:N", title="Smallest impact ratio"),
        alt.Tooltip("flips:Q", title="Flips"),
    ]
    dots = (
        alt.Chart(cloud)
        .mark_circle(size=22, opacity=0.45, color=_OTHER)
        .encode(
            x=x,
            y=y,
            tooltip=[
                alt.Tooltip("validity:Q", title="Validity", format=".3f"),
                alt.Tooltip("ratio:Q", title="Smallest impact ratio", format=".3f"),
                alt.Tooltip("flips:Q", title="Flips"),
            ],
        )
    )
    members = alt.Chart(front).encode(x=x, y=y)
    line = members.mark_line(color=_FRONT, strokeWidth=2).encode(order="number:Q")
    points = members.mark_circle(color=_FRONT, size=70, opacity=1).encode(
        tooltip=[alt.Tooltip("number:O", title="On the front, number"), *tips]
    )
    names = list(marked["screen"])
    shapes = [_SHAPES[at % len(_SHAPES)] for at in range(len(names))]
    marks = (
        # The screen as it is comes last and lies on top.
        alt.Chart(marked[::-1])
        .mark_point(filled=True, size=170, opacity=1, color=_MARKED)
        .encode(
            x=x,
            y=y,
            shape=alt.Shape(
                "screen:N",
                title=None,
                scale=alt.Scale(domain=names, range=shapes),
                # One below the other, so that the names fit into a narrow window.
                legend=alt.Legend(
                    orient="top",
                    columns=1,
                    labelLimit=320,
                    symbolFillColor=_MARKED,
                    symbolStrokeColor=_MARKED,
                ),
            ),
            tooltip=[alt.Tooltip("screen:N", title="Screen"), *tips],
        )
    )
    return (rule_of_thumb(scale) + dots + line + points + marks).properties(
        height=_HEIGHT + _NAME_HEIGHT * len(names)
    )

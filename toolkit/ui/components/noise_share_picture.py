"""One candidate's share of the draws with its interval, and where it is too close to call."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from toolkit.influence.explanation import NoiseShare
from toolkit.influence.explanation_wording import percent, percent_range
from toolkit.influence.noise import CLOSE
from toolkit.ui.components.picture import picture

_HEIGHT = 130


def noise_share_picture(share: NoiseShare) -> None:
    """Draw the share as a point with its interval, over the band of what is too close to call.

    Parameters
    ----------
    share : NoiseShare
    """
    close = "inside" if share.too_close_to_call else "outside"
    picture(
        _chart(share),
        f"Selected in {percent(share.selected_share)} of {share.draws:,} draws; the line is the "
        f"95 % interval of the drawing alone, {percent_range(share.low, share.high)}. It lies "
        f"{close} the shaded band from {percent(CLOSE)} to {percent(1 - CLOSE)}, in which a "
        "decision is too close to call.",
    )


def _chart(share: NoiseShare) -> Any:
    scale = alt.Scale(domain=[-0.02, 1.02], nice=False)
    axis = alt.Axis(format="%", values=[0, 0.05, 0.25, 0.5, 0.75, 0.95, 1])
    frame = pd.DataFrame(
        {"share": [share.selected_share], "low": [share.low], "high": [share.high]}
    )
    base = alt.Chart(frame, height=_HEIGHT)
    x = alt.X("share:Q", title="Selected in this share of draws", scale=scale, axis=axis)
    tip = [
        alt.Tooltip("share:Q", title="Selected in", format=".1%"),
        alt.Tooltip("low:Q", title="from", format=".1%"),
        alt.Tooltip("high:Q", title="to", format=".1%"),
    ]
    point = base.mark_point(filled=True, size=110, opacity=1, color="#1b8a84").encode(
        x=x, tooltip=tip
    )
    line = base.mark_rule(strokeWidth=3, color="#1b8a84").encode(
        x=alt.X("low:Q", scale=scale), x2="high:Q"
    )
    band = pd.DataFrame({"from": [CLOSE], "to": [1 - CLOSE]})
    shade = (
        alt.Chart(band)
        .mark_rect(color="#8c979a", opacity=0.16)
        .encode(x=alt.X("from:Q", scale=scale), x2="to:Q")
    )
    edges = (
        alt.Chart(pd.DataFrame({"at": [CLOSE, 1 - CLOSE]}))
        .mark_rule(strokeDash=[6, 4], color="#8c979a")
        .encode(x=alt.X("at:Q", scale=scale))
    )
    return shade + edges + line + point

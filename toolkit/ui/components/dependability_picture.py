"""How dependable the mean of one, two, three or more reviewers would be."""

from __future__ import annotations

import altair as alt
import pandas as pd

from toolkit.review.agreement import TARGET, AgreementOn
from toolkit.ui.components.picture import picture

_COLOUR = "#1b8a84"
_HEIGHT = 260


def dependability_picture(on: AgreementOn) -> None:
    """Draw the dependability of panels of one to ten reviewers, with its interval.

    Parameters
    ----------
    on : AgreementOn
        Where it has an estimate.
    """
    frame = pd.DataFrame(
        [
            {
                "reviewers": one.reviewers,
                "phi": one.phi.value,
                "low": one.phi.low,
                "high": one.phi.high,
            }
            for one in on.d_study
        ]
    )
    scale = alt.Scale(domain=[0, 1])
    base = alt.Chart(frame, height=_HEIGHT).encode(
        x=alt.X("reviewers:O", title="Reviewers a candidate", axis=alt.Axis(labelAngle=0))
    )
    band = base.mark_rule(strokeWidth=2, color=_COLOUR).encode(
        y=alt.Y("low:Q", scale=scale, title="Dependability"), y2="high:Q"
    )
    dots = base.mark_point(filled=True, size=90, opacity=1, color=_COLOUR).encode(
        y=alt.Y("phi:Q", scale=scale, title="Dependability"),
        tooltip=[
            alt.Tooltip("reviewers:O", title="Reviewers"),
            alt.Tooltip("phi:Q", title="Dependability", format=".2f"),
            alt.Tooltip("low:Q", title="from", format=".2f"),
            alt.Tooltip("high:Q", title="to", format=".2f"),
        ],
    )
    target = (
        alt.Chart(pd.DataFrame({"phi": [TARGET]}))
        .mark_rule(strokeDash=[5, 4], color="#8c979a")
        .encode(y=alt.Y("phi:Q", scale=scale, title="Dependability"))
    )
    picture(
        target + band + dots,
        "Dependability of the mean rating of 1 to 10 reviewers, with 95 % intervals. The dashed "
        f"line is at {TARGET:.2f}, which panels are often asked to reach.",
    )

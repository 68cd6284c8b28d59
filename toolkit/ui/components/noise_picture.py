"""How often each candidate is selected when the scores are measured again."""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from toolkit.influence.explanation_wording import percent
from toolkit.influence.noise import CLOSE
from toolkit.influence.stress import Stress
from toolkit.influence.wording import in_words
from toolkit.intake.cohort import Cohort
from toolkit.ui.components.candidate_picker import candidate_label
from toolkit.ui.components.picture import picture

#: Candidates drawn around the cut; the table holds everyone.
DRAWN_AT_MOST = 60
#: Candidates whose decision never changes, drawn on either side of those whose does.
CERTAIN_DRAWN = 5
SELECTED, NOT_SELECTED = "selected", "not selected"
_COLOURS = {SELECTED: "#1b8a84", NOT_SELECTED: "#d5822b"}
_SHAPES = {SELECTED: "circle", NOT_SELECTED: "square"}
_ROW = 19


def noise_picture(cohort: Cohort, found: Stress) -> None:
    """Draw the candidates around the cut by the share of draws in which they are selected.

    Parameters
    ----------
    cohort : Cohort
        For names.
    found : Stress
        On this cohort.
    """
    frame = noise_points(cohort, found)
    close = int(np.count_nonzero(found.noise.too_close_to_call))
    people = "candidate is" if close == 1 else "candidates are"
    drawn = (
        f" The {len(frame)} candidates around the cut are drawn."
        if len(frame) < len(cohort)
        else ""
    )
    picture(
        _chart(frame),
        f"The share of {found.noise.draws:,} draws in which each candidate is selected, highest "
        f"first; a circle is selected as it is, a square is not. Lines are 95 % intervals of the "
        f"drawing alone. Where one reaches into the band between {percent(CLOSE)} and "
        f"{percent(1 - CLOSE)}, the decision is too close to call: "
        f"{in_words(close)} {people}.{drawn}",
    )


def noise_points(cohort: Cohort, found: Stress) -> pd.DataFrame:
    """One row a drawn candidate, the highest share first.

    Parameters
    ----------
    cohort : Cohort
        For names.
    found : Stress

    Returns
    -------
    DataFrame
        ``label``, ``kind``, ``share``, ``low``, ``high``.
    """
    decisions, noise = found.decisions, found.noise
    rank = np.nan_to_num(decisions.rank, nan=np.inf)
    order = np.lexsort((rank, ~decisions.selected, -noise.selected_share))
    cut = int(np.count_nonzero(decisions.selected))
    open_to_noise = (noise.selected_share > 0) & (noise.selected_share < 1)
    near = np.append(np.flatnonzero(open_to_noise[order]), cut)
    first = max(int(near.min()) - CERTAIN_DRAWN, cut - DRAWN_AT_MOST // 2, 0)
    last = min(int(near.max()) + CERTAIN_DRAWN, first + DRAWN_AT_MOST)
    rows = order[first:last]
    low, high = noise.interval
    return pd.DataFrame(
        {
            "label": [candidate_label(cohort, str(one)) for one in decisions.candidate_ids[rows]],
            "kind": np.where(decisions.selected[rows], SELECTED, NOT_SELECTED),
            "share": noise.selected_share[rows],
            "low": low[rows],
            "high": high[rows],
        }
    )


def _chart(frame: pd.DataFrame) -> Any:
    scale = alt.Scale(domain=[-0.02, 1.02], nice=False)
    x = alt.X(
        "share:Q",
        title="Selected in this share of draws",
        scale=scale,
        axis=alt.Axis(format="%", values=[0, 0.05, 0.25, 0.5, 0.75, 0.95, 1]),
    )
    y = alt.Y(
        "label:N",
        title=None,
        sort=list(frame["label"]),
        axis=alt.Axis(labelLimit=170, labelOverlap=False, labelFlush=False, grid=False),
    )
    kinds = [kind for kind in _COLOURS if kind in set(frame["kind"])]
    legend = alt.Legend(orient="top", title=None)
    base = alt.Chart(frame, height=alt.Step(_ROW)).encode(y=y)
    points = base.mark_point(filled=True, size=75, opacity=1).encode(
        x=x,
        color=alt.Color(
            "kind:N",
            legend=legend,
            scale=alt.Scale(domain=kinds, range=[_COLOURS[kind] for kind in kinds]),
        ),
        shape=alt.Shape(
            "kind:N",
            legend=legend,
            scale=alt.Scale(domain=kinds, range=[_SHAPES[kind] for kind in kinds]),
        ),
        tooltip=[
            alt.Tooltip("label:N", title="Candidate"),
            alt.Tooltip("kind:N", title="As it is"),
            alt.Tooltip("share:Q", title="Selected in", format=".1%"),
            alt.Tooltip("low:Q", title="from", format=".1%"),
            alt.Tooltip("high:Q", title="to", format=".1%"),
        ],
    )
    lines = base.mark_rule(strokeWidth=1.5, color="#8c979a").encode(
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
    return shade + edges + lines + points

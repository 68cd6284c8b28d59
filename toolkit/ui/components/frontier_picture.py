"""Two signals of one candidate moved together: the steps at which the decision flips."""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from toolkit.arrays import Floats
from toolkit.influence.frontier import Frontier
from toolkit.influence.frontier_wording import frontier_sentences
from toolkit.influence.wording import quantity
from toolkit.ui.components.picture import picture
from toolkit.ui.components.table import table_download
from toolkit.ui.plain_text import plain

#: More pairs than these are drawn as steps through some of them; the file has all.
PAIRS_DRAWN_AT_MOST = 200
#: Points are marked up to so many; beyond, the steps alone are drawn.
POINTS_AT_MOST = 60
NOW, ALONE, BOTH = "present values", "one alone", "both together"
_COLOURS = {NOW: "#7a6fb8", ALONE: "#d5822b", BOTH: "#1b8a84"}
_SHAPES = {NOW: "diamond", ALONE: "square", BOTH: "circle"}
_HEIGHT = 340


def frontier_picture(found: Frontier) -> None:
    """Draw the steps, say the same in words, and offer the pairs.

    Parameters
    ----------
    found : Frontier
    """
    points = points_frame(found)
    if len(points) > 1:
        picture(_chart(found, points), _words(found))
    st.markdown("\n".join(f"- {plain(line)}" for line in frontier_sentences(found)))
    if found.pairs.size:
        table_download(
            pd.DataFrame(found.pairs, columns=[found.first.name, found.second.name]),
            key="frontier",
            file_name="two-signals-together.csv",
            label="Download the pairs as CSV",
        )


def points_frame(found: Frontier) -> pd.DataFrame:
    """The present values, and the pairs that are marked.

    Returns
    -------
    DataFrame
        ``first``, ``second`` (values, not changes), ``kind``, ``says``.
    """
    pairs = _thinned(found.pairs)
    both = (pairs != 0).all(axis=1)
    if np.count_nonzero(both) > POINTS_AT_MOST:
        pairs, both = pairs[~both], both[~both]
    values = np.vstack([found.values, pairs + found.values])
    kinds = [NOW, *np.where(both, BOTH, ALONE)]
    decimals = (found.first.decimals, found.second.decimals)
    return pd.DataFrame(
        {
            "first": values[:, 0],
            "second": values[:, 1],
            "kind": kinds,
            "says": [
                f"{quantity(one, decimals[0])} and {quantity(other, decimals[1])}"
                for one, other in values.tolist()
            ],
        }
    )


def steps_frame(found: Frontier) -> pd.DataFrame:
    """Corners of the steps, a line for each way in which both can be moved.

    Between two pairs the first signal moves, and then less of the second is enough.

    Returns
    -------
    DataFrame
        ``first``, ``second`` (values), ``way``, ``order``.
    """
    lines = []
    signs = np.sign(found.pairs)
    ways = np.unique(signs[(signs != 0).all(axis=1)], axis=0)
    for number, way in enumerate(ways):
        pairs = _thinned(found.pairs[((signs == way) | (signs == 0)).all(axis=1)])
        corners = np.repeat(pairs, 2, axis=0)
        first, second = corners[1:, 0], corners[:-1, 1]
        lines.append(
            pd.DataFrame(
                {
                    "first": first + found.values[0],
                    "second": second + found.values[1],
                    "way": number,
                    "order": np.arange(first.size),
                }
            )
        )
    columns = ["first", "second", "way", "order"]
    return pd.concat(lines, ignore_index=True) if lines else pd.DataFrame(columns=columns)


def _thinned(pairs: Floats) -> Floats:
    if len(pairs) <= PAIRS_DRAWN_AT_MOST:
        return pairs
    kept = np.unique(np.linspace(0, len(pairs) - 1, PAIRS_DRAWN_AT_MOST).round().astype(np.int64))
    return pairs[kept]


def _words(found: Frontier) -> str:
    outcome = "lost" if found.selected else "won"
    words = (
        "The diamond marks the present values. At each point of the steps the place is "
        f"{outcome} with nothing to spare; squares are the margins, where one signal moves alone."
    )
    if len(found.pairs) > PAIRS_DRAWN_AT_MOST:
        words += f" Of {len(found.pairs):,} pairs, {PAIRS_DRAWN_AT_MOST} are drawn."
    return words


def _chart(found: Frontier, points: pd.DataFrame) -> Any:
    kinds = [kind for kind in _COLOURS if kind in set(points["kind"])]
    steps = steps_frame(found)
    every = pd.concat([points[["first", "second"]], steps[["first", "second"]]])

    def axis(field: str, title: str) -> dict[str, Any]:
        low, high = float(every[field].min()), float(every[field].max())
        room = 0.06 * (high - low) or 1.0
        scale = alt.Scale(domain=[low - room, high + room], nice=False, zero=False)
        return {"title": title, "scale": scale}

    x = alt.X("first:Q", **axis("first", found.first.label))
    y = alt.Y("second:Q", **axis("second", found.second.label))
    colour = alt.Color(
        "kind:N",
        title=None,
        legend=alt.Legend(orient="top"),
        scale=alt.Scale(domain=kinds, range=[_COLOURS[kind] for kind in kinds]),
    )
    shape = alt.Shape(
        "kind:N",
        title=None,
        legend=alt.Legend(orient="top"),
        scale=alt.Scale(domain=kinds, range=[_SHAPES[kind] for kind in kinds]),
    )
    marks = (
        alt.Chart(points)
        .mark_point(filled=True, size=110, opacity=1)
        .encode(
            x=x,
            y=y,
            color=colour,
            shape=shape,
            tooltip=[
                alt.Tooltip("says:N", title=f"{found.first.label} and {found.second.label}"),
                alt.Tooltip("kind:N", title="What it is"),
            ],
        )
    )
    line = (
        alt.Chart(steps)
        .mark_line(color=_COLOURS[BOTH], strokeWidth=2)
        .encode(x=x, y=y, detail="way:N", order="order:Q")
    )
    here = points.iloc[:1]
    across = alt.Chart(here).mark_rule(strokeDash=[3, 4], color="#8c979a")
    return (across.encode(x=x) + across.encode(y=y) + line + marks).properties(height=_HEIGHT)

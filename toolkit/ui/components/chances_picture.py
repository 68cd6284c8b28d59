"""How sure each place is: the probability of being among the best."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd

from toolkit.review.ranking import Ranking
from toolkit.ui.components.picture import picture

#: Candidates drawn around the last place; the table holds everyone.
DRAWN_AT_MOST = 40
_TAKEN, _NOT_TAKEN = "taken", "not taken"
_ROW = 19


def chances_picture(found: Ranking, names: Mapping[str, str]) -> None:
    """Draw the candidates around the last place, best first.

    Parameters
    ----------
    found : Ranking
        With probabilities.
    names : mapping of str to str
        What each candidate is called on the page, by code.
    """
    order = np.lexsort((np.arange(len(found.candidates)), np.nan_to_num(found.rank, nan=np.inf)))
    order = order[~np.isnan(found.in_top[order])]
    taken = found.taken
    cut = int(taken[order].sum())
    first = max(0, min(cut - DRAWN_AT_MOST // 2, len(order) - DRAWN_AT_MOST))
    shown = order[first : first + DRAWN_AT_MOST]
    frame = pd.DataFrame(
        {
            "label": [_label(found.candidates[i], names) for i in shown],
            "chance": found.in_top[shown],
            "kind": np.where(taken[shown], _TAKEN, _NOT_TAKEN),
        }
    )
    kinds = [_TAKEN, _NOT_TAKEN]
    colour = alt.Scale(domain=kinds, range=["#1b8a84", "#d5822b"])
    chart = (
        alt.Chart(frame, height=alt.Step(_ROW))
        .mark_point(filled=True, size=90, opacity=1)
        .encode(
            x=alt.X(
                "chance:Q",
                title="Chance of a place",
                scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(format="%"),
            ),
            y=alt.Y(
                "label:N",
                title=None,
                sort=list(frame["label"]),
                axis=alt.Axis(labelLimit=170, labelOverlap=False),
            ),
            color=alt.Color("kind:N", scale=colour, legend=alt.Legend(orient="top", title=None)),
            shape=alt.Shape(
                "kind:N",
                scale=alt.Scale(domain=kinds, range=["circle", "square"]),
                legend=alt.Legend(orient="top", title=None),
            ),
            tooltip=[
                alt.Tooltip("label:N", title="Candidate"),
                alt.Tooltip("chance:Q", title="Probability", format=".0%"),
                alt.Tooltip("kind:N", title="By the total"),
            ],
        )
    )
    part = "" if len(shown) == len(order) else f" The {len(shown)} around the last place are drawn."
    picture(
        chart,
        "Candidates in the order of their official total, each with the probability of being "
        f"among the best were other reviewers of the same kind to rate.{part}",
    )


def _label(code: str, names: Mapping[str, str]) -> str:
    """Code and name: two people may have one name, and each needs a row of their own."""
    name = names.get(code, code)
    return code if name == code else f"{code} · {name}"

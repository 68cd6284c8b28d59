"""Correlations of the scores with a criterion, with published ones of other methods."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from toolkit.influence.reference_validities import LATEST, Reference
from toolkit.influence.worth_result import ScoreAgainst
from toolkit.ui.components.picture import pictures

_ROW = 32
#: Room for names, the same in both charts, so that their scales lie below each other.
_NAMES = 150
_COLOUR = "#1b8a84"
_REFERENCE = "#7a6fb8"
#: A name of more letters than this is broken at the last space before them.
_LETTERS = 24
_BREAK = f"lastindexof(slice(datum.label, 0, {_LETTERS}), ' ')"
_NAME_AXIS = alt.Axis(
    labelLimit=_NAMES - 8,
    minExtent=_NAMES,
    maxExtent=_NAMES,
    labelOverlap=False,
    labelFlush=False,
    labelExpr=f"length(datum.label) > {_LETTERS + 2} && {_BREAK} > 0 ? "
    f"[slice(datum.label, 0, {_BREAK}), slice(datum.label, {_BREAK} + 1)] : datum.label",
)


def correlation_picture(pairs: Sequence[ScoreAgainst], reference: Reference) -> None:
    """One row a score with its interval; below, one row a method from the literature.

    Parameters
    ----------
    pairs : sequence of ScoreAgainst
        Every score against one criterion.
    reference : Reference
    """
    own, published = correlation_frame(pairs), reference_frame(reference)
    label = pairs[0].criterion_label
    scale = alt.Scale(domain=_domain(own))
    charts = {}
    if len(own):
        charts[f"Correlation of each score with {label}, with intervals"] = _own(own, scale)
    charts["Published validities of other methods, for job performance"] = _published(
        published, scale
    )
    if len(own):
        said = (
            "Above, each score with its 95 % interval, measured on these candidates. Below, "
            "published means over many jobs: filled of 2022, hollow of 1998. They are corrected in "
            "ways that the figures above are not."
        )
    else:
        said = (
            "These candidates are too few, or too alike, for a correlation of their own. Drawn are "
            "published means over many jobs: filled of 2022, hollow of 1998."
        )
    pictures(charts, f"{said} {reference.dispute}")


def correlation_frame(pairs: Sequence[ScoreAgainst]) -> pd.DataFrame:
    """One row a score that has a correlation, as the chart wants it."""
    rows = [
        {
            "score": one.score_label,
            "r": one.correlations.pearson.value,
            "low": one.correlations.pearson.low,
            "high": one.correlations.pearson.high,
            "ranks": one.correlations.spearman.value,
            "n": one.correlations.n,
        }
        for one in pairs
        if one.correlations.pearson.value is not None
    ]
    return pd.DataFrame(rows, columns=["score", "r", "low", "high", "ranks", "n"])


def reference_frame(reference: Reference) -> pd.DataFrame:
    """One row a method and year."""
    return pd.DataFrame(
        [
            {"method": one.label, "year": year, "r": r, "source": reference.sources[year]}
            for one in reference.methods
            for year, r in one.validity.items()
        ]
    )


def _domain(own: pd.DataFrame) -> list[float]:
    lowest = float(own[["r", "low"]].min().min()) if len(own) else 0.0
    highest = float(own[["r", "high"]].max().max()) if len(own) else 0.0
    return [min(-0.1, lowest - 0.05), max(0.6, highest + 0.05)]


def _zero(scale: alt.Scale) -> Any:
    return (
        alt.Chart(pd.DataFrame({"r": [0.0]}))
        .mark_rule(strokeDash=[4, 4], opacity=0.6)
        .encode(x=alt.X("r:Q", scale=scale))
    )


def _own(own: pd.DataFrame, scale: alt.Scale) -> Any:
    y = alt.Y("score:N", title=None, sort=list(own["score"]), axis=_NAME_AXIS)
    x = alt.X("low:Q", scale=scale, title="Correlation")
    base = alt.Chart(own, height=alt.Step(_ROW)).encode(y=y)
    lines = base.mark_rule(strokeWidth=2, color=_COLOUR).encode(x=x, x2="high:Q")
    dots = base.mark_point(filled=True, size=110, opacity=1, color=_COLOUR).encode(
        x=alt.X("r:Q", scale=scale, title="Correlation"),
        tooltip=[
            alt.Tooltip("score:N", title="Score"),
            alt.Tooltip("r:Q", title="Pearson", format=".2f"),
            alt.Tooltip("low:Q", title="from", format=".2f"),
            alt.Tooltip("high:Q", title="to", format=".2f"),
            alt.Tooltip("ranks:Q", title="Spearman", format=".2f"),
            alt.Tooltip("n:Q", title="Candidates", format=","),
        ],
    )
    return _zero(scale) + lines + dots


def _published(frame: pd.DataFrame, scale: alt.Scale) -> Any:
    order = list(dict.fromkeys(frame["method"]))
    y = alt.Y("method:N", title=None, sort=order, axis=_NAME_AXIS)
    layers = []
    for year, own in frame.groupby("year", sort=True):
        layers.append(
            alt.Chart(own, height=alt.Step(_ROW - 12))
            .mark_point(
                filled=year == LATEST, size=80, opacity=1, color=_REFERENCE, shape="diamond"
            )
            .encode(
                y=y,
                x=alt.X("r:Q", scale=scale, title="Published validity"),
                tooltip=[
                    alt.Tooltip("method:N", title="Method"),
                    alt.Tooltip("r:Q", title="Validity", format=".2f"),
                    alt.Tooltip("source:N", title="Source"),
                ],
            )
        )
    return alt.layer(_zero(scale), *layers)

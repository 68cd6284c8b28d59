"""A candidate's histories month by month, with the suspected months marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from toolkit.inflation.growth_spike import GrowthCurve
from toolkit.ui.components.picture import pictures

_SUSPECTED, _STANDS_OUT, _USUAL = "suspected", "stands out, as news does too", "usual month"
_KINDS = [_SUSPECTED, _STANDS_OUT, _USUAL]
_COLOURS = ["#d5822b", "#6c7fb5", "#1b8a84"]


def growth_curves(curves: Sequence[GrowthCurve]) -> None:
    """One chart a history; nothing where there is none.

    Parameters
    ----------
    curves : sequence of GrowthCurve
    """
    if not curves:
        return
    st.markdown("**Growth month by month**")
    pictures(
        {f"{curve.label}: {in_words(curve)}": _chart(curve) for curve in curves},
        " ".join(f"{curve.label}: {in_words(curve)}" for curve in curves),
    )


def in_words(curve: GrowthCurve) -> str:
    """What a curve shows, for those who cannot see it."""
    span = f"{curve.months[0]} to {curve.months[-1]}"
    if curve.suspected.any():
        named = ", ".join(
            f"{curve.months[at]} ({curve.counts[at]:,.0f})" for at in curve.suspected.nonzero()[0]
        )
        return f"what came in each month, {span}; consistent with a bought campaign: {named}."
    others = int(curve.stands_out.sum())
    rest = f"{others} stand out, none is suspected." if others else "none stands out."
    return f"what came in each month, {span}; {rest}"


def curve_frame(curve: GrowthCurve) -> pd.DataFrame:
    """One row a month: ``month``, ``count``, ``kind``, ``bought``."""
    kind = pd.Series(_USUAL, range(len(curve.months)), dtype="str")
    kind[curve.stands_out] = _STANDS_OUT
    kind[curve.suspected] = _SUSPECTED
    months = [f"{month}-01" for month in curve.months]
    return pd.DataFrame(
        {"month": months, "count": curve.counts, "kind": kind, "bought": curve.bought}
    )


def _chart(curve: GrowthCurve) -> Any:
    frame = curve_frame(curve)
    kinds = [kind for kind in _KINDS if kind in set(frame["kind"])]
    colours = [_COLOURS[_KINDS.index(kind)] for kind in kinds]
    return (
        alt.Chart(frame)
        .mark_bar()
        .encode(
            x=alt.X("yearmonth(month):T", title=None, axis=alt.Axis(format="%Y-%m", tickCount=6)),
            y=alt.Y("count:Q", title=f"{curve.label} a month"),
            color=alt.Color(
                "kind:N",
                scale=alt.Scale(domain=kinds, range=colours),
                legend=alt.Legend(orient="top", title=None, columns=1),
            ),
            tooltip=[
                alt.Tooltip("yearmonth(month):T", title="Month", format="%Y-%m"),
                alt.Tooltip("count:Q", title="Came", format=","),
                alt.Tooltip("kind:N", title="Judgement"),
                alt.Tooltip("bought:Q", title="Probability", format=".0%"),
            ],
        )
        .properties(height=220)
    )

"""Every weight and cut-off as a map of colours, with the screen in use marked."""

from __future__ import annotations

from typing import Any, Literal

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from toolkit.influence.sweep import Sweep
from toolkit.influence.wording import quantity
from toolkit.ui.components.picture import picture
from toolkit.ui.components.sweep_figure import SweepFigure
from toolkit.ui.components.table import csv_download

NO_CUTOFF = "none"
#: Weights and cut-offs of the table for reading: every so many of the grid, and the last.
ROWS_EVERY, COLUMNS_EVERY = 10, 20
_HEIGHT = 520
#: Runs evenly from dark to light, and is the same to readers with colour blindness.
_SCHEME: Literal["cividis"] = "cividis"


def sweep_picture(label: str, found: Sweep, figure: SweepFigure, decimals: int) -> None:
    """Draw one figure of every screen.

    Parameters
    ----------
    label : str
        The score's name.
    found : Sweep
    figure : SweepFigure
        One that the sweep has.
    decimals : int
        Of the score.
    """
    frame = sweep_frame(found, figure, decimals)
    says = [
        f"{figure.label} by the weight of {label} (upwards) and the cut-off on it (to the right); "
        "the scale of colours stands above. The first column has no cut-off."
    ]
    if frame["figure"].isna().any():
        says.append("Where the figure is not defined, nothing is drawn.")
    says.append(current_words(found, figure, decimals))
    picture(_chart(frame, label, figure, found), " ".join(says))


def current_words(found: Sweep, figure: SweepFigure, decimals: int) -> str:
    """Where the screen in use lies, and its figure."""
    if found.current is None:
        return "The screen in use does not lie on this map: its rule on the score is another one."
    row, column = found.current
    values = figure.values(found)
    assert values is not None
    cutoff = cutoff_name(found.cutoffs[column], decimals)
    gate = "no cut-off" if cutoff == NO_CUTOFF else f"a cut-off of {cutoff}"
    return (
        f"The diamond marks the screen in use, with a weight of {found.weights[row]} % and "
        f"{gate}: {figure.label.lower()} {figure.shown(float(values[row, column]))}."
    )


def sweep_frame(found: Sweep, figure: SweepFigure, decimals: int) -> pd.DataFrame:
    """One row a screen: ``weight``, ``cutoff`` (words), ``figure``, ``shown``."""
    values = figure.values(found)
    assert values is not None
    names = [cutoff_name(cutoff, decimals) for cutoff in found.cutoffs.tolist()]
    flat = values.ravel()
    distinct = {value: figure.shown(value) for value in np.unique(flat).tolist()}
    return pd.DataFrame(
        {
            "weight": np.repeat(found.weights, found.cutoffs.size),
            "cutoff": names * found.weights.size,
            "figure": flat,
            "shown": [distinct.get(value, figure.shown(value)) for value in flat.tolist()],
        }
    )


def cutoff_name(cutoff: float, decimals: int) -> str:
    """A cut-off as a label, at the score's decimals."""
    return NO_CUTOFF if np.isinf(cutoff) else quantity(cutoff, decimals)


def sweep_table(found: Sweep, figure: SweepFigure, decimals: int) -> None:
    """The figure of some of the screens, and all figures of all screens to take away."""
    with st.container(key="sweep-figures"):
        st.table(
            coarse_frame(found, figure, decimals),
            hide_index=True,
            alt=f"{figure.label} by weight and cut-off",
        )
    csv_download(
        lambda: pd.DataFrame(found.records()),
        key="sweep",
        file_name="every-weight-and-cut-off.csv",
        label=f"Download all {found.flips.size:,} screens as CSV",
    )


def coarse_frame(found: Sweep, figure: SweepFigure, decimals: int) -> pd.DataFrame:
    """Every tenth weight against every twentieth cut-off, in words."""
    values = figure.values(found)
    assert values is not None
    rows = _every(found.weights.size, ROWS_EVERY)
    columns = _every(found.cutoffs.size, COLUMNS_EVERY)
    titles = {column: cutoff_name(found.cutoffs[column], decimals) for column in columns}
    return pd.DataFrame(
        [
            {"Weight": f"{found.weights[row]} %"}
            | {
                ("No cut-off" if title == NO_CUTOFF else f"At least {title}"): figure.shown(
                    float(values[row, column])
                )
                for column, title in titles.items()
            }
            for row in rows
        ]
    )


def _every(size: int, step: int) -> list[int]:
    return sorted({*range(0, size, step), size - 1})


def _chart(frame: pd.DataFrame, label: str, figure: SweepFigure, found: Sweep) -> Any:
    names = list(dict.fromkeys(frame["cutoff"]))
    shown = [names[column] for column in _every(len(names), COLUMNS_EVERY // 2)]
    weights = found.weights.tolist()
    x = alt.X(
        "cutoff:O",
        title=f"Cut-off on {label}",
        scale=alt.Scale(domain=names),
        axis=alt.Axis(values=shown, labelAngle=0, labelOverlap=True),
    )
    y = alt.Y(
        "weight:O",
        title=f"Weight of {label}, in percent",
        scale=alt.Scale(domain=weights[::-1]),
        axis=alt.Axis(values=weights[::ROWS_EVERY]),
    )
    cells = (
        alt.Chart(frame)
        .transform_filter("isValid(datum.figure)")
        # A little larger than their room: otherwise hairlines show between the cells.
        .mark_rect(
            width=alt.RelativeBandSize(band=1.35), height=alt.RelativeBandSize(band=1.35), clip=True
        )
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "figure:Q",
                title=figure.label,
                scale=alt.Scale(scheme=_SCHEME),
                legend=alt.Legend(
                    orient="top",
                    gradientLength=240,
                    titleLimit=240,
                    format="%" if figure.percent else "~g",
                ),
            ),
            tooltip=[
                alt.Tooltip("weight:O", title="Weight, in percent"),
                alt.Tooltip("cutoff:O", title="Cut-off"),
                alt.Tooltip("shown:N", title=figure.label),
            ],
        )
    )
    if found.current is None:
        return cells.properties(height=_HEIGHT)
    row, column = found.current
    at = pd.DataFrame({"weight": [weights[row]], "cutoff": [names[column]]})
    here = alt.Chart(at).encode(x=x, y=y)
    # Light within dark: seen on every colour of the scale and on both backgrounds.
    dark, light = (
        here.mark_point(
            shape="diamond", filled=False, size=260, opacity=1, strokeWidth=width, color=colour
        )
        for width, colour in ((6, "#14191b"), (2.5, "#ffffff"))
    )
    return (cells + dark + light).properties(height=_HEIGHT)

"""A sweep as a map of colours, with the screen in use marked, and as a table for reading."""

from __future__ import annotations

from typing import Any, Literal

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from toolkit.arrays import Floats
from toolkit.sentence import listed
from toolkit.ui.components.picture import picture
from toolkit.ui.components.sweep_figure import SweepFigure
from toolkit.ui.components.sweep_grid import SweepGrid
from toolkit.ui.components.table import table_download

#: The table for reading has every tick of the rows, and every second of the columns.
COLUMNS_EVERY = 2
_HEIGHT = 520
#: Runs evenly from dark to light, and is the same to readers with colour blindness.
_SCHEME: Literal["cividis"] = "cividis"


def sweep_picture(grid: SweepGrid, figure: SweepFigure) -> None:
    """Draw one figure of every screen.

    Parameters
    ----------
    grid : SweepGrid
    figure : SweepFigure
        One that the sweep has.
    """
    values = _values(grid, figure)
    distinct = np.unique(values[~np.isnan(values)])
    if distinct.size < 2:
        st.markdown(
            f"**{figure.shown(distinct[0])} all over the map**, so there is nothing to draw."
            if distinct.size
            else "The figure is not defined for any of these screens, so nothing can be drawn."
        )
        return
    says = [
        f"{figure.label}: upwards the {grid.rows.within}, to the right the "
        f"{grid.columns.within}; the scale of colours stands above."
    ]
    uneven = [side.within for side in (grid.rows, grid.columns) if not side.even]
    if uneven:
        says.append(
            f"Steps of the {listed(uneven)} are candidates' own values: each leaves out about as "
            "many of them."
        )
    if not grid.possible.all():
        says.append("Two weights cannot be more than the whole, so the map is a triangle.")
    if np.isnan(values[grid.possible]).any():
        says.append("Where the figure is not defined, nothing is drawn.")
    says.append(current_words(grid, figure))
    picture(_chart(sweep_frame(grid, figure), grid, figure), " ".join(says))


def current_words(grid: SweepGrid, figure: SweepFigure) -> str:
    """Where the screen in use lies, and its figure."""
    if grid.current is None:
        return "The screen in use does not lie on this map: its rule is another one."
    row, column = grid.current
    value = float(_values(grid, figure)[row, column])
    return (
        f"The diamond marks the screen in use, with {grid.rows.settings[row]} and "
        f"{grid.columns.settings[column]}: {figure.label.lower()} {figure.shown(value)}."
    )


def sweep_frame(grid: SweepGrid, figure: SweepFigure) -> pd.DataFrame:
    """One row a screen: ``row``, ``column`` (names), ``figure``, ``shown``."""
    values = _values(grid, figure)
    flat = values.ravel()
    distinct = {value: figure.shown(value) for value in np.unique(flat).tolist()}
    return pd.DataFrame(
        {
            "row": np.repeat(np.array(grid.rows.names, dtype=object), len(grid.columns.names)),
            "column": list(grid.columns.names) * len(grid.rows.names),
            "figure": flat,
            "shown": [distinct.get(value, figure.shown(value)) for value in flat.tolist()],
        }
    )


def sweep_table(grid: SweepGrid, figure: SweepFigure) -> None:
    """The figure of some of the screens, and all figures of all screens to take away."""
    with st.container(key="sweep-figures"):
        st.table(
            coarse_frame(grid, figure),
            hide_index=True,
            alt=f"{figure.label} by {grid.rows.within} and {grid.columns.within}",
        )
    table_download(
        lambda: pd.DataFrame(grid.records()),
        key="sweep",
        file_name="every-weight-and-cut-off.csv",
        label=f"Download all {int(grid.possible.sum()):,} screens as CSV",
    )


def coarse_frame(grid: SweepGrid, figure: SweepFigure) -> pd.DataFrame:
    """Some rows and columns of the map in words, with those of the screen in use."""
    values = _values(grid, figure)
    row_now, column_now = grid.current or (0, 0)
    rows = sorted({*grid.rows.ticks, row_now})
    columns = sorted({*grid.columns.ticks[::COLUMNS_EVERY], column_now})
    return pd.DataFrame(
        [
            {grid.rows.title: grid.rows.heads[row]}
            | {
                grid.columns.heads[column]: figure.shown(float(values[row, column]))
                for column in columns
            }
            for row in rows
        ]
    )


def _values(grid: SweepGrid, figure: SweepFigure) -> Floats:
    values = figure.values(grid.figures)
    assert values is not None
    return np.where(grid.possible, values, np.nan)


def _chart(frame: pd.DataFrame, grid: SweepGrid, figure: SweepFigure) -> Any:
    rows, columns = list(grid.rows.names), list(grid.columns.names)
    x = alt.X(
        "column:O",
        title=f"{grid.columns.title}{grid.columns.unit}",
        scale=alt.Scale(domain=columns),
        axis=alt.Axis(
            values=[columns[at] for at in grid.columns.ticks],
            labelAngle=0,
            labelOverlap=True,
        ),
    )
    y = alt.Y(
        "row:O",
        title=f"{grid.rows.title}{grid.rows.unit}",
        scale=alt.Scale(domain=rows[::-1]),
        axis=alt.Axis(values=[rows[at] for at in grid.rows.ticks]),
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
                    format="%" if figure.percent else ",~r",
                ),
            ),
            tooltip=[
                alt.Tooltip("row:O", title=grid.rows.title),
                alt.Tooltip("column:O", title=grid.columns.title),
                alt.Tooltip("shown:N", title=figure.label),
            ],
        )
    )
    if grid.current is None:
        return cells.properties(height=_HEIGHT)
    row, column = grid.current
    at = pd.DataFrame({"row": [rows[row]], "column": [columns[column]]})
    here = alt.Chart(at).encode(x=x, y=y)
    # Light within dark: seen on every colour of the scale and on both backgrounds.
    dark, light = (
        here.mark_point(
            shape="diamond", filled=False, size=260, opacity=1, strokeWidth=width, color=colour
        )
        for width, colour in ((6, "#14191b"), (2.5, "#ffffff"))
    )
    return (cells + dark + light).properties(height=_HEIGHT)

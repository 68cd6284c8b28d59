"""Figures as positions: what the templates draw, with nothing left to work out.

Positions are shares of the drawing's width, so that the figure on paper comes from the same
values as the words beside it, whatever the paper.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from toolkit.arrays import Floats
from toolkit.sheets.look import Page

Mark = Literal["dot", "ring", "diamond", "square"]
#: Shades of a map, from nothing to the most.
SHADES = 6


@dataclass(frozen=True)
class Axis:
    """A straight or logarithmic axis; what lies beyond its ends is drawn at them.

    Parameters
    ----------
    low, high : float
        Its ends; above 0 where it is logarithmic.
    log : bool
    """

    low: float
    high: float
    log: bool = False

    def at(self, value: float) -> float:
        """Position of a value, from 0 to 1."""
        low, high, here = (self._on(v) for v in (self.low, self.high, self._within(value)))
        return 0.5 if high == low else (here - low) / (high - low)

    def _within(self, value: float) -> float:
        return min(max(value, self.low), self.high)

    def _on(self, value: float) -> float:
        return math.log(value) if self.log else value


@dataclass(frozen=True)
class Row:
    """One row of a figure: marks on an axis, with an interval where there is one.

    Parameters
    ----------
    label, figure : str
        On the left and on the right.
    marks : tuple of (float, Mark)
        Value and shape.
    low, high : float, optional
        Ends of the interval.
    strong : bool
        Whether the label stands out.
    """

    label: str
    figure: str
    marks: tuple[tuple[float, Mark], ...]
    low: float | None = None
    high: float | None = None
    strong: bool = False


def forest(
    alt: str,
    axis: Axis,
    rows: Sequence[Row],
    *,
    ticks: Sequence[tuple[float, str]],
    refs: Sequence[float] = (),
    legend: Sequence[tuple[Mark, str]] = (),
) -> Page:
    """Rows of marks and intervals over one axis.

    Parameters
    ----------
    alt : str
        The same in words.
    axis : Axis
    rows : sequence of Row
    ticks : sequence of (float, str)
        Named places on the axis.
    refs : sequence of float
        Values that a line is drawn at.
    legend : sequence of (Mark, str)
    """
    return {
        "alt": alt,
        "ticks": [{"at": axis.at(value), "label": label} for value, label in ticks],
        "refs": [axis.at(value) for value in refs],
        "legend": [{"mark": mark, "label": label} for mark, label in legend],
        "rows": [
            {
                "label": row.label,
                "figure": row.figure,
                "strong": row.strong,
                "marks": [{"at": axis.at(value), "mark": mark} for value, mark in row.marks],
                "interval": []
                if row.low is None or row.high is None
                else [axis.at(row.low), axis.at(row.high)],
            }
            for row in rows
        ],
    }


def heat_map(
    alt: str,
    values: Floats,
    *,
    shown: Callable[[float], str],
    row_ticks: Sequence[tuple[int, str]],
    column_ticks: Sequence[tuple[int, str]],
    row_title: str,
    column_title: str,
    current: tuple[int, int] | None,
) -> Page:
    """A map in shades of one colour; rows go upwards, equal neighbours are one cell.

    Parameters
    ----------
    alt : str
        The same in words.
    values : float array, shape (n_rows, n_columns)
        NaN where nothing is drawn.
    shown : callable
        A value as the legend writes it.
    row_ticks, column_ticks : sequence of (int, str)
        Named positions.
    row_title, column_title : str
    current : (int, int), optional
        Position that is marked.
    """
    n_rows, n_columns = values.shape
    known = values[~np.isnan(values)]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 0.0)
    spread = high - low
    scaled = (np.nan_to_num(values) - low) / (spread or 1.0)
    shade = np.where(np.isnan(values), -1, np.rint(scaled * (SHADES - 1)))
    shades: list[list[int]] = shade.astype(np.int64).tolist()
    return {
        "alt": alt,
        "rows": n_rows,
        "columns": n_columns,
        "shades": SHADES,
        "cells": _runs(shades),
        "row_title": row_title,
        "column_title": column_title,
        "row_ticks": [{"at": (at + 0.5) / n_rows, "label": label} for at, label in row_ticks],
        "column_ticks": [
            {"at": (at + 0.5) / n_columns, "label": label} for at, label in column_ticks
        ],
        "current": []
        if current is None
        else [(current[1] + 0.5) / n_columns, (current[0] + 0.5) / n_rows],
        "legend": [shown(low), shown(high)] if spread else [shown(low)],
    }


def _runs(shades: Sequence[Sequence[int]]) -> list[list[int]]:
    """Row, first column, length and shade of each run of equal cells that are drawn."""
    runs: list[list[int]] = []
    for row, cells in enumerate(shades):
        start = 0
        for column in range(1, len(cells) + 1):
            if column == len(cells) or cells[column] != cells[start]:
                if cells[start] >= 0:
                    runs.append([row, start, column - start, cells[start]])
                start = column
    return runs

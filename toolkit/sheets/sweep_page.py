"""Every weight and cut-off of a score, as the requisition report draws and says it."""

from __future__ import annotations

import numpy as np

from toolkit.arrays import Floats
from toolkit.sheets.cohort_report import SweepMap
from toolkit.sheets.figure_page import heat_map
from toolkit.sheets.look import Page
from toolkit.sheets.spoken import spoken
from toolkit.sheets.texts import Texts

_TICKS = 5
_QUARTER = 25


def sweep_page(found: SweepMap, t: Texts) -> Page:
    """Two maps of one score: decisions that differ, and evidence that is given away.

    Parameters
    ----------
    found : SweepMap
    t : Texts
        Of the requisition report.
    """
    settings = [
        t("sweep_no_cutoff") if value is None else t.number(value, found.decimals)
        for value in found.cutoffs
    ]
    flips = np.array(found.flips, dtype=np.float64)
    evidence = np.array(
        [[np.nan if value is None else value for value in row] for row in found.evidence]
    )
    return {
        "heading": found.label,
        "sentence": spoken(found.sentence, t),
        "current": _current(found, settings, t),
        "maps": [
            _map(t("sweep_flips"), flips, 0, found, settings, t),
            _map(t("sweep_evidence"), evidence, 2, found, settings, t),
        ],
    }


def _map(
    figure: str, values: Floats, decimals: int, found: SweepMap, settings: list[str], t: Texts
) -> Page:
    known = values[~np.isnan(values)]
    ends = (known.min(), known.max()) if known.size else (0.0, 0.0)
    low, high = (t.number(float(end), decimals) for end in ends)
    ticks = np.unique(np.rint(np.linspace(0, len(settings) - 1, _TICKS)).astype(np.int64))
    return {
        "title": figure,
        **heat_map(
            t("sweep_alt", figure=figure, label=found.label, low=low, high=high),
            values,
            shown=lambda value: t.number(value, decimals),
            row_ticks=[
                (row, t("percent", number=t.number(weight, 0)))
                for row, weight in enumerate(found.weights)
                if weight % _QUARTER == 0
            ],
            column_ticks=[(at, settings[at]) for at in ticks.tolist()],
            row_title=t("sweep_rows"),
            column_title=t("sweep_columns", label=found.label),
            current=found.current,
        ),
    }


def _current(found: SweepMap, settings: list[str], t: Texts) -> str:
    if found.current is None:
        return t("sweep_not_on_map")
    row, column = found.current
    return t(
        "sweep_current",
        weight=t("percent", number=t.number(found.weights[row], 0)),
        cutoff=settings[column],
        flips=t.number(found.flips[row][column], 0),
    )

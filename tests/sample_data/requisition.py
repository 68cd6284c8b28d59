"""A sample requisition's tables, and its screen worked out with pandas alone."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from scipy.stats import percentileofscore

SAMPLES = Path(__file__).parents[2] / "sample_data"


def table(requisition: str, name: str) -> pd.DataFrame:
    return pd.read_csv(SAMPLES / requisition / f"{name}.csv", encoding="utf-8")


def rule(requisition: str, name: str = "screen") -> dict[str, Any]:
    return tomllib.loads((SAMPLES / requisition / f"{name}.toml").read_text(encoding="utf-8"))


def selected(signals: pd.DataFrame, screen: Mapping[str, Any]) -> list[str]:
    """Ids that a screen selects, best first; medians stand in for missing values.

    Means, deviations and percentiles are those of the values that are there.
    """
    filled = signals.fillna(signals.median())
    if screen["scale"] == "z":
        scaled = (filled - signals.mean()) / signals.std(ddof=0)
    else:
        scaled = filled.apply(
            lambda column: percentileofscore(signals[column.name].dropna(), column, kind="mean")
        )
    order = pd.DataFrame({"composite": 0.0}, index=filled.index)
    for signal, weight in screen["weights"].items():
        order["composite"] += weight * scaled[signal]
    order["composite"] = order["composite"].round(9)
    for signal in screen.get("tie_breakers", []):
        order[signal] = filled[signal]
    for gate in screen.get("gates", []):
        order = order[filled.loc[order.index, gate["signal"]] >= gate["at_least"]]
    best = order.sort_values(list(order.columns), ascending=False)
    return list(best.index[: screen["places"]])

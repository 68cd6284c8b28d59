"""Deciding, and the influence of each signal, as ratios to one NumPy sort of the composite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from scripts.bench.drawn import SIGNALS, converted, drawn_cohort, drawn_screen
from scripts.bench.timing import best_of, markdown, mebibytes, milliseconds, peak_memory, seconds
from toolkit.influence.influence import influence
from toolkit.screening.decisions import decide

CASES = ({"candidates": 3_000}, {"candidates": 20_000}, {"candidates": 1_000_000})
SMALL = {"candidates": 60}
#: In sorts: deciding, and influence for each signal.
DECIDE, INFLUENCE = 5, 8


def measure(candidates: int) -> dict[str, float]:
    cohort, screen = drawn_cohort(candidates), drawn_screen()
    convert = seconds(lambda: converted(cohort, screen))
    composite = decide(cohort, screen).composite
    times = max(min(3_000_000 // candidates, 1_000), 3)
    return {
        "convert": convert,
        "sort": best_of(times, lambda: np.sort(composite)),
        "decide": best_of(times, lambda: decide(cohort, screen)),
        "influence": best_of(times, lambda: influence(cohort, screen)),
        "peak": peak_memory(),
    }


def table(results: Sequence[Mapping[str, float]]) -> str:
    rows = []
    for r in results:
        decided, influenced = r["decide"] / r["sort"], r["influence"] / r["sort"]
        rows.append(
            [
                f"{r['candidates']:,}",
                milliseconds(r["sort"]),
                milliseconds(r["decide"]),
                f"{decided:.1f}",
                f"{decided / DECIDE:.0%}",
                milliseconds(r["influence"]),
                f"{influenced:.1f}",
                f"{influenced / (INFLUENCE * len(SIGNALS)):.0%}",
                milliseconds(r["convert"]),
                mebibytes(r["peak"]),
            ]
        )
    columns = [
        "Candidates",
        "One sort",
        "`decide`",
        "in sorts",
        f"of {DECIDE} sorts",
        "`influence`",
        "in sorts",
        f"of {INFLUENCE}·k sorts",
        "Columns, once",
        "Peak memory",
    ]
    return markdown(columns, rows)

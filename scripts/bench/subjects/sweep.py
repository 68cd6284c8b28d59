"""A sweep of 101 weights by 101 cut-offs with ten groups, each screen decided exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from scripts.bench.drawn import SEED, converted, drawn_cohort, drawn_screen
from scripts.bench.timing import best_of, markdown, mebibytes, milliseconds, peak_memory
from toolkit.influence.sweep import sweep
from toolkit.screening.decisions import decide

CASES = ({"candidates": 20_000, "target": 0.1}, {"candidates": 75_000, "target": 0.4})
SMALL = {"candidates": 60, "target": 1.0}
GROUPS = 10


def measure(candidates: int, target: float) -> dict[str, float]:  # noqa: ARG001
    screen = drawn_screen()
    cohort = converted(drawn_cohort(candidates, GROUPS), screen)
    inflated = np.random.default_rng(SEED).random(candidates) < 0.1
    found = best_of(
        10, lambda: sweep(cohort, screen, "klout", attribute="group", inflated=inflated)
    )
    peak = peak_memory()
    return {
        "sweep": found,
        "screens": sweep(cohort, screen, "klout").selected.size,
        "decide": best_of(20, lambda: decide(cohort, screen)),
        "peak": peak,
    }


def table(results: Sequence[Mapping[str, float]]) -> str:
    rows = [
        [
            f"{r['candidates']:,}",
            milliseconds(r["sweep"]),
            milliseconds(r["target"]),
            f"{r['sweep'] / r['target']:.0%}",
            f"{r['screens']:,}",
            f"{r['decide'] * r['screens'] / r['sweep']:,.0f}×",
            mebibytes(r["peak"]),
        ]
        for r in results
    ]
    columns = [
        "Candidates",
        "`sweep`",
        "Target",
        "of it",
        "Screens",
        "`decide` for each of them",
        "Peak memory",
    ]
    return markdown(columns, rows)

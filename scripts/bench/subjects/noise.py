"""Scores drawn anew with their measurement noise, and everybody decided upon each time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from scripts.bench.drawn import SEED, converted, drawn_cohort, drawn_screen
from scripts.bench.timing import best_of, markdown, mebibytes, milliseconds, peak_memory
from toolkit.influence.noise import measured_again, redraw
from toolkit.screening.decisions import decide

CASES = ({"candidates": 20_000, "draws": 1_000, "target": 2.0},)
SMALL = {"candidates": 60, "draws": 10, "target": 1.0}
#: Standard deviations of the scores' noise, in their units.
NOISE = {"klout": 2.0, "github_stars": 10.0, "linkedin_ssi": 2.0}


def measure(candidates: int, draws: int, target: float) -> dict[str, float]:  # noqa: ARG001
    screen = drawn_screen()
    cohort = converted(drawn_cohort(candidates), screen)
    decisions = decide(cohort, screen)
    changed = measured_again(cohort, NOISE)
    return {
        "noise": best_of(3, lambda: redraw(cohort, decisions, changed, draws=draws, seed=SEED)),
        "sort": best_of(20, lambda: np.sort(decisions.composite)),
        "peak": peak_memory(),
    }


def table(results: Sequence[Mapping[str, float]]) -> str:
    rows = [
        [
            f"{r['candidates']:,}",
            f"{r['draws']:,}",
            milliseconds(r["noise"]),
            milliseconds(r["target"]),
            f"{r['noise'] / r['target']:.0%}",
            f"{r['noise'] / r['draws'] / r['sort']:.1f}",
            mebibytes(r["peak"]),
        ]
        for r in results
    ]
    columns = [
        "Candidates",
        "Draws",
        "All draws",
        "Target",
        "of it",
        "one draw, in sorts",
        "Peak memory",
    ]
    return markdown(columns, rows)

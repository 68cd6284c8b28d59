"""What scores say of outcomes: every correlation with its interval, and the choice by each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from scripts.bench.drawn import SEED
from scripts.bench.timing import markdown, mebibytes, milliseconds, peak_memory, seconds
from toolkit.influence.worth import worth
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.screen import Screen

CASES = ({"candidates": 20_000, "target": 10.0},)
SMALL = {"candidates": 60, "target": 10.0}
NAMES = ("klout", "kred_influence", "task", "portfolio", "later")


def measure(candidates: int, target: float) -> dict[str, float]:  # noqa: ARG001
    draw = np.random.default_rng(SEED)
    values = draw.normal(50, 10, size=(candidates, len(NAMES))).round(1)
    cohort = cohort_from_frame(pd.DataFrame(values, columns=list(NAMES)), outcomes=["later"])
    screen = Screen(name="Benchmark", places=candidates // 5, weights={"klout": 1, "task": 1})
    return {"worth": seconds(lambda: worth(cohort, screen)), "peak": peak_memory()}


def table(results: Sequence[Mapping[str, float]]) -> str:
    rows = [
        [
            f"{r['candidates']:,}",
            milliseconds(r["worth"]),
            milliseconds(r["target"]),
            f"{r['worth'] / r['target']:.0%}",
            mebibytes(r["peak"]),
        ]
        for r in results
    ]
    return markdown(["Candidates", "`worth`", "Target", "of it", "Peak memory"], rows)

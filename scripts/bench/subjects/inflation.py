"""Five detectors for every candidate; a sample of followers; histories of stars: from a file on.

The detectors are given candidates with an account each and a history of two years for a quarter
of them, and test a screen's reward as well. Followers and series come from a CSV file, are read,
judged and written as JSON, as the commands do.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from scripts.bench.drawn import SEED, ids
from scripts.bench.timing import best_of, markdown, mebibytes, milliseconds, peak_memory, seconds
from toolkit.cli.output import json_text
from toolkit.inflation.followers import followers
from toolkit.inflation.inflation import inflation
from toolkit.inflation.spikes import spikes
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.intake.raw_tables import raw_tables
from toolkit.screening.screen import Screen

CASES = (
    {"what": "detectors and reward", "n": 20_000},
    {"what": "the same, the first time", "n": 20_000},
    {"what": "sample of followers", "n": 1_000_000},
    {"what": "series of 60 months", "n": 100_000},
)
SMALL = {"what": "series of 60 months", "n": 20}
#: Seconds and bytes that each may take.
TARGETS = {
    "detectors and reward": (1.0, None),
    "the same, the first time": (1.0, None),
    "sample of followers": (5.0, 2**30),
    "series of 60 months": (10.0, None),
}
MONTHS = 60


def measure(what: str, n: int) -> dict[str, float]:
    if what == "detectors and reward":
        return detectors(n, times=5)
    if what == "the same, the first time":
        return detectors(n, times=1)
    make, judge = {
        "sample of followers": (sample, lambda frame: followers(frame)),
        "series of 60 months": (series, lambda frame: spikes(frame)),
    }[what]
    return from_a_file(make(n), judge)


def detectors(n: int, times: int) -> dict[str, float]:
    draw = np.random.default_rng(SEED)
    names = ids(n)
    work = draw.integers(1, 6, n).astype(float)
    frame = pd.DataFrame(
        {"klout": np.clip(draw.normal(40 + work, 10, n).round(), 1, 100), "portfolio": work},
        index=names,
    )
    accounts = pd.DataFrame(
        {
            "candidate_id": names,
            "followers": (10 ** draw.normal(2.5, 1, n)).round(),
            "following": (10 ** draw.normal(2.5, 0.6, n)).round(),
            "posts": (10 ** draw.normal(3, 1, n)).round(),
        }
    )
    with_history = n // 4
    months = pd.date_range("2023-01-01", periods=24, freq="MS")
    stars = draw.poisson(5, 24 * with_history) + 400 * (draw.random(24 * with_history) < 0.01)
    history = pd.DataFrame(
        {
            "candidate_id": np.repeat(names[:with_history], 24),
            "score": "github_stars",
            "date": np.tile(months, with_history),
            "value": stars.astype(float),
        }
    )
    cohort = cohort_from_frame(frame, accounts=accounts, score_history=history)
    screen = Screen(name="Benchmark", share=0.1, weights={"klout": 0.5, "portfolio": 0.5})
    return {"judge": best_of(times, lambda: inflation(cohort, screen)), "peak": peak_memory()}


def sample(n: int) -> pd.DataFrame:
    draw = np.random.default_rng(SEED)
    return pd.DataFrame(
        {
            "followers": draw.lognormal(5, 2, n).astype(int),
            "following": draw.lognormal(6, 1.5, n).astype(int),
            "posts": draw.lognormal(3, 2, n).astype(int),
            "has_picture": draw.random(n) < 0.9,
        }
    )


def series(n: int) -> pd.DataFrame:
    draw = np.random.default_rng(SEED)
    months = [f"{2019 + at // 12}-{at % 12 + 1:02d}" for at in range(MONTHS)]
    counts = draw.poisson(8, MONTHS * n) + 300 * (draw.random(MONTHS * n) < 0.005)
    return pd.DataFrame(
        {
            "series": np.repeat([f"s{at}" for at in range(n)], MONTHS),
            "month": np.tile(months, n),
            "count": counts,
        }
    )


def from_a_file(frame: pd.DataFrame, judge: Callable[[pd.DataFrame], object]) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        frame.to_csv(path, index=False)
        del frame

        def command() -> None:
            (table,) = raw_tables(path)
            json_text(judge(table.frame).to_dict())  # type: ignore[attr-defined]

        whole = seconds(command)
        peak = peak_memory()
        (table,) = raw_tables(path)
        return {"judge": best_of(3, lambda: judge(table.frame)), "whole": whole, "peak": peak}


def table(results: Sequence[Mapping[str, object]]) -> str:
    columns = ["What", "n", "Judging", "From file to JSON", "of the target", "Peak memory"]
    rows = []
    for result in results:
        target, memory = TARGETS[str(result["what"])]
        whole = result.get("whole")
        taken = float(whole if whole is not None else result["judge"])  # type: ignore[arg-type]
        peak = mebibytes(float(result["peak"]))  # type: ignore[arg-type]
        rows.append(
            [
                str(result["what"]),
                f"{result['n']:,}",
                milliseconds(float(result["judge"])),  # type: ignore[arg-type]
                "–" if whole is None else milliseconds(taken),
                f"{taken / target:.0%} of {target:g} s",
                f"{peak} of {mebibytes(memory)}" if memory else peak,
            ]
        )
    return markdown(columns, rows)

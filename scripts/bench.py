"""Time and peak memory of deciding and of influence, as ratios to one NumPy sort.

``make bench`` runs it and prints the tables of docs/benchmarks.md. Each size runs in a
process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable

SIZES = (3_000, 20_000, 1_000_000)
#: Six signals: one name, the mean and spread of its values, and its decimals.
SIGNALS = {
    "klout": (45, 12, 0),
    "github_stars": (300, 250, 0),
    "linkedin_ssi": (55, 15, 0),
    "portfolio": (3, 0.8, 1),
    "task": (60, 14, 1),
    "years_experience": (8, 4, 0),
}


def best_of(times: int, run: Callable[[], object]) -> float:
    """CPU seconds of the fastest run: what the work takes when nothing else is in the way."""
    seconds = []
    for _ in range(times):
        start = time.process_time()
        run()
        seconds.append(time.process_time() - start)
    return min(seconds)


def measure(size: int) -> dict[str, float]:
    """Everything about one size, in this process."""
    import numpy as np
    import pandas as pd

    from toolkit.influence.influence import influence
    from toolkit.intake.from_frame import cohort_from_frame
    from toolkit.screening.decisions import decide
    from toolkit.screening.gate import Gate
    from toolkit.screening.screen import Screen

    draw = np.random.default_rng(2011)
    columns = {
        name: np.clip(np.round(draw.normal(mean, spread, size), decimals), 1, None)
        for name, (mean, spread, decimals) in SIGNALS.items()
    }
    columns["klout"] = np.clip(columns["klout"], 1, 100)
    columns["linkedin_ssi"] = np.clip(columns["linkedin_ssi"], 0, 100)
    index = pd.Index([f"c{n:07d}" for n in range(size)], name="candidate_id")
    cohort = cohort_from_frame(pd.DataFrame(columns, index=index))
    screen = Screen(
        name="Benchmark",
        share=0.1,
        weights=dict.fromkeys(SIGNALS, 1 / len(SIGNALS)),
        gates=(Gate(signal="klout", at_least=30),),
        tie_breakers=("klout",),
    )
    start = time.process_time()
    for signal in screen.signals:
        cohort.fixed(signal)
    convert = time.process_time() - start
    times = 20 if size <= 20_000 else 3
    composite = decide(cohort, screen).composite
    found = {
        "size": size,
        "convert": convert,
        "sort": best_of(times, lambda: np.sort(composite)),
        "decide": best_of(times, lambda: decide(cohort, screen)),
        "influence": best_of(max(times // 4, 2), lambda: influence(cohort, screen)),
    }
    # Kilobytes on Linux, bytes on macOS.
    unit = 1 if sys.platform == "darwin" else 1024
    found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return found


def in_a_process(size: int) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, __file__, "--one", str(size)], stdout=subprocess.PIPE, check=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def table(results: list[dict[str, float]]) -> str:
    k = len(SIGNALS)
    lines = [
        f"Python {platform.python_version()}, {platform.machine()}, {k} signals.",
        "",
        "| Candidates | One sort | `decide` | in sorts | `influence` | in sorts "
        "| of 8·k sorts | Columns, once | Peak memory |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for r in results:
        decide, influence = r["decide"] / r["sort"], r["influence"] / r["sort"]
        lines.append(
            f"| {r['size']:,} | {1e3 * r['sort']:.2f} ms | {1e3 * r['decide']:.2f} ms "
            f"| {decide:.1f} | {1e3 * r['influence']:.1f} ms | {influence:.1f} "
            f"| {100 * influence / (8 * k):.0f} % | {1e3 * r['convert']:.1f} ms "
            f"| {r['peak'] / 2**20:,.0f} MiB |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--one", type=int, help="measure this size alone, print JSON")
    arguments.add_argument("sizes", type=int, nargs="*", help="sizes instead of the usual ones")
    given = arguments.parse_args()
    if given.one:
        json.dump(measure(given.one), sys.stdout)
    else:
        print(table([in_a_process(size) for size in given.sizes or SIZES]))

"""Adverse impact, beside fairlearn's MetricFrame and aequitas; before and after; many tests.

All three are given the same drawn people. fairlearn and aequitas compute selection rates and
ratios alone, of each attribute and of the intersection; `impact` does every panel (exact tests,
intervals, bounds, power, adjustments, verdicts) and 1,000 resamples. Their rates have to agree.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tracemalloc
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from scripts.bench.drawn import SEED
from scripts.bench.timing import best_of, markdown, milliseconds, seconds
from toolkit.fairness.before_after import before_after
from toolkit.fairness.exact import fisher_exact
from toolkit.fairness.impact import impact

ROOT = Path(__file__).parents[3]
CASES = (
    {"what": "panels", "people": 1_000_000},
    {"what": "before and after", "people": 20_000},
    {"what": "tests", "people": 20_000},
)
GROUPS = {
    "sex": {"Female": 0.48, "Male": 0.52},
    "ethnicity": {"White": 0.5, "Black": 0.2, "Hispanic": 0.15, "Asian": 0.1, "Other": 0.05},
}
AGES = {"under 30": 0.3, "30-39": 0.3, "40-49": 0.25, "50 and over": 0.15}
SELECTED = 0.2
SCREENS = 8
TESTS = 101 * 101


def drawn(people: int) -> tuple[pd.DataFrame, np.ndarray]:
    draw = np.random.default_rng(SEED)
    groups = pd.DataFrame(
        {
            name: draw.choice(list(shares), people, p=list(shares.values()))
            for name, shares in GROUPS.items()
        }
    )
    return groups, draw.random(people) < SELECTED


def measure(what: str, people: int) -> dict[str, float]:
    if what == "panels":
        return panels(people)
    if what == "tests":
        return {"ours": tests(people)}
    groups, _ = drawn(people)
    draw = np.random.default_rng(SEED)
    groups["age"] = draw.choice(list(AGES), people, p=list(AGES.values()))
    screens = {f"screen {n}": draw.random(people) < SELECTED for n in range(SCREENS)}
    return {"ours": best_of(10, lambda: before_after(groups, screens))}


def panels(people: int) -> dict[str, float]:
    groups, selected = drawn(people)
    found = impact(groups, selected, resamples=1_000)
    rates = {
        f"{table.name}: {group.group}": group.rate
        for table in found.tables
        for group in table.groups
    }
    result = {
        "ours": best_of(10, lambda: impact(groups, selected, resamples=1_000)),
        "memory": memory(groups, selected),
        "fairlearn": with_fairlearn(groups, selected, rates),
    }
    asked = {"people": people, "seed": SEED, "groups": GROUPS, "selected": SELECTED}
    told = in_its_own_environment(asked)
    for name, rate in told["rates"].items():
        assert abs(rates[name] - rate) < 1e-12, name
    return {**result, "aequitas": told["seconds"]}


def memory(groups: pd.DataFrame, selected: np.ndarray) -> float:
    """The table with what is added at most while it is analysed, over the table itself."""
    own = int(groups.memory_usage(deep=True, index=False).sum()) + selected.nbytes
    pool = pa.default_memory_pool()
    before = pool.bytes_allocated()
    tracemalloc.start()
    impact(groups, selected, resamples=1_000)
    added = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return (own + added + max(pool.bytes_allocated() - before, 0)) / own


def with_fairlearn(
    groups: pd.DataFrame, selected: np.ndarray, rates: Mapping[str, float | None]
) -> float:
    """CPU seconds of rates and ratios of each attribute and the intersection."""
    from fairlearn.metrics import MetricFrame, selection_rate

    def computed(names: list[str]) -> MetricFrame:
        frame = MetricFrame(
            metrics=selection_rate,
            y_true=selected,
            y_pred=selected,
            sensitive_features=groups[names],
        )
        frame.ratio()
        return frame

    columns = [[name] for name in groups] + [list(groups)]
    for group, rate in computed(columns[0]).by_group.items():
        assert abs(rates[f"{columns[0][0]}: {group}"] - rate) < 1e-12
    return seconds(lambda: [computed(names) for names in columns])


def in_its_own_environment(asked: Mapping[str, object]) -> dict[str, dict[str, float]]:
    """What aequitas says, in an environment that is made if it is not there."""
    subprocess.run(
        ["scripts/environment", ".venv-aequitas", "requirements-aequitas.lock"],
        cwd=ROOT,
        check=True,
        stdout=sys.stderr,
    )
    done = subprocess.run(
        [
            str(ROOT / ".venv-aequitas/bin/python"),
            str(ROOT / "scripts/bench/peers/aequitas_rates.py"),
            json.dumps(asked),
        ],
        stdout=subprocess.PIPE,
        check=True,
    )
    # It greets on standard output.
    return json.loads(done.stdout.decode().splitlines()[-1])


def tests(people: int) -> float:
    """CPU seconds of Fisher's test and mid-P for one group under every screen of a sweep."""
    draw = np.random.default_rng(SEED)
    n_a, places = people * 2 // 5, people // 5
    a = draw.hypergeometric(n_a, people - n_a, places, TESTS)
    n = np.full(TESTS, n_a)
    return best_of(10, lambda: fisher_exact(a, n, places - a, people - n))


def table(results: Sequence[Mapping[str, float]]) -> str:
    by = {r["what"]: r for r in results}
    rows = []
    if "panels" in by:
        r = by["panels"]
        for peer, target in (("fairlearn", 100), ("aequitas", 3)):
            times = r[peer] / r["ours"]
            rows.append(
                [
                    f"{r['people']:,} people, all panels, 1,000 resamples",
                    milliseconds(r["ours"]),
                    f"{peer}, rates and ratios: {milliseconds(r[peer])}",
                    f"{times:,.0f}×",
                    f"{target}×",
                ]
            )
        rows.append(["its memory, over the table's own", f"{r['memory']:.2f}×", "–", "–", "1.5×"])
    for what, said, target in (
        ("before and after", f"{SCREENS} screens × 3 attributes, 20,000 people", "50 ms"),
        ("tests", f"{TESTS:,} Fisher tests of one group", "500 ms"),
    ):
        if what in by:
            rows.append([said, milliseconds(by[what]["ours"]), "–", "–", target])
    return markdown(["What", "Ours", "Beside it", "Ratio", "Target"], rows)

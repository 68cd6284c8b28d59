"""Exact attribution, beside shap's exact explainer and a loop over coalitions with pandas.

All three go through every coalition of the signals. shap is asked about one candidate at a time
and cannot find the top places anew, so it is given the decision at a fixed threshold. It takes
as long for each candidate, so it is timed on some and multiplied. The loop decides as `attribute`
does, and has to come to the same values.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from scripts.bench.drawn import SEED, converted, ids
from scripts.bench.timing import best_of, markdown, mebibytes, milliseconds, peak_memory, seconds
from toolkit.influence.attribution import attribute
from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.decisions import Decisions, decide
from toolkit.screening.gate import Gate
from toolkit.screening.lottery import lots
from toolkit.screening.screen import Screen

CASES = (
    {"candidates": 20_000, "signals": 8, "peers": True},
    {"candidates": 3_000, "signals": 12, "peers": False},
)
SMALL = {"candidates": 60, "signals": 3, "peers": False}
#: Candidates that shap is timed on.
EXPLAINED = 200


def drawn(candidates: int, signals: int) -> tuple[Cohort, Screen]:
    draw = np.random.default_rng(SEED)
    names = [f"signal_{n}" for n in range(1, signals + 1)]
    columns = {name: np.round(draw.normal(50, 12, candidates), 1) for name in names}
    cohort = cohort_from_frame(pd.DataFrame(columns, index=ids(candidates)))
    screen = Screen(
        name="Benchmark",
        share=0.1,
        weights=dict.fromkeys(names, 1 / signals),
        gates=(Gate(signal=names[0], at_least=30),),
        tie_breakers=(names[1],),
    )
    return converted(cohort, screen), screen


def measure(candidates: int, signals: int, peers: bool) -> dict[str, float | None]:
    cohort, screen = drawn(candidates, signals)
    decisions = decide(cohort, screen)
    found: dict[str, float | None] = {
        "attribute": best_of(30, lambda: attribute(cohort, decisions)),
        "peak": peak_memory(),
        "shap": None,
        "pandas": None,
    }
    if peers:
        found["shap"] = with_shap(cohort, decisions)
        values = with_pandas(cohort, screen)
        np.testing.assert_allclose(values, attribute(cohort, decisions).shapley, atol=1e-9)
        found["pandas"] = seconds(lambda: with_pandas(cohort, screen))
    return found


def with_shap(cohort: Cohort, decisions: Decisions) -> float:
    """CPU seconds of shap's exact explainer for everybody; a signal left out is at its mean."""
    import shap

    values = cohort.signals.to_numpy()
    mean, spread = values.mean(axis=0), values.std(axis=0)
    weights = np.array([decisions.screen.weights[name] for name in cohort.signals])
    gate = decisions.screen.gates[0]
    gated = cohort.signals.columns.get_loc(gate.signal)
    threshold = decisions.composite[decisions.selected].min()

    def selected(asked: np.ndarray) -> np.ndarray:
        composite = ((asked - mean) / spread) @ weights
        return ((composite >= threshold) & (asked[:, gated] >= gate.at_least)).astype(float)

    masker = shap.maskers.Independent(mean[None, :], max_samples=1)
    explainer = shap.explainers.Exact(selected, masker)
    # The first call compiles.
    explainer(values[:2])
    asked = values[:EXPLAINED]
    once = best_of(10, lambda: explainer(asked))
    return once / len(asked) * len(values)


def with_pandas(cohort: Cohort, screen: Screen) -> np.ndarray:
    """Shapley's values by a loop over coalitions, each decided with pandas; (n, n_signals)."""
    frame = cohort.signals
    scaled = (frame - frame.mean()) / frame.std(ddof=0)
    lot = pd.Series(lots(screen.name, frame.index), index=frame.index)
    names, places = list(screen.signals), screen.places_among(len(frame))
    k = len(names)
    decisions, shares = [], []
    for size in range(1, k + 1):
        for members in itertools.combinations(names, size):
            weights = pd.Series({name: screen.weights[name] for name in members})
            # Rounded, since equal composites have to be equal for their ties to be broken.
            composite = (scaled[list(members)] * weights).sum(axis=1).round(12)
            tried = pd.DataFrame({"composite": composite})
            breakers = [name for name in screen.tie_breakers if name in members]
            tried = tried.join(frame[breakers]).assign(lot=lot)
            for gate in screen.gates:
                if gate.signal in members:
                    tried = tried[frame[gate.signal] >= gate.at_least]
            order = tried.sort_values(
                ["composite", *breakers, "lot"],
                ascending=[False, *(False for _ in breakers), True],
            )
            selected = pd.Series(0.0, index=frame.index)
            selected[order.index[:places]] = 1.0
            decisions.append(selected.to_numpy())
            joins = math.factorial(size - 1) * math.factorial(k - size) / math.factorial(k)
            leaves = (
                -math.factorial(size) * math.factorial(k - size - 1) / math.factorial(k)
                if (size < k)
                else 0.0
            )
            shares.append([joins if name in members else leaves for name in names])
    return np.array(decisions).T @ np.array(shares) - places / len(frame) / k


def table(results: Sequence[Mapping[str, float | None]]) -> str:
    def times(r: Mapping[str, float | None], peer: str) -> list[str]:
        if r[peer] is None:
            return ["–", "–"]
        return [milliseconds(r[peer]), f"{r[peer] / r['attribute']:,.0f}×"]

    rows = [
        [
            f"{r['candidates']:,}",
            f"{r['signals']}",
            f"{2 ** r['signals']:,}",
            milliseconds(r["attribute"]),
            *times(r, "shap"),
            *times(r, "pandas"),
            mebibytes(r["peak"]),
        ]
        for r in results
    ]
    columns = [
        "Candidates",
        "Signals",
        "Coalitions",
        "`attribute`",
        "shap, exact",
        "ratio",
        "pandas loop",
        "ratio",
        "Peak memory",
    ]
    return markdown(columns, rows)

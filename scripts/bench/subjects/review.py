"""Agreement from incomplete ratings, and reviews shared out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from scripts.bench.drawn import SEED
from scripts.bench.timing import best_of, markdown, milliseconds
from toolkit.arrays import Floats, Ints
from toolkit.review.agreement import agreement
from toolkit.review.assignment import assign
from toolkit.review.ratings import ratings_of
from toolkit.review.severity import severities
from toolkit.review.variance_components import variance_components

CASES = (
    {"candidates": 100, "reviewers": 12, "each": 3, "target": 0.1},
    {"candidates": 1_000, "reviewers": 40, "each": 3, "target": 3.0},
)
SMALL = {"candidates": 12, "reviewers": 4, "each": 2, "target": 1.0}
#: Share of pairs with a conflict of interest, where reviews are shared out.
CONFLICTS = 0.1


def measure(candidates: int, reviewers: int, each: int, target: float) -> dict[str, float]:  # noqa: ARG001
    candidate, reviewer, value = _drawn(candidates, reviewers, each)
    people = tuple(f"R{n}" for n in range(reviewers))
    codes = [f"C{n}" for n in range(candidates)]
    ratings = ratings_of(
        [codes[at] for at in candidate], [people[at] for at in reviewer], value.tolist()
    )
    draw = np.random.default_rng(SEED)
    barred = np.argwhere(draw.random((candidates, reviewers)) < CONFLICTS)
    conflicts = [(codes[c], people[r]) for c, r in barred.tolist()]

    def components() -> None:
        severities(variance_components(candidate, reviewer, value), reviewer, people)

    return {
        "components": best_of(5, components),
        "agreement": best_of(3, lambda: agreement(ratings)),
        "assign": best_of(3, lambda: assign(codes, people, each, conflicts=conflicts)),
    }


def table(results: Sequence[Mapping[str, float]]) -> str:
    rows = [
        [
            f"{r['candidates']:,}",
            f"{r['reviewers']:,}",
            f"{r['each']}",
            milliseconds(r["components"]),
            milliseconds(r["target"]),
            f"{r['components'] / r['target']:.0%}",
            milliseconds(r["agreement"]),
            milliseconds(r["assign"]),
        ]
        for r in results
    ]
    columns = [
        "Candidates",
        "Reviewers",
        "Ratings each",
        "Components and severities",
        "Target",
        "of it",
        "All of `agreement`",
        "`assign`",
    ]
    return markdown(columns, rows)


def _drawn(candidates: int, reviewers: int, each: int) -> tuple[Ints, Ints, Floats]:
    """Ratings from 1 to 5 in a random incomplete design."""
    draw = np.random.default_rng(SEED)
    true, severity = draw.normal(0, 1, candidates), draw.normal(0, 0.5, reviewers)
    candidate = np.repeat(np.arange(candidates), each)
    reviewer = np.argsort(draw.random((candidates, reviewers)), axis=1)[:, :each].ravel()
    value = 3 + true[candidate] - severity[reviewer] + draw.normal(0, 0.6, len(candidate))
    return candidate, reviewer, np.clip(np.round(value), 1, 5)

"""One move of a slider: decide anew, count the selected by group, and all margins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from scripts.bench.drawn import converted, drawn_cohort, drawn_screen
from scripts.bench.timing import best_of, markdown, mebibytes, milliseconds, peak_memory, seconds
from toolkit.fairness.cells import assign_cells
from toolkit.influence.margins import smallest_changes
from toolkit.screening.decisions import decide
from toolkit.screening.gate import Gate
from toolkit.screening.screen import Screen

CASES = (
    {"candidates": 20_000, "target": 0.005},
    {"candidates": 100_000, "target": 0.025},
    {"candidates": 1_000_000, "target": 0.4},
)
SMALL = {"candidates": 60, "target": 1.0}
GROUPS = 10


def measure(candidates: int, target: float) -> dict[str, float]:  # noqa: ARG001
    screen = drawn_screen()
    cohort = converted(drawn_cohort(candidates, GROUPS), screen)
    cells = assign_cells(cohort.groups, ["group"])
    composite = decide(cohort, screen).composite

    def move(tried: Screen) -> None:
        decisions = decide(cohort, tried)
        cells.count(decisions.selected)
        smallest_changes(cohort, decisions, tried.signals)

    times = max(min(600_000 // candidates, 30), 3)
    # Every position differs, so that nothing is there from the move before.
    found = {
        "weight": min(
            seconds(lambda step=step: move(screen.with_weight("klout", 0.2 + 0.01 * step)))
            for step in range(times)
        ),
        "gate": min(
            seconds(
                lambda step=step: move(
                    screen.changed(gates=(Gate(signal="klout", at_least=20 + step),))
                )
            )
            for step in range(times)
        ),
        "places": min(
            seconds(lambda step=step: move(screen.changed(share=0.1 + 0.002 * step)))
            for step in range(times)
        ),
    }
    return {
        **found,
        "sort": best_of(times, lambda: np.sort(composite)),
        "peak": peak_memory(),
    }


def table(results: Sequence[Mapping[str, float]]) -> str:
    rows = []
    for r in results:
        slowest = max(r["weight"], r["gate"], r["places"])
        rows.append(
            [
                f"{r['candidates']:,}",
                milliseconds(r["weight"]),
                milliseconds(r["gate"]),
                milliseconds(r["places"]),
                f"{slowest / r['sort']:.1f}",
                milliseconds(r["target"]),
                f"{slowest / r['target']:.0%}",
                mebibytes(r["peak"]),
            ]
        )
    columns = [
        "Candidates",
        "A weight",
        "A gate",
        "The places",
        "slowest, in sorts",
        "Target",
        "of it",
        "Peak memory",
    ]
    return markdown(columns, rows)

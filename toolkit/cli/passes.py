"""What ``--explain`` says: which passes an engine would make over how many rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from toolkit.cli.output import Answer, Table

if TYPE_CHECKING:
    from toolkit.engine.engine import Engine
    from toolkit.screening.screen import Screen


def passes(engine: Engine, looks: Sequence[str]) -> Answer:
    """One row a pass.

    Parameters
    ----------
    engine : Engine
    looks : sequence of str
        What each pass reads, in turn.
    """
    count = engine.count()
    records = [{"pass": at, "rows": count, "reads": what} for at, what in enumerate(looks, 1)]
    return Answer(
        {"engine": engine.name, "rows": count, "passes": records},
        Table.of("Passes", records, ("pass", "rows", "reads")),
        [f"{count:,} rows with the engine {engine.name}."],
    )


def looks_to_freeze(rule: Screen) -> list[str]:
    """The passes that freeze a screen."""
    looks = ["every signal once: figures, groups, and values that no signal can have"]
    if rule.missing == "median":
        looks.append("signals with missing values one to three times, for their medians")
    if rule.scale == "percentile":
        looks.append("weighted signals once, for the values that occur")
    return looks


#: The passes that find several cuts.
TO_SELECT = (
    "every signal once, or twice where very many are near a cut: those near it kept, the others "
    "counted",
    "codes of those level at the cut once, if lots have to be drawn",
)
#: The passes that find the one cut of a screen.
TO_DECIDE = (
    "every signal once more, where a sample has not foretold the cut",
    TO_SELECT[1],
)

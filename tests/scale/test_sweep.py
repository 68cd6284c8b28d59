"""A sweep of a million rows on every engine is that of one cohort in memory."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from toolkit.engine.choose import NAMES, engine_over
from toolkit.influence.at_scale.swept import sweep_at_scale
from toolkit.influence.sweep import Sweep, sweep
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.screen import Screen

SCREEN = Screen(
    name="At scale",
    share=0.2,
    weights={"portfolio": 0.5, "task": 0.2, "klout": 0.2, "years_experience": 0.1},
    tie_breakers=("followers",),
    missing="lowest",
)
SIGNALS = list(SCREEN.signals)
#: No longer a stretch than one of the kernel's, and some far from it.
WEIGHTS = [0, 18, 20, 21, 100]


@pytest.fixture(scope="module")
def alone(folder: Path) -> Sweep:
    columns = ["candidate_id", *SIGNALS, "ethnicity"]
    people = pq.read_table(folder, columns=columns).to_pandas().set_index("candidate_id")
    cohort = cohort_from_frame(people[SIGNALS], groups=people[["ethnicity"]])
    return sweep(cohort, SCREEN, "klout", weights=WEIGHTS, attribute="ethnicity")


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_is_that_of_one_cohort(name: str, folder: Path, alone: Sweep) -> None:
    columns = ["candidate_id", *SIGNALS, "ethnicity"]
    engine, _ = engine_over(folder, columns, coded=["ethnicity"], name=name, master="local[2]")
    found = sweep_at_scale(engine, SCREEN, "klout", weights=WEIGHTS, attribute="ethnicity")
    for figure in ("cutoffs", "selected", "flips", "evidence", "smallest_ratio"):
        np.testing.assert_array_equal(getattr(found.sweep, figure), getattr(alone, figure))
    assert (found.by_group.sum(axis=2) == alone.selected).all()

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.decisions import decide, decide_columns
from toolkit.screening.room import with_room
from toolkit.screening.screen import Screen


def three() -> Cohort:
    frame = pd.DataFrame(
        {"candidate_id": ["a", "b", "c"], "followers": [1.0, 2, 3], "task": [3, 2, 1.0]}
    )
    return cohort_from_frame(frame)


def test_values_within_reach_need_no_room() -> None:
    cohort = three()
    decisions = decide(cohort, Screen(places=1, weights={"followers": 1, "task": 1}))
    assert with_room(cohort, decisions, {"followers": (0, 6)}) is decisions


@pytest.mark.parametrize("scale", ["z", "range"])
@pytest.mark.parametrize("far", [10**3, 10**6, 10**9])
def test_values_far_beyond_keep_their_order(scale: str, far: int) -> None:
    cohort = three()
    decisions = decide(cohort, Screen(places=1, scale=scale, weights={"followers": 1, "task": 0.5}))
    roomy = with_room(cohort, decisions, {"followers": (0, 2 * far)})
    np.testing.assert_array_equal(roomy.selected, decisions.selected)
    column = cohort.fixed("followers")
    halves = np.array([2 * far, far, 0])
    columns = {"task": cohort.fixed("task"), "followers": type(column)(halves, column.missing, 0)}
    tried = decide_columns(roomy.frozen, columns, decisions.lottery)
    assert tried.rank.tolist() == [1, 2, 3]
    assert (np.diff(tried.composites) < 0).all()


def test_a_percentile_has_no_beyond() -> None:
    cohort = three()
    decisions = decide(cohort, Screen(places=1, scale="percentile", weights={"followers": 1}))
    assert with_room(cohort, decisions, {"followers": (0, 10**12)}) is decisions

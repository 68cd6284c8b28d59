from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inflation.examples import names
from toolkit.inflation.evidence_level import evidence_level, evidence_strata
from toolkit.intake.from_frame import cohort_from_frame


def level_of(**signals: list[float]) -> np.ndarray:
    n = len(next(iter(signals.values())))
    frame = pd.DataFrame(signals, index=names(n), dtype=float)
    return evidence_level(cohort_from_frame(frame, roles=dict.fromkeys(signals, "evidence")))


def test_the_mean_of_what_each_candidate_has() -> None:
    # Portfolio 1, 2, 3: −√1.5, 0, √1.5. Task 50, 70: −1, 1.
    found = level_of(portfolio=[1, 2, 3], task=[np.nan, 50, 70])
    assert found == pytest.approx([-np.sqrt(1.5), -0.5, (np.sqrt(1.5) + 1) / 2])


def test_a_signal_on_which_all_are_alike_says_nothing() -> None:
    assert np.isnan(level_of(portfolio=[4, 4, 4])).all()
    assert level_of(portfolio=[4, 4, 4], task=[1, 2, 3])[1] == 0.0


def test_no_evidence() -> None:
    cohort = cohort_from_frame(pd.DataFrame({"klout": [1.0, 2.0]}, index=["ann", "bo"]))
    level = evidence_level(cohort)
    assert np.isnan(level).all()
    assert evidence_strata(level).tolist() == [-1, -1]


def test_quarters() -> None:
    assert evidence_strata(np.arange(8.0)).tolist() == [0, 0, 1, 1, 2, 2, 3, 3]
    assert evidence_strata(np.array([5.0, np.nan, 5.0])).tolist() == [0, -1, 0]


@given(st.lists(st.integers(0, 4) | st.none(), max_size=60))
def test_the_same_evidence_the_same_stratum_and_more_never_a_lower_one(
    drawn: list[int | None],
) -> None:
    level = np.array([np.nan if v is None else v / 3 for v in drawn], dtype=float)
    strata = evidence_strata(level)
    assert ((strata == -1) == np.isnan(level)).all()
    known = ~np.isnan(level)
    order = np.argsort(level[known], kind="stable")
    assert (np.diff(strata[known][order]) >= 0).all()
    for value in set(level[known]):
        assert len(set(strata[level == value])) == 1

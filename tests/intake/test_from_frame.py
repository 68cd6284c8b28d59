from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from tests.strategies import cohorts
from toolkit.errors import InputError, UnknownName
from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame


def test_three_candidates_with_a_score_evidence_a_fact_and_a_group() -> None:
    frame = pd.DataFrame(
        {
            "candidate_id": ["a", "b", "c"],
            "name": ["Ann", "Bo", "Cy"],
            "klout": [61, 48, np.nan],
            "portfolio": [2.5, 4.5, 3.0],
            "years_experience": [3, 1, 4],
            "sex": ["f", "m", None],
            "performance": [3.5, 4.0, np.nan],
        }
    )
    cohort = cohort_from_frame(
        frame, roles={"klout": "score"}, groups=["sex"], outcomes=["performance"]
    )
    assert list(cohort.candidate_ids) == ["a", "b", "c"]
    assert cohort.scores == ["klout"]
    assert cohort.evidence == ["portfolio"]
    assert cohort.about["years_experience"].role == "fact"
    assert cohort.about["portfolio"].decimals == 1
    assert list(cohort.signals.columns) == ["klout", "portfolio", "years_experience"]
    assert list(cohort.candidates.columns) == ["name"]
    assert cohort.groups["sex"].isna().tolist() == [False, False, True]
    assert cohort.outcomes["performance"].iloc[0] == 3.5


def test_a_plain_index_gets_the_row_numbers_of_a_spreadsheet() -> None:
    cohort = cohort_from_frame(pd.DataFrame({"task": [1, 2]}))
    assert list(cohort.candidate_ids) == ["row-2", "row-3"]


def test_group_frame_is_aligned_to_the_candidates() -> None:
    groups = pd.DataFrame({"candidate_id": ["b", "a"], "sex": ["m", "f"]})
    frame = pd.DataFrame({"task": [1, 2, 3]}, index=["a", "b", "c"])
    cohort = cohort_from_frame(frame, groups=groups)
    assert cohort.groups["sex"].tolist()[:2] == ["f", "m"]
    assert cohort.groups["sex"].isna().tolist() == [False, False, True]


def test_repeated_codes_missing_codes_infinity_and_unknown_columns_are_refused() -> None:
    with pytest.raises(InputError, match="candidate_id 'a' stands in more than one row"):
        cohort_from_frame(pd.DataFrame({"task": [1, 2]}, index=["a", "a"]))
    with pytest.raises(InputError, match="has no candidate_id"):
        cohort_from_frame(pd.DataFrame({"task": [1, 2]}, index=["a", None]))
    with pytest.raises(InputError, match="Column 'task' holds infinity"):
        cohort_from_frame(pd.DataFrame({"task": [1, np.inf]}, index=["a", "b"]))
    with pytest.raises(UnknownName, match=r"no column 'tusk' in roles\. Did you mean 'task'"):
        cohort_from_frame(pd.DataFrame({"task": [1]}, index=["a"]), roles={"tusk": "fact"})


@settings(max_examples=50)
@given(cohorts(groups=True))
def test_drawn_cohorts_keep_signals_groups_and_candidates_together(cohort: Cohort) -> None:
    assert cohort.signals.index.equals(cohort.candidates.index)
    assert cohort.groups.index.equals(cohort.candidates.index)
    assert cohort.candidate_ids.is_unique
    assert set(cohort.about) == set(cohort.signals.columns)

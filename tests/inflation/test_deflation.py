from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from toolkit.inflation.deflation import deflation
from toolkit.inflation.inflation import inflation
from toolkit.inflation.prediction import Predictions
from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.decisions import decide
from toolkit.screening.screen import Screen

ALONE = Screen(name="Score alone", places=2, weights={"klout": 1.0})


def four() -> Cohort:
    frame = pd.DataFrame(
        {
            "candidate_id": ["ann", "bo", "cy", "di"],
            "name": ["Ann A", "Bo B", "Cy C", "Di D"],
            "klout": [80, 60, 50, 40],
        }
    )
    return cohort_from_frame(frame)


def supported(*expected: float, logs: bool = False) -> Predictions:
    row = np.array([expected], dtype=float)
    none = np.full_like(row, np.nan)
    return Predictions(("Klout",), none, row, none, none, none, (logs,), ("klout",))


def flags(*who: bool) -> np.ndarray:
    return np.array(who, dtype=np.bool_)


def test_the_one_behind_the_inflated_score_is_named() -> None:
    cohort = four()
    found = deflation(
        cohort,
        decide(cohort, ALONE),
        flags(True, False, False, False),
        [supported(45.0, np.nan, np.nan, np.nan)],
    )
    assert [(one.value, one.supported) for one in found.lowered] == [(80, 45)]
    assert found.out == (("ann", "Ann A"),)
    assert found.displaced == (("cy", "Cy C"),)
    assert found.selected == ("bo", "cy")
    assert found.to_dict()["displaced"] == [{"candidate_id": "cy", "name": "Cy C"}]


def test_the_smaller_expectation_counts_and_nothing_is_raised() -> None:
    cohort = four()
    everybody = flags(True, True, True, True)
    found = deflation(
        cohort,
        decide(cohort, ALONE),
        everybody,
        [supported(70.0, 65.0, np.nan, 90.0), supported(55.04, np.nan, np.nan, np.nan)],
    )
    assert [(one.candidate_id, one.supported) for one in found.lowered] == [("ann", 55.0)]
    assert (found.out, found.displaced) == ((), ())


def test_counts_are_compared_on_their_own_scale() -> None:
    assert supported(2.0, logs=True).expected_points(0).tolist() == [99.0]


def test_who_is_not_flagged_keeps_the_score() -> None:
    cohort = four()
    found = deflation(
        cohort, decide(cohort, ALONE), flags(False, False, False, False), [supported(1, 1, 1, 1)]
    )
    assert found.lowered == ()
    assert found.selected == ("ann", "bo")


def test_a_score_that_the_screen_does_not_use_changes_nobody() -> None:
    cohort = cohort_from_frame(four().signals.assign(tenure=[1.0, 2, 3, 4]))
    rule = Screen(name="Tenure", places=2, weights={"tenure": 1.0})
    found = deflation(
        cohort, decide(cohort, rule), flags(True, True, True, True), [supported(1, 1, 1, 1)]
    )
    assert found.lowered == ()


@pytest.fixture(scope="module")
def screened() -> tuple[Cohort, Screen]:
    draw = np.random.default_rng(8)
    n = 60
    work = draw.integers(1, 6, n).astype(float)
    klout = 30 + 3 * work + draw.integers(-3, 4, n)
    klout[:3] = 88.0
    work[:3] = 1.0
    frame = pd.DataFrame({"klout": klout, "portfolio": work}, index=[f"c{i}" for i in range(n)])
    return cohort_from_frame(frame), Screen(
        name="Mixed", places=5, weights={"klout": 0.8, "portfolio": 0.2}
    )


def test_the_reward_comes_with_each_score_left_out_and_with_scores_deflated(
    screened: tuple[Cohort, Screen],
) -> None:
    found = inflation(*screened).reward
    assert found is not None
    assert found.deflated is not None
    assert {code for code, _ in found.deflated.out} == {"c0", "c1", "c2"}
    assert len(found.deflated.displaced) == 3
    assert set(found.without) == {"klout"}
    assert found.without["klout"].selected_inflated == 0
    # All three suspected are selected: the exact estimate is infinite, so the strata are thin.
    assert found.penalised is not None
    assert "penalised logistic regression" in found.sentence
    data = found.to_dict()
    assert data["odds_ratio"] is None
    assert data["penalised"]["low"] > 1  # type: ignore[index]

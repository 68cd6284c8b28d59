from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.inflation.inflation import inflation
from toolkit.inflation.suspicion import (
    DETECTORS,
    flagged_from_rate,
    rate_of_one_detector,
    strength,
    suspicion,
)
from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"


def on_twitter(accounts: pd.DataFrame, **scores: pd.Series) -> Cohort:
    ids = [f"p{at}" for at in range(len(accounts))]
    signals = {name: values.to_numpy() for name, values in scores.items()}
    return cohort_from_frame(
        pd.DataFrame(signals, index=pd.Index(ids)),
        accounts=accounts.assign(candidate_id=ids, platform="Twitter"),
    )


def genuine_of_2017() -> Cohort:
    rows = pd.read_csv(DATA / "calibration" / "twitter_bots" / "accounts.csv")
    rows = rows[rows["label_fake"] == 0].reset_index(drop=True)
    facts = rows[["followers", "following", "posts", "listed"]]
    return on_twitter(
        facts.assign(
            likes=rows["favourites"],
            has_bio=rows["bio_len"] > 0,
            has_picture=rows["default_image"] == 0,
            verified=rows["verified"] == 1,
        )
    )


def sample_of_2013() -> Cohort:
    rows = pd.read_csv(DATA / "klout_gnip_2013.csv")
    rows = rows.rename(columns={"friends": "following", "statuses": "posts"})
    return on_twitter(rows[["followers", "following", "posts", "listed"]], klout=rows.klout_score)


@pytest.mark.parametrize(("cohort", "n"), [(genuine_of_2017, 1_170), (sample_of_2013, 97)])
def test_no_more_genuine_accounts_are_flagged_than_promised(
    cohort: Callable[[], Cohort], n: int
) -> None:
    """By all detectors together, on accounts that nobody suspects; the methods page shows it."""
    told = (ROOT / "docs" / "methods" / "inflation.md").read_text(encoding="utf-8")
    everybody = cohort()
    flagged = {
        rate: int(inflation(everybody, false_flag_rate=rate).flagged.sum()) for rate in (0.05, 0.01)
    }
    assert flagged[0.05] <= 0.05 * n
    assert f"| {flagged[0.05]} of {n:,}: {100 * flagged[0.05] / n:.1f} % (" in told
    assert f"| {flagged[0.01]}: {100 * flagged[0.01] / n:.1f} % (" in told


def test_the_operating_point_is_one_half() -> None:
    found = strength(np.array([0.9, 0.5, 0.99, math.nan]), 0.9)
    # Odds 9, 1 and 99 over odds 9.
    assert found[:3] == pytest.approx([1 / 2, (1 / 9) / (1 + 1 / 9), 11 / 12])
    assert math.isnan(found[3])


def test_each_detector_has_an_equal_part_of_the_false_flags() -> None:
    assert len(DETECTORS) * rate_of_one_detector(0.05) == pytest.approx(0.05)


@pytest.mark.parametrize("rate", [0.0, 1.0, -0.1, 2.0, math.nan])
def test_a_rate_is_between_zero_and_one(rate: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        rate_of_one_detector(rate)


def test_the_loudest_detector_decides_and_a_silent_one_does_not() -> None:
    found = suspicion(
        {
            "a": np.array([0.7, math.nan, math.nan, 0.1]),
            "b": np.array([0.2, 0.4, math.nan, 0.1]),
        }
    )
    assert found[:2].tolist() == [0.7, 0.4]
    assert math.isnan(found[2])
    assert found[3] == 0.1


@given(st.floats(0, 1), st.floats(0.001, 0.999))
def test_at_least_one_half_exactly_from_the_operating_point_on(p: float, point: float) -> None:
    found = float(strength(np.array([p]), point)[0])
    assert 0.0 <= found <= 1.0
    assert (found >= 0.5) == (p >= point)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.01, 0.99))
def test_never_less_for_a_higher_probability(p: float, q: float, point: float) -> None:
    low, high = strength(np.sort([p, q]), point)
    assert low <= high


def test_flagged_from_five_times_the_smallest_rate() -> None:
    found = flagged_from_rate(
        {
            "a": np.array([0.004, math.nan, math.nan, 0.9]),
            "b": np.array([0.5, 0.02, math.nan, 1.0]),
        }
    )
    assert found[[0, 1, 3]] == pytest.approx([0.02, 0.1, 1.0])
    assert math.isnan(found[2])

"""Explained share: statsmodels as oracle, coverage, what is left out and why."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from toolkit.influence.explained_share import explained_share, profile_counts
from toolkit.intake.from_frame import cohort_from_frame

GNIP = Path(__file__).parents[1] / "data" / "klout_gnip_2013.csv"


def gnip() -> tuple[np.ndarray, dict[str, np.ndarray]]:
    frame = pd.read_csv(GNIP)
    names = {"followers": "followers", "following": "friends", "posts": "statuses"}
    names["listed"] = "listed"
    counts = {name: frame[column].to_numpy(dtype=float) for name, column in names.items()}
    return frame["klout_score"].to_numpy(dtype=float), counts


def test_real_accounts_against_statsmodels() -> None:
    """97 accounts of 2013. Followers alone explain about 41 % of Klout here."""
    klout, counts = gnip()
    found = explained_share(klout, counts, name="klout")
    design = sm.add_constant(np.log1p(np.column_stack(list(counts.values()))))
    fit = sm.OLS(klout, design).fit()
    assert found.n == 97
    assert found.counts == ("followers", "following", "posts", "listed")
    assert found.share_unadjusted == pytest.approx(fit.rsquared, abs=1e-12)
    assert found.share.value == pytest.approx(fit.rsquared_adj, abs=1e-12)
    assert found.share.low < found.share.value < found.share.high
    alone = explained_share(klout, {"followers": counts["followers"]}, name="klout")
    assert alone.share_unadjusted == pytest.approx(0.41, abs=0.01)
    one = sm.OLS(klout, sm.add_constant(np.log1p(counts["followers"]))).fit()
    assert alone.share.value == pytest.approx(one.rsquared_adj, abs=1e-12)


def test_the_interval_against_the_bootstrap() -> None:
    klout, counts = gnip()
    found = explained_share(klout, counts)
    draw = np.random.default_rng(3)
    values = []
    for _ in range(800):
        rows = draw.integers(97, size=97)
        again = explained_share(klout[rows], {k: v[rows] for k, v in counts.items()})
        values.append(again.share.value)
    assert found.share.low == pytest.approx(np.quantile(values, 0.025), abs=0.08)
    assert found.share.high == pytest.approx(np.quantile(values, 0.975), abs=0.08)


@pytest.mark.parametrize("noise", [1.0, 3.0, 1e6])
def test_intervals_cover_about_as_often_as_they_say(noise: float) -> None:
    """With independent counts of unit spread in logarithm the true share is 4/(4 + noise²)."""
    draw = np.random.default_rng(7)
    truth, covered, times = 4 / (4 + noise**2), 0, 300
    for _ in range(times):
        logs = draw.normal(size=(4, 60)) + 8
        counts = dict(zip(("followers", "following", "posts", "listed"), np.exp(logs), strict=True))
        score = np.log1p(np.exp(logs)).sum(axis=0) + noise * draw.normal(size=60)
        share = explained_share(score, counts).share
        covered += share.low - 1e-9 <= truth <= share.high
    assert covered / times > 0.91


def test_no_relation_is_near_nothing_and_never_below() -> None:
    draw = np.random.default_rng(5)
    shares = [
        explained_share(draw.normal(size=40), {"followers": draw.lognormal(size=40)}).share
        for _ in range(50)
    ]
    assert min(share.value for share in shares) == 0
    assert all(0 <= share.low <= share.value <= share.high for share in shares)
    assert np.mean([share.value for share in shares]) < 0.05


def test_a_score_that_is_a_count_enters_by_its_logarithm() -> None:
    draw = np.random.default_rng(6)
    followers = np.exp(draw.normal(6, 2, 200))
    stars = np.round(np.exp(np.log1p(followers) + draw.normal(size=200)))
    by_log = explained_share(stars, {"followers": followers}, counted=True)
    assert by_log.logarithm_of_score
    fit = sm.OLS(np.log1p(stars), sm.add_constant(np.log1p(followers))).fit()
    assert by_log.share.value == pytest.approx(fit.rsquared_adj, abs=1e-12)
    # A negative value has no such logarithm.
    assert not explained_share(stars - 5, {"followers": followers}, counted=True).logarithm_of_score


def test_what_is_left_out_says_why() -> None:
    klout, counts = gnip()
    followers = counts["followers"]
    partly = np.where(np.arange(97) < 90, np.nan, counts["posts"])
    found = explained_share(
        followers,
        {"followers": followers, "following": followers * 0 + 3, "posts": partly},
        name="followers",
    )
    assert set(found.left_out) == {"followers", "following", "posts"}
    assert found.left_out["followers"] == "It is the score itself."
    assert found.share.value is None
    assert "No counts" in (found.share.why or "")
    copied = explained_share(followers, {"followers": followers, "posts": counts["posts"]})
    assert copied.left_out == {"followers": "It is the score itself."}
    assert explained_share(klout, {}).share.why


def test_too_few_constant_and_exact() -> None:
    few = explained_share(np.arange(11.0), {"followers": np.arange(11.0) ** 2})
    assert "at least 12" in (few.share.why or "")
    counts = {"followers": np.arange(1.0, 31)}
    constant = explained_share(np.full(30, 50.0), counts)
    assert "same for all" in (constant.share.why or "")
    exact = explained_share(np.log1p(np.arange(1.0, 31)) * 3 + 1, counts)
    assert (exact.share.value, exact.share.low) == (1.0, None)
    assert "without remainder" in (exact.share.why or "")
    twice = explained_share(
        np.r_[np.arange(15.0), np.arange(15.0)] + np.sin(np.arange(30)),
        {"followers": np.arange(1.0, 31), "posts": np.arange(1.0, 31)},
    )
    assert twice.share.value is not None
    assert math.isfinite(twice.share.value)


def test_counts_add_up_over_accounts() -> None:
    cohort = cohort_from_frame(
        pd.DataFrame({"klout": [1.0, 2, 3]}, index=["a", "b", "c"]),
        accounts=pd.DataFrame(
            {
                "candidate_id": ["b", "a", "b"],
                "platform": ["twitter", "twitter", "github"],
                "followers": [10, 5, 30],
                "posts": [np.nan, 7, 2],
            }
        ),
    )
    counts = profile_counts(cohort)
    assert set(counts) == {"followers", "posts"}
    np.testing.assert_array_equal(counts["followers"], [5, 40, np.nan])
    np.testing.assert_array_equal(counts["posts"], [7, 2, np.nan])

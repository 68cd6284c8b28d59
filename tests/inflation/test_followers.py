from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

import toolkit
from toolkit.errors import TooFewData
from toolkit.inflation.account_features import account_features
from toolkit.inflation.additive_model import shipped_model
from toolkit.inflation.follower_detector import follower_detector, pattern_numbers
from toolkit.inflation.follower_rows import follower_rows
from toolkit.inflation.followers import followers

SOLD = {"followers": 3, "following": 4200, "posts": 0, "has_picture": 0, "has_bio": 0}
REAL = {"followers": 420, "following": 380, "posts": 95, "has_picture": 1, "has_bio": 1}


def sample(sold: int, real: int, *without: str) -> pd.DataFrame:
    return pd.DataFrame([SOLD] * sold + [REAL] * real).drop(columns=list(without))


def test_thirty_of_a_hundred() -> None:
    found = followers(sample(30, 70))
    assert (found.n, int(found.counted.sum())) == (100, 30)
    assert found.fake[0] > 0.9 > 0.1 > found.fake[-1]
    error = found.error
    by_hand = (0.3 + error.specificity - 1) / (error.sensitivity + error.specificity - 1)
    assert found.share.share == pytest.approx(by_hand)
    assert found.share.low < 0.3 < found.share.high


def test_the_json_of_the_contract() -> None:
    data = followers(sample(2, 2)).to_dict()
    json.dumps(data, allow_nan=False)
    assert data["n"] == 4
    assert 0 <= data["low"] <= data["fake_share"] <= data["high"] <= 1  # type: ignore[operator]
    assert [set(row) for row in data["rows"]] == [{"row", "fake"}] * 4  # type: ignore[attr-defined]


def test_none_that_looks_fake_may_be_none() -> None:
    assert followers(sample(0, 500)).share.low == 0.0


def test_a_row_says_what_the_model_says() -> None:
    draw = np.random.default_rng(6)
    frame = pd.DataFrame(
        {
            "followers": draw.lognormal(4, 2, 300).round(),
            "following": draw.lognormal(6, 1, 300).round(),
            "posts": draw.lognormal(3, 2, 300).round(),
            "has_picture": draw.integers(0, 2, 300),
        }
    )
    features = account_features(follower_rows(frame).facts)
    expected = shipped_model("bought_followers").probability(features)
    assert followers(frame).fake == pytest.approx(expected)


@pytest.mark.parametrize(
    ("without", "unknown"),
    [
        ((), ()),
        (("has_bio",), ("has_bio",)),
        (("has_picture",), ("has_picture", "has_bio")),
        (("posts",), ("has_picture", "has_bio", "posts")),
    ],
)
def test_the_error_is_that_of_the_facts_at_hand(
    without: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    detector = follower_detector()
    numbers = pattern_numbers(follower_rows(sample(1, 1, *without)).facts, detector.patterns)
    pattern = detector.patterns[numbers[0]]
    assert pattern.unknown == unknown
    assert followers(sample(1, 1, *without)).error == pattern.error


def test_fewer_facts_make_the_interval_wider() -> None:
    whole = followers(sample(300, 700)).share
    counts = followers(sample(300, 700, "posts", "has_picture", "has_bio")).share
    assert counts.high - counts.low > whole.high - whole.low


def test_a_sample_of_celebrities_is_unlike_the_accounts_fitted_on() -> None:
    famous = pd.DataFrame([{"followers": 4e6, "following": 40, "posts": 9000}] * 400)
    found = followers(famous)
    assert found.unlike
    assert "treat the figure as a guess" in found.sentence


def test_the_accounts_fitted_on_are_not_unlike() -> None:
    """Drawn from the spread that is kept of them, bin by bin."""
    detector, draw = follower_detector(), np.random.default_rng(3)
    for spread in detector.spreads.values():
        bins = draw.choice(spread.genuine.size, 2000, p=spread.genuine / spread.genuine.sum())
        ends = np.concatenate([[spread.edges[0] - 1], spread.edges, [spread.edges[-1] + 1]])
        values = (ends[bins] + ends[bins + 1]) / 2
        assert spread.distance(values, 0.0) < 0.02
        assert spread.distance(values, 1.0) > detector.unlike_from


def test_rows_that_cannot_be_classified() -> None:
    frame = pd.DataFrame({"followers": [1.0, np.nan], "following": [9.0, 3.0]})
    found = followers(frame)
    assert found.n == 1
    assert np.isnan(found.fake[1])
    assert found.to_dict()["rows"][1] == {"row": 1, "fake": None}  # type: ignore[index]
    with pytest.raises(TooFewData, match="no follower can be classified"):
        followers(frame.iloc[1:])


def test_large_samples_are_judged_in_parts() -> None:
    found = followers(sample(130_000, 120_000))
    assert found.fake[0] == found.fake[129_999] > found.fake[130_000] == found.fake[-1]
    assert int(found.counted.sum()) == 130_000


def test_the_public_name() -> None:
    assert toolkit.followers is followers

"""Incremental validity: known populations, a plain rewrite as oracle, the edges."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats
from sklearn.linear_model import LinearRegression

from toolkit.influence.incremental_validity import incremental_validity, normal_scores


def test_worked_example() -> None:
    """y = evidence + score + noise, all of variance 1: evidence predicts 1/3, both 2/3."""
    draw = np.random.default_rng(2011)
    evidence, score, noise = draw.normal(size=(3, 3000))
    found = incremental_validity(score, evidence + score + noise, {"task": evidence})
    assert found.n == 3000
    assert found.evidence == ("task",)
    assert found.r2_evidence.value == pytest.approx(1 / 3, abs=0.04)
    assert found.r2_with_score.value == pytest.approx(2 / 3, abs=0.04)
    assert found.gain.value == pytest.approx(
        found.r2_with_score.value - found.r2_evidence.value, abs=1e-12
    )
    assert found.gain.low < 1 / 3 < found.gain.high
    assert found.splits_low <= found.gain.value <= found.splits_high


def test_a_score_that_repeats_the_evidence_adds_nothing() -> None:
    draw = np.random.default_rng(1)
    evidence, noise, more = draw.normal(size=(3, 400))
    score, result = evidence + 0.3 * more, evidence + noise
    assert np.corrcoef(score, result)[0, 1] > 0.5
    found = incremental_validity(score, result, {"task": evidence})
    assert found.gain.value == pytest.approx(0, abs=0.02)
    assert found.gain.low < 0.01


def test_a_score_of_chance_is_not_credited() -> None:
    draw = np.random.default_rng(4)
    gains = []
    for _ in range(30):
        evidence, noise, score = draw.normal(size=(3, 60))
        gains.append(incremental_validity(score, evidence + noise, {"task": evidence}).gain)
    assert sum(gain.low > 0 for gain in gains) <= 2
    assert np.mean([gain.value for gain in gains]) < 0.01


def test_against_a_plain_rewrite() -> None:
    """Least squares, each person predicted from all others but a tenth: hardly another figure."""
    draw = np.random.default_rng(8)
    task, score, noise = draw.normal(size=(3, 1000))
    result = 0.5 * task + 0.5 * score + noise
    found = incremental_validity(score, result, {"task": task})
    losses = np.zeros(3)
    for part in np.array_split(draw.permutation(1000), 10):
        rest = np.setdiff1d(np.arange(1000), part)
        losses[0] += ((result[part] - result[rest].mean()) ** 2).sum()
        for at, columns in ((1, [task]), (2, [task, score])):
            x = np.column_stack(columns)
            fit = LinearRegression().fit(x[rest], result[rest])
            losses[at] += ((result[part] - fit.predict(x[part])) ** 2).sum()
    assert found.r2_evidence.value == pytest.approx(1 - losses[1] / losses[0], abs=0.012)
    assert found.r2_with_score.value == pytest.approx(1 - losses[2] / losses[0], abs=0.012)


def test_any_rising_scale_of_the_score_gives_the_same() -> None:
    draw = np.random.default_rng(9)
    task, score, noise = draw.normal(size=(3, 80))
    result = task + score + noise
    plain = incremental_validity(score, result, {"task": task})
    bent = incremental_validity(np.exp(3 * score), result, {"task": np.exp(task)})
    assert plain.gain == bent.gain
    moved = incremental_validity(score, 40 + 7 * result, {"task": task})
    assert moved.gain.value == pytest.approx(plain.gain.value, abs=1e-9)


def test_without_other_evidence_the_mean_is_the_rival() -> None:
    draw = np.random.default_rng(3)
    score, noise = draw.normal(size=(2, 300))
    found = incremental_validity(score, score + noise, {})
    assert found.evidence == ()
    assert (found.r2_evidence.value, found.r2_evidence.high) == (0, 0)
    assert found.gain == found.r2_with_score
    assert found.gain.value == pytest.approx(0.5, abs=0.1)


def test_who_is_used_and_which_evidence() -> None:
    draw = np.random.default_rng(5)
    score, result, task, rare = draw.normal(size=(4, 60))
    score[:5], task[5:12], rare[10:] = np.nan, np.nan, np.nan
    found = incremental_validity(
        score, result, {"task": task, "rare": rare, "same": np.full(60, 3.0)}
    )
    assert found.n == 60 - 5 - 7
    assert found.evidence == ("task",)
    assert found.left_out["rare"].startswith("It is known of fewer than four in five")
    assert found.left_out["same"] == "It is the same for everybody."
    # With 48 people twenty repeats of five parts.
    assert (found.repeats, found.folds) == (20, 5)


@pytest.mark.parametrize(
    ("score", "result", "why"),
    [
        (np.empty(0), np.empty(0), "No candidates have"),
        (np.ones(1), np.ones(1), "1 candidate has"),
        (np.arange(19.0), np.arange(19.0), "19 candidates have .* at least 20"),
        (np.full(30, math.nan), np.arange(30.0), "No candidates have"),
        (np.full(30, 4.0), np.arange(30.0), "The score is the same for all 30"),
        (np.arange(30.0), np.full(30, 4.0), "The criterion is the same for all 30"),
    ],
)
def test_what_cannot_be_said_says_why(score: np.ndarray, result: np.ndarray, why: str) -> None:
    found = incremental_validity(score, result, {"task": np.arange(float(score.size))})
    assert found.gain.value is None
    assert found.r2_evidence.value is None
    assert found.repeats == 0
    with pytest.raises(AssertionError, match=why):
        raise AssertionError(found.gain.why)


def test_normal_scores() -> None:
    found = normal_scores(np.array([10.0, 30, 20, 30]))
    np.testing.assert_allclose(found, stats.norm.ppf([0.125, 0.75, 0.375, 0.75]))

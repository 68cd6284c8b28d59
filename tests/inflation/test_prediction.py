from __future__ import annotations

import numpy as np
import pytest

from toolkit.inflation.prediction import Predictions, stacked


def predictions(lower: list[list[float]], *, logs: bool = False) -> Predictions:
    shares = np.array(lower)
    ten = np.full(shares.shape, 10.0)
    return Predictions(
        tuple(f"score {k}" for k in range(len(lower))),
        values=7 * ten,
        expected=ten / 10 if logs else 5 * ten,
        error=ten / 100 if logs else ten,
        lower=shares,
        degrees_of_freedom=np.full(shares.shape, np.inf),
        logs=(logs,) * len(lower),
    )


def test_the_highest_of_two_is_raised_to_the_second_power() -> None:
    probability, score = predictions([[0.9, np.nan, np.nan], [0.5, 0.7, np.nan]]).most_unusual()
    assert probability[:2] == pytest.approx([0.81, 0.7])
    assert np.isnan(probability[2])
    assert score.tolist() == [0, 1, -1]


def test_no_scores_at_all() -> None:
    nothing = stacked([], 2)
    empty = Predictions((), nothing, nothing, nothing, nothing, nothing, ())
    probability, score = empty.most_unusual()
    assert np.isnan(probability).all()
    assert score.tolist() == [-1, -1]


def test_in_words() -> None:
    label, value, expected, low, high, share = predictions([[0.9]]).in_words(0, 0)
    assert (label, value, expected, share) == ("score 0", 70.0, 50.0, 0.9)
    # With infinitely many degrees of freedom Student's t is normal.
    assert (low, high) == (pytest.approx(50 - 16.4485, 1e-4), pytest.approx(50 + 16.4485, 1e-4))


def test_log_scores_are_told_in_points() -> None:
    _, _, expected, low, high, _ = predictions([[0.9]], logs=True).in_words(0, 0)
    assert expected == pytest.approx(9.0)
    assert (low, high) == (
        pytest.approx(10 ** (1 - 0.164485) - 1, 1e-4),
        pytest.approx(10 ** (1 + 0.164485) - 1, 1e-4),
    )

import numpy as np
import pytest

from toolkit.scores.score import Rescaling, Score

NAN = float("nan")


def test_values_beyond_the_scale_are_outside_and_missing_ones_are_not():
    klout = Score("klout", "Klout", low=1, high=100)

    outside = klout.outside(np.array([0.0, 1.0, 50.0, 100.0, 134.0, NAN]))

    assert outside.tolist() == [True, False, False, False, True, False]


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (1, 100, "1 to 100"),
        (-100, 100, "-100 to 100"),
        (0, 1000, "0 to 1,000"),
        (0, None, "0 or more"),
        (None, 10, "10 or less"),
        (None, None, "any number"),
        (0.5, 4.5, "0.5 to 4.5"),
    ],
)
def test_the_scale_in_words(low, high, words):
    score = Score("x", "X", low=low, high=high)

    assert score.scale == words
    assert score.outside(np.array([-1e9, 1e9])).tolist() == [low is not None, high is not None]


@pytest.mark.parametrize(
    ("rescaling", "after"),
    [
        (Rescaling("2011-10", "shift", -10.0), [40.0, 51.5]),
        (Rescaling("2012", "scale", 1.1), [55.0, 67.65]),
        (Rescaling("2025", "affine", 1.1, shift=-4.0), [51.0, 63.65]),
        # Halfway up the line from 40 to 60, then beyond the last point along the next one.
        (Rescaling("2026", "piecewise", points=((40, 30), (60, 60), (61, 61))), [45.0, 61.5]),
        (Rescaling("2015", "reform", None), [50.0, 61.5]),
    ],
)
def test_a_rescaling_moves_every_value_that_is_there(rescaling, after):
    values = np.array([50.0, 61.5, NAN])

    moved = rescaling.applied_to(values)

    np.testing.assert_allclose(moved, [*after, NAN])
    np.testing.assert_array_equal(values, [50.0, 61.5, NAN])  # the original is left alone

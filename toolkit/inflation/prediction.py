"""What a detector of scores above something found: each candidate's most unusual score.

A candidate may have several scores. The figure reported is that of the score that is highest for
what stands behind it, p = (share of comparable scores that are lower)^m with m scores compared,
so that having many scores does not by itself make one of them look unusual.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from toolkit.arrays import Floats, Ints


@dataclass(frozen=True, eq=False)
class Predictions:
    """Scores of all candidates beside what was to be expected of them.

    Parameters
    ----------
    labels : tuple of str, length m
        Names of the scores.
    values, expected, error : float array, shape (m, n)
        In points of the score; for scores that are compared on a log scale, `expected` and
        `error` are of log₁₀(1 + score). NaN where not compared.
    lower : float array, shape (m, n)
        Predicted share of comparable scores that are lower.
    degrees_of_freedom : float array, shape (m, n)
    logs : tuple of bool, length m
        The score is compared on a log scale.
    names : tuple of str, length m
        The scores' signals.
    """

    labels: tuple[str, ...]
    values: Floats
    expected: Floats
    error: Floats
    lower: Floats
    degrees_of_freedom: Floats
    logs: tuple[bool, ...]
    names: tuple[str, ...] = ()

    def expected_points(self, score: int) -> Floats:
        """What is to be expected of a score, in its own points, shape (n,)."""
        expected: Floats = self.expected[score]
        return np.maximum(10.0**expected - 1.0, 0.0) if self.logs[score] else expected

    def most_unusual(self) -> tuple[Floats, Ints]:
        """Probability and score of each candidate's most unusual score; NaN and −1 without.

        Returns
        -------
        float array, shape (n,)
        int array, shape (n,)
        """
        n = self.lower.shape[1]
        if not self.labels:
            return np.full(n, np.nan), np.full(n, -1, dtype=np.int64)
        known = ~np.isnan(self.lower)
        filled = np.where(known, self.lower, -1.0)
        score = filled.argmax(axis=0)
        compared = known.sum(axis=0)
        any_known = compared > 0
        probability = np.where(any_known, filled.max(axis=0) ** compared, np.nan)
        return probability, np.where(any_known, score, -1)

    def in_words(self, score: int, position: int) -> tuple[str, float, float, float, float, float]:
        """Label, value, expectation, 90 % prediction interval and share lower, in points."""
        at = (score, position)
        half = stdtrit(self.degrees_of_freedom[at], 0.95) * self.error[at]
        ends = np.array([self.expected[at], self.expected[at] - half, self.expected[at] + half])
        if self.logs[score]:
            ends = np.maximum(10.0**ends - 1.0, 0.0)
        expected, low, high = (float(end) for end in ends)
        label, value = self.labels[score], float(self.values[at])
        return label, value, expected, low, high, float(self.lower[at])


def stacked(rows: Sequence[Floats], n: int) -> Floats:
    """Rows as one array of shape (m, n), also where there are none."""
    return np.array(rows, dtype=np.float64).reshape(len(rows), n)

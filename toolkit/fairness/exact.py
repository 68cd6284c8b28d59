"""Fisher's exact test, two-sided, and Lancaster's mid-P, for many tables at once."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.special import gammaln

from toolkit.fairness.counts import Ints
from toolkit.fairness.four_fifths import Floats

#: Probabilities this close (relatively) count as equal when tables as improbable as the
#: observed one are added up; rounding would otherwise split mirror images.
SAME_PROBABILITY = 1e-7

#: How many standard deviations beyond the observed table the null distribution is computed.
#: What lies further away is below 10⁻²⁰⁰ of what is counted.
_REACH = 40.0


@dataclass(frozen=True, eq=False)
class NullDistribution:
    """How many of a group are selected when selection ignores the group, margins fixed.

    Parameters
    ----------
    lowest : int
        Smallest count that is represented.
    probability : float array, shape (n_counts,)
        Hypergeometric probability of ``lowest``, ``lowest + 1``, ….
    """

    lowest: int
    probability: Floats

    def p_values(self, a: Ints) -> tuple[Floats, Floats]:
        r"""Two-sided Fisher p and Lancaster's mid-P of observed counts.

        .. math:: p = \sum_{k:\ P(k) \le P(a)} P(k), \qquad p_{mid} = p - \tfrac12 P(a)

        Parameters
        ----------
        a : int64 array
            Selected people of the group.

        Returns
        -------
        fisher_p, mid_p : float array
        """
        observed = self.probability[a - self.lowest]
        ascending = np.sort(self.probability)
        summed = np.cumsum(ascending)
        last = np.searchsorted(ascending, observed * (1 + SAME_PROBABILITY), side="right") - 1
        fisher = np.minimum(summed[last], 1.0)
        return fisher, np.maximum(fisher - observed / 2, 0.0)


def null_distribution(n_a: int, n_b: int, selected: int, reach: int) -> NullDistribution:
    r"""Hypergeometric distribution of the selected people of group A.

    .. math:: P(k) = \binom{n_A}{k}\binom{n_B}{s - k} \Big/ \binom{n_A + n_B}{s}

    Parameters
    ----------
    n_a, n_b : int
        People of the group and of the referent, at least one each.
    selected : int
        Selected people of both together.
    reach : int
        The largest distance of an observed count from its expectation. Counts much further
        away than this are left out: at a million people only a few thousand can matter.

    Returns
    -------
    NullDistribution
        The probabilities add up to 1 within rounding.
    """
    total = n_a + n_b
    lowest, highest = max(0, selected - n_b), min(n_a, selected)
    expected = n_a * selected / total
    spread = sqrt(expected * n_b / total * (total - selected) / (total - 1))
    width = reach + _REACH * spread + 2
    lowest = max(lowest, int(expected - width))
    highest = min(highest, int(expected + width) + 1)
    k = np.arange(lowest, highest + 1, dtype=np.float64)
    log_p = -(
        gammaln(k + 1)
        + gammaln(n_a - k + 1)
        + gammaln(selected - k + 1)
        + gammaln(n_b - selected + k + 1)
    )
    p = np.exp(log_p - log_p.max())
    return NullDistribution(lowest, p / p.sum())


def fisher_exact(a: Ints, n_a: Ints, b: Ints, n_b: Ints) -> tuple[Floats, Floats]:
    """Two-sided Fisher p and Lancaster's mid-P of many 2 × 2 tables.

    Fisher's p adds up the probabilities of all tables with the same margins that are at most
    as probable as the observed one. It is exact and cautious: with small groups it exceeds
    what a test of that level should need. Lancaster's mid-P counts only half of the observed
    table's own probability, which takes most of the excess away.

    Tables that share their margins share one null distribution, so that a sweep over
    thousands of screens with the same places costs little more than one test.

    Parameters
    ----------
    a, n_a, b, n_b : int64 array, shape (n_tables,)
        Selected people and all people of the group, and of the referent.

    Returns
    -------
    fisher_p, mid_p : float array, shape (n_tables,)
        NaN where a group is empty.

    Notes
    -----
    R. A. Fisher (1935), J. R. Stat. Soc. 98, 39–82; H. O. Lancaster (1961), J. Am. Stat.
    Assoc. 56, 223–234. For selection decisions: Biddle & Morris (2011), J. Appl. Psychol. 96,
    956–965.
    """
    a, n_a, b, n_b = np.broadcast_arrays(a, n_a, b, n_b)
    fisher = np.full(a.shape, np.nan)
    mid = np.full(a.shape, np.nan)
    testable = np.flatnonzero((n_a > 0) & (n_b > 0))
    if testable.size == 0:
        return fisher, mid
    margins: dict[tuple[int, int, int], list[int]] = {}
    keys = zip(
        n_a[testable].tolist(),
        n_b[testable].tolist(),
        (a + b)[testable].tolist(),
        testable.tolist(),
        strict=True,
    )
    for size_a, size_b, selected, position in keys:
        margins.setdefault((size_a, size_b, selected), []).append(position)
    for (size_a, size_b, selected), positions in margins.items():
        observed = a[positions]
        expected = size_a * selected / (size_a + size_b)
        reach = int(np.abs(observed - expected).max()) + 1
        null = null_distribution(size_a, size_b, selected, reach)
        fisher[positions], mid[positions] = null.p_values(observed)
    return fisher, mid

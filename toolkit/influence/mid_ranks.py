"""Mid-ranks: where candidates stand in an order, those who are level in the middle."""

from __future__ import annotations

import numpy as np

from toolkit.arrays import Floats, Ints
from toolkit.screening.decisions import Decisions


def centred_ranks(size: int, order: Ints, alike: Ints | None) -> Ints:
    """Twice the mid-rank, minus n + 1, so that the sum is zero; the best is the lowest.

    Whoever is not in the order (because of a gate or a missing value) ranks below all who
    are, and shares the middle of the ranks that are left.

    Parameters
    ----------
    size : int
        n, of all candidates.
    order, alike : int64 arrays, shape (m,), or None
        Rows of those in the order, best first, and who of them are level: see
        `toolkit.screening.order.best_first`.

    Returns
    -------
    int64 array, shape (n,)
        From 1 − n to n − 1.

    Examples
    --------
    >>> centred_ranks(4, np.array([2, 0, 1]), np.array([0, 1, 1])).tolist()
    [0, 0, -3, 3]
    """
    doubled = 2 * np.arange(1, order.size + 1)
    if alike is not None:
        level = alike > 0
        sets = alike[level]
        members = np.bincount(sets)
        # The sum of the ranks in a set, twice over its size, is a whole number: first + last.
        sums = np.bincount(sets, weights=doubled[level])
        doubled[level] = np.rint(sums[sets] / members[sets])
    centred = np.full(size, order.size)
    centred[order] = doubled - (size + 1)
    return centred


def percentile_ranks(decisions: Decisions) -> Floats:
    """The share of candidates who rank below each candidate, those level counted by half.

    (below + ½ level) / n, with the candidate among the level: from 1 / 2n to 1 − 1 / 2n,
    with mean ½. The order is by composite and tie-breakers; lots do not count.

    Parameters
    ----------
    decisions : Decisions
        n candidates.

    Returns
    -------
    float array, shape (n,)
    """
    rows, _, alike = decisions.ranking
    size = decisions.selected.size
    return 0.5 - centred_ranks(size, rows, alike) / (2 * max(size, 1))

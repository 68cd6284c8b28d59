"""How much of the order of candidates survives when a signal is removed."""

from __future__ import annotations

import math

import numpy as np

from toolkit.arrays import Ints
from toolkit.intake.exact_sums import exact_dot
from toolkit.screening.decisions import Decisions


def rank_correlation(one: Decisions, other: Decisions) -> float | None:
    """Spearman's ρ between two orders of the same candidates.

    Candidates who share a rank get its middle; those who fail a gate share the last one.
    Computed from exact sums of doubled mid-ranks.

    Returns
    -------
    float or None
        From −1 to 1; None where either order does not tell any two candidates apart.
    """
    left, right = _centred_ranks(one), _centred_ranks(other)
    spread = exact_dot(left, left) * exact_dot(right, right)
    if spread == 0:
        return None
    return exact_dot(left, right) / math.sqrt(spread)


def _centred_ranks(decisions: Decisions) -> Ints:
    """Twice the mid-rank, minus n + 1, so that the sum is zero."""
    rank = decisions.rank
    n_eligible = int(np.count_nonzero(decisions.eligible))
    places = np.where(decisions.eligible, rank, n_eligible + 1).astype(np.int64)
    alike = np.bincount(places, minlength=places.size + 2)
    centred: Ints = 2 * places + alike[places] - 1 - (places.size + 1)
    return centred

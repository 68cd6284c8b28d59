"""How much of the order of candidates survives when a signal is removed."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from toolkit.arrays import Ints
from toolkit.influence.mid_ranks import centred_ranks
from toolkit.intake.exact_sums import exact_dot
from toolkit.screening.decisions import Decisions


def rank_correlations(
    decisions: Decisions, others: Mapping[str, Decisions]
) -> dict[str, float | None]:
    """Spearman's ρ between one order of the candidates and each of several others.

    Candidates who share a rank get its middle; those who fail a gate share the last one.
    Computed from exact sums of doubled mid-ranks.

    Returns
    -------
    dict of str to float or None
        From −1 to 1; None where either order does not tell any two candidates apart.
    """
    own = _centred_ranks(decisions)
    own_spread = _dot(own, own)
    correlations: dict[str, float | None] = {}
    for name, other in others.items():
        ranks = _centred_ranks(other)
        spread = own_spread * _dot(ranks, ranks)
        correlations[name] = _dot(own, ranks) / math.sqrt(spread) if spread else None
    return correlations


def _dot(left: Ints, right: Ints) -> int:
    """Exact; ranks of up to a million candidates cannot overflow, which need not be checked."""
    return int(np.dot(left, right)) if left.size < 2**20 else exact_dot(left, right)


def _centred_ranks(decisions: Decisions) -> Ints:
    """Twice the mid-rank, minus n + 1, so that the sum is zero."""
    rows, _, alike = decisions.ranking
    return centred_ranks(decisions.selected.size, rows, alike)

"""Cohen's kappa, plain and weighted, of every two reviewers who rated the same candidates.

Source: Cohen (1968), Psychological Bulletin 70, 213-220; the standard error is that of
Fleiss, Cohen and Everitt (1969), Psychological Bulletin 72, 323-327, equation 9.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from toolkit.arrays import Floats
from toolkit.estimate import Estimate, Z
from toolkit.review.chance_corrected import identical, linear, quadratic

WEIGHTS = {"unweighted": identical, "linear": linear, "quadratic": quadratic}


@dataclass(frozen=True)
class PairAgreement:
    """How far two reviewers agree.

    Parameters
    ----------
    first, second : int
        Columns of the table.
    n : int
        Candidates that both rated.
    kappa : dict of str to Estimate
        By the names in `WEIGHTS`.
    """

    first: int
    second: int
    n: int
    kappa: dict[str, Estimate]


def weighted_kappas(table: Floats) -> tuple[PairAgreement, ...]:
    """Kappa of every two reviewers with at least two candidates in common.

    Parameters
    ----------
    table : float array, shape (n_candidates, n_reviewers)
        NaN where there is no rating.
    """
    n_reviewers = table.shape[1]
    rated = ~np.isnan(table)
    values, codes = np.unique(table[rated], return_inverse=True)
    q = len(values)
    if q == 0:
        return ()
    # A column for each reviewer and rating: one product then holds every two reviewers' table.
    marks = np.zeros((len(table), n_reviewers * q))
    candidate, reviewer = np.nonzero(rated)
    marks[candidate, reviewer * q + codes] = 1.0
    joint = (marks.T @ marks).reshape(n_reviewers, q, n_reviewers, q).transpose(0, 2, 1, 3)
    first, second = np.triu_indices(n_reviewers, 1)
    tables = joint[first, second]
    common = tables.sum(axis=(1, 2))
    enough = common >= 2
    first, second, tables, n = first[enough], second[enough], tables[enough], common[enough]
    by_weight = {name: _kappas(tables, weigh(values)) for name, weigh in WEIGHTS.items()}
    return tuple(
        PairAgreement(int(a), int(b), int(m), {name: by_weight[name][i] for name in WEIGHTS})
        for i, (a, b, m) in enumerate(zip(first, second, n, strict=True))
    )


def _kappas(tables: Floats, agreement: Floats) -> list[Estimate]:
    """Kappa of tables of shape (n_tables, q, q)."""
    n = tables.sum(axis=(1, 2))
    p = tables / n[:, None, None]
    rows, columns = p.sum(axis=2), p.sum(axis=1)
    by_row, by_column = columns @ agreement, rows @ agreement
    a = (p * agreement).sum(axis=(1, 2))
    e = (rows * by_row).sum(axis=1)
    free = e < 1
    with np.errstate(divide="ignore", invalid="ignore"):
        kappa = (a - e) / (1 - e)
        chance = by_row[:, :, None] + by_column[:, None, :]
        moved = agreement - chance * (1 - kappa)[:, None, None]
        spread = (p * moved * moved).sum(axis=(1, 2)) - (kappa - e * (1 - kappa)) ** 2
        reach = Z * np.sqrt(np.maximum(spread, 0.0) / n) / (1 - e)
    why = "Both gave one and the same rating to all."
    return [
        Estimate(float(k), max(-1.0, float(k - r)), min(1.0, float(k + r)))
        if ok
        else Estimate.none(why)
        for k, r, ok in zip(kappa, reach, free, strict=True)
    ]

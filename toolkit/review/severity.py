"""How low or high each reviewer rates, and whether reviewers can be compared at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from toolkit.arrays import Ints
from toolkit.estimate import Z
from toolkit.review.variance_components import VarianceComponents


@dataclass(frozen=True)
class Severity:
    """One reviewer's tendency to rate low.

    Parameters
    ----------
    reviewer : str
    severity : float
        Points below (positive) or above (negative) the average of these reviewers: from the
        predicted effects of the variance-components model, which draws reviewers with few
        ratings towards the average.
    se : float
        The standard error of this difference.
    ratings : int
        How many ratings it rests on.
    """

    reviewer: str
    severity: float
    se: float
    ratings: int

    @property
    def low(self) -> float:
        return self.severity - Z * self.se

    @property
    def high(self) -> float:
        return self.severity + Z * self.se

    def to_dict(self) -> dict[str, object]:
        return {
            "reviewer": self.reviewer,
            "severity": self.severity,
            "severity_low": self.low,
            "severity_high": self.high,
            "se": self.se,
            "ratings": self.ratings,
        }


def severities(
    components: VarianceComponents, reviewer: Ints, names: tuple[str, ...]
) -> tuple[Severity, ...]:
    """Every reviewer's severity, in the order of their names' codes.

    Parameters
    ----------
    components : VarianceComponents
    reviewer : int array, shape (n_ratings,)
    names : tuple of str
        Of the reviewers.
    """
    solved = components.solved
    counts = np.bincount(reviewer, minlength=len(names))
    less_average = np.eye(len(names)) - 1 / len(names)
    effects = less_average @ solved.reviewer
    variances = np.diag(less_average @ solved.reviewer_covariance @ less_average)
    errors = np.sqrt(np.maximum(variances, 0.0))
    return tuple(
        Severity(name, -float(effect), float(error), int(count))
        for name, effect, error, count in zip(names, effects, errors, counts, strict=True)
    )


def islands(candidate: Ints, reviewer: Ints) -> Ints:
    """Which reviewers can be compared, through candidates whom they share or a chain of such.

    Parameters
    ----------
    candidate, reviewer : int array, shape (n_ratings,)
        Codes, each from 0 without gaps.

    Returns
    -------
    int array, shape (n_reviewers,)
        The same number for reviewers who can be compared.

    Examples
    --------
    >>> islands(np.array([0, 0, 1, 1]), np.array([0, 1, 2, 3])).tolist()
    [0, 0, 1, 1]
    """
    n_candidates = int(candidate.max(initial=-1)) + 1
    n_reviewers = int(reviewer.max(initial=-1)) + 1
    size = n_candidates + n_reviewers
    links = coo_array(
        (np.ones(len(candidate)), (candidate, n_candidates + reviewer)), shape=(size, size)
    )
    _, labels = connected_components(links, directed=False)
    _, found = np.unique(labels[n_candidates:], return_inverse=True)
    return found.astype(np.int64)

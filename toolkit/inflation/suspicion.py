"""Operating points of the detectors, and one suspicion figure out of those that had facts.

Each detector is allowed an equal part of the stated false-flag rate α: with five detectors its
operating point is the probability that a share α/5 of genuine candidates reaches, so that by
Boole's inequality no more than α of them are flagged by any detector, however the detectors
depend on each other.

A detector's **strength** puts its probability p on a scale on which its operating point c is one
half: strength = logit⁻¹(logit p − logit c). The **suspicion** of a candidate is the largest
strength. It is therefore at least one half exactly when a detector reaches its operating point,
and a quiet detector never makes up for a loud one: the five look at different things.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.special import expit, logit

from toolkit.arrays import Floats

DETECTORS = (
    "bought_followers",
    "automated",
    "growth_spike",
    "score_above_audience",
    "score_above_work",
)
FALSE_FLAG_RATE = 0.05
#: Probabilities nearer to 0 or 1 than this count as this near; nothing is surer.
SUREST = 1e-9


def rate_of_one_detector(false_flag_rate: float) -> float:
    """The share of genuine candidates that one detector may flag.

    Raises
    ------
    ValueError
        If the rate is not between 0 and 1.
    """
    if not 0.0 < false_flag_rate < 1.0:
        raise ValueError(f"A false-flag rate lies between 0 and 1; {false_flag_rate} does not.")
    return false_flag_rate / len(DETECTORS)


def strength(probability: Floats, operating_point: Floats | float) -> Floats:
    """How far a probability is from its operating point, one half being at it.

    Parameters
    ----------
    probability : float array, shape (n,)
        NaN where there were not enough facts.
    operating_point : float or float array, shape (n,)

    Returns
    -------
    float array, shape (n,)

    Examples
    --------
    >>> strength(np.array([0.9, 0.5, np.nan]), 0.9)
    array([0.5, 0.1, nan])
    """
    sure = np.clip(probability, SUREST, 1.0 - SUREST)
    found: Floats = expit(logit(sure) - logit(operating_point))
    # Rounding must not put a probability that is at its operating point below one half.
    reached = probability >= operating_point
    return np.where(np.isnan(probability), np.nan, np.where(reached, found.clip(min=0.5), found))


def flagged_from_rate(rates: Mapping[str, Floats]) -> Floats:
    """The smallest stated false-flag rate at which each candidate is flagged.

    With r the rate of the single detector's operating point at a candidate's probability, the
    candidate is flagged from α = 5 · min r on, at most 1. Among genuine candidates no more than a
    share α has such a figure of α or less, by Boole's inequality: it is read like a p-value.

    Parameters
    ----------
    rates : mapping of detector to float array, shape (n,)
        NaN where a detector had not enough facts.

    Returns
    -------
    float array, shape (n,)
        NaN where no detector had facts.
    """
    found = np.array(list(rates.values()))
    known = ~np.isnan(found)
    least = np.where(known, found, np.inf).min(axis=0)
    together = np.minimum(len(DETECTORS) * least, 1.0)
    return np.where(known.any(axis=0), together, np.nan)


def suspicion(strengths: Mapping[str, Floats]) -> Floats:
    """The largest strength of each candidate; NaN where no detector had facts.

    Parameters
    ----------
    strengths : mapping of detector to float array, shape (n,)
    """
    found = np.array(list(strengths.values()))
    known = ~np.isnan(found)
    largest = np.where(known, found, -1.0).max(axis=0)
    return np.where(known.any(axis=0), largest, np.nan)

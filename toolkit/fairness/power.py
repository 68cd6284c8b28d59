"""What a comparison of these sizes could have noticed at all."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr, ndtri

from toolkit.arrays import Ints
from toolkit.fairness.effect_size import arcsine
from toolkit.fairness.four_fifths import Floats, ratio


def smallest_detectable_ratio(
    n_a: Ints, b: Ints, n_b: Ints, alpha: float = 0.05, power: float = 0.80
) -> Floats:
    r"""The impact ratio nearest to 1 that a test of these sizes would probably notice.

    With the referent's rate as it is, the group's rate that lies

    .. math:: h = (z_{1-\alpha/2} + z_{power})\sqrt{1/n_A + 1/n_B}

    below it on the arcsine scale, over the referent's rate. A true ratio above it is more
    likely than ``1 − power`` to go unnoticed: a figure of 0.55 says that a group treated at
    0.70 would probably not show as significant here.

    Parameters
    ----------
    n_a : int64 array
        People of the group.
    b, n_b : int64 array
        Selected people and all people of the referent.
    alpha : float
        Two-sided level of the test.
    power : float
        Chance of noticing.

    Returns
    -------
    float array
        Between 0 and 1; NaN where not even a rate of 0 would be noticed with that power, and
        where a group is empty or nobody of the referent was selected.

    Notes
    -----
    J. Cohen (1988), Statistical Power Analysis for the Behavioral Sciences, ch. 6; a normal
    approximation, and an unadjusted test.
    """
    rate_b = ratio(b, n_b)
    wanted = (ndtri(1 - alpha / 2) + ndtri(power)) * _error(n_a, n_b)
    angle = arcsine(rate_b) - wanted
    detectable = np.where(angle >= 0, np.sin(angle / 2) ** 2, np.nan)
    return detectable / np.where(rate_b > 0, rate_b, np.nan)


def power_at(true_ratio: float, n_a: Ints, b: Ints, n_b: Ints, alpha: float = 0.05) -> Floats:
    r"""Chance that a test of these sizes notices a group at `true_ratio` of the referent's rate.

    .. math:: \Phi(h/s - z_{1-\alpha/2}) + \Phi(-h/s - z_{1-\alpha/2}), \qquad
        s = \sqrt{1/n_A + 1/n_B}

    with h the difference of the two rates on the arcsine scale.

    Parameters
    ----------
    true_ratio : float
        For instance 0.8.
    n_a, b, n_b : int64 array
    alpha : float

    Returns
    -------
    float array
        Between alpha and 1; NaN where a group is empty or nobody of the referent was selected.
    """
    rate_b = ratio(b, n_b)
    rate_b = np.where(rate_b > 0, rate_b, np.nan)
    distance = (arcsine(rate_b) - arcsine(np.minimum(true_ratio * rate_b, 1.0))) / _error(n_a, n_b)
    limit = ndtri(1 - alpha / 2)
    return np.asarray(ndtr(distance - limit) + ndtr(-distance - limit), dtype=np.float64)


def _error(n_a: Ints, n_b: Ints) -> Floats:
    one = np.ones(1, dtype=np.int64)
    return np.sqrt(ratio(one, n_a) + ratio(one, n_b))

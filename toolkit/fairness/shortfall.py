"""How many people a difference of rates amounts to, by named definitions."""

from __future__ import annotations

import numpy as np

from toolkit.arrays import Ints
from toolkit.fairness.four_fifths import Floats, ratio


def shortfall(a: Ints, n_a: Ints, b: Ints, n_b: Ints) -> Floats:
    r"""People missing from the group's selected if both had the rate of both together.

    .. math:: n_A\,\frac{a + b}{n_A + n_B} - a

    The *pooled-rate* definition: the places stay as many as they were and would have been
    shared at one rate. It is the expected minus the observed count of the tests.

    Parameters
    ----------
    a, n_a, b, n_b : int64 array
        Selected people and all people of the group, and of the referent.

    Returns
    -------
    float array
        People, not rounded; negative where more were selected than expected; NaN where a
        group is empty.
    """
    return ratio(n_a * (a + b) - a * (n_a + n_b), np.where((n_a > 0) & (n_b > 0), n_a + n_b, 0))


def shortfall_to_referent(a: Ints, n_a: Ints, b: Ints, n_b: Ints) -> Floats:
    r"""People missing from the group's selected if it had the referent's rate.

    .. math:: n_A\,\frac{b}{n_B} - a

    The *referent-rate* definition: places would be added until the rates agree.

    Parameters
    ----------
    a, n_a, b, n_b : int64 array

    Returns
    -------
    float array
        People, not rounded; NaN where a group is empty.
    """
    return ratio(n_a * b - a * n_b, np.where(n_a > 0, n_b, 0))


def people_to_four_fifths(a: Ints, n_a: Ints, b: Ints, n_b: Ints) -> Ints:
    r"""The fewest further selections of the group that bring it to four-fifths exactly or more.

    .. math:: \max\left(0, \left\lceil \frac{4\,b\,n_A}{5\,n_B} \right\rceil - a\right)

    Parameters
    ----------
    a, n_a, b, n_b : int64 array

    Returns
    -------
    int64 array
        Whole people; 0 where nothing is missing or nothing can be compared.
    """
    needed = -((-4 * b * n_a) // np.maximum(5 * n_b, 1))
    missing: Ints = np.where((n_a > 0) & (n_b > 0), np.maximum(needed - a, 0), 0)
    return missing

"""How large a difference of two rates is, apart from the four-fifths ratio."""

from __future__ import annotations

import numpy as np

from toolkit.arrays import Ints
from toolkit.fairness.four_fifths import Floats, ratio


def cohens_h(a: Ints, n_a: Ints, b: Ints, n_b: Ints) -> Floats:
    r"""Cohen's h, the difference of two rates on the arcsine scale.

    .. math:: h = 2\arcsin\sqrt{p_A} - 2\arcsin\sqrt{p_B}

    Negative where the group was selected at the lower rate. Cohen called 0.2 small, 0.5
    medium and 0.8 large.

    Parameters
    ----------
    a, n_a, b, n_b : int64 array
        Selected people and all people of the group, and of the referent.

    Notes
    -----
    J. Cohen (1988), Statistical Power Analysis for the Behavioral Sciences, ch. 6.
    """
    return arcsine(ratio(a, n_a)) - arcsine(ratio(b, n_b))


def arcsine(rate: Floats) -> Floats:
    """2·arcsin √rate, on which scale a rate's variance is 1/n whatever the rate."""
    return 2 * np.arcsin(np.sqrt(rate))


def phi_coefficient(a: Ints, n_a: Ints, b: Ints, n_b: Ints) -> Floats:
    r"""Correlation of belonging to the group with being selected, in the 2 × 2 table.

    .. math:: \phi = \frac{a(n_B - b) - b(n_A - a)}{\sqrt{n_A n_B (a+b)(n_A + n_B - a - b)}}

    Parameters
    ----------
    a, n_a, b, n_b : int64 array

    Returns
    -------
    float array
        Between −1 and 1, negative where the group was selected at the lower rate; NaN where
        a margin is 0.
    """
    margins = n_a.astype(np.float64) * n_b * (a + b) * ((n_a - a) + (n_b - b))
    return ratio(a * (n_b - b) - b * (n_a - a), np.sqrt(margins))

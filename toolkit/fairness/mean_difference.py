"""Standardised differences of two groups' mean scores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, ndtri

from toolkit.arrays import Ints
from toolkit.fairness.four_fifths import Floats


@dataclass(frozen=True, eq=False)
class MeanDifference:
    """Differences of groups from their referents; NaN where not defined.

    Parameters
    ----------
    d, d_low, d_high : float array
        Cohen's d with its interval, negative where the group scores lower.
    g, g_low, g_high : float array
        Hedges' g: d without the bias of small groups.
    """

    d: Floats
    d_low: Floats
    d_high: Floats
    g: Floats
    g_low: Floats
    g_high: Floats


def mean_difference(
    n_a: Ints,
    mean_a: Floats,
    variance_a: Floats,
    n_b: Ints,
    mean_b: Floats,
    variance_b: Floats,
    confidence: float = 0.95,
) -> MeanDifference:
    r"""Cohen's d and Hedges' g from sizes, means and variances.

    .. math:: d = \frac{\bar x_A - \bar x_B}{s}, \qquad
        s^2 = \frac{(n_A - 1)s_A^2 + (n_B - 1)s_B^2}{n_A + n_B - 2}

    .. math:: g = J(m)\,d, \qquad
        J(m) = \frac{\Gamma(m/2)}{\sqrt{m/2}\;\Gamma((m-1)/2)}, \qquad m = n_A + n_B - 2

    .. math:: \mathrm{var}\,d \approx \frac{n_A + n_B}{n_A n_B} + \frac{d^2}{2(n_A + n_B)}

    Parameters
    ----------
    n_a, n_b : int64 array
        People with a score in the group, and in the referent.
    mean_a, mean_b : float array
    variance_a, variance_b : float array
        With n − 1 in the denominator; that of one person is taken as 0.
    confidence : float

    Returns
    -------
    MeanDifference
        NaN with fewer than three people in all, with an empty group, and where everybody
        within each group scores the same.

    Notes
    -----
    J. Cohen (1988), Statistical Power Analysis for the Behavioral Sciences, ch. 2. L. V.
    Hedges & I. Olkin (1985), Statistical Methods for Meta-Analysis, ch. 5; a normal
    approximation, good from about ten people a group.
    """
    degrees = (n_a + n_b - 2).astype(np.float64)
    usable = (n_a > 0) & (n_b > 0) & (degrees > 0)
    spread = np.maximum(n_a - 1, 0) * np.nan_to_num(variance_a)
    spread = spread + np.maximum(n_b - 1, 0) * np.nan_to_num(variance_b)
    usable &= spread > 0
    m = np.where(usable, degrees, 1.0)
    pooled = np.sqrt(np.where(usable, spread, 1.0) / m)
    d = np.where(usable, (mean_a - mean_b) / pooled, np.nan)
    total = (n_a + n_b).astype(np.float64)
    product = np.where(usable, n_a.astype(np.float64) * n_b, 1.0)
    half = float(ndtri((1 + confidence) / 2)) * np.sqrt(
        total / product + d * d / (2 * np.where(usable, total, 1.0))
    )
    j = np.exp(gammaln(m / 2) - gammaln(np.maximum(m - 1, 0.5) / 2)) / np.sqrt(m / 2)
    # With one degree of freedom there is no unbiased estimate.
    j = np.where(m > 1, j, np.nan)
    return MeanDifference(d, d - half, d + half, j * d, j * (d - half), j * (d + half))

"""Normal tests of two selection rates."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from toolkit.arrays import Ints
from toolkit.fairness.four_fifths import Floats, ratio
from toolkit.fairness.intervals import log_ratio_error


def pooled_z(a: Ints, n_a: Ints, b: Ints, n_b: Ints) -> Floats:
    r"""Two-proportion Z with the pooled rate.

    .. math:: z = \frac{a/n_A - b/n_B}{\sqrt{\bar p(1-\bar p)(1/n_A + 1/n_B)}},
        \qquad \bar p = \frac{a + b}{n_A + n_B}

    Negative where the group was selected at the lower rate: "two or three standard
    deviations" of case law is this z. Its square is Pearson's chi-square of the table.

    Parameters
    ----------
    a, n_a, b, n_b : int64 array
        Selected people and all people of the group, and of the referent.

    Returns
    -------
    float array
        NaN where a group is empty, or where all or none of both were selected.
    """
    total = n_a + n_b
    pooled = ratio(a + b, total)
    one = np.ones(1, dtype=np.int64)
    variance = pooled * (1 - pooled) * (ratio(one, n_a) + ratio(one, n_b))
    variance = np.where((a + b == 0) | (a + b == total), np.nan, variance)
    return (ratio(a, n_a) - ratio(b, n_b)) / np.sqrt(variance)


def log_ratio_z(a: Ints, n_a: Ints, b: Ints, n_b: Ints) -> Floats:
    r"""Z of the log of the impact ratio, with the standard error of the log method.

    .. math:: z = \ln R \Big/ \sqrt{1/a - 1/n_A + 1/b - 1/n_B}

    Parameters
    ----------
    a, n_a, b, n_b : int64 array

    Returns
    -------
    float array
        NaN where a or b is 0, or everybody was selected.
    """
    estimate = ratio(a * n_b, b * n_a)
    log = np.log(np.where(estimate > 0, estimate, np.nan))
    error = log_ratio_error(a, n_a, b, n_b)
    return log / np.where(error > 0, error, np.nan)


def two_sided_p(z: Floats) -> Floats:
    """Two-sided normal p-value of z; NaN stays NaN."""
    return 2 * ndtr(-np.abs(z))

"""p-values when several groups are compared with one referent."""

from __future__ import annotations

import numpy as np

from toolkit.fairness.four_fifths import Floats


def holm(p: Floats) -> Floats:
    r"""Holm's step-down adjustment.

    .. math:: \tilde p_{(i)} = \max_{j \le i} \min\{(m - j + 1)\,p_{(j)}, 1\}

    An adjusted value below alpha keeps the chance of even one false finding among the m
    comparisons below alpha.

    Parameters
    ----------
    p : float array, shape (n_tests,)
        NaN where there is no test; those are not counted and stay NaN.

    Returns
    -------
    float array, shape (n_tests,)

    Notes
    -----
    S. Holm (1979), Scand. J. Stat. 6, 65–70.
    """
    order, m = _ascending(p)
    factor = np.arange(m, 0, -1)
    return _restored(p, order, np.maximum.accumulate(p[order] * factor))


def benjamini_hochberg(p: Floats) -> Floats:
    r"""Benjamini and Hochberg's step-up adjustment.

    .. math:: \tilde p_{(i)} = \min_{j \ge i} \min\{(m / j)\,p_{(j)}, 1\}

    Flagging all adjusted values below alpha keeps the expected share of false findings among
    the flagged below alpha: less strict than Holm.

    Parameters
    ----------
    p : float array, shape (n_tests,)
        NaN where there is no test.

    Returns
    -------
    float array, shape (n_tests,)

    Notes
    -----
    Y. Benjamini & Y. Hochberg (1995), J. R. Stat. Soc. B 57, 289–300.
    """
    order, m = _ascending(p)
    factor = m / np.arange(1, m + 1)
    scaled = p[order] * factor
    return _restored(p, order, np.minimum.accumulate(scaled[::-1])[::-1])


def _ascending(p: Floats) -> tuple[np.ndarray[tuple[int], np.dtype[np.intp]], int]:
    """Positions of the p-values from the smallest to the largest, without NaN."""
    m = int(np.count_nonzero(~np.isnan(p)))
    order = np.argsort(p, kind="stable")[:m]
    return order, m


def _restored(
    p: Floats, order: np.ndarray[tuple[int], np.dtype[np.intp]], adjusted: Floats
) -> Floats:
    result = np.full(p.shape, np.nan)
    result[order] = np.minimum(adjusted, 1.0)
    return result

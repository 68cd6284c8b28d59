"""Intervals of a selection rate and of an impact ratio."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from toolkit.arrays import Bools, Ints
from toolkit.fairness.four_fifths import Floats, ratio

_BISECTIONS = 200
#: Logarithm of a ratio beyond any that people can produce.
_FAR = 40.0


def wilson(selected: Ints, n: Ints, confidence: float = 0.95) -> tuple[Floats, Floats]:
    r"""Wilson's score interval of a selection rate.

    .. math::
        \frac{\hat p + z^2/2n \pm z\sqrt{\hat p(1-\hat p)/n + z^2/4n^2}}{1 + z^2/n}

    with z the normal quantile of (1 + confidence)/2. It stays inside [0, 1] and is meaningful
    for small n and for rates of 0 and 1.

    Parameters
    ----------
    selected, n : int64 array
    confidence : float

    Returns
    -------
    low, high : float array
        NaN for an empty group.

    Notes
    -----
    E. B. Wilson (1927), J. Am. Stat. Assoc. 22, 209–212.
    """
    z2 = float(ndtri((1 + confidence) / 2)) ** 2
    p = ratio(selected, n)
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = np.sqrt(z2 * (p * (1 - p) / n + z2 / (4 * n * n.astype(float)))) / (1 + z2 / n)
    low = np.where(selected == 0, np.where(n > 0, 0.0, np.nan), np.maximum(centre - half, 0.0))
    high = np.where((selected == n) & (n > 0), 1.0, np.minimum(centre + half, 1.0))
    return low, high


def ratio_interval(
    a: Ints, n_a: Ints, b: Ints, n_b: Ints, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    """Interval of the impact ratio: by the log method, or by scores where that breaks down.

    The log method needs somebody selected in both groups and somebody not selected in one of
    them. Elsewhere (nobody of the group selected, or everybody of both) the score interval of
    `score_ratio_interval` takes its place.

    Parameters
    ----------
    a, n_a, b, n_b : int64 array
        Selected people and all people of the group, and of the referent.
    confidence : float

    Returns
    -------
    low, high : float array
        NaN where the ratio itself is not defined.
    """
    low, high = log_ratio_interval(a, n_a, b, n_b, confidence)
    awkward = (n_a > 0) & (b > 0) & ((a == 0) | ((a == n_a) & (b == n_b)))
    if awkward.any():
        a, n_a, b, n_b = np.broadcast_arrays(a, n_a, b, n_b)
        low[awkward], high[awkward] = score_ratio_interval(
            a[awkward], n_a[awkward], b[awkward], n_b[awkward], confidence
        )
    return low, high


def log_ratio_interval(
    a: Ints, n_a: Ints, b: Ints, n_b: Ints, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    r"""Interval of a ratio of rates on the log scale.

    .. math:: R\,\exp\left(\pm z\sqrt{1/a - 1/n_A + 1/b - 1/n_B}\right),
        \qquad R = \frac{a\,n_B}{b\,n_A}

    Parameters
    ----------
    a, n_a, b, n_b : int64 array
    confidence : float

    Returns
    -------
    low, high : float array
        NaN where a or b is 0.

    Notes
    -----
    D. Katz et al. (1978), Biometrics 34, 469–474.
    """
    z = float(ndtri((1 + confidence) / 2))
    defined = (a > 0) & (b > 0)
    estimate = np.where(defined, ratio(a * n_b, b * n_a), np.nan)
    factor = np.exp(z * log_ratio_error(a, n_a, b, n_b))
    return estimate / factor, estimate * factor


def log_ratio_error(a: Ints, n_a: Ints, b: Ints, n_b: Ints) -> Floats:
    """Standard error of the log of the impact ratio; NaN where a or b is 0."""
    one = np.ones(1, dtype=np.int64)
    variance = ratio(one, a) - ratio(one, n_a) + ratio(one, b) - ratio(one, n_b)
    return np.sqrt(np.maximum(variance, 0.0))


def score_ratio_interval(
    a: Ints, n_a: Ints, b: Ints, n_b: Ints, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    r"""Koopman's score interval of a ratio of rates, found by bisection.

    The ratios φ that the data do not contradict: with p̃ the rates that are most likely when
    their ratio is φ,

    .. math:: \frac{(a - n_A \tilde p_A)^2}{n_A \tilde p_A (1 - \tilde p_A)} +
        \frac{(b - n_B \tilde p_B)^2}{n_B \tilde p_B (1 - \tilde p_B)} \le z^2

    Parameters
    ----------
    a, n_a, b, n_b : int64 array
    confidence : float

    Returns
    -------
    low, high : float array
        Low is 0 where a is 0, high infinite where b is 0; NaN for an empty group.

    Notes
    -----
    P. A. R. Koopman (1984), Biometrics 40, 513–517.
    """
    a, n_a, b, n_b = np.broadcast_arrays(a, n_a, b, n_b)
    z2 = float(ndtri((1 + confidence) / 2)) ** 2
    empty = (n_a == 0) | (n_b == 0)
    defined = (a > 0) & (b > 0) & ~empty
    # Where the estimate is 0 or infinite, the search starts next to it.
    start = np.where(a == 0, -_FAR, _FAR)
    start[defined] = np.log(ratio(a * n_b, b * n_a)[defined])
    low = _where_score_meets(z2, start, -1, a, n_a, b, n_b)
    high = _where_score_meets(z2, start, +1, a, n_a, b, n_b)
    low = np.where(a == 0, 0.0, low)
    high = np.where(b == 0, np.inf, high)
    return np.where(empty, np.nan, low), np.where(empty, np.nan, high)


def _where_score_meets(
    z2: float, start: Floats, direction: int, a: Ints, n_a: Ints, b: Ints, n_b: Ints
) -> Floats:
    """The ratio on one side of the estimate where the score statistic reaches z²."""
    near = start.copy()
    far = start + direction * 2 * _FAR
    for _ in range(_BISECTIONS):
        middle = (near + far) / 2
        inside = _score(np.exp(middle), a, n_a, b, n_b) <= z2
        near = np.where(inside, middle, near)
        far = np.where(inside, far, middle)
        if float(np.abs(far - near).max(initial=0.0)) < 1e-14:
            break
    return np.exp((near + far) / 2)


def _score(phi: Floats, a: Ints, n_a: Ints, b: Ints, n_b: Ints) -> Floats:
    """Score statistic of the hypothesis that the ratio of rates is `phi`.

    The rates that are most likely under it solve a quadratic; the smaller root is the one
    with both rates inside [0, 1].
    """
    total = n_a + n_b
    chosen = a + b
    linear = phi * (n_a + b) + a + n_b
    root = linear * linear - 4 * phi * total * chosen
    p_b = 2 * chosen / (linear + np.sqrt(np.maximum(root, 0.0)))
    p_b = np.clip(p_b, 0.0, np.minimum(1.0, 1.0 / phi))
    p_a = np.clip(phi * p_b, 0.0, 1.0)
    return _squared_distance(a, n_a, p_a) + _squared_distance(b, n_b, p_b)


def _squared_distance(count: Ints, n: Ints, p: Floats) -> Floats:
    """(count − n·p)² / (n·p·(1 − p)), 0 where a count lies exactly on a certain rate."""
    away = (count - n * p) ** 2
    variance = n * p * (1 - p)
    certain: Bools = variance <= 0
    impossible = np.where(away > 1e-12, np.inf, 0.0)
    return np.where(certain, impossible, away / np.where(certain, 1.0, variance))

"""Exact unconditional interval of an impact ratio, for small tables."""

from __future__ import annotations

from functools import lru_cache
from math import asin, ceil, log, sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv, gammaln

from toolkit.arrays import Bools, Ints
from toolkit.fairness.four_fifths import Floats

#: The interval is computed where neither group has more people than this.
LARGEST_GROUP = 100
#: Outcomes whose score is this close to the observed one count as equally extreme.
_SAME_SCORE = 1e-9
#: Share of each test's level that goes into the range of the referent's rate.
_FOR_THE_RATE = 1 / 50
#: Ratios that a search looks at: first over its whole range, then within one step of that.
_STEPS = (40, 16, 16, 16)
_KEPT = 20_000


def exact_ratio_interval(
    a: Ints, n_a: Ints, b: Ints, n_b: Ints, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    r"""Interval of a ratio of rates that covers with at least its confidence, however few people.

    Two one-sided tests are inverted, each at half the level. Of the hypothesis that the ratio
    is φ the p-value is the largest over the referent's unknown rate π,

    .. math:: p_{low}(\varphi) = \gamma + \max_{\pi \in C_\gamma}
        \sum_{(x, y):\ Z_\varphi(x, y) \ge Z_\varphi(a, b)}
        \mathrm{Bin}(x;\ n_A, \varphi\pi)\ \mathrm{Bin}(y;\ n_B, \pi)

    (``≤`` for the upper end). C is the Clopper–Pearson interval of π from b of n_B people that
    misses it with a chance of γ, a fiftieth of the test's level: rates that the referent's
    own people rule out need not be feared. Tables are ordered by the score statistic

    .. math:: Z_\varphi(x, y) = \frac{x/n_A - \varphi\,y/n_B}
        {\sqrt{\tilde\pi_A(1-\tilde\pi_A)/n_A + \varphi^2\tilde\pi_B(1-\tilde\pi_B)/n_B}}

    with :math:`\tilde\pi` the rates that are most likely when their ratio is φ. The interval
    reaches from the smallest to the largest φ that neither test rejects. Only the sizes of
    the two groups are taken as fixed, not how many are selected.

    Parameters
    ----------
    a, n_a, b, n_b : int64 array, shape (n_tables,)
        Selected people and all people of the group, and of the referent.
    confidence : float

    Returns
    -------
    low, high : float array, shape (n_tables,)
        To about five significant digits. NaN where a group is empty or nobody of the referent
        was selected, and where a group has more than `LARGEST_GROUP` people: there the log
        method is close, and this would take long.

    Notes
    -----
    I. S. F. Chan & Z. Zhang (1999), Test-based exact confidence intervals for the difference
    of two binomial proportions, Biometrics 55, 1202–1209; for ratios A. Agresti & Y. Min
    (2001), Biometrics 57, 963–971. R. L. Berger & D. D. Boos (1994), P values maximized over a
    confidence set for the nuisance parameter, J. Am. Stat. Assoc. 89, 1012–1016. Score
    statistic: Koopman (1984).
    """
    a, n_a, b, n_b = np.broadcast_arrays(a, n_a, b, n_b)
    low, high = np.full(a.shape, np.nan), np.full(a.shape, np.nan)
    small = (n_a > 0) & (b > 0) & (np.maximum(n_a, n_b) <= LARGEST_GROUP)
    for i in np.flatnonzero(small).tolist():
        low[i], high[i] = _interval(int(a[i]), int(n_a[i]), int(b[i]), int(n_b[i]), confidence)
    return low, high


@lru_cache(maxsize=_KEPT)
def _interval(a: int, n_a: int, b: int, n_b: int, confidence: float) -> tuple[float, float]:
    table = (a, n_a, b, n_b)
    # Nobody selected: the search starts at the ratio that half a person makes.
    estimate = log(max(a, 0.5) * n_b / (b * n_a))
    error = sqrt(1 / (a + 0.5) + 1 / (b + 0.5))
    low, high = np.exp(_ends(table, estimate, error, (1 - confidence) / 2)).tolist()
    return (low if a else 0.0), high


def _ends(table: tuple[int, int, int, int], estimate: float, error: float, level: float) -> Floats:
    """Logarithms of the outermost ratios that the two tests do not reject, lower and upper.

    A p-value jumps where the set of extreme tables changes, so it is looked at on a grid
    from the outside inwards, and again within the step in which it first passes the level.

    Parameters
    ----------
    table : (a, n_a, b, n_b)
    estimate : float
        Logarithm of the observed ratio.
    error : float
        About the standard error of that logarithm.
    level : float
        Of each test.
    """
    rates = _likely_rates(table[2], table[3], _FOR_THE_RATE * level)
    level -= _FOR_THE_RATE * level
    ends, inner = np.array([True, False]), np.full(2, estimate)
    away = error * np.array([-1.0, 1.0])
    outer = inner + 3 * away
    # Where nobody is selected the lower end is 0, and any ratio will do for it.
    done = np.array([table[0] == 0, False])
    while not done.all():
        done |= p_value(table, np.exp(outer), rates, lower=ends) <= level
        outer = np.where(done, outer, outer + away)
    for steps in _STEPS:
        grid = np.linspace(outer, inner, steps + 2)
        ratios = np.exp(grid[1:-1].T.ravel())
        p = p_value(table, ratios, rates, lower=np.repeat(ends, steps))
        passed = np.ones((2, steps + 1), dtype=np.bool_)
        passed[:, :-1] = p.reshape(2, steps) > level
        first = passed.argmax(axis=1)
        outer, inner = grid[first, [0, 1]], grid[first + 1, [0, 1]]
    return outer


def _likely_rates(b: int, n_b: int, missed: float) -> tuple[float, float]:
    """Clopper and Pearson's interval of a rate that leaves it out with this chance at most."""
    low = float(betaincinv(b, n_b - b + 1, missed / 2)) if b else 0.0
    high = float(betaincinv(b + 1, n_b - b, 1 - missed / 2)) if b < n_b else 1.0
    return low, high


def p_value(
    table: tuple[int, int, int, int],
    ratios: Floats,
    rates: tuple[float, float] = (0.0, 1.0),
    *,
    lower: Bools,
) -> Floats:
    """Exact unconditional p of each ratio, against larger ones or against smaller ones.

    Parameters
    ----------
    table : (a, n_a, b, n_b)
    ratios : float array, shape (n_ratios,)
        Ratios of rates that are tested.
    rates : (float, float)
        Range of the referent's rate over which the largest p is sought.
    lower : bool array, shape (n_ratios,)
        Whether outcomes with a ratio as high as the observed one count (for the lower end of
        the interval), or those with one as low.

    Returns
    -------
    float array, shape (n_ratios,)
    """
    _, n_a, _, n_b = table
    x, y = np.arange(n_a + 1), np.arange(n_b + 1)
    highest = np.minimum(rates[1], 1 / ratios)
    lowest = np.minimum(rates[0], highest)
    # Evenly spaced on the arcsine scale, on which a rate is known equally well everywhere.
    ends = np.arcsin(np.sqrt(lowest)), np.arcsin(np.sqrt(highest))
    apart = asin(sqrt(rates[1])) - asin(sqrt(rates[0]))
    points = max(24, ceil(6 * apart * sqrt(max(n_a, n_b))))
    rate_b = np.sin(np.linspace(*ends, points, axis=-1)) ** 2
    rate_a = np.minimum(ratios[:, None] * rate_b, 1.0)
    # With x given, the score falls as y rises: the extreme y are the first, or the last, so many.
    many = _extreme(table, ratios, x, lower=lower)
    p_b = _binomial(y, n_b, rate_b)
    tail = np.zeros((*rate_b.shape, n_b + 2))
    from_the_end = np.where(lower[:, None, None], p_b, p_b[..., ::-1])
    np.cumsum(from_the_end, axis=-1, out=tail[..., 1:])
    of_b = np.take_along_axis(tail, np.broadcast_to(many[:, None, :], (*rate_b.shape, n_a + 1)), 2)
    p: Floats = (_binomial(x, n_a, rate_a) * of_b).sum(axis=2)
    return _peak(p)


def _extreme(
    table: tuple[int, int, int, int], ratios: Floats, x: Ints, *, lower: Bools
) -> npt.NDArray[np.intp]:
    """For each ratio and x, how many y make a table at least as extreme as the observed one."""
    a, n_a, b, n_b = table
    one = np.ones(1, dtype=np.int64)
    phi, sign = ratios[:, None], np.where(lower, 1, -1)[:, None]
    limit = sign * _score(phi, a * one, n_a, b * one, n_b) - _SAME_SCORE
    least = np.zeros((ratios.size, x.size), dtype=np.intp)
    most = np.full_like(least, n_b + 1)
    for _ in range((n_b + 1).bit_length()):
        middle = (least + most) // 2
        y = np.where(sign > 0, middle, n_b - middle)
        met = sign * _score(phi, x, n_a, y, n_b) >= limit
        # `middle` is a y whose membership says whether more than `middle` belong.
        met &= middle <= n_b
        least, most = np.where(met, middle + 1, least), np.where(met, most, middle)
        least = np.minimum(least, most)
    return least


def _score(ratio: Floats, x: Ints, n_a: int, y: Ints, n_b: int) -> Floats:
    """Signed score statistic of the hypothesis that the ratio of rates is `ratio`."""
    total, chosen = n_a + n_b, x + y
    linear = ratio * (n_a + y) + x + n_b
    root = np.sqrt(np.maximum(linear * linear - 4 * ratio * total * chosen, 0.0))
    p_b = np.minimum(2 * chosen / (linear + root), np.minimum(1.0, 1 / ratio))
    p_a = np.minimum(ratio * p_b, 1.0)
    variance = p_a * (1 - p_a) / n_a + ratio * ratio * p_b * (1 - p_b) / n_b
    difference = x / n_a - ratio * y / n_b
    possible = variance > 1e-14
    z: Floats = difference / np.sqrt(np.where(possible, variance, 1.0))
    # Nobody, or everybody where the ratio is 1: such a table speaks neither way.
    return np.where(possible, z, _surely(difference))


def _surely(difference: Floats) -> Floats:
    """±∞ by the sign of a difference that the hypothesis rules out; 0 where there is none."""
    return np.where(np.abs(difference) < 1e-9, 0.0, np.copysign(np.inf, difference))


def _binomial(count: Ints, n: int, rate: Floats) -> Floats:
    """Probability of each count; shape (n_ratios, n_points, n + 1)."""
    ways = gammaln(n + 1) - gammaln(count + 1) - gammaln(n - count + 1)
    p = np.clip(rate, 1e-300, 1 - 1e-16)
    log_odds = np.log(p / (1 - p))
    log_p: Floats = log_odds[..., None] * count
    log_p += (n * np.log1p(-p))[..., None]
    log_p += ways
    return np.asarray(np.exp(log_p, out=log_p), dtype=np.float64)


def _peak(p: Floats) -> Floats:
    """The largest value along the last axis, with the parabola through it and its neighbours."""
    at = np.clip(p.argmax(axis=-1), 1, p.shape[-1] - 2)
    rows = np.arange(p.shape[0])
    left, middle, right = p[rows, at - 1], p[rows, at], p[rows, at + 1]
    bend = left - 2 * middle + right
    lift = np.where(bend < 0, (left - right) ** 2 / (-8 * np.where(bend < 0, bend, -1.0)), 0.0)
    inside = (middle >= left) & (middle >= right)
    return np.asarray(np.minimum(np.where(inside, middle + lift, p.max(axis=-1)), 1.0))

"""Whether one line from a score to an outcome fits two groups alike (Cleary's comparison)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import fdtrc, ndtr, stdtrit

from toolkit.arrays import Floats
from toolkit.correlation import pearson
from toolkit.estimate import Estimate

#: Spread below this share of the values' size is rounding.
_FLAT = 1e-12


@dataclass(frozen=True)
class Line:
    """The least-squares line of one group's outcomes on its scores.

    Parameters
    ----------
    n : int
        People with both.
    slope, intercept : Estimate
        Outcome per unit of the score, and the outcome at a score of 0.
    correlation : Estimate
        Pearson's.
    """

    n: int
    slope: Estimate
    intercept: Estimate
    correlation: Estimate


@dataclass(frozen=True)
class LinesCompared:
    """A group's line beside the referent's; None where the data cannot say.

    Parameters
    ----------
    correlation_difference, correlation_p : float or None
        The group's correlation minus the referent's, and the two-sided p of their equality.
    slopes_p : float or None
        p of equal slopes.
    intercepts_p : float or None
        p of equal intercepts, given that the slopes are.
    lines_p : float or None
        p of one and the same line.
    mean_residual : float or None
        How far the group's outcomes lie above the line of both together, on average: below
        zero, that line promises more of the group than it shows.
    """

    correlation_difference: float | None = None
    correlation_p: float | None = None
    slopes_p: float | None = None
    intercepts_p: float | None = None
    lines_p: float | None = None
    mean_residual: float | None = None


@dataclass(frozen=True)
class _Moments:
    n: int
    x: float
    y: float
    xx: float
    xy: float
    yy: float

    @classmethod
    def of(cls, x: Floats, y: Floats) -> _Moments:
        mean_x, mean_y = float(x.mean()), float(y.mean())
        dx, dy = x - mean_x, y - mean_y
        return cls(len(x), mean_x, mean_y, float(dx @ dx), float(dx @ dy), float(dy @ dy))

    @property
    def flat(self) -> bool:
        return self.xx <= _FLAT * max(self.x * self.x, 1e-300) * self.n

    @property
    def left_over(self) -> float:
        """Sum of squares that the group's own line leaves."""
        return max(self.yy - self.xy * self.xy / self.xx, 0.0)


def line(x: Floats, y: Floats, confidence: float = 0.95) -> Line:
    r"""Fit the line of one group.

    .. math:: b = S_{xy}/S_{xx}, \quad a = \bar y - b\bar x, \quad s^2 = \frac{S_{yy} - bS_{xy}}
        {n - 2}, \quad \mathrm{var}\,b = s^2/S_{xx}, \quad
        \mathrm{var}\,a = s^2\left(\tfrac1n + \bar x^2/S_{xx}\right)

    Parameters
    ----------
    x, y : float array, shape (n,)
        Scores and outcomes, complete.
    confidence : float
    """
    r = pearson(x, y)
    if len(x) < 3 or _Moments.of(x, y).flat:
        why = "At least 3 people with both values and different scores are needed."
        return Line(len(x), Estimate.none(why), Estimate.none(why), r)
    m = _Moments.of(x, y)
    slope = m.xy / m.xx
    intercept = m.y - slope * m.x
    error = math.sqrt(m.left_over / (m.n - 2) / m.xx)
    at_zero = error * math.sqrt(m.xx / m.n + m.x * m.x)
    t = float(stdtrit(m.n - 2, (1 + confidence) / 2))
    return Line(
        m.n,
        Estimate(slope, slope - t * error, slope + t * error),
        Estimate(intercept, intercept - t * at_zero, intercept + t * at_zero),
        r,
    )


def compare_lines(x_a: Floats, y_a: Floats, x_b: Floats, y_b: Floats) -> LinesCompared:
    r"""Compare a group's line with its referent's.

    With SSE the squares left over by a line for each group (4 parameters), by parallel lines
    (3) and by one line (2), and n people in all,

    .. math:: F_{slopes} = \frac{SSE_3 - SSE_4}{SSE_4/(n-4)}, \qquad
        F_{intercepts} = \frac{SSE_2 - SSE_3}{SSE_3/(n-3)}, \qquad
        F_{lines} = \frac{(SSE_2 - SSE_4)/2}{SSE_4/(n-4)}

    and for the correlations
    :math:`z = (\operatorname{artanh} r_A - \operatorname{artanh} r_B) /
    \sqrt{1/(n_A - 3) + 1/(n_B - 3)}`.

    Parameters
    ----------
    x_a, y_a, x_b, y_b : float array
        Scores and outcomes of the group, and of the referent, complete.

    Returns
    -------
    LinesCompared
        Empty where either has fewer than four people, or the same score for all.

    Notes
    -----
    T. A. Cleary (1968), Test bias, J. Educ. Meas. 5, 115–124. R. A. Fisher (1921), Metron 1,
    3–32. With a range of scores cut off by the selection itself, correlations are too low
    in both groups, and not by the same amount.
    """
    if min(len(x_a), len(x_b)) < 4:
        return LinesCompared()
    a, b = _Moments.of(x_a, y_a), _Moments.of(x_b, y_b)
    if a.flat or b.flat:
        return LinesCompared()
    both = _Moments.of(np.concatenate([x_a, x_b]), np.concatenate([y_a, y_b]))
    own = a.left_over + b.left_over
    parallel = max(a.yy + b.yy - (a.xy + b.xy) ** 2 / (a.xx + b.xx), own)
    single = max(both.left_over, parallel)
    r_a, r_b = pearson(x_a, y_a).value, pearson(x_b, y_b).value
    difference, p = _correlations(r_a, a.n, r_b, b.n)
    slope = both.xy / both.xx
    return LinesCompared(
        correlation_difference=difference,
        correlation_p=p,
        slopes_p=_f_test(parallel - own, 1, own, both.n - 4),
        intercepts_p=_f_test(single - parallel, 1, parallel, both.n - 3),
        lines_p=_f_test(single - own, 2, own, both.n - 4),
        mean_residual=a.y - (both.y + slope * (a.x - both.x)),
    )


def _correlations(
    r_a: float | None, n_a: int, r_b: float | None, n_b: int
) -> tuple[float | None, float | None]:
    if r_a is None or r_b is None:
        return None, None
    if abs(r_a) == 1 or abs(r_b) == 1:
        return r_a - r_b, None
    z = (math.atanh(r_a) - math.atanh(r_b)) / math.sqrt(1 / (n_a - 3) + 1 / (n_b - 3))
    return r_a - r_b, float(2 * ndtr(-abs(z)))


def _f_test(gained: float, extra: int, left: float, degrees: int) -> float | None:
    if degrees < 1 or left <= 0:
        return None
    return float(fdtrc(extra, degrees, gained / extra / (left / degrees)))

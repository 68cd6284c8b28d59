"""A line by least squares, and how far each point lies from the line through the others."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from scipy.special import stdtrit

from toolkit.arrays import Bools, Floats
from toolkit.inflation.line_points import LineSums, Points

#: A score that this share of others lies below is left out of the line.
STANDS_OUT = 0.99


@dataclass(frozen=True)
class Fit:
    """The line of one round.

    Parameters
    ----------
    n : int
        m, the points that it is fitted to.
    mean_y, mean_x, slope : float
    square, rest : float
        Σ(x − x̄)² and the sum of the squared residuals.
    least_spread : float
        Residual spread below this is taken for rounding, not for certainty.
    """

    n: int
    mean_y: float
    mean_x: float
    slope: float
    square: float
    rest: float
    least_spread: float

    @classmethod
    def of(cls, sums: LineSums, least_spread: float) -> Fit:
        """By least squares; the points must not be all at the same x."""
        n, unit_y, unit_x = sums.n, Fraction(1, 2**sums.places_y), Fraction(1, 2**sums.places_x)
        xx = Fraction(n * sums.xx - sums.x**2, n) * unit_x**2
        xy = Fraction(n * sums.xy - sums.x * sums.y, n) * unit_x * unit_y
        yy = Fraction(n * sums.yy - sums.y**2, n) * unit_y**2
        return cls(
            n=n,
            mean_y=float(Fraction(sums.y, n) * unit_y),
            mean_x=float(Fraction(sums.x, n) * unit_x),
            slope=float(xy / xx),
            square=float(xx),
            rest=float(yy - xy**2 / xx),
            least_spread=least_spread,
        )

    def at(self, x: float) -> float:
        """The line."""
        return self.mean_y + self.slope * (x - self.mean_x)

    def stays_up_to(self, ends: tuple[float, float]) -> float:
        """A residual up to which no score stands out, kept or not; −∞ where there is none.

        With h the largest leverage between these ends of x, q the smaller of the two quantiles
        and R = Σr², the ratio of a kept point's miss to its error, r / √(own · variance), stays
        below q up to

            r = q √((1 − h) R / (m − 3 + q²)),

        that of another point up to q √(R / (m − 2)). Somewhat less is returned, for rounding.
        """
        reach = max((end - self.mean_x) ** 2 for end in ends)
        leverage = 1.0 / self.n + reach / self.square
        if leverage > 0.5 or self.n < 5:
            return -math.inf
        q = float(stdtrit(self.n - 2.0, STANDS_OUT))
        own = (1 - leverage) * self.rest / (self.n - 3 + q * q)
        return 0.999 * q * math.sqrt(max(min(own, self.rest / (self.n - 2)), 0.0))

    def beside(self, points: Points, kept: Bools) -> tuple[Floats, Floats, Floats, Bools]:
        """How far each point lies from the line through the others, and how sure that is.

        With leverage h = 1/m + (x − x̄)²/Σ(x − x̄)² and residual r of m kept points, the line
        through the others misses a kept point by r/(1 − h), and its residual variance is
        (Σr² − r²/(1 − h))/(m − 3); for a point that is not kept these are r and Σr²/(m − 2).

        Parameters
        ----------
        points : Points
        kept : bool array, shape (n,)
            The points that the line was fitted to.

        Returns
        -------
        miss, error, freedom : float array, shape (n,)
        compared : bool array, shape (n,)
            Not the only candidate with so much evidence, without whom there is no line.
        """
        y, x = points.floats
        residual = y - self.mean_y - self.slope * (x - self.mean_x)
        leverage = 1.0 / self.n + (x - self.mean_x) ** 2 / self.square
        own = np.where(kept, 1.0 - leverage, 1.0)
        alone = kept & (own < 1e-9)
        own = np.where(alone, np.nan, own)
        freedom = np.where(kept, self.n - 3.0, self.n - 2.0)
        variance = (self.rest - np.where(kept, residual**2 / own, 0.0)) / freedom
        spread = np.sqrt(np.maximum(variance, self.least_spread**2))
        error = spread / np.sqrt(np.where(kept, own, 1.0 / (1.0 + leverage)))
        return residual / own, error, freedom, points.both & ~alone

    def staying(self, points: Points, kept: Bools) -> Bools:
        """Whose score does not stand out from the line; shape (n,)."""
        miss, error, _, compared = self.beside(points, kept)
        bound = stdtrit(np.array([self.n - 2.0, self.n - 3.0]), STANDS_OUT)
        below: Bools = miss / error < bound[kept.astype(np.int64)]
        return compared & below

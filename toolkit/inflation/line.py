"""The line of a score on the evidence behind it, each candidate's own score aside.

score = a + b · evidence + e, by least squares. A candidate is compared with the line through all
**others**: the externally studentised residual, which under normal errors has Student's t
distribution with m − 3 degrees of freedom. Candidates whose score stands out are taken out of the
line and it is fitted again, until nothing changes: several inflated scores must not hide each
other.

Points are held as whole numbers of a fine grid, so that the sums of a round are exact: they add up
over parts of the candidates (`LineSums`) and are the same in any order. A round is then one look at
the points, wherever they are (`LineSearch`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

import numpy as np
from scipy.special import stdtr, stdtrit

from toolkit.arrays import Bools, Floats, Ints
from toolkit.intake.exact_sums import exact_dot, exact_sum

LEAST_CANDIDATES = 8
#: A score that this share of others lies below is left out of the line.
STANDS_OUT = 0.99
MOST_LEFT_OUT = 0.25
ROUNDS = 10
#: Numbers below 2 ** 17 in size are held to so many binary places, larger ones to fewer.
PLACES = 44
_ROOM = 61


def places_for(largest: float) -> int:
    """Binary places that a column can be held to, by its largest number in size."""
    return min(PLACES, _ROOM - int(largest).bit_length())


@dataclass(frozen=True, eq=False)
class Points:
    """Scores beside evidence, on a grid.

    Parameters
    ----------
    y, x : int64 array, shape (n,)
        In units of ``2 ** -places``; 0 where missing.
    both : bool array, shape (n,)
        Who has both.
    places_y, places_x : int
    """

    y: Ints
    x: Ints
    both: Bools
    places_y: int
    places_x: int = PLACES

    @classmethod
    def of(cls, y: Floats, x: Floats, places_y: int, places_x: int = PLACES) -> Points:
        """Hold points on a grid; NaN where missing."""
        both = ~np.isnan(y) & ~np.isnan(x)
        return cls(
            on_grid(np.where(both, y, 0.0), places_y),
            on_grid(np.where(both, x, 0.0), places_x),
            both,
            places_y,
            places_x,
        )

    @cached_property
    def floats(self) -> tuple[Floats, Floats]:
        """The same as floats, y first."""
        return (
            np.ldexp(self.y.astype(np.float64), -self.places_y),
            np.ldexp(self.x.astype(np.float64), -self.places_x),
        )

    def at(self, rows: Ints) -> Points:
        """Some of the points."""
        return Points(self.y[rows], self.x[rows], self.both[rows], self.places_y, self.places_x)

    def sums(self, who: Bools) -> LineSums:
        """The sums over some of the points."""
        y, x = self.y[who], self.x[who]
        if not y.size:
            return LineSums(self.places_y, self.places_x)
        return LineSums(
            self.places_y,
            self.places_x,
            n=int(y.size),
            y=exact_sum(y),
            x=exact_sum(x),
            yy=exact_dot(y, y),
            xy=exact_dot(x, y),
            xx=exact_dot(x, x),
            ends_y=ends_of(y),
            ends_x=ends_of(x),
        )


def on_grid(values: Floats, places: int) -> Ints:
    """Numbers, none of them missing, as whole numbers of ``2 ** -places``."""
    steps: Ints = np.rint(np.ldexp(values, places)).astype(np.int64)
    return steps


@dataclass(frozen=True)
class LineSums:
    """Exact sums of points, in units of their grids; those of parts add up."""

    places_y: int
    places_x: int
    n: int = 0
    y: int = 0
    x: int = 0
    yy: int = 0
    xy: int = 0
    xx: int = 0
    ends_y: tuple[int, ...] = ()
    ends_x: tuple[int, ...] = ()

    def __add__(self, other: LineSums) -> LineSums:
        return LineSums(
            self.places_y,
            self.places_x,
            n=self.n + other.n,
            y=self.y + other.y,
            x=self.x + other.x,
            yy=self.yy + other.yy,
            xy=self.xy + other.xy,
            xx=self.xx + other.xx,
            ends_y=_outermost(self.ends_y, other.ends_y),
            ends_x=_outermost(self.ends_x, other.ends_x),
        )

    def without(self, some: LineSums) -> LineSums:
        """The sums over the points that are not among some of them; their ends are not known."""
        return LineSums(
            self.places_y,
            self.places_x,
            n=self.n - some.n,
            y=self.y - some.y,
            x=self.x - some.x,
            yy=self.yy - some.yy,
            xy=self.xy - some.xy,
            xx=self.xx - some.xx,
        )

    @property
    def alike_y(self) -> bool:
        return len(set(self.ends_y)) < 2

    @property
    def alike_x(self) -> bool:
        return len(set(self.ends_x)) < 2


def ends_of(values: Ints) -> tuple[int, ...]:
    """Lowest and highest; nothing of nobody."""
    return (int(values.min()), int(values.max())) if values.size else ()


def _outermost(*ends: tuple[int, ...]) -> tuple[int, ...]:
    there = [end for pair in ends for end in pair]
    return (min(there), max(there)) if there else ()


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


@dataclass(frozen=True)
class LineSearch:
    """A line that is fitted, left by what stands out, and fitted again.

    Parameters
    ----------
    first : LineSums
        Of all who have both.
    least_spread : float
    fits : tuple of Fit
        One a round; none where there is no line to fit.
    open : bool
        Whether another look may change it.
    """

    first: LineSums
    least_spread: float
    fits: tuple[Fit, ...] = field(default=())
    open: bool = False

    @classmethod
    def begun(cls, first: LineSums, least_spread: float) -> LineSearch:
        """The first round: the line through everybody."""
        if first.n < LEAST_CANDIDATES or first.alike_x or first.alike_y:
            return cls(first, least_spread)
        return cls(first, least_spread, (Fit.of(first, least_spread),), open=True)

    @cached_property
    def _stays_up_to(self) -> float:
        """A residual from the last line up to which no score stands out from any of the lines.

        What a line lies above another one is linear in x, so that it is least at an end.
        """
        ends = [math.ldexp(end, -self.first.places_x) for end in self.first.ends_x]
        last = self.fits[-1]
        between = (ends[0], ends[-1])
        return min(
            fit.stays_up_to(between) + fit.at(end) - last.at(end)
            for fit in self.fits
            for end in between
        ) - 1e-9 * (abs(last.at(ends[0])) + abs(last.at(ends[-1])))

    def doubtful(self, y: Floats, x: Floats) -> tuple[Bools, Ints]:
        """Who surely stays in the line of every round, and the rows of whom this is not sure.

        Parameters
        ----------
        y, x : float array, shape (n,)
            On their grids or not; NaN where missing, who are among neither.
        """
        last = self.fits[-1]
        residual = x - last.mean_x
        residual *= -last.slope
        residual += y
        residual -= last.mean_y
        sure: Bools = residual <= self._stays_up_to
        return sure, np.flatnonzero(residual > self._stays_up_to)

    def kept(self, points: Points) -> Bools:
        """Whose scores the last line was fitted to; shape (n,)."""
        kept = points.both.copy()
        _, rows = self.doubtful(*points.floats)
        some = points.at(rows)
        kept[rows] = self._kept_round_by_round(some)
        return kept

    def _kept_round_by_round(self, points: Points) -> Bools:
        kept = points.both
        for fit in self.fits[:-1]:
            kept = fit.staying(points, kept)
        return kept

    def look(self, points: Points) -> Look:
        """What the next round has to know of these points."""
        sure, rows = self.doubtful(*points.floats)
        return self.look_at(points.at(rows), ends_of(points.x[sure & points.both]))

    def look_at(self, points: Points, others: tuple[int, ...]) -> Look:
        """The same of points that may stand out, and the ends on the x axis of all others."""
        kept = self._kept_round_by_round(points)
        staying = self.fits[-1].staying(points, kept)
        return Look(
            points.sums(points.both & ~staying),
            _outermost(others, ends_of(points.x[staying])),
            int(np.count_nonzero(staying != kept)),
        )

    def after(self, look: Look) -> LineSearch:
        """The next round, once all points were looked at."""
        left_out, alike = look.leaving.n, len(set(look.ends_x)) < 2
        if left_out > MOST_LEFT_OUT * self.first.n or not look.changed or alike:
            return replace(self, open=False)
        fits = (*self.fits, Fit.of(self.first.without(look.leaving), self.least_spread))
        return replace(self, fits=fits, open=len(fits) < ROUNDS)

    def beside(self, points: Points) -> Line:
        """Each point beside the last line; there has to be one."""
        kept = self.kept(points)
        miss, error, freedom, compared = self.fits[-1].beside(points, kept)
        y, _ = points.floats
        return Line(
            np.where(compared, y - miss, np.nan),
            np.where(compared, error, np.nan),
            np.where(compared, stdtr(freedom, miss / error), np.nan),
            np.where(compared, freedom, np.nan),
            kept,
        )


@dataclass(frozen=True)
class Look:
    """What one look at some points found; those of parts add up.

    Parameters
    ----------
    leaving : LineSums
        Of the points that stand out.
    ends_x : tuple of int
        Ends on the x axis of those that do not.
    changed : int
        Points that leave the line or come back.
    """

    leaving: LineSums
    ends_x: tuple[int, ...]
    changed: int

    def __add__(self, other: Look) -> Look:
        return Look(
            self.leaving + other.leaving,
            _outermost(self.ends_x, other.ends_x),
            self.changed + other.changed,
        )


@dataclass(frozen=True, eq=False)
class Line:
    """Each candidate beside the line through the others; NaN where not compared.

    Parameters
    ----------
    expected, error, lower, degrees_of_freedom : float array, shape (n,)
    kept : bool array, shape (n,)
        Whose scores the line was fitted to.
    """

    expected: Floats
    error: Floats
    lower: Floats
    degrees_of_freedom: Floats
    kept: Bools


def line_search(points: Points, least_spread: float) -> LineSearch:
    """Fit, leave out what stands out, fit again, until nothing changes."""
    search = LineSearch.begun(points.sums(points.both), least_spread)
    while search.open:
        search = search.after(search.look(points))
    return search


def line_through_others(y: Floats, x: Floats, least_spread: float) -> Line | None:
    """Each candidate beside the line through the others; None where there is no line to fit.

    Parameters
    ----------
    y, x : float array, shape (n,)
        NaN where missing; x below 2 ** 17 in size.
    least_spread : float
        Residual spread below this is taken for rounding, not for certainty.
    """
    largest = np.abs(y[~np.isnan(y)]).max(initial=0.0)
    points = Points.of(y, x, places_for(float(largest)))
    search = line_search(points, least_spread)
    return search.beside(points) if search.fits else None

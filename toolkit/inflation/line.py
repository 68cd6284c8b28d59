"""The line of a score on the evidence behind it, each candidate's own score aside.

score = a + b · evidence + e, by least squares. A candidate is compared with the line through all
**others**: the externally studentised residual, which under normal errors has Student's t
distribution with m − 3 degrees of freedom. Candidates whose score stands out are taken out of the
line and it is fitted again, until nothing changes: several inflated scores must not hide each
other.

The sums of a round are exact and add up over parts of the candidates, so that a round is one look
at the points, wherever they are (`LineSearch`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from scipy.special import stdtr

from toolkit.arrays import Bools, Floats, Ints
from toolkit.inflation.line_fit import Fit
from toolkit.inflation.line_points import LineSums, Points, ends_of, outermost, places_for

LEAST_CANDIDATES = 8
MOST_LEFT_OUT = 0.25
ROUNDS = 10


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
            outermost(others, ends_of(points.x[staying])),
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
            outermost(self.ends_x, other.ends_x),
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

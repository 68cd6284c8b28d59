"""Scores beside evidence as whole numbers of a fine grid, and their exact sums.

The sums of parts add up to those of all, and are the same in any order.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from toolkit.arrays import Bools, Floats, Ints
from toolkit.intake.exact_sums import exact_dot, exact_sum

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
            ends_y=outermost(self.ends_y, other.ends_y),
            ends_x=outermost(self.ends_x, other.ends_x),
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


def outermost(*ends: tuple[int, ...]) -> tuple[int, ...]:
    """Lowest and highest of several; nothing of nobody."""
    there = [end for pair in ends for end in pair]
    return (min(there), max(there)) if there else ()

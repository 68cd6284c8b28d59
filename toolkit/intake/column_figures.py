"""What a screen takes from a numeric column, added up over batches.

The figures of a whole column are the sum of the figures of its parts, whatever the parts and
their order: counts and sums are unbounded integers, ends are the outermost ends. A screen
frozen on them is therefore the same to the last bit as one frozen on the column itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

import numpy as np

from toolkit.arrays import Floats, Ints
from toolkit.intake.exact_sums import exact_dot, exact_sum
from toolkit.intake.fixed_column import decimals_of, half_steps, halves_of, most_decimals, on_grid


class Figures(Protocol):
    """What freezing a screen asks of a column; `FixedColumn` and `ColumnFigures` answer it."""

    @property
    def decimals(self) -> int: ...
    @property
    def count(self) -> int: ...
    @property
    def mean(self) -> Fraction: ...
    @property
    def variance(self) -> Fraction: ...
    @property
    def lowest(self) -> int | None: ...
    @property
    def highest(self) -> int | None: ...
    @property
    def median(self) -> int | None: ...
    @property
    def value_counts(self) -> tuple[Ints, Ints]: ...
    def half_steps(self, value: float) -> Fraction: ...


@dataclass(frozen=True)
class ColumnFigures:
    """Exact figures of the present values of a column, in half steps.

    Parameters
    ----------
    decimals : int
        One step is ``10 ** -decimals``.
    count, missing : int
        How many values there are, and how many are missing.
    total, total_of_squares : int
    lowest, highest : int or None
    rounded_to : int or None
        Where values need more decimals than fit beside the largest (`most_decimals`): how many
        they were rounded to, the fewest of all parts. See `settled`.
    """

    decimals: int = 0
    count: int = 0
    missing: int = 0
    total: int = 0
    total_of_squares: int = 0
    lowest: int | None = None
    highest: int | None = None
    rounded_to: int | None = None
    #: Filled in by passes of their own, where a screen asks for them.
    known_median: int | None = field(default=None, compare=False)
    known_counts: tuple[Ints, Ints] | None = field(default=None, compare=False, repr=False)

    def __add__(self, other: ColumnFigures) -> ColumnFigures:
        """The figures of both parts together, on the finer of their grids."""
        decimals = max(self.decimals, other.decimals)
        a, b = self.finer(decimals), other.finer(decimals)
        lows = [end for end in (a.lowest, b.lowest) if end is not None]
        highs = [end for end in (a.highest, b.highest) if end is not None]
        return ColumnFigures(
            decimals=decimals,
            count=a.count + b.count,
            missing=a.missing + b.missing,
            total=a.total + b.total,
            total_of_squares=a.total_of_squares + b.total_of_squares,
            lowest=min(lows, default=None),
            highest=max(highs, default=None),
            rounded_to=_fewest(a.rounded_to, b.rounded_to),
        )

    def finer(self, decimals: int) -> ColumnFigures:
        """The same figures with at least as many decimals."""
        times = int(10 ** (decimals - self.decimals))
        if times == 1:
            return self
        return ColumnFigures(
            decimals=decimals,
            count=self.count,
            missing=self.missing,
            total=self.total * times,
            total_of_squares=self.total_of_squares * times**2,
            lowest=None if self.lowest is None else self.lowest * times,
            highest=None if self.highest is None else self.highest * times,
            rounded_to=self.rounded_to,
        )

    @property
    def _most_decimals(self) -> int:
        """How many decimals fit beside the largest value."""
        ends = [abs(end) for end in (self.lowest, self.highest) if end is not None]
        return most_decimals(max(ends, default=0) / (2 * 10**self.decimals))

    @property
    def settled_decimals(self) -> int:
        """The decimals that the whole column is held with, unless these are `too_coarse`."""
        return min(self.decimals, self._most_decimals)

    @property
    def too_coarse(self) -> bool:
        """Whether values were rounded to fewer decimals than they may need and would have room."""
        return self.rounded_to is not None and self.decimals < self._most_decimals

    @property
    def settled(self) -> bool:
        """Whether these are the figures of the column at `settled_decimals`.

        If not, they have to be taken anew. Where values were rounded, the column needs as many
        decimals as fit beside its largest value, and all have to be rounded to just these.
        """
        if self.rounded_to is None:
            return self.settled_decimals == self.decimals
        return self.rounded_to == self.decimals == self._most_decimals

    @property
    def mean(self) -> Fraction:
        """Exact mean; there has to be a value."""
        return Fraction(self.total, self.count)

    @property
    def variance(self) -> Fraction:
        """Exact population variance; there has to be a value."""
        n = self.count
        return Fraction(n * self.total_of_squares - self.total**2, n * n)

    @property
    def median(self) -> int | None:
        """The median, once it was counted; without missing values nobody needs it."""
        if self.missing and self.count and self.known_median is None:
            raise LookupError("the median was not counted")
        return self.known_median

    @property
    def value_counts(self) -> tuple[Ints, Ints]:
        if self.known_counts is None:
            raise LookupError("the values were not counted")
        return self.known_counts

    def half_steps(self, value: float) -> Fraction:
        """A value in the signal's own units in half steps; see `FixedColumn.half_steps`."""
        return half_steps(value, self.decimals)


def _fewest(a: int | None, b: int | None) -> int | None:
    return min((own for own in (a, b) if own is not None), default=None)


def figures_of(values: Floats | Ints, at_least: int = 0, *, rounded: bool = False) -> ColumnFigures:
    """The figures of one part of a column.

    Parameters
    ----------
    values : float or integer array
        NaN where missing.
    at_least : int
        Decimals that other values of the column are known to need, which are tried first; more
        are taken where these values need them.
    rounded : bool
        Whether no more than `at_least` are known to fit: values are rounded to these.

    Examples
    --------
    >>> a, b = figures_of(np.array([1.5, 2.0])), figures_of(np.array([4.0, np.nan]))
    >>> whole = a + b
    >>> whole.count, whole.missing, whole.mean / 20, whole.highest
    (3, 1, Fraction(5, 2), 80)
    """
    missing, rounded_to, places = 0, None, 0
    if values.dtype.kind == "f":
        known = values.astype(np.float64, copy=False)
        gaps = np.isnan(known)
        missing = int(np.count_nonzero(gaps))
        if missing:
            known = known[~gaps]
        places, left_off = _needed(known, at_least, rounded)
        rounded_to = places if left_off else None
        halves = halves_of(known, places)
    else:
        halves = halves_of(values, places)
    if not halves.size:
        return ColumnFigures(decimals=places, missing=missing)
    lowest, highest = int(halves.min()), int(halves.max())
    reach = max(abs(lowest), abs(highest))
    small = reach * reach * halves.size < 2**62
    return ColumnFigures(
        decimals=places,
        count=halves.size,
        missing=missing,
        total=int(halves.sum()) if small else exact_sum(halves),
        total_of_squares=int(np.dot(halves, halves)) if small else exact_dot(halves, halves),
        lowest=lowest,
        highest=highest,
        rounded_to=rounded_to,
    )


def _needed(values: Floats, at_least: int, rounded: bool) -> tuple[int, bool]:
    """Decimals that write every value, at least so many; and whether some may be left off."""
    if values.size == 0:
        return at_least, False
    most = most_decimals(max(float(values.max()), -float(values.min())))
    if rounded and at_least <= most:
        return at_least, True
    if 0 < at_least < most and on_grid(values, at_least):
        return at_least, False
    places = max(decimals_of(values), min(at_least, most))
    return places, places >= most

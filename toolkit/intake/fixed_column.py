"""A numeric column as exact integers, and the sums that a screen needs from it.

Floating-point sums depend on the order of the rows; integer sums do not. Each signal is
therefore held once as integers in *half steps* of its declared decimals: 61.5 with one
decimal is 1230 half steps of 0.05. Half steps make the median of an even number of
values exact too.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from toolkit.arrays import Bools, Floats, Ints
from toolkit.intake.exact_sums import exact_dot, exact_sum

#: Integers up to this size keep sums of cross products exact in the kernels and leave the
#: screen's coefficients at least 20 significant bits.
LARGEST_HALF_STEP = 2**34
MOST_DECIMALS = 12
#: Larger values leave too few bits for the weights of a screen, whose composites are int64.
LARGEST = 1e12
#: Spreadsheets keep 15 significant digits: 0.30000000000000004 is 0.3.
BINARY_NOISE = 1e-15


@dataclass(frozen=True)
class FixedColumn:
    """One numeric column in half steps of ``10 ** -decimals``.

    Parameters
    ----------
    halves : int64 array, shape (n_candidates,)
        Value times ``2 * 10 ** decimals``; 0 where missing.
    missing : bool array, shape (n_candidates,)
        True where there is no value.
    decimals : int
        Decimals that are kept. One *step* is ``10 ** -decimals``.
    """

    halves: Ints
    missing: Bools
    decimals: int

    @property
    def halves_per_unit(self) -> int:
        """How many half steps make one unit of the signal."""
        return 2 * int(10**self.decimals)

    def half_steps(self, value: float) -> Fraction:
        """A value in the signal's own units in half steps, exactly as its decimal text reads.

        0.07 of a column with two decimals is 14, although 0.07 * 200 is above it in binary.
        """
        return half_steps(value, self.decimals)

    @cached_property
    def any_missing(self) -> bool:
        return bool(self.missing.any())

    @cached_property
    def present(self) -> Ints:
        """Half steps of the candidates who have a value, in cohort order."""
        return self.halves[~self.missing] if self.any_missing else self.halves

    @property
    def count(self) -> int:
        """How many values are present."""
        return int(self.present.size)

    @cached_property
    def value_counts(self) -> tuple[Ints, Ints]:
        """The distinct present half steps, rising, and how often each occurs."""
        values, counts = np.unique(self.present, return_counts=True)
        return values, counts.astype(np.int64)

    @cached_property
    def total(self) -> int:
        """Exact sum of the present half steps."""
        return exact_sum(self.present)

    @cached_property
    def total_of_squares(self) -> int:
        """Exact sum of the squared present half steps."""
        return exact_dot(self.present, self.present)

    @cached_property
    def mean(self) -> Fraction:
        """Exact mean of the present half steps; there has to be one."""
        return Fraction(self.total, self.present.size)

    @cached_property
    def variance(self) -> Fraction:
        """Exact population variance of the present half steps; there has to be one."""
        n = self.present.size
        return Fraction(n * self.total_of_squares - self.total**2, n * n)

    @cached_property
    def lowest(self) -> int | None:
        return int(self.present.min()) if self.present.size else None

    @cached_property
    def highest(self) -> int | None:
        return int(self.present.max()) if self.present.size else None

    @cached_property
    def median(self) -> int | None:
        """Median of the present values in half steps, exact.

        Present values are whole steps, that is even numbers of half steps, so the mean of
        the middle two is a whole number of half steps.
        """
        n = self.present.size
        if n == 0:
            return None
        lower, upper = (n - 1) // 2, n // 2
        middle = np.partition(self.present, (lower, upper) if lower != upper else lower)
        return (int(middle[lower]) + int(middle[upper])) // 2


def fixed_column(values: Floats, decimals: int | None = None) -> FixedColumn:
    """Hold a float column as exact integers.

    Parameters
    ----------
    values : float array, shape (n_candidates,)
        NaN where missing. Infinity is refused by intake before this point.
    decimals : int, optional
        Decimals to keep; found with `decimals_of` when left out.

    Returns
    -------
    FixedColumn
    """
    missing = np.isnan(values)
    known = values[~missing] if missing.any() else values
    places = decimals_of(known) if decimals is None else decimals
    halves = halves_of(np.where(missing, 0.0, values), places)
    return FixedColumn(halves=halves, missing=missing, decimals=places)


def halves_of(values: Floats | Ints, decimals: int) -> Ints:
    """Numbers, none of them missing, in half steps of so many decimals."""
    if values.dtype.kind != "f":
        return np.multiply(values, int(2 * 10**decimals), dtype=np.int64)
    steps = values * 10.0**decimals
    np.rint(steps, out=steps)
    halves: Ints = steps.astype(np.int64)
    halves *= 2
    return halves


def half_steps(value: float, decimals: int) -> Fraction:
    """A value in its own units in half steps, exactly as its decimal text reads."""
    per_unit = 2 * int(10**decimals)
    value = float(value)
    if value.is_integer() and abs(value) < LARGEST_HALF_STEP:
        return Fraction(int(value) * per_unit)
    return Fraction(repr(value)) * per_unit


def decimals_of(values: Floats) -> int:
    """The fewest decimals that write every value to 15 digits, within what integers can hold.

    Parameters
    ----------
    values : float array
        Without NaN.

    Returns
    -------
    int
        Between 0 and 12; less than the values need when they are too large for it
        (`LARGEST_HALF_STEP`).

    Examples
    --------
    >>> decimals_of(np.array([50.0, 61.5, 0.25]))
    2
    >>> decimals_of(np.array([]))
    0
    """
    if values.size == 0:
        return 0
    most = most_decimals(float(np.abs(values).max()))
    pending = values
    for places in range(most):
        pending = pending[_off_grid(pending, places)]
        if pending.size == 0:
            return places
    return most


def most_decimals(largest: float) -> int:
    """As many decimals as integers can hold beside a number of this size."""
    room = math.log10(LARGEST_HALF_STEP / (2 * max(largest, 1.0)))
    return min(max(math.floor(room), 0), MOST_DECIMALS)


def reach_beside(decimals: int) -> float | None:
    """A size up to which numbers leave room for so many decimals; None if none does.

    Examples
    --------
    >>> most_decimals(reach_beside(3)) >= 3
    True
    """
    # A little below the exact size, so that no rounding matters.
    reach = (1 - 1e-9) * LARGEST_HALF_STEP / (2 * 10.0**decimals)
    return reach if reach >= 1 and decimals <= MOST_DECIMALS else None


def on_grid(values: Floats, decimals: int) -> bool:
    """Whether so many decimals write every value, to 15 digits."""
    return not _off_grid(values, decimals).any()


def _off_grid(values: Floats, decimals: int) -> Bools:
    scaled = values * 10.0**decimals
    residue = np.rint(scaled)
    residue -= scaled
    np.abs(residue, out=residue)
    np.abs(scaled, out=scaled)
    scaled *= BINARY_NOISE
    off: Bools = residue > scaled
    return off

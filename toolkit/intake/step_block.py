"""Columns of a batch as whole steps in floating point, and their exact sums.

One *step* is ``10 ** -decimals``. Floating point is quicker than integers of 64 bits, and as
exact as long as nothing is large:

- Whole numbers add up without a rounding while every partial sum stays below 2⁵³, in whatever
  order and with however many accumulators. Where Σ x² *as computed* is below 2⁵³, it was exact:
  its terms are not negative, so a partial sum that had reached 2⁵³ would have left the result
  there too. Then Σ |x| ≤ Σ x² is below 2⁵³ as well, and Σ x exact.
- Larger numbers are x = 2¹⁷ h + l with whole h and l, |l| ≤ 2¹⁶, and Σ x² = 2³⁴ Σ h² + 2¹⁸ Σ h l +
  Σ l². Where Σ h² and Σ l² are below 2⁵³, all three are exact, since Σ |h l| ≤ √(Σ h² Σ l²); and
  so is Σ x, since n ≤ 2¹³ of them make Σ |x| ≤ √(n Σ x²) < 2⁵¹. Beyond that the sums are taken with
  integers.
- A value x has at most d decimals, to 15 digits, if the whole number r next to x · 10ᵈ gives x
  back: ``r / 10**d == x``. Division rounds to the nearest, so x is then the binary number next
  to r / 10ᵈ, off by a factor 1 ± 2⁻⁵³ at most; x · 10ᵈ adds another, and 2 · 2⁻⁵³ < 10⁻¹⁵.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from toolkit.arrays import Bools, Floats, Ints
from toolkit.intake.exact_sums import exact_dot, exact_sum

#: Rows whose sums are taken together: short enough that the linear algebra library does not
#: start threads of its own.
PART = 2**13
#: Rows that are held at once. Between two calls of NumPy one thread at a time may go on, so that
#: calls on shorter arrays make threads wait for each other; longer ones were not quicker.
BLOCK = 16 * PART
_EXACT = 2.0**53
#: Bits of the lower half of a large number; and what leaves no room for them when it is added.
_LOWER = 17
_NO_ROOM = 1.5 * 2.0 ** (52 + _LOWER)

Numbers = npt.NDArray[np.floating | np.integer]


@dataclass(frozen=True, eq=False)
class StepBlock:
    """Room for a block of rows, used again and again.

    Parameters
    ----------
    steps : float64 array, shape (n_columns, BLOCK)
        Whole numbers; zero up to the end of the part that holds the last row.
    """

    steps: Floats
    _back: Floats = field(default_factory=lambda: np.empty(BLOCK), repr=False)
    _rest: Floats = field(default_factory=lambda: np.empty(BLOCK), repr=False)
    _differs: Bools = field(default_factory=lambda: np.empty(BLOCK, np.bool_), repr=False)

    @classmethod
    def of(cls, columns: int) -> StepBlock:
        """Room for so many columns, the same whenever this thread asks."""
        known: dict[int, StepBlock] = _rooms.__dict__.setdefault("blocks", {})
        if columns not in known:
            known[columns] = cls(np.zeros((columns, BLOCK)))
        return known[columns]

    def fill(self, column: int, values: Numbers, decimals: int, *, rounded: bool = False) -> bool:
        """Hold one column's values as steps.

        Parameters
        ----------
        column : int
        values : array, shape (n,), n ≤ BLOCK
            None of them missing.
        decimals : int
        rounded : bool
            Whether to round what does not lie on the grid.

        Returns
        -------
        bool
            Whether all lie on the grid or are rounded; if not, the column's steps mean nothing.
        """
        n = values.size
        self.steps[column, n : -(-n // PART) * PART] = 0
        steps = self.steps[column, :n]
        if decimals:
            np.multiply(values, 10.0**decimals, out=steps, dtype=np.float64)
        else:
            np.copyto(steps, values)
        if values.dtype.kind != "f":
            return True
        np.rint(steps, out=steps)
        if rounded:
            return True
        back = np.divide(steps, 10.0**decimals, out=self._back[:n]) if decimals else steps
        return not np.not_equal(back, values, out=self._differs[:n]).any()

    def parts(self, size: int) -> Floats:
        """The first so many rows in parts, shape (parts, n_columns, PART)."""
        shaped = self.steps.reshape(self.steps.shape[0], -1, PART)
        return shaped[:, : -(-size // PART)].transpose(1, 0, 2)

    def sums(self, size: int) -> list[tuple[int, int]]:
        """Σ x and Σ x² of each column, in steps, over the first so many rows."""
        steps = self.parts(size)
        squares, totals = np.vecdot(steps, steps), np.vecdot(steps, _ONES)
        small = squares < _EXACT
        exact = small[..., None] * np.stack((totals, squares), axis=-1)
        sums = exact.astype(np.int64).sum(axis=0).tolist()
        for column in np.flatnonzero(~small.all(axis=0)).tolist():
            large = ~small[:, column]
            own = steps[:, column] if large.all() else steps[large, column]
            for at, figure in enumerate(self._sums_of_large(own, totals[large, column])):
                sums[column][at] += figure
        return [(total, square) for total, square in sums]

    def _sums_of_large(self, steps: Floats, totals: Floats) -> tuple[int, int]:
        """Σ x and Σ x², exactly, of numbers in parts, shape (parts, PART), with Σ x of each."""
        high = self._back.reshape(-1, PART)[: len(steps)]
        low = self._rest.reshape(-1, PART)[: len(steps)]
        np.add(steps, _NO_ROOM, out=high)
        high -= _NO_ROOM
        np.subtract(steps, high, out=low)
        unit = 2.0**_LOWER
        squares = np.vecdot(high, high) / unit**2
        rest = np.vecdot(low, low)
        if max(squares.max(), rest.max()) >= _EXACT:
            whole: Ints = steps.astype(np.int64).reshape(-1)
            return exact_sum(whole), exact_dot(whole, whole)

        def total(sums: Floats) -> int:
            return int(sums.astype(np.int64).sum())

        across = total(np.vecdot(high, low) / unit)
        both = (total(squares) << 2 * _LOWER) + (across << _LOWER + 1) + total(rest)
        return total(totals), both


_ONES = np.ones(PART)
_rooms = threading.local()

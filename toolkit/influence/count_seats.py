"""Counts of those who hold the seats, at every cut-off of a contest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from toolkit.arrays import Floats, Ints
from toolkit.influence.last_seats import Seating

Values = npt.NDArray[np.float64] | npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Counted:
    """What is counted of those who hold seats.

    Parameters
    ----------
    key : int array, shape (m,)
        ``reached · 2 ** bits + cell`` of each candidate.
    bits : int
        Enough for every cell.
    value : float or int32 array, shape (m,)
        Whole numbers, so that their sums are exact in any order.
    """

    key: Ints
    bits: int
    value: Values

    @classmethod
    def of(cls, reached: Ints, cell: Ints, n_cells: int, value: Values) -> Counted:
        """Candidates of these cells, each below `n_cells`."""
        bits = (n_cells - 1).bit_length()
        return cls((reached.astype(np.int64) << bits) | cell, bits, value)

    def of_rows(self, rows: Ints) -> Counted:
        """Some of the candidates."""
        return Counted(self.key[rows], self.bits, self.value[rows])

    @classmethod
    def joined(cls, parts: Sequence[Counted]) -> Counted:
        """The candidates of one part, then those of the next."""
        key = np.concatenate([part.key for part in parts])
        return cls(key, parts[0].bits, np.concatenate([part.value for part in parts]))

    def until_dropped(self, n_cutoffs: int) -> tuple[Ints, Floats]:
        """What `count_seats` says of those who hold a seat at every cut-off that they reach."""
        return self._marks(np.bitwise_and(self.key, (1 << self.bits) - 1), self.key, n_cutoffs)

    def count_seats(self, seating: Seating) -> tuple[Ints, Floats]:
        """How many of each cell, and which value in all, each cut-off adds to the one below it.

        Parameters
        ----------
        seating : Seating
            Of the same candidates.

        Returns
        -------
        counts : int64 array, shape (n_cutoffs, 2 ** bits)
        totals : float array, shape (n_cutoffs,)
            Both become those of each cut-off when they are added up along the cut-offs.
        """
        n_cutoffs = seating.seats.size
        steps = np.diff(seating.seats, prepend=0, append=seating.order.size)
        begin = np.full(self.key.size, n_cutoffs, dtype=self.key.dtype)
        begin[seating.order] = np.repeat(np.arange(n_cutoffs + 1, dtype=begin.dtype), steps)
        begin <<= self.bits
        begin |= self.key & ((1 << self.bits) - 1)
        # Who drops out before the seats come down to them begins and ends there: nothing stays.
        return self._marks(begin, np.maximum(begin, self.key), n_cutoffs)

    def _marks(self, begin: Ints, end: Ints, n_cutoffs: int) -> tuple[Ints, Floats]:
        width = 1 << self.bits
        size = (n_cutoffs + 1) * width
        counts: Ints = np.bincount(begin, minlength=size)
        counts -= np.bincount(end, minlength=size)
        sums = np.bincount(begin, self.value, size) - np.bincount(end, self.value, size)
        totals: Floats = sums.reshape(n_cutoffs + 1, width).sum(axis=1)
        return counts.reshape(n_cutoffs + 1, width)[:-1], totals[:-1]

"""Who of a row of people passes which cut-off, counted block by block."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from toolkit.arrays import Ints

#: Blocks have at least so many; for more people, about the square root of how many there are.
SMALLEST_BLOCK = 128


@dataclass(frozen=True, eq=False)
class Passing:
    """People in a row, and how many of them pass each cut-off.

    Parameters
    ----------
    reached : int array, shape (n_blocks, block)
        How many cut-offs, from the lowest, each of them reaches; 0 behind the last. Who
        reaches more than t cut-offs passes the cut-off at position t.
    failing : int64 array, shape (n_blocks + 1, n_cutoffs + 1)
        How many in front of each block do not pass; at the end of a row, how many there are.
    """

    reached: Ints
    failing: Ints

    @classmethod
    def of(cls, reached: Ints, n_cutoffs: int) -> Passing:
        """Count the people in this order."""
        size = reached.size
        block = max(SMALLEST_BLOCK, 1 << (math.isqrt(size).bit_length()))
        n_blocks = -(-size // block)
        padded = np.zeros((n_blocks, block), dtype=reached.dtype)
        padded.reshape(-1)[:size] = reached
        width = n_cutoffs + 1
        index = padded + (np.arange(1, n_blocks + 1) * width)[:, None]
        failing = np.bincount(index.ravel(), minlength=(n_blocks + 1) * width)
        failing = failing.reshape(n_blocks + 1, width)
        for before, own in pairwise(failing):
            own += before
        np.cumsum(failing, axis=1, out=failing)
        return cls(padded, failing)

    def before(self, block: Ints, cutoffs: Ints) -> Ints:
        """How many in front of a block pass a cut-off, for pairs of both."""
        count: Ints = self.failing[block, -1] - self.failing[block, cutoffs]
        return count

    def among_first(self, positions: Ints, cutoffs: Ints) -> Ints:
        """How many of the first so many pass a cut-off, for pairs of both."""
        if not positions.size:
            return positions
        width = self.reached.shape[1]
        block, rest = np.divmod(positions, width)
        inside = np.minimum(block, len(self.reached) - 1)
        passes = self.reached[inside] > cutoffs[:, None].astype(self.reached.dtype)
        passes &= np.arange(width) < rest[:, None]
        found: Ints = self.before(block, cutoffs) + np.count_nonzero(passes, axis=1)
        return found

    def place_of(self, nth: Ints, cutoffs: Ints) -> Ints:
        """Where the n-th stands who passes a cut-off, for pairs of n, from 1, and cut-off.

        There have to be as many.
        """
        if not nth.size:
            return nth
        width = self.reached.shape[1]
        block, behind = np.zeros_like(cutoffs), np.full_like(cutoffs, len(self.reached))
        while (behind - block > 1).any():
            middle = (block + behind) // 2
            further = self.before(middle, cutoffs) < nth
            block = np.where(further, middle, block)
            behind = np.where(further, behind, middle)
        passes = self.reached[block] > cutoffs[:, None].astype(self.reached.dtype)
        small = np.int16 if width < 2**15 else np.int64
        left = (nth - self.before(block, cutoffs)).astype(small)
        ahead = (passes.cumsum(axis=1, dtype=small) < left[:, None]).sum(axis=1)
        place: Ints = block * width + ahead
        return place

"""Rows near the cut are kept, all others counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from toolkit.arrays import Ints
from toolkit.screening.at_scale.columns import Cells
from toolkit.screening.at_scale.contest import Contest

#: Kept rows are folded together once there are so many more.
FOLD = 2**20


@dataclass(frozen=True)
class Bracket:
    """Composites between which the cut is expected; both ends belong to it."""

    low: int
    high: int


@dataclass(frozen=True, eq=False)
class Near:
    """What one variant makes of some rows.

    Parameters
    ----------
    eligible : int64 array, shape (n_cells,)
        Who passes the gates.
    above : int64 array, shape (n_cells,)
        Of these, whose composite lies above the bracket.
    keys : int64 array, shape (m, 1 + n_ties)
        Composite and tie-breakers of those within it, each combination once a cell.
    cell : int64 array, shape (m,)
    count : int64 array, shape (m,)
    folded : int
        How many rows of `keys` are known to differ.
    """

    eligible: Ints
    above: Ints
    keys: Ints
    cell: Ints
    count: Ints
    folded: int = 0

    def __add__(self, other: Near) -> Near:
        both = Near(
            self.eligible + other.eligible,
            self.above + other.above,
            np.concatenate((self.keys, other.keys)),
            np.concatenate((self.cell, other.cell)),
            np.concatenate((self.count, other.count)),
            max(self.folded, other.folded),
        )
        return both.fold() if both.cell.size - both.folded > FOLD else both

    def fold(self) -> Near:
        """The same with equal rows put together."""
        order = np.lexsort((self.cell, *self.keys.T[::-1]))
        keys, cell, count = self.keys[order], self.cell[order], self.count[order]
        if cell.size:
            new = np.append(True, (keys[1:] != keys[:-1]).any(axis=1) | (cell[1:] != cell[:-1]))
            at = np.flatnonzero(new)
            keys, cell, count = keys[at], cell[at], np.add.reduceat(count, at)
        return Near(self.eligible, self.above, keys, cell, count, cell.size)


@dataclass(frozen=True, eq=False)
class AllNear:
    """What each variant makes of some rows."""

    of: tuple[Near, ...]

    def __add__(self, other: AllNear) -> AllNear:
        return AllNear(tuple(a + b for a, b in zip(self.of, other.of, strict=True)))


@dataclass(frozen=True)
class NearKernel:
    """Counts and keeps, for each variant of a contest.

    Parameters
    ----------
    contest : Contest
    brackets : tuple of Bracket
        One a variant.
    cells : Cells
    """

    contest: Contest
    brackets: tuple[Bracket, ...]
    cells: Cells

    def __call__(self, batch: pa.RecordBatch) -> AllNear:
        cell = self.cells.of_rows(batch)
        n_cells = len(self.cells)
        found = []
        for standing, bracket in zip(self.contest.standings(batch), self.brackets, strict=True):
            composite, eligible = standing.keys[0], standing.eligible
            everyone = bool(eligible.all())
            above = composite > bracket.high
            near = composite >= bracket.low
            near ^= above
            if not everyone:
                above &= eligible
                near &= eligible
            rows = np.flatnonzero(near)
            found.append(
                Near(
                    np.bincount(cell if everyone else cell[eligible], minlength=n_cells),
                    np.bincount(cell[above], minlength=n_cells),
                    np.column_stack([key[rows] for key in standing.keys]),
                    cell[rows],
                    np.ones(rows.size, dtype=np.int64),
                )
            )
        return AllNear(tuple(found))

"""Rows near the cut are kept, all others counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from toolkit.arrays import Bools, Ints
from toolkit.screening.at_scale.columns import Cells
from toolkit.screening.at_scale.contest import Contest

#: Kept rows are folded together once there are so many more.
FOLD = 2**20


@dataclass(frozen=True)
class Bracket:
    """Composites between which the cut is expected; both ends belong to it."""

    low: int
    high: int

    def split(self, composites: Ints, eligible: Bools | None) -> tuple[Bools, Bools]:
        """Whose composite lies above it, and whose within it; `eligible` is None for everybody."""
        above = composites > self.high
        near = composites >= self.low
        near ^= above
        if eligible is not None:
            above &= eligible
            near &= eligible
        return above, near


@dataclass(frozen=True, eq=False)
class Kept:
    """Rows within a bracket: m combinations of keys and cell.

    Parameters
    ----------
    keys : int64 array, shape (m, 1 + n_ties)
        Composite and tie-breakers.
    cell : uint16 array, shape (m,)
    count : int64 array, shape (m,)
        How many rows each combination stands for.
    """

    keys: Ints
    cell: npt.NDArray[np.uint16]
    count: Ints

    def __len__(self) -> int:
        return int(self.cell.size)

    @classmethod
    def together(cls, parts: Sequence[Kept]) -> Kept:
        """All parts as one; equal rows may stand in several."""
        if len(parts) == 1:
            return parts[0]
        return cls(
            np.concatenate([part.keys for part in parts]),
            np.concatenate([part.cell for part in parts]),
            np.concatenate([part.count for part in parts]),
        )

    def folded(self) -> Kept:
        """The same with equal rows put together, in rising order of their keys."""
        order = np.lexsort((self.cell, *self.keys.T[::-1]))
        keys, cell, count = self.keys[order], self.cell[order], self.count[order]
        if not cell.size:
            return Kept(keys, cell, count)
        new = np.append(True, (keys[1:] != keys[:-1]).any(axis=1) | (cell[1:] != cell[:-1]))
        at = np.flatnonzero(new)
        return Kept(keys[at], cell[at], np.add.reduceat(count, at))


@dataclass(frozen=True, eq=False)
class Near:
    """What one variant makes of some rows.

    Parameters
    ----------
    eligible : int64 array, shape (n_cells,)
        Who passes the gates.
    above : int64 array, shape (n_cells,)
        Of these, whose composite lies above the bracket.
    parts : tuple of Kept
        Those within it, few and each larger than the next.
    folded : int
        How many of these rows are known to differ.
    """

    eligible: Ints
    above: Ints
    parts: tuple[Kept, ...]
    folded: int = 0

    def __add__(self, other: Near) -> Near:
        parts = [*self.parts, *other.parts]
        # Each row is copied as often as parts double in size, not once a batch.
        while len(parts) > 1 and len(parts[-2]) <= 2 * len(parts[-1]):
            parts[-2:] = [Kept.together(parts[-2:])]
        both = Near(
            self.eligible + other.eligible,
            self.above + other.above,
            tuple(parts),
            max(self.folded, other.folded),
        )
        return both.fold() if sum(map(len, parts)) - both.folded > FOLD else both

    def fold(self) -> Near:
        """The same with equal rows put together."""
        whole = Kept.together(self.parts).folded()
        return Near(self.eligible, self.above, (whole,), len(whole))

    @property
    def kept(self) -> Kept:
        """Everybody within the bracket."""
        return Kept.together(self.parts)


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
        cell = self.cells.of_rows(batch).astype(np.uint16)
        n_cells = len(self.cells)
        everyone = np.bincount(cell, minlength=n_cells)
        found = []
        for standing, bracket in zip(self.contest.standings(batch), self.brackets, strict=True):
            eligible = None if standing.eligible.all() else standing.eligible
            above, near = bracket.split(standing.keys[0], eligible)
            rows = np.flatnonzero(near)
            kept = Kept(
                np.column_stack([key[rows] for key in standing.keys]),
                cell[rows],
                np.ones(rows.size, dtype=np.int64),
            )
            found.append(
                Near(
                    everyone
                    if eligible is None
                    else np.bincount(cell[eligible], minlength=n_cells),
                    np.bincount(cell[above], minlength=n_cells),
                    (kept,),
                )
            )
        return AllNear(tuple(found))


def _counted(cell: npt.NDArray[np.uint16], who: Bools, n_cells: int) -> Ints:
    """How many of each cell."""
    if n_cells == 1:
        return np.array([np.count_nonzero(who)], dtype=np.int64)
    return np.bincount(cell[who], minlength=n_cells)

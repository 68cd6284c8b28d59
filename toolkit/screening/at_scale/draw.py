"""Lots among those level at a cut, as a condition on one candidate.

Where a screen is coarse, millions may be level. Their codes are therefore not kept: eight bytes
of each, the lot, say who is drawn, up to the last lot that is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.arrays import Bools, Ints
from toolkit.errors import InputError
from toolkit.screening.lottery import Lots, lots

#: Of a combination of groups; `toolkit.screening.at_scale.columns.MOST_CELLS` of them fit.
Cell = npt.NDArray[np.int16]


@dataclass(frozen=True, eq=False)
class Draw:
    """Who of those level at a cut was drawn.

    Parameters
    ----------
    screen_name : str
    last : int
        The last lot that was drawn.
    sharing : frozenset of str or None
        Who was drawn of those with exactly this lot; None where all of them were.
    """

    screen_name: str
    last: int
    sharing: frozenset[str] | None = None

    def has(self, codes: pa.Array) -> Bools:
        """Whether those with these codes were drawn."""
        texts = codes_of(codes)
        own = lots(self.screen_name, texts)
        if self.sharing is None:
            return own <= self.last
        chosen: Bools = own < self.last
        for row in np.flatnonzero(own == self.last).tolist():
            chosen[row] = texts[row] in self.sharing
        return chosen


@dataclass(frozen=True, eq=False)
class LotsAtCut:
    """Lots and cells of those level at one cut, in parts.

    Parameters
    ----------
    lots : list of uint64 array
    cells : list of int16 array
    """

    lots: list[Lots]
    cells: list[Cell]

    @classmethod
    def of(cls, screen_name: str, codes: pa.Array, cell: Ints) -> LotsAtCut:
        """Draw a lot for each of these."""
        return cls([lots(screen_name, codes_of(codes))], [cell.astype(np.int16)])

    def __add__(self, other: LotsAtCut) -> LotsAtCut:
        return LotsAtCut(self.lots + other.lots, self.cells + other.cells)

    def drawn(self, room: int, n_cells: int) -> tuple[int, int, Ints]:
        """The last lot that is drawn.

        Parameters
        ----------
        room : int
            How many are drawn.
        n_cells : int

        Returns
        -------
        last : int
        left : int
            How many of those who share the last lot are drawn; none where all of them are.
        drawn : int64 array, shape (n_cells,)
            Those drawn by cell, without who shares the last lot where some of these are not.
        """
        own, cells = np.concatenate(self.lots), np.concatenate(self.cells)
        last = np.partition(own, room - 1)[room - 1]
        before = own < last
        left = room - int(np.count_nonzero(before))
        if left == np.count_nonzero(own == last):
            before, left = own <= last, 0
        return int(last), left, np.bincount(cells[before], minlength=n_cells)


def codes_of(codes: pa.Array) -> Sequence[str]:
    """Codes as texts."""
    texts: list[str] = pc.cast(codes, pa.string()).to_pylist()
    return texts


def no_codes(level: int, where: str) -> InputError:
    """What is said where so many are level at a cut, and nobody has a code to draw lots by."""
    return InputError(
        f"{level:,} rows are level at {where}, so lots have to be drawn, and there is no column "
        "'candidate_id' to draw them by. Name the column of codes with --id, or add tie-breakers "
        "to the screen."
    )

"""What a sweep needs of each of many rows, a few numbers each, gathered batch by batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.arrays import Floats, Ints
from toolkit.influence.count_seats import Counted, Values
from toolkit.influence.field import Field, Parts
from toolkit.influence.last_seats import Lots
from toolkit.influence.sweep_figures import FINE
from toolkit.influence.sweep_parts import cutoffs_reached, parts_of
from toolkit.screening import kernels
from toolkit.screening.at_scale.columns import Cells
from toolkit.screening.at_scale.contest import Contest
from toolkit.screening.at_scale.cut import Cut
from toolkit.screening.at_scale.draw import no_codes
from toolkit.screening.frozen import FrozenScreen
from toolkit.screening.lottery import Lottery


@dataclass(frozen=True, eq=False)
class Gathered:
    """Candidates who pass every gate that stays and reach a cut-off; a chunk a batch.

    Parameters
    ----------
    rest, own : tuple of int64 arrays
        As in `toolkit.influence.sweep_parts.SweepParts`.
    key : tuple of int arrays
        As `Counted` has it.
    value : tuple of float or int32 arrays
    ties : tuple of int64 arrays, shape (n_ties, m)
    ids : tuple of Arrow arrays of text
        Empty where the rows have no codes.
    """

    rest: tuple[Ints, ...]
    own: tuple[Ints, ...]
    key: tuple[Ints, ...]
    value: tuple[Values, ...]
    ties: tuple[Ints, ...]
    ids: tuple[pa.Array, ...]

    def __add__(self, other: Gathered) -> Gathered:
        return Gathered(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    def everybody(self, frozen: FrozenScreen, bits: int, n_cutoffs: int) -> Parts:
        """All of them; nothing is copied."""
        small = np.min_scalar_type(-n_cutoffs - 1)
        lots: Lots = _NoCodes()
        if self.ids:
            lots = Lottery(frozen.screen.name, cast(Any, _Codes.of(self.ids)))
        columns = zip(self.rest, self.own, self.key, self.value, self.ties, strict=True)
        parts = [
            Field(
                rest=rest,
                own=own,
                reached=(key >> bits).astype(small),
                n_cutoffs=n_cutoffs,
                tie_keys=tuple(ties),
                lottery=lots,
                places=frozen.places,
                counted=Counted(key, bits, value),
            )
            for rest, own, key, value, ties in columns
        ]
        return Parts(parts, lots)


@dataclass(frozen=True)
class GatherKernel:
    """From a batch to what a sweep needs of its rows.

    Parameters
    ----------
    plain : Contest
        The screen without any score.
    cut : Cut
        Its cut.
    frozen : FrozenScreen
        The screen of the sweep.
    score : str
    thresholds : int64 array, rising
        The cut-offs on it, as `thresholds_of` has them.
    cells : Cells
        Of the group attribute, where one is asked for.
    group : int64 array, shape (n_cells,)
        Number of each cell's group.
    bits : int
        Of a cell of the sweep, as `Counted` has it.
    id_column : str or None
    """

    plain: Contest
    cut: Cut
    frozen: FrozenScreen
    score: str
    thresholds: Ints
    cells: Cells
    group: Ints
    bits: int
    id_column: str | None

    def __call__(self, batch: pa.RecordBatch) -> Gathered:
        size = batch.num_rows
        fixed = self.plain.columns.fixed(batch)
        ids = None if self.id_column is None else batch.column(self.id_column)
        (standing,) = self.plain.standings_of(fixed, size)
        chosen = self.cut.selects(standing, ids)
        composite = np.ldexp(standing.keys[0].astype(np.float64), -self.plain.frozen.exponent)
        composite[~kernels.complete(self.plain.frozen, fixed, size)] = 0.0
        parts = parts_of(self.frozen, fixed, size, [self.score])
        reached = cutoffs_reached(fixed[self.score], self.frozen, self.score, self.thresholds)
        reached = reached[parts.rows]
        some = np.flatnonzero(reached)
        rows = parts.rows[some]
        cell = (self.group[self.cells.of_rows(batch)[rows]] * 2 + chosen[rows]) * 2
        key = (reached[some] << self.bits) | cell
        small = np.min_scalar_type(-((self.thresholds.size + 1) << self.bits) - 1)
        ties = np.array([k[some] for k in parts.tie_keys], dtype=np.int64)
        codes: tuple[pa.Array, ...] = ()
        if ids is not None:
            codes = (pc.cast(ids.take(pa.array(rows)), pa.string()),)
        return Gathered(
            (parts.rest[some],),
            (parts.own[0][some],),
            (key.astype(small),),
            (_small(np.rint(composite[rows] * FINE)),),
            (ties.reshape(len(parts.tie_keys), some.size),),
            codes,
        )


def _small(whole: Floats) -> Values:
    """Whole numbers in half the space, where they fit."""
    fits = not whole.size or bool(np.abs(whole).max() < 2**31)
    return whole.astype(np.int32) if fits else whole


@dataclass(frozen=True, eq=False)
class _Codes:
    """Codes that are made into Python texts only where they are asked for.

    Parameters
    ----------
    chunks : sequence of Arrow arrays of text
    begin : int64 array, shape (n_chunks + 1,)
        Where each chunk begins.
    """

    chunks: Sequence[pa.Array]
    begin: Ints

    @classmethod
    def of(cls, chunks: Sequence[pa.Array]) -> _Codes:
        return cls(chunks, np.cumsum([0, *map(len, chunks)]))

    @property
    def shape(self) -> tuple[int]:
        return (int(self.begin[-1]),)

    def __getitem__(self, rows: Ints) -> npt.NDArray[np.object_]:
        found = np.empty(rows.size, dtype=object)
        chunk = np.searchsorted(self.begin, rows, side="right") - 1
        order = np.argsort(chunk, kind="stable")
        ends = np.searchsorted(chunk[order], np.arange(len(self.chunks) + 1))
        for at in np.flatnonzero(np.diff(ends)).tolist():
            own = order[ends[at] : ends[at + 1]]
            taken = self.chunks[at].take(pa.array(rows[own] - self.begin[at]))
            found[own] = taken.to_numpy(zero_copy_only=False)
        return found


class _NoCodes:
    """Stands for the lots where nobody has a code to draw one by."""

    def in_order(self, rows: Ints) -> Ints:
        raise no_codes(rows.size, "a cut of the sweep")

"""The last of the selected, whom those not selected have to pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.arrays import Bools, Ints
from toolkit.screening.at_scale.contest import Contest, Standing
from toolkit.screening.at_scale.cut import Cut, compare
from toolkit.screening.at_scale.select import Ground
from toolkit.screening.lottery import Lottery


@dataclass(frozen=True)
class LastIn:
    """The last of the selected, whom those not selected have to pass.

    Parameters
    ----------
    columns : mapping of str to int
        Half steps of each signal; a missing value is left out.
    candidate_id : str
    keys : tuple of int
        Composite and tie-breakers.
    """

    columns: Mapping[str, int]
    candidate_id: str
    keys: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class CodesBeside:
    """Codes of some rows of a batch, that of the last of the selected behind them.

    Few ask for one, so that each is read when it is asked for.

    Parameters
    ----------
    ids : Array or None
        Of the batch; without it nobody has a code.
    rows : int64 array, shape (m,)
    last : LastIn or None
    """

    ids: pa.Array | None
    rows: Ints
    last: LastIn | None

    @property
    def shape(self) -> tuple[int, ...]:
        return (self.rows.size + (self.last is not None),)

    def __getitem__(self, at: Ints) -> npt.NDArray[np.object_]:
        found = np.full(at.shape, "", dtype=object)
        own = at < self.rows.size
        if self.ids is not None:
            found[own] = codes_of(self.ids, self.rows[at[own]])
        if self.last is not None:
            found[~own] = self.last.candidate_id
        return found


def codes_of(ids: pa.Array, rows: Ints) -> npt.NDArray[np.object_]:
    """Codes of some rows of a batch, as texts."""
    taken = pc.cast(ids.take(pa.array(rows)), pa.string())
    found: npt.NDArray[np.object_] = taken.to_numpy(zero_copy_only=False)
    return found.astype(object, copy=False)


@dataclass(frozen=True, eq=False)
class _Worst:
    """The last of the selected of some rows: those level with each other behind all others."""

    key: tuple[int, ...]
    ids: npt.NDArray[np.object_]
    halves: Ints
    missing: Bools

    def __add__(self, other: _Worst) -> _Worst:
        if not (self.ids.size and other.ids.size and self.key == other.key):
            empty = not other.ids.size or (bool(self.ids.size) and self.key < other.key)
            return self if empty else other
        return _Worst(
            self.key,
            np.concatenate((self.ids, other.ids)),
            np.concatenate((self.halves, other.halves)),
            np.concatenate((self.missing, other.missing)),
        )


@dataclass(frozen=True)
class _WorstKernel:
    contest: Contest
    cut: Cut
    id_column: str | None

    def __call__(self, batch: pa.RecordBatch) -> _Worst:
        fixed = self.contest.columns.fixed(batch)
        (standing,) = self.contest.standings_of(fixed, batch.num_rows)
        last, cut = self.cut.last, self.cut
        if last is not None and not cut.by_lot:
            # Everybody level with the cut is in; nobody else comes last.
            rows = np.flatnonzero(standing.keys[0] == last[0])
            level = Standing(tuple(key[rows] for key in standing.keys), standing.eligible[rows])
            rows = rows[level.eligible & compare(level.keys, last)[1]]
            key = last if rows.size else ()
        else:
            ids = None if self.id_column is None else batch.column(self.id_column)
            rows = np.flatnonzero(cut.selects(standing, ids))
            rows, key = _lowest(standing, rows)
        columns = list(fixed.values())
        shape = (len(columns), rows.size)
        codes = np.full(rows.size, "", dtype=object)
        if self.id_column is not None:
            codes = codes_of(batch.column(self.id_column), rows)
        return _Worst(
            key,
            codes,
            np.array([column.halves[rows] for column in columns]).reshape(shape).T,
            np.array([column.missing[rows] for column in columns]).reshape(shape).T,
        )


def _lowest(standing: Standing, rows: Ints) -> tuple[Ints, tuple[int, ...]]:
    """Those of some rows whom all others are ahead of or level with, and their keys."""
    key = []
    for values in standing.keys:
        if rows.size:
            lowest = values[rows].min()
            rows = rows[values[rows] == lowest]
            key.append(int(lowest))
    return rows, tuple(key)


def last_in(ground: Ground, contest: Contest, cut: Cut) -> LastIn | None:
    """The last of the selected; by lot among those level, as everywhere."""
    alone = Contest(contest.columns, contest.frozen)
    columns = [*ground.columns.names, *([ground.id_column] if ground.id_column else [])]
    found = ground.engine.add_up(columns, _WorstKernel(alone, cut, ground.id_column))
    if found is None or not found.ids.size:
        return None
    lottery = Lottery(ground.frozen.screen.name, found.ids)
    at = int(lottery.in_order(np.arange(found.ids.size))[-1])
    columns_of_last = {
        name: int(found.halves[at, position])
        for position, name in enumerate(ground.columns.names)
        if not found.missing[at, position]
    }
    return LastIn(columns_of_last, str(found.ids[at]), found.key)

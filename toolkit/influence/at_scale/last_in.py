"""The last of the selected, whom those not selected have to pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.arrays import Bools, Ints
from toolkit.screening.at_scale.contest import Contest
from toolkit.screening.at_scale.cut import Cut
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
    """

    columns: Mapping[str, int]
    candidate_id: str


def ids_of(
    ids: pa.Array | None, rows: Ints, last: LastIn | None, size: int
) -> npt.NDArray[np.object_]:
    """Codes of some rows of a batch, that of the last of the selected behind them."""
    found = np.empty(size, dtype=object)
    if ids is not None:
        taken = pc.cast(ids.take(pa.array(rows)), pa.string())
        found[: rows.size] = taken.to_numpy(zero_copy_only=False)
    else:
        found[: rows.size] = ""
    if last is not None:
        found[-1] = last.candidate_id
    return found


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
        ids = None if self.id_column is None else batch.column(self.id_column)
        rows = np.flatnonzero(self.cut.selects(standing, ids))
        key = []
        for values in standing.keys:
            if rows.size:
                lowest = values[rows].min()
                rows = rows[values[rows] == lowest]
                key.append(int(lowest))
        columns = list(fixed.values())
        shape = (len(columns), rows.size)
        return _Worst(
            tuple(key),
            ids_of(ids, rows, None, rows.size),
            np.array([column.halves[rows] for column in columns]).reshape(shape).T,
            np.array([column.missing[rows] for column in columns]).reshape(shape).T,
        )


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
    return LastIn(columns_of_last, str(found.ids[at]))

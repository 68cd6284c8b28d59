"""Margins of some rows of a batch, with the last of the selected put beside them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, cast

import numpy as np
import pyarrow as pa

from toolkit.arrays import Bools, Floats, Ints
from toolkit.influence.at_scale.last_in import CodesBeside, LastIn
from toolkit.influence.margins import smallest_changes
from toolkit.intake.cohort import Signal
from toolkit.intake.fixed_column import FixedColumn
from toolkit.screening import kernels
from toolkit.screening.at_scale.contest import Contest, Standing
from toolkit.screening.decisions import Decisions
from toolkit.screening.lottery import Lottery

#: Composites differ by less.
_FAR = 2**62


@dataclass(frozen=True, eq=False)
class Beside:
    """A batch, and the last of the selected.

    Parameters
    ----------
    contest : Contest
    fixed : mapping of str to FixedColumn
        The signals of the batch.
    own : Standing
        Of its rows, under the screen as it is.
    ids : Array or None
    last : LastIn or None
        None where a place is free.
    """

    contest: Contest
    fixed: Mapping[str, FixedColumn]
    own: Standing
    ids: pa.Array | None
    last: LastIn | None

    def within_reach(self, rows: Ints, signal: str, units: float) -> Ints:
        """Those of some rows whom a rise of a signal by so many units may bring in.

        A rise by Δ half steps adds c · Δ to the composite, with c the signal's coefficient, and
        that has to make up for the distance to the last of the selected, whatever the gates say.
        On a scale of percentiles anybody may be brought in.
        """
        weight = self.contest.frozen.weights.get(signal)
        if self._gap is None or (weight is not None and weight.table is not None):
            return rows
        gap, column = self._gap[rows], self.fixed[signal]
        coefficient = max(weight.coefficient if weight else 0, 0)
        near = gap <= min(coefficient * math.ceil(units * column.halves_per_unit), _FAR)
        rows = rows[near]
        high = self.contest.columns.about[signal].high
        if high is not None and coefficient:
            room = math.floor(column.half_steps(high)) - column.halves[rows]
            rows = rows[gap[near] // coefficient <= room]
        return rows

    def margins(self, rows: Ints, signal: str) -> tuple[Floats, Bools]:
        """Margins of these rows in one signal, and of the last, who is the one selected.

        Returns
        -------
        float array, shape (m,)
        bool array, shape (m,)
        """
        frozen, last = self.contest.frozen, self.last
        column = _beside(self.fixed[signal], rows, last, signal)
        size = rows.size + (last is not None)
        chosen = np.zeros(size, dtype=np.bool_)
        chosen[rows.size :] = True
        keys = [key[rows] for key in self.own.keys]
        if last is not None:
            keys = [np.append(key, value) for key, value in zip(keys, last.keys, strict=True)]
        eligible = self._with_last(self.own.eligible, rows)
        decisions = Decisions(
            frozen=replace(frozen, places=int(np.count_nonzero(eligible)) + (last is None)),
            # Looked up where lots are asked for, as an array would be.
            lottery=Lottery(frozen.screen.name, cast(Any, CodesBeside(self.ids, rows, last))),
            composites=keys[0],
            tie_keys=tuple(keys[1:]),
            passed=np.array(
                [self._with_last(met, rows) for met in self._passed], dtype=np.bool_
            ).reshape(len(frozen.gates), size),
            complete=self._with_last(self._complete, rows),
            eligible=eligible,
            missing={
                name: self._with_last(column.missing, rows, missing=name)
                for name, column in self.fixed.items()
                if column.any_missing
            },
            selected=chosen,
            tied_at_cut=np.zeros(size, dtype=np.bool_),
        )
        some = _Some(column, self.contest.columns.about[signal])
        return smallest_changes(some, decisions, [signal])[0], chosen

    @cached_property
    def _gap(self) -> Ints | None:
        return None if self.last is None else self.last.keys[0] - self.own.keys[0]

    @cached_property
    def _passed(self) -> list[Bools]:
        frozen = self.contest.frozen
        return [kernels.passes(frozen, gate, self.fixed) for gate in frozen.gates]

    @cached_property
    def _complete(self) -> Bools:
        return kernels.complete(self.contest.frozen, self.fixed, self.own.eligible.size)

    def _with_last(self, values: Bools, rows: Ints, missing: str = "") -> Bools:
        """What is true of these rows, and of the last, who passes every gate."""
        if self.last is None:
            return values[rows]
        of_last = missing not in self.last.columns if missing else True
        return np.append(values[rows], of_last)


@dataclass(frozen=True, eq=False)
class _Some:
    """Rows of which one signal is known."""

    column: FixedColumn
    about: Signal

    def __len__(self) -> int:
        return int(self.column.halves.size)

    def fixed(self, _: str, /) -> FixedColumn:
        return self.column

    def signal(self, _: str, /) -> Signal:
        return self.about


def _beside(column: FixedColumn, rows: Ints, last: LastIn | None, name: str) -> FixedColumn:
    """Some rows of a column, and the last of the selected behind them."""
    if last is None:
        return FixedColumn(column.halves[rows], column.missing[rows], column.decimals)
    return FixedColumn(
        np.append(column.halves[rows], last.columns.get(name, 0)),
        np.append(column.missing[rows], name not in last.columns),
        column.decimals,
    )

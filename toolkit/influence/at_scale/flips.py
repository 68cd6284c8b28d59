"""Row by row: whose decision a signal changes, and whom a rise of it would seat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import pandas as pd
import pyarrow as pa

from toolkit.arrays import Bools, Floats, Ints
from toolkit.influence.at_scale.last_in import LastIn, ids_of
from toolkit.influence.influence import RISES, seats_bought
from toolkit.influence.margins import smallest_changes
from toolkit.intake.cohort import Cohort
from toolkit.intake.exact_sums import Wholes, exact_dot, exact_sum, exact_sums_by
from toolkit.intake.fixed_column import FixedColumn
from toolkit.screening import kernels
from toolkit.screening.at_scale.columns import Cells
from toolkit.screening.at_scale.contest import Contest
from toolkit.screening.at_scale.cut import Cut
from toolkit.screening.at_scale.select import Ground
from toolkit.screening.decisions import Decisions
from toolkit.screening.lottery import Lottery


@dataclass(frozen=True, eq=False)
class Flips:
    """Counts and exact sums of some rows.

    Parameters
    ----------
    gained, lost : int64 array, shape (n_variants, n_cells)
        Against each variant of the contest.
    bought : int64 array, shape (n_signals, n_rises)
    composites : int
        Sum of all composites.
    readings : mapping of str to object array of int, shape (n_cells,)
        Sum of each weighted signal's readings.
    dots : mapping of str to int
        Sum of their products with the composites.
    """

    gained: Ints
    lost: Ints
    bought: Ints
    composites: int
    readings: Mapping[str, Wholes]
    dots: Mapping[str, int]

    def __add__(self, other: Flips) -> Flips:
        return Flips(
            self.gained + other.gained,
            self.lost + other.lost,
            self.bought + other.bought,
            self.composites + other.composites,
            {name: own + other.readings[name] for name, own in self.readings.items()},
            {name: own + other.dots[name] for name, own in self.dots.items()},
        )

    def effective_weights(self, ground: Ground) -> dict[str, float | None]:
        """As `toolkit.influence.effective_weight.effective_weights`, from the sums."""
        frozen, n = ground.frozen, ground.survey.rows
        carried = dict.fromkeys(frozen.screen.signals, 0)
        for name, dot in self.dots.items():
            covariance = n * dot - sum(self.readings[name]) * self.composites
            carried[name] = frozen.weights[name].coefficient * covariance
        spread = sum(carried.values())
        return {
            name: float(Fraction(part, spread)) if spread else None
            for name, part in carried.items()
        }

    def composite_parts(self, ground: Ground) -> dict[str, Floats]:
        """Each signal's mean part in the composites of each combination of groups.

        A candidate's composite is a sum, so that the part of signal i in how far it lies from
        the mean composite is, by Shapley's value too, wᵢzᵢ − mean(wᵢzᵢ). Its mean over a cell
        comes from exact sums; the parts of all signals add up to the cell's mean composite
        minus that of all candidates, in units of the composite.

        Returns
        -------
        dict of str to float array, shape (n_cells,)
        """
        frozen, n = ground.frozen, ground.survey.rows
        people = ground.people
        unit = Fraction(1, 2**frozen.exponent)
        parts = {name: np.zeros(people.size) for name in frozen.screen.signals}
        for name, sums in self.readings.items():
            whole = Fraction(sum(sums), n)
            scale = frozen.weights[name].coefficient * unit
            parts[name] = np.array(
                [
                    float(scale * (Fraction(own, size) - whole))
                    for own, size in zip(sums.tolist(), people.tolist(), strict=True)
                ]
            )
        return parts


@dataclass(frozen=True)
class FlipKernel:
    """Compares the decisions of each variant with the screen's, row by row."""

    contest: Contest
    cuts: tuple[Cut, ...]
    cells: Cells
    id_column: str | None
    last: LastIn | None

    def __call__(self, batch: pa.RecordBatch) -> Flips:
        cell = self.cells.of_rows(batch)
        ids = None if self.id_column is None else batch.column(self.id_column)
        fixed = self.contest.columns.fixed(batch)
        standings = list(self.contest.standings_of(fixed, batch.num_rows))
        selected = [
            cut.selects(standing, ids) for cut, standing in zip(self.cuts, standings, strict=True)
        ]
        own = selected[0]
        n_cells = len(self.cells)
        gained = [np.bincount(cell[own & ~other], minlength=n_cells) for other in selected]
        lost = [np.bincount(cell[other & ~own], minlength=n_cells) for other in selected]
        frozen = self.contest.frozen
        readings, dots = {}, {}
        composites = np.ascontiguousarray(standings[0].keys[0])
        for signal, weight in frozen.weights.items():
            if weight.coefficient:
                halves = kernels.filled(frozen, signal, fixed)
                reading = halves if weight.table is None else weight.table.positions(halves)
                readings[signal] = exact_sums_by(reading, cell, n_cells)
                dots[signal] = exact_dot(reading, composites)
        return Flips(
            np.array(gained, dtype=np.int64),
            np.array(lost, dtype=np.int64),
            self._bought(fixed, own, ids),
            exact_sum(composites),
            readings,
            dots,
        )

    def _bought(
        self, fixed: Mapping[str, FixedColumn], selected: Bools, ids: pa.Array | None
    ) -> Ints:
        """Seats that rises of each signal would buy, each candidate alone.

        The margin of somebody who is not selected looks at nobody but the last of the selected,
        who is put beside the rows of the batch; the margins are then those of a small cohort.
        """
        frozen = self.contest.frozen
        signals = frozen.screen.signals
        rows = np.flatnonzero(~selected)
        bought = np.zeros((len(signals), len(RISES)), dtype=np.int64)
        if not rows.size or self.cuts[0].nobody:
            return bought
        columns = {name: _beside(fixed[name], rows, self.last, name) for name in signals}
        size = rows.size + (self.last is not None)
        (own,) = Contest(self.contest.columns, frozen).standings_of(columns, size)
        chosen = np.zeros(size, dtype=np.bool_)
        chosen[rows.size :] = True
        eligible = int(np.count_nonzero(own.eligible))
        free = self.last is None
        decisions = Decisions(
            frozen=replace(frozen, places=eligible + free),
            lottery=Lottery(frozen.screen.name, ids_of(ids, rows, self.last, size)),
            composites=own.keys[0],
            tie_keys=own.keys[1:],
            passed=np.array(
                [kernels.passes(frozen, gate, columns) for gate in frozen.gates], dtype=np.bool_
            ).reshape(len(frozen.gates), size),
            complete=kernels.complete(frozen, columns, size),
            eligible=own.eligible,
            missing={s: columns[s].missing for s in signals if columns[s].any_missing},
            selected=chosen,
            tied_at_cut=np.zeros(size, dtype=np.bool_),
        )
        cohort = Cohort(
            candidates=pd.DataFrame(index=pd.RangeIndex(size)),
            signals=pd.DataFrame(index=pd.RangeIndex(size)),
            about=self.contest.columns.about,
            _fixed=columns,
        )
        changes = smallest_changes(cohort, decisions, signals)
        for at in range(len(signals)):
            bought[at] = list(seats_bought(changes[at], chosen).values())
        return bought


def _beside(column: FixedColumn, rows: Ints, last: LastIn | None, name: str) -> FixedColumn:
    """Some rows of a column, and the last of the selected behind them."""
    if last is None:
        return FixedColumn(column.halves[rows], column.missing[rows], column.decimals)
    return FixedColumn(
        np.append(column.halves[rows], last.columns.get(name, 0)),
        np.append(column.missing[rows], name not in last.columns),
        column.decimals,
    )

"""Row by row: whose decision a signal changes, and whom a rise of it would seat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pyarrow as pa

from toolkit.arrays import Bools, Floats, Ints
from toolkit.influence.at_scale.beside import Beside
from toolkit.influence.at_scale.last_in import LastIn
from toolkit.influence.influence import RISES, seats_bought
from toolkit.intake.exact_sums import Wholes, exact_dot, exact_sum, exact_sums_by
from toolkit.intake.fixed_column import FixedColumn
from toolkit.screening import kernels
from toolkit.screening.at_scale.columns import Cells
from toolkit.screening.at_scale.contest import Contest, Standing
from toolkit.screening.at_scale.cut import Cut
from toolkit.screening.at_scale.select import Ground


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
            self._bought(fixed, standings[0], own, ids),
            exact_sum(composites),
            readings,
            dots,
        )

    def _bought(
        self,
        fixed: Mapping[str, FixedColumn],
        own: Standing,
        selected: Bools,
        ids: pa.Array | None,
    ) -> Ints:
        """Seats that rises of each signal would buy, each candidate alone.

        The margin of somebody who is not selected looks at nobody but the last of the selected,
        who is put beside the rows of the batch; the margins are then those of a small cohort.
        """
        frozen = self.contest.frozen
        signals = frozen.screen.signals
        bought = np.zeros((len(signals), len(RISES)), dtype=np.int64)
        if self.cuts[0].nobody:
            return bought
        out = np.flatnonzero(~selected)
        beside = Beside(self.contest, fixed, own, ids, self.last)
        for at, signal in enumerate(signals):
            rows = out if self.last is None else beside.within_reach(out, signal, max(RISES))
            if rows.size:
                margin, chosen = beside.margins(rows, signal)
                bought[at] = list(seats_bought(margin, chosen).values())
        return bought

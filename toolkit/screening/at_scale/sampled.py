"""A sample of the rows as whole steps, with their figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from toolkit.arrays import Floats
from toolkit.intake.arrow_numbers import numbers_of
from toolkit.intake.batch_figures import batch_figures
from toolkit.intake.cohort import Signal
from toolkit.intake.column_figures import ColumnFigures
from toolkit.intake.fixed_column import FixedColumn
from toolkit.intake.step_block import StepBlock


@dataclass(frozen=True, eq=False)
class SampledSteps:
    """Signals of some rows, none of them missing.

    Parameters
    ----------
    figures : mapping of str to ColumnFigures
        By signal.
    steps : float64 array, shape (k, m)
        In steps of each signal's decimals.
    """

    figures: Mapping[str, ColumnFigures]
    steps: Floats

    @classmethod
    def of(cls, batch: pa.RecordBatch, about: Mapping[str, Signal]) -> SampledSteps | None:
        """Some rows; None where a value is missing or has to be set aside.

        Parameters
        ----------
        batch : RecordBatch
        about : mapping of str to Signal
            With the decimals that are tried first; the figures tell those that are needed.
        """
        numbers = {name: numbers_of(batch.column(name), own) for name, own in about.items()}
        decimals = {name: own.decimals for name, own in about.items()}
        steps = np.empty((len(about), batch.num_rows))

        def keep(held: StepBlock, start: int, size: int) -> None:
            steps[:, start : start + size] = held.steps[:, :size]

        found = batch_figures(numbers, decimals, settled=False, visit=keep)
        if not found.plain:
            finer = {name: own.decimals for name, own in found.of.items()}
            found = batch_figures(numbers, finer, settled=False, visit=keep)
        return cls(found.of, steps) if found.plain else None

    def fixed(self, name: str) -> FixedColumn:
        """One signal as exact integers."""
        steps = self.steps[list(self.figures).index(name)]
        nobody = np.zeros(steps.shape, dtype=np.bool_)
        return FixedColumn((2 * steps).astype(np.int64), nobody, self.figures[name].decimals)

"""A sample of the rows as whole steps, with their figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from toolkit.arrays import Floats
from toolkit.intake.arrow_numbers import numbers_of
from toolkit.intake.cohort import Signal
from toolkit.intake.column_figures import ColumnFigures, figures_of
from toolkit.intake.fixed_column import FixedColumn
from toolkit.intake.plain_columns import PlainColumns
from toolkit.intake.step_block import BLOCK


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
        """Some rows; None where there is none, or a value is missing or has to be set aside.

        Parameters
        ----------
        batch : RecordBatch
        about : mapping of str to Signal
            With the decimals that are tried first; the figures tell those that are needed.
        """
        return cls._held(batch, about) or cls._held(batch, _as_fine_as(batch, about))

    @classmethod
    def _held(cls, batch: pa.RecordBatch, about: Mapping[str, Signal]) -> SampledSteps | None:
        if not about or not batch.num_rows:
            return None
        plain = PlainColumns(about)
        steps = np.empty((len(about), batch.num_rows))
        for start in range(0, batch.num_rows, BLOCK):
            rows = batch.slice(start, BLOCK)
            block = plain.hold(rows)
            if block is None:
                return None
            plain.keep()
            steps[:, start : start + BLOCK] = block.steps[:, : rows.num_rows]
        return cls(plain.figures(), steps)

    def fixed(self, name: str) -> FixedColumn:
        """One signal as exact integers."""
        steps = self.steps[list(self.figures).index(name)]
        nobody = np.zeros(steps.shape, dtype=np.bool_)
        return FixedColumn((2 * steps).astype(np.int64), nobody, self.figures[name].decimals)


def _as_fine_as(batch: pa.RecordBatch, about: Mapping[str, Signal]) -> dict[str, Signal]:
    """The signals with as many decimals as any value needs."""
    values = {name: numbers_of(batch.column(name), own).values for name, own in about.items()}
    return {
        name: replace(own, decimals=figures_of(values[name], at_least=own.decimals).decimals)
        for name, own in about.items()
    }

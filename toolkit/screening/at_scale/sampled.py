"""A sample of the rows as whole steps, with their figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from toolkit.arrays import Floats
from toolkit.intake.column_figures import ColumnFigures
from toolkit.intake.fixed_column import FixedColumn
from toolkit.intake.plain_columns import PlainColumns
from toolkit.intake.step_block import BLOCK
from toolkit.screening.at_scale.columns import SignalColumns


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
    def of(cls, batch: pa.RecordBatch, columns: SignalColumns) -> SampledSteps | None:
        """Some rows; None where there is none, or a column is not plain.

        Parameters
        ----------
        batch : RecordBatch
        columns : SignalColumns
            With the decimals that they are held with.
        """
        if not columns.names or not batch.num_rows:
            return None
        plain = PlainColumns(columns.about, columns.rounded)
        steps = np.empty((len(columns.names), batch.num_rows))
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

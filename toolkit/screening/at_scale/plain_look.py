"""The first look at rows without anything odd."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from toolkit.arrays import Floats
from toolkit.engine.counting import Marks, Values
from toolkit.engine.kept_rows import KeptRows
from toolkit.engine.marked_counts import MarkedCounts
from toolkit.intake.column_figures import ColumnFigures
from toolkit.intake.plain_columns import PlainColumns
from toolkit.intake.step_block import BLOCK
from toolkit.screening.at_scale.columns import SignalColumns
from toolkit.screening.at_scale.forecast import Forecast
from toolkit.screening.at_scale.sides import OPEN, SIDES
from toolkit.screening.at_scale.sorted_rows import MOST_OPEN, SortedRows, mark_those_out


class PlainLook:
    """Figures, sides and open rows, over batches that follow each other.

    Parameters
    ----------
    columns : SignalColumns
        With the decimals that the columns are held with.
    groups : tuple of str
    forecast : Forecast

    Attributes
    ----------
    rows : int
        How many were taken.
    """

    def __init__(self, columns: SignalColumns, groups: tuple[str, ...], forecast: Forecast) -> None:
        self.rows = 0
        self._columns = columns
        self._forecast = forecast
        self._plain = PlainColumns(columns.about, columns.rounded)
        self._counts = MarkedCounts(groups, SIDES)
        self._side: Marks = np.empty(BLOCK, dtype=np.uint8)
        self._open = KeptRows(columns.names, groups)

    def take(self, batch: pa.RecordBatch) -> bool:
        """Look at some rows, at most `BLOCK`.

        Returns
        -------
        bool
            False where they have something odd: then nothing of them is kept.
        """
        block = self._plain.hold(batch)
        if block is None:
            return False
        side = self._side[: batch.num_rows]
        self._forecast.sort(block, side)
        mark_those_out(side, batch, self._columns, self._forecast.frozen)
        if not self._counts.add(batch, side):
            return False
        self._plain.keep()
        self.rows += batch.num_rows
        if self._open.rows > MOST_OPEN:
            # The forecast is given up, and what was kept is of no use.
            self._open.clear()
        else:
            self._open.add(batch, np.flatnonzero(side == OPEN))
        return True

    def some(self, start: int, size: int) -> Floats:
        """So many of the rows that were taken last, shape (k, size)."""
        return self._plain.values(start, size)

    @property
    def figures(self) -> dict[str, ColumnFigures]:
        """The figures of the rows that were taken, of which there has to be one."""
        return self._plain.figures()

    @property
    def people(self) -> Mapping[Values, int]:
        """How often each combination of groups occurs."""
        return SortedRows.of(self._counts.by_mark(), ()).everyone

    @property
    def sorted(self) -> SortedRows | None:
        """The rows by side; None where too many are open."""
        if self._open.rows > MOST_OPEN:
            return None
        return SortedRows.of(self._counts.by_mark(), self._open.batches())

"""Rows sorted by a forecast while the figures are taken: above, below, or open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

import numpy as np
import pyarrow as pa

from toolkit.arrays import Bools, Ints
from toolkit.engine.counting import Keys
from toolkit.intake.step_block import StepBlock
from toolkit.screening import kernels
from toolkit.screening.at_scale.columns import SignalColumns
from toolkit.screening.at_scale.forecast import Forecast

#: Open rows that may be kept; with more, the forecast is given up.
MOST_OPEN = 2**22
Values = tuple[str | None, ...]


@dataclass(frozen=True, eq=False)
class SortedRows:
    """What a forecast made of some rows.

    Parameters
    ----------
    everyone, eligible, above : mapping of tuple of (str or None) to int
        By combination of groups: all rows, who passes the gates, and who of these is above.
    open : tuple of RecordBatch
        Rows that pass the gates and are open.
    """

    everyone: Mapping[Values, int]
    eligible: Mapping[Values, int]
    above: Mapping[Values, int]
    open: tuple[pa.RecordBatch, ...] = field(repr=False)

    @property
    def n_open(self) -> int:
        return sum(batch.num_rows for batch in self.open)

    def __add__(self, other: Self) -> SortedRows | None:
        """Both together; None where too many rows are open."""
        both = SortedRows(
            Counter(self.everyone) + Counter(other.everyone),
            Counter(self.eligible) + Counter(other.eligible),
            Counter(self.above) + Counter(other.above),
            self.open + other.open,
        )
        return both if both.n_open <= MOST_OPEN else None


class SortingBatch:
    """Sorts the rows of one batch, block by block."""

    def __init__(self, forecast: Forecast, rows: int) -> None:
        self._forecast = forecast
        self._above: Bools = np.empty(rows, dtype=np.bool_)
        self._open: list[Ints] = []

    def __call__(self, block: StepBlock, start: int, size: int) -> None:
        above, rows = self._forecast.sort(block, size)
        self._above[start : start + size] = above
        self._open.append(rows + start)

    def sorted(self, batch: pa.RecordBatch, columns: SignalColumns, keys: Keys) -> SortedRows:
        """What was found, once every block was seen."""
        above, rows = self._above, np.concatenate(self._open)
        frozen = self._forecast.frozen
        if frozen.gates:
            gated = SignalColumns(
                {gate.signal: columns.about[gate.signal] for gate in frozen.gates}
            )
            fixed = gated.fixed(batch)
            eligible = np.ones(batch.num_rows, dtype=np.bool_)
            for gate in frozen.gates:
                eligible &= kernels.passes(frozen, gate, fixed)
            above &= eligible
            rows = rows[eligible[rows]]
            everyone, eligible_ones = keys.count_parts(eligible)
            _, ahead = keys.count_parts(above)
        else:
            everyone, ahead = keys.count_parts(above)
            eligible_ones = everyone
        return SortedRows(
            everyone.counts,
            eligible_ones.counts,
            ahead.counts,
            (batch.take(pa.array(rows)),),
        )

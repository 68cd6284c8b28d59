"""Rows sorted by a forecast while the figures are taken: above, below, or open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

import numpy as np
import pyarrow as pa

from toolkit.engine.counting import Combinations, Keys, Marks
from toolkit.intake.step_block import StepBlock
from toolkit.screening import kernels
from toolkit.screening.at_scale.columns import SignalColumns
from toolkit.screening.at_scale.forecast import Forecast
from toolkit.screening.at_scale.tell_apart import ABOVE, BELOW, OPEN, OUT, SIDES
from toolkit.screening.frozen import FrozenScreen

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

    @classmethod
    def of(cls, by_side: Sequence[Combinations], rows: Iterable[pa.RecordBatch]) -> SortedRows:
        """From the counts of each side, and the rows that are open."""
        eligible = by_side[BELOW] + by_side[OPEN] + by_side[ABOVE]
        everyone = eligible + by_side[OUT]
        return cls(everyone.counts, eligible.counts, by_side[ABOVE].counts, tuple(rows))

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
        self._side: Marks = np.empty(rows, dtype=np.uint8)

    def __call__(self, block: StepBlock, start: int, size: int) -> None:
        self._forecast.sort(block, self._side[start : start + size])

    def sorted(self, batch: pa.RecordBatch, columns: SignalColumns, keys: Keys) -> SortedRows:
        """What was found, once every block was seen."""
        mark_those_out(self._side, batch, columns, self._forecast.frozen)
        by_side = [keys.named(counts) for counts in keys.count_by(self._side, SIDES)]
        rows = np.flatnonzero(self._side == OPEN)
        return SortedRows.of(by_side, [batch.take(pa.array(rows))])


def mark_those_out(
    side: Marks, batch: pa.RecordBatch, columns: SignalColumns, frozen: FrozenScreen
) -> None:
    """Mark who does not pass the gates as `OUT`, on whatever side of the cut."""
    if frozen.gates:
        gated = SignalColumns({gate.signal: columns.about[gate.signal] for gate in frozen.gates})
        fixed = gated.fixed(batch)
        for gate in frozen.gates:
            side[~kernels.passes(frozen, gate, fixed)] = OUT

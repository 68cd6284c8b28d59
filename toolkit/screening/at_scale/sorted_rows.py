"""Rows sorted by a forecast while the figures are taken: above, below, or open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

import pyarrow as pa

from toolkit.engine.counting import Combinations, Marks
from toolkit.screening import kernels
from toolkit.screening.at_scale.columns import SignalColumns
from toolkit.screening.at_scale.sides import ABOVE, BELOW, OPEN, OUT
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


def mark_those_out(
    side: Marks, batch: pa.RecordBatch, columns: SignalColumns, frozen: FrozenScreen
) -> None:
    """Mark who does not pass the gates as `OUT`, on whatever side of the cut."""
    if frozen.gates:
        gated = SignalColumns({gate.signal: columns.about[gate.signal] for gate in frozen.gates})
        fixed = gated.fixed(batch)
        for gate in frozen.gates:
            side[~kernels.passes(frozen, gate, fixed)] = OUT

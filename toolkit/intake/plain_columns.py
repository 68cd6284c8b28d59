"""Columns in which nothing is missing and nothing is odd, held as steps and added up.

Most columns are like that, and a block of them is then asked for its figures and for the sides of
its rows alike. What is taken for granted is checked on the way; rows of any other kind are left to
`toolkit.intake.batch_figures`.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping

import numpy as np
import pyarrow as pa

from toolkit.arrays import Floats
from toolkit.intake.arrow_numbers import ends_allowed
from toolkit.intake.cohort import Signal
from toolkit.intake.column_figures import ColumnFigures
from toolkit.intake.fixed_column import reach_beside
from toolkit.intake.step_block import StepBlock

#: Lowest and highest value.
Ends = tuple[float, float]


class PlainColumns:
    """Figures of signals, added up over rows that are held one block after the other.

    Parameters
    ----------
    about : mapping of str to Signal
        With the decimals that the columns are held with.
    rounded : collection of str
        Of which columns it is known that no more decimals fit: values are rounded to these.
    """

    def __init__(self, about: Mapping[str, Signal], rounded: Collection[str] = ()) -> None:
        self._names = list(about)
        self._decimals = [own.decimals for own in about.values()]
        self._rounded = [name in rounded for name in about]
        self._allowed = [_ends_beside(own, name in rounded) for name, own in about.items()]
        self._whole: list[Ends] = [(math.inf, -math.inf)] * len(about)
        self._sums = [[0, 0] for _ in about]
        self._rows = 0
        #: The rows that are held: their columns, how many there are, and the ends of each.
        self._block = StepBlock.of(len(about))
        self._size = 0
        self._ends = self._whole
        #: Of the batches: where our columns are, and whether one is of another kind.
        self._schema: pa.Schema | None = None
        self._places: list[int] = []
        self._odd = False

    def hold(self, batch: pa.RecordBatch) -> StepBlock | None:
        """Hold the rows of a batch instead of those before.

        Parameters
        ----------
        batch : RecordBatch
            At most `BLOCK` rows, and at least one.

        Returns
        -------
        StepBlock or None
            With one column a signal. None where a value is missing, has to be set aside, or is
            off its grid and not to be rounded.
        """
        if batch.schema != self._schema:
            self._schema = batch.schema
            self._places = [batch.schema.get_field_index(name) for name in self._names]
            self._odd = not all(_is_plain(batch.column(place).type) for place in self._places)
        if self._odd:
            return None
        ends = []
        for at, (place, (lowest, highest)) in enumerate(
            zip(self._places, self._allowed, strict=True)
        ):
            array = batch.column(place)
            if array.null_count:
                return None
            values = array.to_numpy()
            low, high = values.min().item(), values.max().item()
            if not (lowest <= low and high <= highest):
                return None
            if not self._block.fill(at, values, self._decimals[at], rounded=self._rounded[at]):
                return None
            ends.append((low, high))
        self._size, self._ends = batch.num_rows, ends
        return self._block

    def keep(self) -> None:
        """Add the rows that are held to the figures."""
        for own, (total, squares) in zip(self._sums, self._block.sums(self._size), strict=True):
            own[0] += total
            own[1] += squares
        self._whole = [
            (min(low, own_low), max(high, own_high))
            for (low, high), (own_low, own_high) in zip(self._whole, self._ends, strict=True)
        ]
        self._rows += self._size

    def values(self, start: int, size: int) -> Floats:
        """Some of the rows that are held in the signals' own units, shape (k, size)."""
        units = 10.0 ** np.array(self._decimals)
        some: Floats = self._block.steps[:, start : start + size] / units[:, None]
        return some

    def figures(self) -> dict[str, ColumnFigures]:
        """The figures of all rows that were kept, of which there has to be one."""
        return {
            name: ColumnFigures(
                decimals=decimals,
                count=self._rows,
                total=2 * total,
                total_of_squares=4 * squares,
                lowest=2 * round(low * 10.0**decimals),
                highest=2 * round(high * 10.0**decimals),
                rounded_to=decimals if rounded else None,
            )
            for name, decimals, rounded, (total, squares), (low, high) in zip(
                self._names,
                self._decimals,
                self._rounded,
                self._sums,
                self._whole,
                strict=True,
            )
        }


def _is_plain(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or kind in (pa.float64(), pa.float32()))


def _ends_beside(about: Signal, rounded: bool) -> Ends:
    """Between which values none has to be set aside, or held with fewer decimals.

    Where values are not rounded, there has to be room for one decimal more: what lies on the grid
    is then all that the column needs.
    """
    low, high = ends_allowed(about)
    reach = reach_beside(about.decimals if rounded else about.decimals + 1)
    return (math.inf, -math.inf) if reach is None else (max(low, -reach), min(high, reach))

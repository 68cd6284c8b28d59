"""Columns in which nothing is missing and nothing is odd, held as steps and added up.

Most columns are like that, and a block of them is then asked for its figures and for the sides of
its rows alike. What is taken for granted is checked on the way; rows of any other kind are left to
`toolkit.intake.batch_figures`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from toolkit.arrays import Floats
from toolkit.intake.arrow_numbers import ends_allowed
from toolkit.intake.cohort import Signal
from toolkit.intake.column_figures import ColumnFigures
from toolkit.intake.fixed_column import reach_beside
from toolkit.intake.step_block import StepBlock


class PlainColumns:
    """Figures of signals, added up over rows that are held one block after the other.

    Parameters
    ----------
    about : mapping of str to Signal
        With the decimals that the columns are held with.
    """

    def __init__(self, about: Mapping[str, Signal]) -> None:
        self._names = list(about)
        self._decimals = [own.decimals for own in about.values()]
        ends = [_ends_in_steps(own) for own in about.values()]
        self._least, self._most = np.array(ends).reshape(-1, 2).T
        self._lowest, self._highest = np.full(len(about), np.inf), np.full(len(about), -np.inf)
        self._sums = [[0, 0] for _ in about]
        self._rows = 0
        #: The rows that are held: their columns, how many there are, and the ends of each.
        self._block = StepBlock.of(len(about))
        self._size = 0
        self._ends = self._lowest, self._highest
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
            With one column a signal. None where a value is missing, off its grid or has to be set
            aside.
        """
        if batch.schema != self._schema:
            self._schema = batch.schema
            self._places = [batch.schema.get_field_index(name) for name in self._names]
            self._odd = not all(_is_plain(batch.column(place).type) for place in self._places)
        if self._odd:
            return None
        # What overflows is beyond every scale, as is told by the ends.
        with np.errstate(over="ignore"):
            for at, (place, decimals) in enumerate(zip(self._places, self._decimals, strict=True)):
                array = batch.column(place)
                if array.null_count or not self._block.fill(at, array.to_numpy(), decimals):
                    return None
        self._size = batch.num_rows
        held = self._block.steps[:, : self._size]
        self._ends = low, high = held.min(axis=1), held.max(axis=1)
        return self._block if (low >= self._least).all() and (high <= self._most).all() else None

    def keep(self) -> None:
        """Add the rows that are held to the figures."""
        for own, (total, squares) in zip(self._sums, self._block.sums(self._size), strict=True):
            own[0] += total
            own[1] += squares
        low, high = self._ends
        np.minimum(low, self._lowest, out=self._lowest)
        np.maximum(high, self._highest, out=self._highest)
        self._rows += self._size

    def values(self, start: int, size: int) -> Floats:
        """Some of the rows that are held as they came, shape (k, size)."""
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
                lowest=2 * int(low),
                highest=2 * int(high),
            )
            for name, decimals, (total, squares), low, high in zip(
                self._names, self._decimals, self._sums, self._lowest, self._highest, strict=True
            )
        }


def _is_plain(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or kind == pa.float64())


def _ends_in_steps(about: Signal) -> tuple[float, float]:
    """Between which steps no value has to be set aside, or held with fewer decimals."""
    low, high = ends_allowed(about)
    reach = reach_beside(about.decimals)
    if reach is None:
        return np.inf, -np.inf
    unit = 10.0**about.decimals
    return -_last_step(-max(low, -reach), unit), _last_step(min(high, reach), unit)


def _last_step(end: float, unit: float) -> float:
    """The last step whose value, the binary number next to it, does not exceed an end."""
    step = math.floor(end * unit)
    return float(step + 1 if (step + 1) / unit <= end else step if step / unit <= end else step - 1)

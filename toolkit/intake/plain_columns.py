"""Columns in which nothing is missing and nothing is odd, held and added up by compiled loops.

Most columns are like that, and one pass over some rows stores the values as whole steps and adds
them up. What it takes for granted is checked on the way; rows of any other kind are left to
`toolkit.intake.batch_figures`. Steps, sums and grids are those of `toolkit.intake.step_block`,
where it is shown that they are exact.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from toolkit.arrays import Floats, Ints
from toolkit.compiled import loop_in_any_order
from toolkit.intake.arrow_numbers import ends_allowed
from toolkit.intake.cohort import Signal
from toolkit.intake.column_figures import ColumnFigures
from toolkit.intake.exact_sums import exact_dot, exact_sum
from toolkit.intake.fixed_column import reach_beside
from toolkit.intake.step_block import BLOCK, EXACT, Numbers


class PlainColumns:
    """Figures of signals, added up over rows that are held one block after the other.

    Parameters
    ----------
    about : mapping of str to Signal
        With the decimals that the columns are held with.
    """

    def __init__(self, about: Mapping[str, Signal]) -> None:
        self._names = list(about)
        self._steps = np.zeros((len(about), BLOCK))
        self._decimals = [own.decimals for own in about.values()]
        self._units = [10.0**decimals for decimals in self._decimals]
        ends = [_ends_in_steps(own) for own in about.values()]
        self._least, self._most = np.array(ends).reshape(-1, 2).T
        self._lowest, self._highest = np.full(len(about), np.inf), np.full(len(about), -np.inf)
        self._sums = [[0, 0] for _ in about]
        self._rows = 0
        #: Of the rows that are held: how many, Σ x and Σ x² as added up, and ends.
        self._size = 0
        self._held = [[0.0, 0.0] for _ in about]
        self._ends = self._lowest, self._highest
        #: Of the batches' columns: where ours are, and whether one is of another kind.
        self._schema: pa.Schema | None = None
        self._places: list[int] = []
        self._odd = False

    def hold(self, batch: pa.RecordBatch) -> Floats | None:
        """Hold the rows of a batch instead of those before.

        Parameters
        ----------
        batch : RecordBatch
            At most `BLOCK` rows, and at least one.

        Returns
        -------
        float64 array, shape (k, BLOCK), or None
            The columns as steps, of which as many count as there are rows. None where a value is
            missing, off its grid or has to be set aside.
        """
        self._size = batch.num_rows
        if batch.schema != self._schema:
            self._schema = batch.schema
            self._places = [batch.schema.get_field_index(name) for name in self._names]
            self._odd = not all(_is_plain(batch.column(place).type) for place in self._places)
        if self._odd:
            return None
        for at, (place, unit) in enumerate(zip(self._places, self._units, strict=True)):
            array = batch.column(place)
            if array.null_count:
                return None
            off, *self._held[at] = _hold(array.to_numpy(), unit, self._steps[at])
            if off:
                return None
        held = self._steps[:, : self._size]
        self._ends = held.min(axis=1), held.max(axis=1)
        low, high = self._ends
        return self._steps if (low >= self._least).all() and (high <= self._most).all() else None

    def keep(self) -> None:
        """Add the rows that are held to the figures."""
        for own, (total, squares), steps in zip(self._sums, self._held, self._steps, strict=True):
            if squares < EXACT:
                own[0] += int(total)
                own[1] += int(squares)
            else:
                whole: Ints = steps[: self._size].astype(np.int64)
                own[0] += exact_sum(whole)
                own[1] += exact_dot(whole, whole)
        low, high = self._ends
        np.minimum(low, self._lowest, out=self._lowest)
        np.maximum(high, self._highest, out=self._highest)
        self._rows += self._size

    def values(self, start: int, size: int) -> Floats:
        """Some of the rows that are held as they came, shape (k, size)."""
        some: Floats = self._steps[:, start : start + size] / np.array(self._units)[:, None]
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


@loop_in_any_order
def _hold(values: Numbers, unit: float, steps: Floats) -> tuple[bool, float, float]:
    """Store values as steps: whether one is off the grid (NaN is), Σ x and Σ x²."""
    off = False
    total = squares = 0.0
    for i in range(values.size):
        value = np.float64(values[i])
        step = np.rint(value * unit)
        off |= step / unit != value
        total += step
        squares += step * step
        steps[i] = step
    return off, total, squares

"""A column of an Arrow batch as numbers, with what no signal can hold set aside and counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.arrays import Bools, Floats, Ints
from toolkit.intake.cohort import Signal
from toolkit.intake.fixed_column import LARGEST, FixedColumn, halves_of

INFINITE, OFF_SCALE, TOO_LARGE = "infinite", "off scale", "too large"


@dataclass(frozen=True, eq=False)
class Numbers:
    """Numbers of one signal in one batch.

    Parameters
    ----------
    values : integer or float array, shape (n,)
        NaN where missing or set aside; of integers none is.
    set_aside : mapping of str to int
        How many values no such signal can have, by what is wrong with them.
    ends : tuple of (float, float) or None
        Lowest and highest, where there are values and none is missing or set aside, as far as
        they were looked at.
    """

    values: Floats | Ints
    set_aside: Mapping[str, int]
    ends: tuple[float, float] | None = None

    def fixed(self, decimals: int) -> FixedColumn:
        """The same as exact integers of so many decimals."""
        if self.values.dtype.kind != "f":
            nobody = np.zeros(self.values.shape, dtype=np.bool_)
            return FixedColumn(halves_of(self.values, decimals), nobody, decimals)
        missing = np.isnan(self.values)
        known = np.where(missing, 0.0, self.values) if missing.any() else self.values
        return FixedColumn(halves_of(known, decimals), missing, decimals)


def numbers_of(array: pa.Array, signal: Signal, *, checked: bool = False) -> Numbers:
    """Read one column of a batch as the numbers of a signal.

    Parameters
    ----------
    array : Array
        Of any numeric type.
    signal : Signal
        Whose scale the values have to keep.
    checked : bool
        Whether an earlier look at all rows found nothing to set aside.
    """
    if pa.types.is_decimal(array.type):
        array = pc.cast(array, pa.float64())
    whole = pa.types.is_integer(array.type) and not array.null_count
    values = array.to_numpy(zero_copy_only=False)
    if not whole:
        values = values.astype(np.float64, copy=False)
    if checked or not values.size:
        return Numbers(values, {})
    # The ends are looked at first: most columns are whole and keep their scale.
    ends = values.min().item(), values.max().item()
    lowest, highest = ends_allowed(signal)
    if lowest <= ends[0] and ends[1] <= highest:
        return Numbers(values, {}, ends)
    return _without(values, _faults(values, signal))


def ends_allowed(signal: Signal) -> tuple[float, float]:
    """Between which values no value of a signal has to be set aside."""
    lowest = -LARGEST if signal.low is None else max(signal.low, -LARGEST)
    highest = LARGEST if signal.high is None else min(signal.high, LARGEST)
    return lowest, highest


def _faults(values: Floats | Ints, signal: Signal) -> dict[str, Bools]:
    """Who is infinite, outside the scale, or too large to hold; NaN is none of it."""
    infinite = np.isinf(values)
    outside = np.zeros(values.shape, dtype=np.bool_)
    if signal.low is not None:
        outside |= values < signal.low
    if signal.high is not None:
        outside |= values > signal.high
    outside &= ~infinite
    large = (np.abs(values.astype(np.float64)) > LARGEST) & ~(outside | infinite)
    return {INFINITE: infinite, OFF_SCALE: outside, TOO_LARGE: large}


def _without(values: Floats | Ints, faults: Mapping[str, Bools]) -> Numbers:
    counts = {fault: int(np.count_nonzero(where)) for fault, where in faults.items()}
    counts = {fault: count for fault, count in counts.items() if count}
    if not counts:
        return Numbers(values, {})
    kept = values.astype(np.float64)
    for fault in counts:
        kept[faults[fault]] = np.nan
    return Numbers(kept, counts)

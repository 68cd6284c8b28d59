"""A column of an Arrow batch as numbers, with what no signal can hold set aside and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.arrays import Bools, Floats, Ints
from toolkit.intake.cohort import Signal
from toolkit.intake.fixed_column import FixedColumn, halves_of
from toolkit.intake.scale_check import LARGEST

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
    """

    values: Floats | Ints
    set_aside: Mapping[str, int]

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
    if pa.types.is_integer(array.type) and not array.null_count:
        values: Floats | Ints = array.to_numpy()
        bad = {} if checked else _off_scale(values, signal)
        if not any(where.any() for where in bad.values()):
            return Numbers(values, {})
        return _without(values.astype(np.float64), bad)
    floats = array.to_numpy(zero_copy_only=False).astype(np.float64, copy=False)
    if checked:
        return Numbers(floats, {})
    infinite = np.isinf(floats)
    bad = _off_scale(floats, signal)
    if infinite.any():
        bad = {fault: where & ~infinite for fault, where in bad.items()} | {INFINITE: infinite}
    if not any(where.any() for where in bad.values()):
        return Numbers(floats, {})
    return _without(floats.copy(), bad)


def _off_scale(values: Floats | Ints, signal: Signal) -> dict[str, Bools]:
    """Who is outside the scale, or too large to hold; NaN is neither."""
    if values.size == 0:
        return {}
    bad: dict[str, Bools] = {}
    # The ends are looked at first: most columns keep their scale, and need no array for it.
    low, high = np.fmin.reduce(values), np.fmax.reduce(values)
    if (signal.low is not None and low < signal.low) or (
        signal.high is not None and high > signal.high
    ):
        outside = np.zeros(values.shape, dtype=np.bool_)
        if signal.low is not None:
            outside |= values < signal.low
        if signal.high is not None:
            outside |= values > signal.high
        bad[OFF_SCALE] = outside
    if low < -LARGEST or high > LARGEST:
        large = np.abs(values) > LARGEST
        bad[TOO_LARGE] = large & ~bad[OFF_SCALE] if OFF_SCALE in bad else large
    return bad


def _without(values: Floats, bad: Mapping[str, Bools]) -> Numbers:
    counts: Counter[str] = Counter()
    for fault, where in bad.items():
        counts[fault] += int(np.count_nonzero(where))
        values[where] = np.nan
    return Numbers(values, {fault: count for fault, count in counts.items() if count})

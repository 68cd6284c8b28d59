"""Array kernels: what a frozen screen makes of a batch of candidates.

Each takes exact integer columns and returns one value a candidate, with no sum across
candidates, so that a batch of any size or order gives the same values.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from toolkit.arrays import Bools, Ints
from toolkit.intake.fixed_column import FixedColumn
from toolkit.screening.frozen import FrozenGate, FrozenScreen, FrozenWeight

Columns = Mapping[str, FixedColumn]


def filled(frozen: FrozenScreen, signal: str, columns: Columns) -> Ints:
    """Half steps with the frozen screen's replacement where a value is missing."""
    column = columns[signal]
    if not column.any_missing:
        return column.halves
    return np.where(column.missing, frozen.signals[signal].fill, column.halves)


def term(weight: FrozenWeight, halves: Ints) -> Ints:
    """One signal's part of the composite, at the frozen screen's scale."""
    reading = halves if weight.table is None else weight.table.positions(halves)
    part = reading - weight.centre
    part *= weight.coefficient
    return part


def composites(frozen: FrozenScreen, columns: Columns, size: int) -> Ints:
    """Composite of each candidate, an integer at the scale ``2 ** frozen.exponent``."""
    total = np.full(size, frozen.offset, dtype=np.int64)
    for signal, weight in frozen.weights.items():
        if weight.coefficient:
            total += term(weight, filled(frozen, signal, columns))
    return total


def passes(frozen: FrozenScreen, gate: FrozenGate, columns: Columns) -> Bools:
    """Whether each candidate meets one gate; a missing value without a replacement does not."""
    halves = filled(frozen, gate.signal, columns)
    met = np.ones(halves.shape, dtype=np.bool_)
    if gate.lowest is not None:
        met &= halves >= gate.lowest
    if gate.highest is not None:
        met &= halves <= gate.highest
    if gate.members is not None:
        met &= np.isin(halves, gate.members)
    if not frozen.signals[gate.signal].fills and columns[gate.signal].any_missing:
        met &= ~columns[gate.signal].missing
    return met


def complete(frozen: FrozenScreen, columns: Columns, size: int) -> Bools:
    """Whether each candidate may go on under the screen's treatment of missing values."""
    met = np.ones(size, dtype=np.bool_)
    if frozen.screen.missing == "reject":
        for signal in frozen.screen.signals:
            if columns[signal].any_missing:
                met &= ~columns[signal].missing
    return met

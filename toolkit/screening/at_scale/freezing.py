"""Freezing a screen on rows that do not fit into memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from toolkit.arrays import Ints
from toolkit.engine.engine import Engine
from toolkit.errors import ScreenError
from toolkit.intake.column_figures import ColumnFigures
from toolkit.screening.at_scale.columns import SignalColumns
from toolkit.screening.at_scale.nth_value import Search, nth_values
from toolkit.screening.frozen import FrozenScreen, freeze_on
from toolkit.screening.screen import Screen

#: Different values that a percentile table may hold.
MOST_VALUES = 2**22


def freeze_at_scale(
    engine: Engine,
    columns: SignalColumns,
    figures: Mapping[str, ColumnFigures],
    screen: Screen,
    rows: int,
    headroom: int = 0,
) -> FrozenScreen:
    """The screen, with every figure that it takes from the rows; as `freeze` of a cohort.

    Medians are looked for only where a value is missing and a median stands in for it, and
    values are counted only where the scale is percentile.
    """
    known = dict(figures)
    if screen.missing == "median":
        gaps = [name for name in screen.signals if known[name].missing and known[name].count]
        for name, median in zip(gaps, _medians(engine, columns, known, gaps), strict=True):
            known[name] = replace(known[name], known_median=median)
    if screen.scale == "percentile":
        counted = value_counts(engine, columns, list(screen.weights))
        known |= {name: replace(known[name], known_counts=counted[name]) for name in counted}
    return freeze_on(known, columns.about, rows, screen, headroom)


@dataclass(frozen=True)
class _Present:
    """The present values of some signals, each twice: for both middle ranks."""

    columns: SignalColumns

    def __call__(self, batch: pa.RecordBatch) -> list[Ints]:
        values: list[Ints] = []
        for column in self.columns.fixed(batch).values():
            values += [column.present] * 2
        return values


def _medians(
    engine: Engine,
    columns: SignalColumns,
    figures: Mapping[str, ColumnFigures],
    names: Sequence[str],
) -> list[int]:
    if not names:
        return []
    searches = []
    for name in names:
        own = figures[name]
        assert own.lowest is not None
        assert own.highest is not None
        searches += [
            Search(rank, own.lowest, own.highest) for rank in ((own.count - 1) // 2, own.count // 2)
        ]
    asked = SignalColumns({name: columns.about[name] for name in names})
    found = nth_values(engine, list(names), _Present(asked), searches)
    return [(low + high) // 2 for low, high in zip(found[::2], found[1::2], strict=True)]


@dataclass(frozen=True, eq=False)
class _ValueCounts:
    """Distinct values and how often each occurs, by signal."""

    counts: Mapping[str, tuple[Ints, Ints]]

    def __add__(self, other: _ValueCounts) -> _ValueCounts:
        return _ValueCounts(
            {name: _merged(own, other.counts[name], name) for name, own in self.counts.items()}
        )


def _merged(a: tuple[Ints, Ints], b: tuple[Ints, Ints], name: str) -> tuple[Ints, Ints]:
    values, where = np.unique(np.concatenate((a[0], b[0])), return_inverse=True)
    if values.size > MOST_VALUES:
        raise ScreenError(
            f"'{name}' has more than {MOST_VALUES:,} different values, too many for a scale of "
            "percentiles at this size. Use the scale z or range, or round the values."
        )
    counts = np.zeros(values.size, dtype=np.int64)
    np.add.at(counts, where, np.concatenate((a[1], b[1])))
    return values, counts


@dataclass(frozen=True)
class _CountValues:
    columns: SignalColumns

    def __call__(self, batch: pa.RecordBatch) -> _ValueCounts:
        fixed = self.columns.fixed(batch)
        return _ValueCounts({name: column.value_counts for name, column in fixed.items()})


def value_counts(
    engine: Engine, columns: SignalColumns, names: Sequence[str]
) -> Mapping[str, tuple[Ints, Ints]]:
    """The distinct values of some signals, rising, and how often each occurs.

    Raises
    ------
    ScreenError
        If a signal has more than `MOST_VALUES`.
    """
    if not names:
        return {}
    asked = SignalColumns({name: columns.about[name] for name in names})
    found = engine.add_up(names, _CountValues(asked))
    assert found is not None
    return found.counts

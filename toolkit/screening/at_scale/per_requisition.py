"""A screen for each of many requisitions: places, and every figure of the screen, in each.

The rows of one requisition come together in one bucket and are decided there by the same
functions as a cohort in memory, so that each requisition gets the decisions it would get
alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.arrays import Ints
from toolkit.engine.counting import coded
from toolkit.engine.engine import Engine
from toolkit.errors import InputError, UnknownName
from toolkit.intake.arrow_numbers import Numbers, numbers_of
from toolkit.intake.fixed_column import decimals_of
from toolkit.intake.issue import Issue
from toolkit.progress import Progress
from toolkit.scores.catalogue import Catalogue
from toolkit.screening.at_scale.columns import SignalColumns, signal_columns
from toolkit.screening.at_scale.decision_rows import SCHEMA, decision_rows
from toolkit.screening.at_scale.set_aside import values_set_aside
from toolkit.screening.decisions import Decisions, decide_columns
from toolkit.screening.frozen import freeze_on
from toolkit.screening.lottery import Lottery
from toolkit.screening.screen import Screen


@dataclass(frozen=True, eq=False)
class RequisitionCounts:
    """Counts of each requisition and group.

    Parameters
    ----------
    rows : pyarrow.Table
        ``requisition``, the groups' columns, ``n``, ``selected``, ``tied_at_cut``.
    set_aside : int
        Values that no signal can have, taken as missing.
    issues : tuple of Issue
        What they are, with their files.
    """

    rows: pa.Table
    set_aside: int
    issues: tuple[Issue, ...] = ()

    def __add__(self, other: RequisitionCounts) -> RequisitionCounts:
        return RequisitionCounts(
            pa.concat_tables([self.rows, other.rows]), self.set_aside + other.set_aside
        )

    def frame(self) -> pd.DataFrame:
        """The counts in the order of the requisitions."""
        keys = [(name, "ascending") for name in self.rows.column_names[:-3]]
        frame: pd.DataFrame = self.rows.sort_by(keys).to_pandas()
        return frame


@dataclass(frozen=True)
class _Decider:
    """Decides each requisition of a bucket.

    Parameters
    ----------
    screen : Screen
    columns : SignalColumns
    key, id_column : str
    """

    screen: Screen
    columns: SignalColumns
    key: str
    id_column: str

    def decided(self, batch: pa.RecordBatch) -> Iterator[tuple[str | None, Ints, Decisions]]:
        """Each requisition, its rows in the batch, and its decisions."""
        codes, names = coded(batch.column(self.key))
        order = np.argsort(codes, kind="stable")
        starts = np.searchsorted(codes[order], np.arange(len(names) + 1))
        ids = pc.cast(batch.column(self.id_column), pa.string())
        everyone = ids.to_numpy(zero_copy_only=False).astype(object)
        read = {
            name: numbers_of(batch.column(name), signal)
            for name, signal in self.columns.about.items()
        }
        for at, name in enumerate(names):
            rows = order[starts[at] : starts[at + 1]]
            if not rows.size:
                continue
            fixed = {}
            for signal, numbers in read.items():
                values = numbers.values[rows].astype(np.float64)
                decimals = decimals_of(values[~np.isnan(values)])
                fixed[signal] = Numbers(values, {}).fixed(decimals)
            frozen = freeze_on(fixed, self.columns.about, rows.size, self.screen)
            lottery = Lottery(self.screen.name, everyone[rows])
            yield name, rows, decide_columns(frozen, fixed, lottery)


@dataclass(frozen=True)
class CountKernel:
    """From a bucket to the counts of its requisitions."""

    decider: _Decider
    groups: tuple[str, ...]

    def __call__(self, batch: pa.RecordBatch) -> RequisitionCounts:
        read = [coded(batch.column(name)) for name in self.groups]
        table: dict[str, list[object]] = {
            name: [] for name in ("requisition", *self.groups, "n", "selected", "tied_at_cut")
        }
        for requisition, rows, decisions in self.decider.decided(batch):
            key = np.zeros(rows.size, dtype=np.int64)
            for codes, values in read:
                key = key * len(values) + codes[rows]
            cells, cell = np.unique(key, return_inverse=True)
            places = np.unravel_index(cells, [len(values) for _, values in read] or [1])
            table["requisition"] += [requisition] * cells.size
            for name, (_, values), place in zip(self.groups, read, places, strict=False):
                table[name] += [values[at] for at in place.tolist()]
            for name, who in (
                ("n", np.ones(rows.size, dtype=np.bool_)),
                ("selected", decisions.selected),
                ("tied_at_cut", decisions.tied_at_cut),
            ):
                table[name] += np.bincount(cell[who], minlength=cells.size).tolist()
        texts = [(name, pa.string()) for name in ("requisition", *self.groups)]
        counts = [(name, pa.int64()) for name in ("n", "selected", "tied_at_cut")]
        aside = sum(
            sum(numbers_of(batch.column(name), signal).set_aside.values())
            for name, signal in self.decider.columns.about.items()
        )
        return RequisitionCounts(pa.table(table, schema=pa.schema(texts + counts)), aside)


@dataclass(frozen=True)
class RowKernel:
    """From a bucket to its decisions, with the requisition beside."""

    decider: _Decider

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        ids = batch.column(self.decider.id_column)
        parts = []
        for requisition, rows, decisions in self.decider.decided(batch):
            found = decision_rows(
                ids.take(pa.array(rows)),
                decisions.selected,
                decisions.composite,
                decisions.eligible,
                decisions.tied_at_cut,
            )
            named = pa.array([requisition] * rows.size, pa.string())
            parts.append(found.append_column("requisition", named))
        return pa.Table.from_batches(parts).combine_chunks().to_batches()[0]


def select_per_requisition(
    engine: Engine,
    screen: Screen,
    key: str,
    groups: Sequence[str] = (),
    *,
    id_column: str,
    catalogue: Catalogue | None = None,
    progress: Progress | None = None,
) -> RequisitionCounts:
    """Decide every requisition by itself, and count who is selected.

    Parameters
    ----------
    engine : Engine
    screen : Screen
        Frozen anew for each requisition; its places are places in each.
    key : str
        The column that names the requisition.
    groups : sequence of str
        Columns to count by.
    id_column : str
    catalogue : Catalogue, optional
    progress : callable, optional

    Raises
    ------
    UnknownName, ScreenError, InputError
        If a column is not there or cannot be what it is asked for, or there are no rows.
    """
    decider = _decider(engine, screen, key, id_column, catalogue, groups)
    columns = [*decider.columns.names, key, id_column, *groups]
    kernel = CountKernel(decider, tuple(groups))
    found = engine.add_up_by_bucket(list(dict.fromkeys(columns)), key, kernel, progress)
    if found is None:
        raise InputError("There are no rows. Name files that hold some.")
    if found.set_aside:
        return replace(found, issues=values_set_aside(engine, decider.columns))
    return found


def write_per_requisition(
    engine: Engine,
    screen: Screen,
    key: str,
    out: Path,
    *,
    id_column: str,
    catalogue: Catalogue | None = None,
    progress: Progress | None = None,
) -> int:
    """Write the decision of every row, each requisition decided by itself.

    The parameters are those of `select_per_requisition` and `write_decisions`.
    """
    decider = _decider(engine, screen, key, id_column, catalogue)
    columns = list(dict.fromkeys([*decider.columns.names, key, id_column]))
    plan = f"decisions of screen {screen.digest} in each {key} over {engine.count()} rows"
    schema = SCHEMA.append(pa.field("requisition", pa.string()))
    return engine.write(columns, RowKernel(decider), schema, out, plan, key, progress)


def _decider(
    engine: Engine,
    screen: Screen,
    key: str,
    id_column: str,
    catalogue: Catalogue | None,
    groups: Sequence[str] = (),
) -> _Decider:
    for name in (key, id_column, *groups):
        if name not in engine.schema.names:
            raise UnknownName("column", name, engine.schema.names, "the rows")
    return _Decider(screen, signal_columns(engine.schema, screen, (), catalogue), key, id_column)

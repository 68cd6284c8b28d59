"""Rows of an engine without those of some codes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.engine.engine import (
    Engine,
    Kernel,
    Rewriting,
    T,
    asked,
    over,
    rows_at_once,
)
from toolkit.progress import Progress


@dataclass(frozen=True, eq=False)
class Without:
    """Goes through the rows of another engine, leaving out those of some codes.

    Parameters
    ----------
    engine : Engine
    column : str
        The column of codes.
    codes : Array of text
        Rows with one of these, or with no code, are left out.
    lost : int
        How many rows these are.
    """

    engine: Engine
    column: str
    codes: pa.Array
    lost: int

    @property
    def name(self) -> str:
        return self.engine.name

    @property
    def schema(self) -> pa.Schema:
        return self.engine.schema

    def count(self) -> int:
        return self.engine.count() - self.lost

    def some(self, columns: Sequence[str], rows: int) -> pa.RecordBatch | None:
        batch = self.engine.some(self._with_codes(columns), rows)
        if batch is None:
            return None
        kept = self._kept(columns)(batch)
        return kept if kept.num_rows else None

    def reach(self, column: str) -> float | None:
        return self.engine.reach(column)

    def add_up(
        self, columns: Sequence[str], kernel: Kernel[T], progress: Progress | None = None
    ) -> T | None:
        found = self.engine.add_up(self._with_codes(columns), self._over(columns, kernel), progress)
        return None if found is None else found.value

    def add_up_by_bucket(
        self, columns: Sequence[str], key: str, kernel: Kernel[T], progress: Progress | None = None
    ) -> T | None:
        found = self.engine.add_up_by_bucket(
            self._with_codes(columns), key, self._over(columns, kernel), progress
        )
        return None if found is None else found.value

    def add_up_by_file(
        self,
        columns: Sequence[str],
        kernel: Callable[[pa.RecordBatch], T | None],
        progress: Progress | None = None,
    ) -> dict[str, T]:
        over: Callable[[pa.RecordBatch], _Maybe[T]] = self._over(columns, kernel)
        found = self.engine.add_up_by_file(self._with_codes(columns), over, progress)
        return {name: part.value for name, part in found.items() if part.value is not None}

    def write(
        self,
        columns: Sequence[str],
        kernel: Rewriting,
        schema: pa.Schema,
        out: Path,
        plan: str,
        key: str | None = None,
        progress: Progress | None = None,
    ) -> int:
        plan = f"{plan}, {self.lost} rows left out"
        rewriting = _Rewritten(self._kept(columns), kernel, schema)
        return self.engine.write(
            self._with_codes(columns), rewriting, schema, out, plan, key, progress
        )

    def _with_codes(self, columns: Sequence[str]) -> list[str]:
        return list(dict.fromkeys([*asked(columns, self.schema), self.column]))

    def _kept(self, columns: Sequence[str]) -> _Kept:
        return _Kept(tuple(asked(columns, self.schema)), self.column, self.codes)

    def _over(self, columns: Sequence[str], kernel: Callable[[pa.RecordBatch], Any]) -> _Over:
        return _Over(self._kept(columns), kernel)


def kept_rows(column: pa.Array, codes: pa.Array) -> pa.BooleanArray:
    """Whose code is there and none of these texts."""
    own = texts(column)
    there = pc.fill_null(pc.not_equal(own, ""), False)
    return pc.and_(there, pc.invert(pc.is_in(own, value_set=codes)))


def texts(column: pa.Array) -> pa.Array:
    """Codes as texts."""
    return pc.cast(column, pa.large_string())


@dataclass(frozen=True, eq=False)
class _Kept:
    """The rows of a batch that are kept, and the columns that were asked for."""

    columns: tuple[str, ...]
    column: str
    codes: pa.Array

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        rows = batch.filter(kept_rows(batch.column(self.column), self.codes))
        return rows.select(list(self.columns))


@dataclass(frozen=True, eq=False)
class _Maybe(Generic[T]):
    """A value that adds up, or none: no row of the batch may be left."""

    value: T | None

    def __add__(self, other: _Maybe[T]) -> _Maybe[T]:
        if self.value is None or other.value is None:
            return other if self.value is None else self
        return _Maybe(self.value + other.value)


@dataclass(frozen=True)
class _Over:
    """A kernel over the rows that are kept, which is asked as it wants to be."""

    kept: _Kept
    kernel: Any

    def rows_at_once(self, usual: int) -> int:
        return rows_at_once(self.kernel, usual)

    def over(self, batches: Iterator[pa.RecordBatch]) -> _Maybe[Any]:
        kept = (rows for rows in map(self.kept, batches) if rows.num_rows)
        return _Maybe(over(self.kernel, kept))

    def __call__(self, batch: pa.RecordBatch) -> _Maybe[Any]:
        rows = self.kept(batch)
        return _Maybe(self.kernel(rows) if rows.num_rows else None)


@dataclass(frozen=True)
class _Rewritten:
    kept: _Kept
    kernel: Any
    schema: pa.Schema

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        rows = self.kept(batch)
        if rows.num_rows:
            made: pa.RecordBatch = self.kernel(rows)
            return made
        return pa.RecordBatch.from_pylist([], schema=self.schema)

"""The levels of evidence between which the quarters of all rows lie, exactly."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from toolkit.arrays import Floats, Ints
from toolkit.engine.engine import Engine
from toolkit.inflation.at_scale.lines import Work
from toolkit.inflation.evidence_level import STRATA
from toolkit.inflation.line_points import PLACES
from toolkit.screening.at_scale.nth_value import Search, nth_values


@dataclass(frozen=True)
class _Known:
    """How many rows have evidence, and between which levels they lie."""

    n: int
    low: int
    high: int

    def __add__(self, other: _Known) -> _Known:
        if not (self.n and other.n):
            return self if self.n else other
        return _Known(self.n + other.n, min(self.low, other.low), max(self.high, other.high))


@dataclass(frozen=True)
class _KnownKernel:
    work: Work

    def __call__(self, batch: pa.RecordBatch) -> _Known:
        steps = _steps(self.work, batch)
        return _Known(steps.size, int(steps.min(initial=0)), int(steps.max(initial=0)))


@dataclass(frozen=True)
class _Levels:
    work: Work
    times: int

    def __call__(self, batch: pa.RecordBatch) -> list[Ints]:
        return [_steps(self.work, batch)] * self.times


def _steps(work: Work, batch: pa.RecordBatch) -> Ints:
    """The levels that are known, as whole numbers of the steps that they are held in."""
    level = work.level(batch)
    known: Ints = np.ldexp(level[~np.isnan(level)], PLACES).astype(np.int64)
    return known


def quarters(engine: Engine, work: Work) -> Floats:
    """Where the upper quarters begin, as `numpy.quantile` says of a column in memory.

    Parameters
    ----------
    engine : Engine
    work : Work

    Returns
    -------
    float array, shape (3,)
        Empty where nobody has evidence.
    """
    found = engine.add_up(work.names, _KnownKernel(work)) if work.names else None
    if found is None or not found.n:
        return np.empty(0)
    at = [(found.n - 1) * quarter / STRATA for quarter in range(1, STRATA)]
    ranks = [rank for place in at for rank in (math.floor(place), math.ceil(place))]
    searches = [Search(rank, found.low, found.high) for rank in ranks]
    steps = nth_values(engine, work.names, _Levels(work, len(searches)), searches)
    ends = np.ldexp(np.array(steps, dtype=np.float64), -PLACES).reshape(-1, 2)
    return np.array(
        [np.quantile(pair, place - math.floor(place)) for pair, place in zip(ends, at, strict=True)]
    )

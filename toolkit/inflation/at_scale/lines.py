"""The line of each score on the evidence, fitted over rows that do not fit into memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from toolkit.arrays import Floats
from toolkit.engine.engine import Engine
from toolkit.inflation.at_scale.profile import Profile
from toolkit.inflation.evidence_level import level_of
from toolkit.inflation.line import LineSearch, Look
from toolkit.inflation.line_points import PLACES, LineSums, Points, ends_of, on_grid
from toolkit.inflation.score_above_work import Comparison, comparisons
from toolkit.intake.column_figures import ColumnFigures


@dataclass(frozen=True)
class Work:
    """The evidence of each row.

    Parameters
    ----------
    profile : Profile
    figures : mapping of str to ColumnFigures
        Of the evidence, over all rows.
    """

    profile: Profile
    figures: Mapping[str, ColumnFigures]

    @property
    def names(self) -> list[str]:
        return list(self.figures)

    def level(self, batch: pa.RecordBatch) -> Floats:
        """The level of evidence of each row of a batch; NaN without."""
        columns = self.profile.only(self.figures).fixed(batch)
        return level_of(columns, self.figures, batch.num_rows)


@dataclass(frozen=True)
class Sums:
    """Sums of each comparison's points."""

    of: tuple[LineSums, ...]

    def __add__(self, other: Sums) -> Sums:
        return Sums(tuple(a + b for a, b in zip(self.of, other.of, strict=True)))


@dataclass(frozen=True)
class Looks:
    """What one look found for each comparison."""

    of: tuple[Look, ...]

    def __add__(self, other: Looks) -> Looks:
        return Looks(tuple(a + b for a, b in zip(self.of, other.of, strict=True)))


@dataclass(frozen=True)
class _ScoresKernel:
    work: Work
    asked: tuple[Comparison, ...]

    def scores(self, batch: pa.RecordBatch) -> Iterator[tuple[Comparison, Floats]]:
        """Each score, as it is compared."""
        columns = self.work.profile.values(batch, [one.name for one in self.asked])
        for one in self.asked:
            yield one, one.compared(columns[one.name])


@dataclass(frozen=True)
class SumsKernel(_ScoresKernel):
    """Adds up everybody who has score and evidence."""

    def __call__(self, batch: pa.RecordBatch) -> Sums:
        level = self.work.level(batch)
        found = []
        for one, score in self.scores(batch):
            points = Points.of(score, level, one.places)
            found.append(points.sums(points.both))
        return Sums(tuple(found))


@dataclass(frozen=True)
class LookKernel(_ScoresKernel):
    """Adds up who leaves each line; only those who may are held on the grid."""

    def __call__(self, batch: pa.RecordBatch) -> Looks:
        level = self.work.level(batch)
        found = []
        for one, score in self.scores(batch):
            assert one.search is not None
            sure, rows = one.search.doubtful(score, level)
            points = Points.of(score[rows], level[rows], one.places)
            others = level[sure]
            ends = np.array([others.min(), others.max()]) if others.size else others
            found.append(one.search.look_at(points, ends_of(on_grid(ends, PLACES))))
        return Looks(tuple(found))


def fitted_lines(
    engine: Engine, work: Work, figures: Mapping[str, ColumnFigures]
) -> tuple[Comparison, ...]:
    """Each social score with its line, by as many looks as the longest search takes.

    Parameters
    ----------
    engine : Engine
    work : Work
    figures : mapping of str to ColumnFigures
        At least of the scores.
    """
    asked = comparisons(work.profile.numbers.about, figures)
    if not asked or not work.names:
        return asked
    columns = [*work.names, *(one.name for one in asked)]
    sums = engine.add_up(columns, SumsKernel(work, asked))
    assert sums is not None
    found = {
        one.name: replace(one, search=LineSearch.begun(first, one.step))
        for one, first in zip(asked, sums.of, strict=True)
    }
    while left := tuple(o for o in found.values() if o.search is not None and o.search.open):
        columns = [*work.names, *(one.name for one in left)]
        looks = engine.add_up(columns, LookKernel(work, left))
        assert looks is not None
        for one, look in zip(left, looks.of, strict=True):
            assert one.search is not None
            found[one.name] = replace(one, search=one.search.after(look))
    return tuple(found.values())

"""A score reduced once to counts by group: all that comparing scores needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.arrays import Ints
from toolkit.errors import TooFewData
from toolkit.fairness.cells import JointCounts, Layout, assign_cells
from toolkit.fairness.four_fifths import Floats
from toolkit.fairness.score_column import as_scores

#: A score with more different values is looked at at so many cut-offs, evenly in people.
MOST_CUT_OFFS = 200
#: Pairs of values and cells are counted in a table up to this size, and sorted beyond.
_LARGEST_TABLE = 2**22

Positions = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class ScoreCells:
    """What each cell's people score, as sums and counts.

    Parameters
    ----------
    layout : Layout
    n : int64 array, shape (n_cells,)
        People with a score.
    centre : float
        What the sums are taken from, so that no digits are lost.
    total, squares : float array, shape (n_cells,)
        Σ(x − centre) and Σ(x − centre)².
    median : float
        Of everybody with a score, whatever their membership.
    lower_middle : float
        The lower of the two scores that the median lies between.
    above_median : int64 array, shape (n_cells,)
        People strictly above it.
    cut_offs : float array, shape (n_cut_offs,)
        Every different value where there are at most `MOST_CUT_OFFS`; ascending.
    at_least : int64 array, shape (n_cut_offs, n_cells)
        People with the cut-off's score or a higher one.
    not_scored : int
        People without a score, who are left out.
    """

    layout: Layout
    n: Ints
    centre: float
    total: Floats
    squares: Floats
    median: float
    lower_middle: float
    above_median: Ints
    cut_offs: Floats
    at_least: Ints
    not_scored: int

    @property
    def scoring(self) -> JointCounts:
        """Who scores above the median, as the counts of a decision."""
        return JointCounts(self.layout, self.n, self.above_median)


def score_cells(
    groups: pd.DataFrame,
    attributes: Sequence[str],
    scores: npt.ArrayLike,
    people: Ints | None = None,
) -> ScoreCells:
    """Reduce a score to counts by group.

    Parameters
    ----------
    groups : DataFrame, shape (n_rows, n_columns)
    attributes : sequence of str
    scores : float array, shape (n_rows,)
        NaN where there is none.
    people : int64 array, shape (n_rows,), optional
        How many people each row stands for; one where left out. The result is the same for
        a row of three people as for three rows of one.

    Raises
    ------
    UnknownName, InputError
        As `assign_cells`; also if there are not as many scores as rows, or one is infinite.
    TooFewData
        If nobody has a score.
    """
    values = as_scores(scores, len(groups))
    weight = np.ones(len(values), dtype=np.int64) if people is None else people
    known = ~np.isnan(values) & (weight > 0)
    not_scored = int(weight[np.isnan(values)].sum())
    values, weight = values[known], weight[known]
    if not len(values):
        raise TooFewData("Nobody has a score, so there is nothing to compare.")
    cells = assign_cells(groups.loc[known], attributes)
    of_row, size = cells.of_row.astype(np.intp), len(cells.n)
    different, of_value = np.unique(values, return_inverse=True)
    by_value = np.bincount(of_value, weight, len(different)).astype(np.int64)
    low, high = _middle_two(by_value)
    cut_offs = _cut_offs(different, by_value)
    centre = float(different[low] / 2 + different[high] / 2)
    value, cell, many = _pairs(of_value.astype(np.intp), of_row, weight, size)
    # The last cut-off that a value reaches; every value reaches the first.
    reached = np.searchsorted(cut_offs, different, side="right") - 1
    histogram = np.zeros((len(cut_offs), size), dtype=np.int64)
    np.add.at(histogram, (reached[value], cell), many)
    away = different[value] - centre
    return ScoreCells(
        layout=cells.layout,
        n=_summed(cell, many, size),
        centre=centre,
        total=_added(cell, many * away, size),
        squares=_added(cell, many * away * away, size),
        median=centre,
        lower_middle=float(different[low]),
        # Nobody lies between the two middle values: above their mean is above the lower.
        above_median=_summed(cell, many * (value > low), size),
        cut_offs=cut_offs,
        at_least=np.cumsum(histogram[::-1], axis=0)[::-1],
        not_scored=not_scored,
    )


def _pairs(
    of_value: Positions, of_row: Positions, weight: Ints, size: int
) -> tuple[Positions, Positions, Ints]:
    """The values and cells that occur together, in order, and how many people they have.

    Sums over them come out the same to the last digit for any order of the rows.
    """
    key = of_value * size + of_row
    largest = (int(of_value.max()) + 1) * size
    if largest <= _LARGEST_TABLE:
        counts = np.bincount(key, weight, largest)
        occurring = np.flatnonzero(counts)
        many = counts[occurring]
    else:
        occurring, position = np.unique(key, return_inverse=True)
        many = np.bincount(position, weight)
    return occurring // size, occurring % size, many.astype(np.int64)


def _middle_two(by_value: Ints) -> tuple[int, int]:
    """Positions of the two values between which half of the people lie; often the same."""
    running = np.cumsum(by_value)
    people = int(running[-1])
    low = int(np.searchsorted(running, (people - 1) // 2, side="right"))
    return low, int(np.searchsorted(running, people // 2, side="right"))


def _cut_offs(different: Floats, by_value: Ints) -> Floats:
    if len(different) <= MOST_CUT_OFFS:
        return different
    running = np.cumsum(by_value) - by_value
    wanted = np.linspace(0, running[-1], MOST_CUT_OFFS)
    return np.asarray(different[np.unique(np.searchsorted(running, wanted))], dtype=np.float64)


def _summed(cell: Positions, many: Ints, size: int) -> Ints:
    return np.bincount(cell, many, size).astype(np.int64)


def _added(cell: Positions, values: Floats, size: int) -> Floats:
    return np.bincount(cell, values, size).astype(np.float64)

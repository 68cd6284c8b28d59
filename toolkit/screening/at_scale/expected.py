"""Where the cuts of a contest are expected: from a sample, and closer by counting.

A sample of m rows says to about 6 √(m p (1 − p)) places where the best share p of the rows ends.
Of many rows, or for many variants, even that stretch holds more than may be kept; one look then
counts how the rows lie within it, in bins, and only the bin that holds the cut is kept.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from toolkit.arrays import Ints
from toolkit.engine.engine import Engine
from toolkit.screening.at_scale.contest import Contest
from toolkit.screening.at_scale.near import Bracket
from toolkit.screening.at_scale.nth_value import BinKernel, Search, binned
from toolkit.screening.at_scale.survey import Survey

#: Composites are below it in size.
END = 2**62
#: A stretch is counted in ``2 ** BITS`` bins: of 100 million rows a thousand or so are in each.
BITS = 10
_NOBODY = Bracket(END, END)


@dataclass(frozen=True)
class Expected:
    """Where each variant's cut is expected.

    Parameters
    ----------
    brackets : tuple of Bracket
    rows : int
        How many rows lie within them, about, added up over the variants.
    """

    brackets: tuple[Bracket, ...]
    rows: int


def expected_cuts(contest: Contest, survey: Survey, places: int) -> Expected:
    """Where the sample of a survey expects each variant's cut, generously."""
    names = contest.columns.names
    sample = pa.RecordBatch.from_arrays(
        [pa.array(survey.sampled(name), from_pandas=False) for name in names], names=names
    )
    m = sample.num_rows
    share = places / survey.rows
    spread = 6 * math.sqrt(m * share * (1 - share)) + 10
    first, last = math.floor(m * share - spread), math.ceil(m * share + spread)
    brackets, inside = [], 0
    for standing in contest.standings(sample):
        best = np.sort(standing.keys[0][standing.eligible])[::-1]
        high = int(best[first]) if 0 <= first < best.size else END
        low = int(best[last]) if last < best.size else -END
        brackets.append(Bracket(low, high))
        inside += int(np.count_nonzero((best >= low) & (best <= high)))
    return Expected(tuple(brackets), math.ceil(inside / max(m, 1) * survey.rows))


def counted_closer(
    engine: Engine,
    contest: Contest,
    brackets: Sequence[Bracket],
    places: int,
    columns: Sequence[str],
    most: int,
) -> list[Bracket]:
    """Narrower brackets round the same cuts, by counting.

    Parameters
    ----------
    engine : Engine
    contest : Contest
    brackets : sequence of Bracket
        One a variant.
    places : int
    columns : sequence of str
        To read.
    most : int
        Rows that may lie within all of them; more are left only where that many are alike.

    Returns
    -------
    list of Bracket
        One that nobody lies in, where the cut turns out to be elsewhere.
    """
    spread = engine.add_up(columns, SpreadKernel(contest, tuple(brackets)))
    assert spread is not None
    searches: dict[int, Search] = {}
    rows: dict[int, int] = {}
    for at, (bracket, above, bins) in enumerate(
        zip(brackets, spread.above.tolist(), spread.bins, strict=True)
    ):
        inside = int(bins.sum())
        if above < places <= above + inside:
            whole = Search(above + inside - places, bracket.low, bracket.high, BITS)
            searches[at] = whole.narrowed(bins)
            rows[at] = int(bins[whole.bin_of(searches[at].low)])
    while sum(rows.values()) > most and any(s.low < s.high for s in searches.values()):
        some = Contest(contest.columns, contest.frozen, tuple(contest.removed[i] for i in searches))
        found = engine.add_up(columns, BinKernel(Composites(some), tuple(searches.values())))
        assert found is not None
        for (at, search), bins in zip(list(searches.items()), found.bins, strict=True):
            searches[at] = search.narrowed(bins)
            rows[at] = int(bins[search.bin_of(searches[at].low)])
    closer = {at: Bracket(search.low, search.high) for at, search in searches.items()}
    return [closer.get(at, _NOBODY) for at in range(len(brackets))]


@dataclass(frozen=True)
class Composites:
    """From a batch to the composites of everybody eligible, variant by variant."""

    contest: Contest

    def __call__(self, batch: pa.RecordBatch) -> list[Ints]:
        return [s.keys[0][s.eligible] for s in self.contest.standings(batch)]


@dataclass(frozen=True, eq=False)
class Spread:
    """How the rows lie about each variant's bracket.

    Parameters
    ----------
    above : int64 array, shape (n_variants,)
    bins : int64 array, shape (n_variants, 2 ** BITS)
        Within it.
    """

    above: Ints
    bins: Ints

    def __add__(self, other: Spread) -> Spread:
        return Spread(self.above + other.above, self.bins + other.bins)


@dataclass(frozen=True)
class SpreadKernel:
    """Counts the eligible above and within each bracket."""

    contest: Contest
    brackets: tuple[Bracket, ...]

    def __call__(self, batch: pa.RecordBatch) -> Spread:
        above, bins = [], []
        for standing, bracket in zip(self.contest.standings(batch), self.brackets, strict=True):
            composites = standing.keys[0]
            eligible = None if standing.eligible.all() else standing.eligible
            over, near = bracket.split(composites, eligible)
            above.append(np.count_nonzero(over))
            search = Search(0, bracket.low, bracket.high, BITS)
            bins.append(binned(composites[np.flatnonzero(near)], search))
        return Spread(np.array(above, dtype=np.int64), np.array(bins, dtype=np.int64))

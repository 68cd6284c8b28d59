"""The cut through rows that do not fit into memory, exactly.

A sample says about where the cut lies (`toolkit.screening.at_scale.expected`). One look then
counts everybody above that stretch and keeps the few within it, among whom the cut is found as
it is in memory. Whether the stretch holds it is known from the counts; where it does not, the
value is searched for bin by bin. The sample therefore decides how long it takes and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from toolkit.arrays import Bools, Ints
from toolkit.engine.engine import Engine
from toolkit.engine.memory import MemoryEngine
from toolkit.progress import Progress
from toolkit.screening.at_scale.columns import Cells
from toolkit.screening.at_scale.contest import Contest, Standing
from toolkit.screening.at_scale.draw import Draw, LotsAtCut, codes_of, no_codes
from toolkit.screening.at_scale.expected import (
    END,
    Composites,
    counted_closer,
    expected_cuts,
)
from toolkit.screening.at_scale.near import AllNear, Bracket, Near, NearKernel
from toolkit.screening.at_scale.nth_value import Search, nth_values
from toolkit.screening.at_scale.survey import Survey
from toolkit.screening.lottery import lots

#: Rows within the brackets of all variants that may be kept; wider ones are counted closer first.
MOST_KEPT = 2**21


@dataclass(frozen=True, eq=False)
class Cut:
    """Who is selected, as a condition on one candidate.

    Parameters
    ----------
    last : tuple of int or None
        Composite and tie-breakers of the last who is selected; None where everyone eligible
        is, or nobody.
    nobody : bool
    level : int
        How many eligible have exactly `last`.
    room : int
        How many of these are selected.
    drawn : Draw or None
        Which, where the lots decided (``room < level``).
    """

    last: tuple[int, ...] | None
    nobody: bool = False
    level: int = 0
    room: int = 0
    drawn: Draw | None = None

    @property
    def by_lot(self) -> bool:
        return self.room < self.level

    @property
    def tied(self) -> int:
        """Candidates between whom the lots decided."""
        return self.level if self.by_lot else 0

    def selects(self, standing: Standing, ids: pa.Array | None = None) -> Bools:
        """Who of a batch is selected.

        Parameters
        ----------
        standing : Standing
        ids : Array of text, optional
            Needed where the lots decided.
        """
        if self.nobody:
            return np.zeros(standing.eligible.shape, dtype=np.bool_)
        if self.last is None:
            return standing.eligible
        ahead, level = compare(standing.keys, self.last)
        if not self.by_lot:
            return standing.eligible & (ahead | level)
        chosen: Bools = standing.eligible & ahead
        rows = np.flatnonzero(level & standing.eligible)
        if rows.size:
            assert ids is not None
            assert self.drawn is not None
            chosen[rows] = self.drawn.has(ids.take(pa.array(rows)))
        return chosen

    def tied_rows(self, standing: Standing) -> Bools:
        """Who of a batch stands at the cut, where the lots decided."""
        if self.last is None or not self.by_lot:
            return np.zeros(standing.eligible.shape, dtype=np.bool_)
        return standing.eligible & compare(standing.keys, self.last)[1]


def compare(keys: Sequence[Ints], last: Sequence[int]) -> tuple[Bools, Bools]:
    """Whose keys are ahead of these, and whose are level, looked at in turn."""
    ahead: Bools = keys[0] > last[0]
    level: Bools = keys[0] == last[0]
    for key, own in zip(keys[1:], last[1:], strict=True):
        if not level.any():
            break
        ahead |= level & (key > own)
        level &= key == own
    return ahead, level


@dataclass(frozen=True, eq=False)
class Seats:
    """Cuts and counts of each variant of a contest.

    Parameters
    ----------
    cuts : tuple of Cut
    eligible, selected : int64 array, shape (n_variants, n_cells)
    """

    cuts: tuple[Cut, ...]
    eligible: Ints
    selected: Ints


def find_seats(
    engine: Engine,
    contest: Contest,
    survey: Survey,
    cells: Cells,
    id_column: str | None,
    progress: Progress | None = None,
) -> Seats:
    """The cut of each variant, and how many of each cell it selects.

    Parameters
    ----------
    engine : Engine
    contest : Contest
    survey : Survey
        Of the same rows.
    cells : Cells
    id_column : str or None
        Asked only where lots have to be drawn; without it, row-wise ids are not known.
    progress : callable, optional
    """
    places = contest.frozen.places
    columns = list(dict.fromkeys([*contest.columns.names, *cells.columns]))
    foretold = _foretold(contest, survey, cells, columns)
    if foretold is None:
        brackets = _brackets(engine, contest, survey, columns)
        found = _look(engine, contest, brackets, cells, columns, progress)
    else:
        found = [foretold]
    wrong = [i for i, near in enumerate(found) if not _holds(near, places)]
    if wrong:
        # The sample misled, or too many are alike: search for the value itself.
        asked = Contest(contest.columns, contest.frozen, tuple(contest.removed[i] for i in wrong))
        exact = _searched(engine, asked, [found[i] for i in wrong], places, columns)
        for near, i in zip(_look(engine, asked, exact, cells, columns), wrong, strict=True):
            found[i] = near
    cuts = [_cut(near, places) for near in found]
    drawn = _draw(engine, contest, cuts, cells, id_column)
    selected = np.array(
        [_selected(near, cut, extra) for near, cut, extra in zip(found, *drawn, strict=True)],
        dtype=np.int64,
    )
    eligible = np.array([near.eligible for near in found], dtype=np.int64)
    if progress is not None:
        progress(1.0)
    return Seats(tuple(drawn[0]), eligible, selected)


def _foretold(contest: Contest, survey: Survey, cells: Cells, columns: list[str]) -> Near | None:
    """What a look would find, from the rows that a forecast sorted, if it was right."""
    rows, forecast, frozen = survey.sorted, survey.forecast, contest.frozen
    if rows is None or forecast is None or contest.removed != ((),):
        return None
    left = frozen.places - sum(rows.above.values())
    if not 0 < left <= rows.n_open:
        return None
    kept = MemoryEngine(pa.Table.from_batches(rows.open).select(columns))
    composites = np.concatenate(kept.add_up(columns, Composites(contest)) or [])
    last = int(np.partition(composites, -left)[-left])
    if not forecast.confirms(frozen, survey.figures, last):
        return None
    (near,) = _look(kept, contest, [Bracket(last, last)], cells, columns)
    above = near.above + cells.counts(rows.above)
    return replace(near, eligible=cells.counts(rows.eligible), above=above)


def _brackets(
    engine: Engine, contest: Contest, survey: Survey, columns: list[str]
) -> Sequence[Bracket]:
    """Where to look for each variant's cut, so that not too many rows are kept."""
    places = contest.frozen.places
    expected = expected_cuts(contest, survey, places)
    if expected.rows <= MOST_KEPT:
        return expected.brackets
    return counted_closer(engine, contest, expected.brackets, places, columns, MOST_KEPT)


def _look(
    engine: Engine,
    contest: Contest,
    brackets: Sequence[Bracket],
    cells: Cells,
    columns: list[str],
    progress: Progress | None = None,
) -> list[Near]:
    found = engine.add_up(columns, NearKernel(contest, tuple(brackets), cells), progress)
    assert isinstance(found, AllNear)
    return [near.fold() for near in found.of]


def _holds(near: Near, places: int) -> bool:
    """Whether the cut lies within the bracket, or there is none to look for."""
    eligible, above = int(near.eligible.sum()), int(near.above.sum())
    return places >= eligible or places == 0 or above < places <= above + int(near.kept.count.sum())


def _searched(
    engine: Engine, contest: Contest, found: Sequence[Near], places: int, columns: list[str]
) -> list[Bracket]:
    searches = [Search(int(near.eligible.sum()) - places, -END, END - 1) for near in found]
    values = nth_values(engine, columns, Composites(contest), searches)
    return [Bracket(value, value) for value in values]


def _cut(near: Near, places: int) -> Cut:
    """The cut among those who were kept."""
    if places == 0:
        return Cut(None, nobody=True)
    if places >= int(near.eligible.sum()):
        return Cut(None)
    # Best first: the rows are in rising order of their keys.
    keys, count = near.kept.keys[::-1], near.kept.count[::-1]
    up_to = int(near.above.sum()) + np.cumsum(count)
    at = int(np.searchsorted(up_to, places))
    last = tuple(keys[at].tolist())
    same = (keys == keys[at]).all(axis=1)
    level = int(count[same].sum())
    ahead = int(up_to[np.flatnonzero(same)[0]] - count[np.flatnonzero(same)[0]])
    return Cut(last, level=level, room=places - ahead)


@dataclass(frozen=True, eq=False)
class _Levels:
    """Those level at each variant's cut."""

    of: tuple[LotsAtCut, ...]

    def __add__(self, other: _Levels) -> _Levels:
        return _Levels(tuple(a + b for a, b in zip(self.of, other.of, strict=True)))


@dataclass(frozen=True)
class _LevelKernel:
    contest: Contest
    cuts: tuple[Cut, ...]
    cells: Cells
    id_column: str

    def __call__(self, batch: pa.RecordBatch) -> _Levels:
        found = []
        everyone, name = batch.column(self.id_column), self.contest.frozen.screen.name
        cell = self.cells.of_rows(batch)
        for standing, cut in zip(self.contest.standings(batch), self.cuts, strict=True):
            rows = np.flatnonzero(cut.tied_rows(standing))
            found.append(LotsAtCut.of(name, everyone.take(pa.array(rows)), cell[rows]))
        return _Levels(tuple(found))


@dataclass(frozen=True, eq=False)
class _Codes:
    """Codes and cells of some rows."""

    codes: tuple[tuple[str, int], ...]

    def __add__(self, other: _Codes) -> _Codes:
        return _Codes(self.codes + other.codes)


@dataclass(frozen=True)
class _SharingKernel:
    """Who shares a lot among those level at a cut: hardly ever anybody."""

    contest: Contest
    cut: Cut
    lot: int
    cells: Cells
    id_column: str

    def __call__(self, batch: pa.RecordBatch) -> _Codes:
        cell = self.cells.of_rows(batch)
        (standing,) = self.contest.standings(batch)
        rows = np.flatnonzero(self.cut.tied_rows(standing))
        codes = codes_of(batch.column(self.id_column).take(pa.array(rows)))
        own = lots(self.contest.frozen.screen.name, codes)
        sharing = np.flatnonzero(own == self.lot)
        return _Codes(tuple((codes[at], int(cell[rows[at]])) for at in sharing.tolist()))


def _draw(
    engine: Engine, contest: Contest, cuts: list[Cut], cells: Cells, id_column: str | None
) -> tuple[list[Cut], list[Ints | None]]:
    """Draw the lots where they decide; the cells of those drawn beside."""
    drawn: list[Ints | None] = [None] * len(cuts)
    asked = [i for i, cut in enumerate(cuts) if cut.by_lot]
    if not asked:
        return cuts, drawn
    if id_column is None:
        raise no_codes(cuts[asked[0]].level, "the cut")
    some = Contest(contest.columns, contest.frozen, tuple(contest.removed[i] for i in asked))
    kernel = _LevelKernel(some, tuple(cuts[i] for i in asked), cells, id_column)
    columns = list(dict.fromkeys([*contest.columns.names, *cells.columns, id_column]))
    found = engine.add_up(columns, kernel)
    assert found is not None
    for i, level in zip(asked, found.of, strict=True):
        cut, sharing = cuts[i], None
        last, left, by_cell = level.drawn(cut.room, len(cells))
        if left:
            alone = Contest(contest.columns, contest.frozen, (contest.removed[i],))
            alike = engine.add_up(columns, _SharingKernel(alone, cut, last, cells, id_column))
            assert alike is not None
            chosen = sorted(alike.codes)[:left]
            sharing = frozenset(code for code, _ in chosen)
            by_cell += np.bincount([cell for _, cell in chosen], minlength=len(cells))
        cuts[i] = replace(cut, drawn=Draw(contest.frozen.screen.name, last, sharing))
        drawn[i] = by_cell
    return cuts, drawn


def _selected(near: Near, cut: Cut, drawn: Ints | None) -> Ints:
    """How many of each cell are selected."""
    if cut.nobody:
        return np.zeros_like(near.eligible)
    if cut.last is None:
        return near.eligible
    kept = near.kept
    ahead, level = compare(list(kept.keys.T), cut.last)
    counted = ahead | level if drawn is None else ahead
    extra = np.bincount(
        kept.cell[counted], weights=kept.count[counted], minlength=near.eligible.size
    )
    chosen: Ints = near.above + extra.astype(np.int64)
    return chosen if drawn is None else chosen + drawn

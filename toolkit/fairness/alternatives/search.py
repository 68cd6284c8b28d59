"""The search: starting points, then closer and closer around the best of them.

It is made on all candidates and, for the held-out figures, on each training part as if there
were no others. The searches go forward together, so that a screen which several of them try is
decided once; but each sees only what it has tried itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from toolkit.arrays import Bools, Floats, Ints
from toolkit.fairness.alternatives.audit import Audit
from toolkit.fairness.alternatives.contest import Arena, Entrants
from toolkit.fairness.alternatives.evaluation import Figures, Part, figures
from toolkit.fairness.alternatives.pareto import pareto_front
from toolkit.fairness.alternatives.weight_space import STEPS, evenly, neighbours

#: Told the share of the search that is done.
Advance = Callable[[float], None]
#: Screens that are decided between two reports of progress.
_AT_ONCE = 200
#: What one round around the best costs, against all starting points.
_ROUND = 0.25


@dataclass(frozen=True, eq=False)
class Searched:
    """Every screen that any of the searches tried, and what each of them saw.

    Parameters
    ----------
    entrants : Entrants
    figures : Figures
        NaN where not defined, or not tried on that part.
    tried : bool array, shape (n_parts, n_screens)
    """

    entrants: Entrants
    figures: Figures
    tried: Bools

    def only(self, part: int) -> Seen:
        """What one search saw."""
        rows, figures = np.flatnonzero(self.tried[part]), self.figures
        return Seen(
            self.entrants[rows],
            figures.validity[part, rows],
            figures.impact_ratio[part, rows],
            figures.flips[part, rows],
        )


class Seen(NamedTuple):
    """The screens that one search tried, with their figures on its part; one row a screen."""

    entrants: Entrants
    validity: Floats
    impact_ratio: Floats
    flips: Ints


def search(
    arena: Arena,
    audit: Audit,
    start: Entrants,
    parts: Sequence[Part],
    budget: int,
    advance: Advance,
) -> Searched:
    """Try the starting points, then neighbours of the front in finer and finer steps.

    Parameters
    ----------
    arena : Arena
    audit : Audit
    start : Entrants
        Starting points, which depend on no candidate; no screen twice.
    parts : sequence of Part
        Each is searched for itself.
    budget : int
        Neighbours that each search may try.
    advance : callable
    """
    shape = (len(parts), len(start))
    nothing = Figures(np.full(shape, np.nan), np.full(shape, np.nan), np.zeros(shape, np.int64))
    found = Searched(start, nothing, np.ones(shape, np.bool_))
    work = 1 + _ROUND * len(STEPS)
    for begin in range(0, len(start), _AT_ONCE):
        rows = np.arange(begin, min(begin + _AT_ONCE, len(start)))
        _judge(found, arena, audit, parts, rows, found.tried[:, rows])
        advance((begin + len(rows)) / len(start) / work)
    row_of = {key: row for row, key in enumerate(start.keys())}
    for done, step in enumerate(STEPS):
        found, wanted = _closer(found, arena, budget // len(STEPS), step, row_of)
        rows = np.flatnonzero(wanted.any(axis=0))
        _judge(found, arena, audit, parts, rows, wanted[:, rows])
        advance((1 + _ROUND * (done + 1)) / work)
    return found


def _judge(
    found: Searched,
    arena: Arena,
    audit: Audit,
    parts: Sequence[Part],
    rows: Ints,
    wanted: Bools,
) -> None:
    """Fill in the figures of some screens on the parts that try them."""
    some = figures(arena, audit, found.entrants[rows], parts, wanted)
    for at in range(len(parts)):
        into = rows[wanted[at]]
        found.figures.validity[at, into] = some.validity[at, wanted[at]]
        found.figures.impact_ratio[at, into] = some.impact_ratio[at, wanted[at]]
        found.figures.flips[at, into] = some.flips[at, wanted[at]]
        found.tried[at, into] = True


def _closer(
    found: Searched, arena: Arena, budget: int, step: int, row_of: dict[bytes, int]
) -> tuple[Searched, Bools]:
    """The neighbours of each search's front, added to the screens, and which search wants which."""
    before = len(found.entrants)
    fresh: list[Entrants] = []
    wishes: list[set[int]] = []
    for part in range(len(found.tried)):
        near = _neighbours_of_front(found, arena, part, budget, step)
        wishes.append(set())
        for at, key in enumerate(near.keys()):
            if len(wishes[-1]) == budget:
                break
            row = row_of.setdefault(key, before + len(fresh))
            if row == before + len(fresh):
                fresh.append(near[at : at + 1])
            if row >= before or not found.tried[part, row]:
                wishes[-1].add(row)
    extra = ((0, 0), (0, len(fresh)))
    wider = Searched(
        Entrants.joined([found.entrants, *fresh]),
        Figures(
            np.pad(found.figures.validity, extra, constant_values=np.nan),
            np.pad(found.figures.impact_ratio, extra, constant_values=np.nan),
            np.pad(found.figures.flips, extra),
        ),
        np.pad(found.tried, extra),
    )
    wanted = np.zeros(wider.tried.shape, dtype=np.bool_)
    for part, rows in enumerate(wishes):
        wanted[part, sorted(rows)] = True
    return wider, wanted


def _neighbours_of_front(
    found: Searched, arena: Arena, part: int, budget: int, step: int
) -> Entrants:
    """Neighbours of members of one search's front, evenly over it, as many as it may try."""
    entrants, validity, ratio, _ = found.only(part)
    size = entrants.percents.shape[1]
    moves = size * (size - 1)
    # The named screens do not lie on the grid of whole percents.
    rows = np.flatnonzero(pareto_front(validity, ratio) & (entrants.percents[:, 0] >= 0))
    rows = rows[np.argsort(-validity[rows], kind="stable")]
    around = evenly(rows, max(1, budget // max(moves, 1)))
    percents = neighbours(entrants.percents[around], step)
    bases = np.repeat(entrants.base[around], moves)
    return Entrants(arena.space.weights(percents), bases, percents)

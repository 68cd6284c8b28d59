"""How far down the order the last seat lies, at every cut-off on one score at once.

Candidates are gone through from the best; at each cut-off, those whose score reaches it take
seats until the places are filled. Two observations keep this short where the order changes
a little at a time, as it does along the weights of a sweep:

- Whoever took a seat at some cut-off before is still there, and still reaches it. The lowest
  composite among them is a bound that those who take the seats now all meet. Who falls below
  the bound at the highest cut-off that they reach takes no seat at any, and is left out.
- Candidates who are level are ordered by lot. Only where the last seat falls among them does
  their order matter, so only then are the lots drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from toolkit.arrays import Bools, Ints
from toolkit.screening.lottery import Lottery
from toolkit.screening.order import best_first

#: Candidates are counted in blocks of so many to find the last seat.
BLOCK = 128
#: A bound that every composite meets, and one that none meets.
EVERYONE, NOBODY = np.iinfo(np.int64).min, np.iinfo(np.int64).max


@dataclass(frozen=True, eq=False)
class Contest:
    """Who competes, and with what, apart from their composites.

    Parameters
    ----------
    reached : int64 array, shape (m,)
        How many cut-offs, from the lowest, each candidate's score reaches.
    n_cutoffs : int
    tie_keys : sequence of int64 arrays, shape (m,)
        In turn; higher goes first.
    lottery : Lottery
        Of these candidates.
    places : int
        At least 1.
    """

    reached: Ints
    n_cutoffs: int
    tie_keys: Sequence[Ints]
    lottery: Lottery
    places: int


@dataclass(frozen=True, eq=False)
class Seating:
    """Who takes the seats at each cut-off.

    Parameters
    ----------
    order : int64 array, shape (at most m,)
        Positions of candidates, best first; without those who take no seat at any cut-off.
    seats : int64 array, shape (n_cutoffs,)
        How many of `order` have to be gone through to fill the places; all of them where the
        places are not filled. Never falls as the cut-off rises.
    filled : bool array, shape (n_cutoffs,)
        Whether the places are filled.
    """

    order: Ints
    seats: Ints
    filled: Bools


def take_seats(contest: Contest, composites: Ints, before: Seating | None = None) -> Seating:
    """Fill the places at every cut-off.

    Parameters
    ----------
    contest : Contest
        m candidates.
    composites : int64 array, shape (m,)
        Below 2⁶² in size.
    before : Seating, optional
        Of the same contest with any other composites. The more alike they are, the less
        there is to do; the result is the same.
    """
    if before is None:
        rows = np.flatnonzero(contest.reached)
    else:
        rows = np.flatnonzero(composites >= _bounds(before, composites)[contest.reached])
    order, alike = best_first(composites, contest.tie_keys, rows)
    seats, filled = _last_seats(contest, order)
    last = seats[filled] - 1
    if alike is not None and alike[last].any():
        # Candidates of one number are level; only where the last seat falls do lots decide.
        at = np.flatnonzero(np.isin(alike, alike[last][alike[last] > 0]))
        drawn = contest.lottery.in_order(order[at])
        by_lot = np.empty(contest.reached.size, dtype=np.int64)
        by_lot[drawn] = np.arange(drawn.size)
        order[at] = order[at][np.lexsort((by_lot[order[at]], alike[at]))]
        seats, filled = _last_seats(contest, order)
    return Seating(order, seats, filled)


def _bounds(before: Seating, composites: Ints) -> Ints:
    """The composite to meet for a seat, by how many cut-offs are reached; none without any."""
    bounds = np.full(before.seats.size + 1, EVERYONE)
    bounds[0] = NOBODY
    last = before.seats[before.filled]
    if last.size:
        lowest = np.minimum.accumulate(composites[before.order[: last[-1]]])
        bounds[1:][before.filled] = lowest[last - 1]
    return bounds


def _last_seats(contest: Contest, order: Ints) -> tuple[Ints, Bools]:
    """How many have to be gone through at each cut-off, and whether the places are filled."""
    reached, n_cutoffs, places = contest.reached[order], contest.n_cutoffs, contest.places
    size = reached.size
    seats = np.full(n_cutoffs, size)
    blocks = -(-size // BLOCK)
    width = n_cutoffs + 1
    padded = np.zeros((blocks, BLOCK), dtype=np.int64)
    padded.reshape(-1)[:size] = reached
    index = (padded + (np.arange(blocks) * width)[:, None]).ravel()
    histogram = np.bincount(index, minlength=blocks * width).reshape(blocks, width)
    # Who reaches more than t cut-offs passes the cut-off at position t.
    passing = histogram[:, :0:-1].cumsum(axis=1)[:, ::-1].cumsum(axis=0)
    filled = passing[-1] >= places if blocks else np.zeros(n_cutoffs, dtype=np.bool_)
    full = np.flatnonzero(filled)
    if full.size == 0:
        return seats, filled
    block = (passing[:, full] < places).sum(axis=0)
    so_far = np.where(block > 0, passing[block - 1, full], 0)
    within = (padded[block] > full[:, None]).cumsum(axis=1, dtype=np.int16)
    seats[full] = block * BLOCK + (within < (places - so_far)[:, None]).sum(axis=1) + 1
    return seats, filled

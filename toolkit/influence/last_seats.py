"""How far down the order the last seat lies, at every cut-off on one score at once.

Candidates are gone through from the best; at each cut-off, those whose score reaches it take
seats until the places are filled. Three observations keep this short:

- The order matters only where a last seat falls. Candidates are therefore put into bins by
  their composites, which is quicker than sorting them, and only the bins that hold a last
  seat are put in order.
- Candidates who are level are ordered by lot. Only where the last seat falls among them are
  the lots drawn.
- Along the weights of a sweep the order changes a little at a time. Whoever took a seat at
  some cut-off before is still there, and still reaches it. The lowest composite among them is
  a bound that those who take the seats now all meet. Who falls below the bound at the highest
  cut-off that they reach takes no seat at any, and is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt

from toolkit.arrays import Bools, Ints
from toolkit.influence.passing import Passing
from toolkit.screening.order import best_first

#: A bound that every composite meets, and one that none meets.
EVERYONE, NOBODY = np.iinfo(np.int64).min, np.iinfo(np.int64).max
#: Bins are numbered in so many bits, which numpy sorts without comparing.
BIN_BITS = 16
#: So many candidates are put in order at once.
FEW = 2**11
#: Composites that are looked at to say where most of them lie.
LOOKED_AT = 512


class Lots(Protocol):
    """Puts candidates into the order of their lots; `Lottery` does."""

    def in_order(self, rows: Ints) -> Ints: ...


@dataclass(frozen=True, eq=False)
class Contest:
    """Who competes, and with what, apart from their composites.

    Parameters
    ----------
    reached : int array, shape (m,)
        How many cut-offs, from the lowest, each candidate's score reaches.
    n_cutoffs : int
    tie_keys : sequence of int64 arrays, shape (m,)
        In turn; higher goes first.
    lottery : Lots
        Of these candidates.
    places : int
        At least 1.
    taken : int64 array, shape (n_cutoffs,), optional
        Places that others have for certain, who are ahead of all of these.
    """

    reached: Ints
    n_cutoffs: int
    tie_keys: Sequence[Ints]
    lottery: Lots
    places: int
    taken: Ints | None = None

    @cached_property
    def passing(self) -> Ints:
        """How many pass each cut-off, shape (n_cutoffs,)."""
        return _passing(self.reached, self.n_cutoffs)

    @property
    def left(self) -> Ints:
        """Places left for these candidates, shape (n_cutoffs,)."""
        places = np.full(self.n_cutoffs, self.places)
        return places if self.taken is None else places - self.taken


@dataclass(frozen=True, eq=False)
class Seating:
    """Who takes the seats at each cut-off.

    Parameters
    ----------
    order : int64 array, shape (at most m,)
        Positions of candidates; whoever has a seat at a cut-off stands before those who pass
        it and have none. Without those who take no seat at any cut-off.
    seats : int64 array, shape (n_cutoffs,)
        How many of `order` have to be gone through to fill the places; all of them where the
        places are not filled. Never falls as the cut-off rises.
    filled : bool array, shape (n_cutoffs,)
        Whether the places are filled.
    last : int64 array, shape (n_cutoffs,)
        Composite of the last who gets a seat; of no meaning where the places are not filled,
        or nobody of these gets one.
    """

    order: Ints
    seats: Ints
    filled: Bools
    last: Ints


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
    left = contest.left
    rows = None
    if before is not None:
        rows = np.flatnonzero(composites >= _bounds(before, composites)[contest.reached])
    values = composites if rows is None else composites[rows]
    passing = contest.passing if rows is None else _passing(contest.reached[rows], left.size)
    filled = passing >= left
    seats = np.where(filled, 0, values.size)
    last = np.zeros(seats.size, dtype=np.int64)
    cutoffs = np.flatnonzero(filled & (left > 0))
    if not cutoffs.size:
        order = np.arange(values.size) if rows is None else rows
    else:
        if values.size <= FEW:
            everyone = np.arange(values.size) if rows is None else rows
            order, at = last_ones(contest, composites, everyone, left[cutoffs], cutoffs)
        else:
            bins = _bins(values)
            place = np.argsort(bins, kind="stable")
            order = place if rows is None else rows[place]
            at = _exact(contest, composites, order, bins[place], cutoffs)
        seats[cutoffs] = at + 1
        last[cutoffs] = composites[order[at]]
    return Seating(order, seats, filled, last)


def _passing(reached: Ints, n_cutoffs: int) -> Ints:
    """How many of these pass each cut-off."""
    exactly = np.bincount(reached, minlength=n_cutoffs + 1)
    passing: Ints = exactly[:0:-1].cumsum()[::-1]
    return passing


def _bins(composites: Ints) -> npt.NDArray[np.uint16]:
    """A number for each composite that never rises with it, and tells most of them apart."""
    if not composites.size:
        return np.zeros(0, dtype=np.uint16)
    some = np.sort(composites[:: -(-composites.size // LOOKED_AT)])
    low, high = int(some[some.size // 100]), int(some[-1 - some.size // 100])
    # A few far out must not make the bins wide for everybody else.
    top = min(high + (high - low), int(composites.max()))
    bottom = max(low - (high - low), int(composites.min()))
    behind = np.clip(composites, bottom, top)
    np.subtract(top, behind, out=behind)
    behind >>= max((top - bottom).bit_length() - BIN_BITS, 0)
    return behind.astype(np.uint16)


def _exact(
    contest: Contest,
    composites: Ints,
    order: Ints,
    bins: npt.NDArray[np.uint16],
    cutoffs: Ints,
) -> Ints:
    """Where the last seat at each cut-off stands, the bins that hold one put in order in place."""
    nth = contest.left[cutoffs]
    passing = Passing.of(contest.reached[order], contest.n_cutoffs)
    hit = bins[passing.place_of(nth, cutoffs)]
    some = np.zeros(1 << BIN_BITS, dtype=np.bool_)
    some[hit] = True
    at = np.flatnonzero(some[bins])
    # The last seat is the n-th of its bin, which is counted anew among those in such bins.
    first = np.searchsorted(bins, hit)
    nth = nth - passing.among_first(first, cutoffs)
    begin = np.searchsorted(at, first)
    order[at], last = last_ones(contest, composites, order[at], nth, cutoffs, begin)
    found: Ints = at[last]
    return found


def last_ones(
    contest: Contest,
    composites: Ints,
    among: Ints,
    nth: Ints,
    cutoffs: Ints,
    begin: Ints | None = None,
) -> tuple[Ints, Ints]:
    """Put candidates in order, and say where the n-th stands who passes each cut-off.

    Counted from where each begins, or from the best. Whoever is level goes by lot where the
    n-th is one of them.
    """
    among, alike = best_first(composites, contest.tie_keys, among)
    passing = Passing.of(contest.reached[among], contest.n_cutoffs)
    if begin is not None:
        nth = nth + passing.among_first(begin, cutoffs)
    last = passing.place_of(nth, cutoffs)
    if alike is not None and alike[last].any():
        # Candidates of one number are level; only where the last seat falls do lots decide.
        tied = np.flatnonzero(np.isin(alike, alike[last][alike[last] > 0]))
        drawn = contest.lottery.in_order(among[tied])
        by_lot = np.empty(contest.reached.size, dtype=np.int64)
        by_lot[drawn] = np.arange(drawn.size)
        among[tied] = among[tied][np.lexsort((by_lot[among[tied]], alike[tied]))]
        last = Passing.of(contest.reached[among], contest.n_cutoffs).place_of(nth, cutoffs)
    return among, last


def _bounds(before: Seating, composites: Ints) -> Ints:
    """The composite to meet for a seat, by how many cut-offs are reached; none without any."""
    bounds = np.full(before.seats.size + 1, EVERYONE)
    bounds[0] = NOBODY
    held = before.filled & (before.seats > 0)
    last = before.seats[held]
    if last.size:
        lowest = np.minimum.accumulate(composites[before.order[: last[-1]]])
        bounds[1:][held] = lowest[last - 1]
    return bounds

"""Where each candidate stands against the rival whom a changed decision would have to pass.

A candidate who is not selected must get ahead of the *last one in*; a candidate who is
selected must fall behind the *first one out*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from toolkit.arrays import Bools, Ints
from toolkit.screening.decisions import Decisions


@dataclass(frozen=True)
class Rivals:
    """The two candidates at the cut.

    Parameters
    ----------
    last_in : int
        Row of the last of the selected, whom those not selected have to pass; −1 where nobody
        has to be passed, because a place is free or nobody is selected.
    first_out : int
        Row of the first of those who wait for a place, behind whom the selected have to fall;
        −1 where nobody waits.
    place_free : bool
        Whether there are more places than candidates for them.
    """

    last_in: int
    first_out: int
    place_free: bool

    @property
    def hopeless(self) -> bool:
        """Whether there is no place to win for those who are not selected."""
        return self.last_in < 0 and not self.place_free


def rivals_at_the_cut(decisions: Decisions) -> Rivals:
    """Find the last one in and the first one out."""
    place_free = int(np.count_nonzero(decisions.eligible)) < decisions.places
    last_in = -1 if place_free else _extreme(decisions, decisions.selected, best=False)
    first_out = _extreme(decisions, decisions.eligible & ~decisions.selected, best=True)
    return Rivals(last_in, first_out, place_free)


@dataclass(frozen=True)
class Standing:
    """Each candidate against their rival, in cohort order.

    Parameters
    ----------
    gap : int64 array, shape (n,)
        Composite of the rival minus the candidate's own.
    rival : int64 array, shape (n,)
        Row of the rival; −1 for nobody.
    tie_keys : sequence of int64 arrays, shape (n,)
        The rival's tie-break values.
    unopposed : bool array, shape (n,)
        Whoever passes the gates is selected: a place is free, or nobody waits for one.
    hopeless : bool array, shape (n,)
        There is no place to win.
    """

    gap: Ints
    rival: Ints
    tie_keys: Sequence[Ints]
    unopposed: Bools
    hopeless: Bools


def standing(decisions: Decisions) -> Standing:
    """Compare everyone with their rival."""
    selected, composites = decisions.selected, decisions.composites
    found = rivals_at_the_cut(decisions)
    rival = np.where(selected, found.first_out, found.last_in)
    nobody = rival < 0
    return Standing(
        gap=np.where(nobody, 0, composites[rival]) - np.where(nobody, 0, composites),
        rival=rival,
        tie_keys=[key[rival] for key in decisions.tie_keys],
        unopposed=nobody & (selected | found.place_free),
        hopeless=nobody & ~selected & (not found.place_free),
    )


def _extreme(decisions: Decisions, among: Bools, *, best: bool) -> int:
    """Row of the first or last in the order among these candidates; −1 if there is none."""
    rows = np.flatnonzero(among)
    if rows.size == 0:
        return -1
    for key in (decisions.composites, *decisions.tie_keys):
        values = key[rows]
        rows = rows[values == (values.max() if best else values.min())]
    rows = decisions.lottery.in_order(rows) if rows.size > 1 else rows
    return int(rows[0] if best else rows[-1])

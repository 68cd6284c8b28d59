"""Counts of those who hold the seats, at every cut-off of a contest."""

from __future__ import annotations

import numpy as np

from toolkit.arrays import Floats, Ints
from toolkit.influence.last_seats import Contest, Seating


def count_seats(
    contest: Contest, seating: Seating, cell: Ints, n_cells: int, value: Floats
) -> tuple[Ints, Floats]:
    """How many of each cell, and which value in all, each cut-off adds to the one below it.

    Parameters
    ----------
    contest : Contest
        m candidates.
    seating : Seating
    cell : int64 array, shape (m,)
        Below `n_cells`.
    n_cells : int
    value : float array, shape (m,)
        Whole numbers, so that their sums are exact in any order.

    Returns
    -------
    counts : int64 array, shape (n_cutoffs, n_cells)
    totals : float array, shape (n_cutoffs,)
        Both become those of each cut-off when they are added up along the cut-offs.
    """
    n_cutoffs = contest.n_cutoffs
    first = np.repeat(np.arange(n_cutoffs), np.diff(seating.seats, prepend=0))
    who = seating.order[: first.size]
    holds = first < contest.reached[who]
    begin, who = first[holds], who[holds]
    end = contest.reached[who]
    own, weight = cell[who], value[who]
    size = (n_cutoffs + 1) * n_cells
    marks: Ints = np.bincount(begin * n_cells + own, minlength=size)
    marks -= np.bincount(end * n_cells + own, minlength=size)
    sums = np.bincount(begin, weight, n_cutoffs + 1) - np.bincount(end, weight, n_cutoffs + 1)
    return marks.reshape(n_cutoffs + 1, n_cells)[:-1], sums[:-1].astype(np.float64)

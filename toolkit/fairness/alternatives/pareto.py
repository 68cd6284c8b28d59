"""The Pareto front: what cannot be bettered on one axis without losing on the other."""

from __future__ import annotations

import numpy as np

from toolkit.arrays import Bools, Floats

#: Figures that agree to so many decimals count as equal: what is beyond is rounding.
DECIMALS = 12


def pareto_front(first: Floats, second: Floats) -> Bools:
    r"""Which points no other point dominates; more is better on both axes.

    .. math:: q \text{ dominates } p \iff q_1 \ge p_1,\; q_2 \ge p_2,\; q \ne p

    Points that are equal to each other do not dominate each other, so of equal points either
    all are on the front or none.

    Parameters
    ----------
    first, second : float array, shape (n,)
        Compared to twelve decimals. A point with NaN on either axis is never on the front.

    Returns
    -------
    bool array, shape (n,)

    Examples
    --------
    >>> pareto_front(np.array([3.0, 2.0, 2.0, 1.0]), np.array([1.0, 2.0, 1.0, 3.0])).tolist()
    [True, True, False, True]
    """
    front = np.zeros(first.shape, dtype=np.bool_)
    defined = np.flatnonzero(~(np.isnan(first) | np.isnan(second)))
    if defined.size == 0:
        return front
    x, y = np.round(first[defined], DECIMALS), np.round(second[defined], DECIMALS)
    order = np.lexsort((-y, -x))
    x, y = x[order], y[order]
    starts = np.append(True, x[1:] != x[:-1])
    step = starts.cumsum() - 1
    # The first of each run of equal x has its largest y.
    highest = y[starts]
    before = np.append(-np.inf, np.maximum.accumulate(highest)[:-1])
    front[defined[order]] = (y == highest[step]) & (highest > before)[step]
    return front

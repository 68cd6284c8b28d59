"""How far the people of unknown membership could move an impact ratio."""

from __future__ import annotations

import numpy as np

from toolkit.arrays import Bools
from toolkit.fairness.counts import CountTable
from toolkit.fairness.four_fifths import Floats, ratio


def ratio_bounds(table: CountTable, referent: int) -> tuple[Floats, Floats]:
    r"""Smallest and largest impact ratio over all ways to place the people of unknown group.

    With u selected and v not selected people who may belong to a group,

    .. math::
        R_{low} = \frac{a / (n_A + v_A)}{(b + u_B) / (n_B + u_B)}, \qquad
        R_{high} = \frac{(a + u_A) / (n_A + u_A)}{b / (n_B + v_B)}

    The worst case gives the group all the unknown who were not selected, and the referent all
    who were; the best case the reverse. Both can happen, so no narrower bounds hold without
    assumptions on who does not answer. The referent is kept; `referent_is_certain` says
    whether the unknown could make it another group.

    Parameters
    ----------
    table : CountTable
    referent : int
        Position of the referent.

    Returns
    -------
    low, high : float array, shape (n_groups,)
        Equal to the ratio itself where nobody is unknown, and for the referent; high is
        infinite where the referent's rate could be 0; NaN where a group stays empty.

    Notes
    -----
    Worst-case bounds after C. F. Manski (1990), Am. Econ. Rev. 80, 319–323.
    """
    a, n_a = table.selected, table.n
    u = table.possible_selected
    v = table.possible_n - u
    b, n_b = a[referent], n_a[referent]
    u_b, v_b = u[referent], v[referent]
    # One division each, so that without unknown people the bounds equal the ratio itself.
    low = ratio(a * (n_b + u_b), (n_a + v) * (b + u_b))
    high = ratio((a + u) * (n_b + v_b), (n_a + u) * b)
    high = np.where((b == 0) & (a + u > 0), np.inf, high)
    own = ratio(b, b)
    low[referent] = high[referent] = own
    return low, high


def referent_is_certain(table: CountTable, referent: int, allowed: Bools) -> bool:
    """Whether no placing of the unknown gives another allowed group a higher rate.

    Parameters
    ----------
    table : CountTable
    referent : int
    allowed : bool array, shape (n_groups,)
        Groups that are large enough to be the referent.
    """
    others = allowed.copy()
    others[referent] = False
    b, n_b = table.selected[referent], table.n[referent]
    u = table.possible_selected
    v = int(table.possible_n[referent] - u[referent])
    # Compared in integers: (a + u) / (n_a + u) > b / (n_b + v).
    overtakes = (table.selected + u) * (n_b + v) > b * (table.n + u)
    return not bool((overtakes & others).any())

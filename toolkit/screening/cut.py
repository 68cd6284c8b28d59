"""The cut: who gets the places, exactly, without sorting everyone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from toolkit.arrays import Bools, Ints
from toolkit.screening.lottery import Lottery


def take_places(
    composites: Ints,
    tie_keys: Sequence[Ints],
    eligible: Bools,
    places: int,
    lottery: Lottery,
) -> tuple[Bools, Bools]:
    """Give the places to the best by composite, then tie-breakers, then lot.

    Parameters
    ----------
    composites : int64 array, shape (n,)
    tie_keys : sequence of int64 arrays, shape (n,)
        In turn; higher goes first.
    eligible : bool array, shape (n,)
    places : int
    lottery : Lottery
        Asked only about candidates who are level at the cut.

    Returns
    -------
    selected : bool array, shape (n,)
    tied_at_cut : bool array, shape (n,)
        Those between whom the lots decided.
    """
    nobody = np.zeros(eligible.shape, dtype=np.bool_)
    if places >= int(np.count_nonzero(eligible)):
        return eligible.copy(), nobody
    if places == 0:
        return nobody, nobody.copy()
    selected, contenders = nobody, eligible
    for key in (composites, *tie_keys):
        values = key[contenders]
        cut = np.partition(values, values.size - places)[values.size - places]
        above = contenders & (key > cut)
        selected = selected | above
        places -= int(np.count_nonzero(above))
        contenders = contenders & (key == cut)
        if int(np.count_nonzero(contenders)) == places:
            return selected | contenders, nobody
    selected = selected.copy()
    selected[lottery.in_order(np.flatnonzero(contenders))[:places]] = True
    return selected, contenders

"""The cut: who gets the places, exactly, without sorting everyone."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from toolkit.arrays import Bools, Ints
from toolkit.screening.lottery import Lottery

#: From so many values on, a sample of every so many narrows the search for the cut.
LARGE, STRIDE = 2048, 32


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
    contending = int(np.count_nonzero(eligible))
    if places >= contending:
        return eligible.copy(), nobody
    if places == 0:
        return nobody, nobody.copy()
    selected, contenders = nobody.copy(), eligible
    for key in (composites, *tie_keys):
        values = key if contending == key.size else np.compress(contenders, key)
        cut, above, level = _find_cut(values, places)
        if above + level == places:
            selected |= contenders & (key >= cut)
            return selected, nobody
        selected |= contenders & (key > cut)
        contenders = contenders & (key == cut)
        contending = level
        places -= above
    selected[lottery.in_order(np.flatnonzero(contenders))[:places]] = True
    return selected, contenders


def _find_cut(values: Ints, places: int) -> tuple[int, int, int]:
    """The least of so many highest values, how many lie above it, and how many are level.

    A sample gives a floor that few but those highest reach; only these are then looked at.
    The answer does not depend on it: a floor that too few reach is not used.
    """
    if values.size >= LARGE:
        sample = values[::STRIDE]
        share = places / values.size
        spread = math.sqrt(sample.size * share * (1 - share))
        rank = sample.size - math.ceil(sample.size * share + 3 * spread + 1)
        if rank > 0:
            reach = np.compress(values >= np.partition(sample, rank)[rank], values)
            values = reach if reach.size >= places else values
    at = values.size - places
    cut = np.partition(values, at)[at]
    above = int(np.count_nonzero(values > cut))
    return int(cut), above, int(np.count_nonzero(values == cut))

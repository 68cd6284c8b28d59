"""The order of candidates by composite, then tie-breakers, lots aside."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from toolkit.arrays import Ints

#: Composites are sorted together with the candidate's position, in so many bits.
KEY_BITS = 63


def best_first(
    composites: Ints, tie_keys: Sequence[Ints], among: Ints | None = None
) -> tuple[Ints, Ints | None]:
    """The order by composite, then tie-breakers, and who is level in all of them.

    The leading bits of a composite are sorted as one integer with the candidate's position;
    only candidates who agree in all of them are compared further.

    Parameters
    ----------
    composites : int64 array, shape (n,)
        Below 2⁶² in size.
    tie_keys : sequence of int64 arrays, shape (n,)
        In turn; higher goes first.
    among : int64 array, shape (m,), optional
        Positions of those to put in order; all n where left out.

    Returns
    -------
    order : int64 array, shape (m,)
        Positions, best first; candidates who are level in no particular order.
    alike : int64 array, shape (m,), or None
        Along the order, one number from 1 up for each set of candidates who are level, 0 for
        who is level with nobody; None where nobody is.

    Examples
    --------
    >>> order, alike = best_first(np.array([7, 9, 7, 7]), [np.array([1, 0, 2, 1])])
    >>> order.tolist(), alike.tolist()
    ([1, 2, 0, 3], [0, 0, 2, 2])
    """
    if among is not None:
        composites = composites[among]
    size = composites.size
    if size == 0:
        return np.arange(0), None
    behind = composites.max() - composites
    bits = (size - 1).bit_length()
    surplus = max(int(behind.max()).bit_length() + bits - KEY_BITS, 0)
    packed = behind >> surplus if surplus else behind.copy()
    packed <<= bits
    packed |= np.arange(size)
    packed.sort()
    place = packed & ((1 << bits) - 1)
    order = place if among is None else among[place]
    packed >>= bits
    same = packed[1:] == packed[:-1]
    if not same.any():
        return order, None
    runs = np.flatnonzero(np.append(same, False) | np.append(False, same))
    within = order[runs]
    keys = [*(-key[within] for key in tie_keys[::-1]), behind[place[runs]]]
    if surplus or tie_keys:
        resolved = np.lexsort(keys)
        order[runs] = within[resolved]
        keys = [key[resolved] for key in keys]
    level = np.logical_and.reduce([key[1:] == key[:-1] for key in keys])
    if not level.any():
        return order, None
    alike = np.zeros(size, dtype=np.int64)
    alone = ~(np.append(level, False) | np.append(False, level))
    alike[runs] = np.where(alone, 0, np.append(True, ~level).cumsum())
    return order, alike

"""Sums of int64 arrays as unbounded integers: the same for any order and any batching."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from toolkit.arrays import Ints

#: Unbounded integers, one a cell.
Wholes = npt.NDArray[np.object_]


def exact_sum(values: Ints) -> int:
    """Σ v, exactly, for up to 2³¹ values.

    Examples
    --------
    >>> exact_sum(np.array([2**62, 2**62, 2**62])) == 3 * 2**62
    True
    """
    low = values & 0xFFFFFFFF
    high = values >> 32
    return int(low.sum()) + (int(high.sum()) << 32)


def exact_sums_by(values: Ints, cell: Ints, n_cells: int) -> Wholes:
    """Σ v of each cell, exactly, for up to 2²¹ values.

    Parameters
    ----------
    values : int64 array, shape (n,)
    cell : int64 array, shape (n,)
        Below `n_cells`.
    n_cells : int

    Returns
    -------
    object array of int, shape (n_cells,)

    Examples
    --------
    >>> exact_sums_by(np.array([2**62, 2**62, -1]), np.array([1, 1, 0]), 2)[1] == 2**63
    True
    """
    low = np.bincount(cell, values & 0xFFFFFFFF, minlength=n_cells)
    high = np.bincount(cell, values >> 32, minlength=n_cells)
    wholes: Wholes = high.astype(np.int64).astype(object) * 2**32 + low.astype(np.int64)
    return wholes


def exact_dot(left: Ints, right: Ints) -> int:
    """Σ l·r, exactly, for values below 2⁶² in size.

    Examples
    --------
    >>> exact_dot(np.array([2**61, -3]), np.array([2**61, 5])) == 2**122 - 15
    True
    """
    if left.size == 0:
        return 0
    small, large = _reach(left), _reach(right)
    if small > large:
        left, right, small, large = right, left, large, small
    # Limbs of so many bits of the larger, times the smaller, add up within int64.
    bits = 62 - (small * left.size).bit_length()
    if large < 2**bits:
        return int(np.dot(left, right))
    if large < 2 ** (2 * bits):
        low, high = right & ((1 << bits) - 1), right >> bits
        return int(np.dot(left, low)) + (int(np.dot(left, high)) << bits)
    # Limbs of 31 bits: each product of two limbs fits int64.
    l_low, l_high = left & 0x7FFFFFFF, left >> 31
    r_low, r_high = right & 0x7FFFFFFF, right >> 31
    middle = exact_sum(l_low * r_high) + exact_sum(l_high * r_low)
    return exact_sum(l_low * r_low) + (middle << 31) + (exact_sum(l_high * r_high) << 62)


def exact_dots(lefts: Sequence[Ints], reach: int, right: Ints) -> list[int]:
    """Σ l·r, exactly, of several columns with one, which is looked at once.

    Parameters
    ----------
    lefts : sequence of int64 arrays, shape (n,)
    reach : int
        What no value of them exceeds in size.
    right : int64 array, shape (n,)

    Examples
    --------
    >>> exact_dots([np.array([1, 2]), np.array([0, -3])], 3, np.array([2**61, 5]))
    [2305843009213693962, -15]
    """
    bits = 62 - (reach * right.size).bit_length()
    if right.size == 0 or bits < 1 or _reach(right) >= 2 ** (2 * bits):
        return [exact_dot(left, right) for left in lefts]
    low, high = right & ((1 << bits) - 1), right >> bits
    return [int(np.dot(left, low)) + (int(np.dot(left, high)) << bits) for left in lefts]


def _reach(values: Ints) -> int:
    return max(abs(int(values.min())), abs(int(values.max())))

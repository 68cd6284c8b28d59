"""The four-fifths comparison and the impact ratio, from whole people."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from toolkit.arrays import Bools, Ints

Floats = npt.NDArray[np.float64]


def below_four_fifths(a: Ints, n_a: Ints, b: Ints, n_b: Ints) -> Bools:
    r"""Whether the group's rate is below four-fifths of the referent's, in integers.

    .. math:: \frac{a / n_A}{b / n_B} < \frac45 \iff 5\,a\,n_B < 4\,b\,n_A

    Exactly four-fifths is not below. Floating point misplaces many of the tables that lie
    exactly on the line: 12/40 over 15/40 comes out as 0.7999….

    Parameters
    ----------
    a, n_a : int64 array
        Selected people and all people of the group.
    b, n_b : int64 array
        The same of the referent.

    Returns
    -------
    bool array
        False where there is nothing to compare: an empty group, or nobody selected.

    Notes
    -----
    29 CFR 1607.4 D; the agencies call it a rule of thumb. Products stay below 2⁶³ up to a thousand
    million people a group.

    Examples
    --------
    >>> one = np.array([1])
    >>> below_four_fifths(12 * one, 40 * one, 15 * one, 40 * one).tolist()
    [False]
    >>> below_four_fifths(11 * one, 40 * one, 15 * one, 40 * one).tolist()
    [True]
    """
    result: Bools = (5 * a * n_b < 4 * b * n_a) & (n_a > 0) & (n_b > 0)
    return result


def impact_ratio(a: Ints, n_a: Ints, b: Ints, n_b: Ints) -> Floats:
    r"""Selection rate of the group over that of the referent, without rounding either.

    .. math:: \frac{a / n_A}{b / n_B} = \frac{a\,n_B}{b\,n_A}

    Parameters
    ----------
    a, n_a, b, n_b : int64 array
        As in `below_four_fifths`.

    Returns
    -------
    float array
        NaN where it is not defined: an empty group, or a referent of whom nobody was selected.
    """
    return ratio(a * n_b, b * n_a)


def rate(selected: Ints, n: Ints) -> Floats:
    """Selected people over all people; NaN for an empty group."""
    return ratio(selected, n)


def ratio(above: npt.NDArray[np.number], below: npt.NDArray[np.number]) -> Floats:
    """Division that answers NaN where the divisor is 0."""
    result = np.full(np.broadcast(above, below).shape, np.nan)
    np.divide(above, below, out=result, where=below != 0)
    return result

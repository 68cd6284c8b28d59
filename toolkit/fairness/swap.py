"""What one different person would have changed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from toolkit.arrays import Bools, Ints
from toolkit.fairness.four_fifths import Floats, below_four_fifths, impact_ratio


@dataclass(frozen=True, eq=False)
class Swap:
    """The comparison after one place went to the group instead of to the referent.

    Parameters
    ----------
    ratio : float array
        Impact ratio after the swap; NaN where no such swap exists (nobody of the referent
        was selected, everybody of the group was) or where it leaves nobody of the referent.
    clears : bool array
        The group was below four-fifths and no longer is.
    reverses : bool array
        The group had the lower rate and now has the higher one.
    """

    ratio: Floats
    clears: Bools
    reverses: Bools


def one_person_swap(a: Ints, n_a: Ints, b: Ints, n_b: Ints) -> Swap:
    r"""Give one selected place of the referent to the group and compare again.

    .. math:: R' = \frac{(a + 1) / n_A}{(b - 1) / n_B}

    Where one different person turns a lower rate into a higher one, the agencies' guidance
    calls the numbers too small for enforcement.

    Parameters
    ----------
    a, n_a, b, n_b : int64 array
        Selected people and all people of the group, and of the referent.

    Returns
    -------
    Swap

    Notes
    -----
    Questions and answers on the Uniform Guidelines, 44 FR 11996 (2 March 1979), question 21;
    also known as the "N of 1" or flip-flop rule (Roth, Bobko & Switzer 2006, J. Appl. Psychol.
    91, 507–522).
    """
    possible: Bools = (a < n_a) & (b > 0) & (n_b > 0)
    after_a, after_b = a + 1, b - 1
    after = np.where(possible, impact_ratio(after_a, n_a, after_b, n_b), np.nan)
    was_below = below_four_fifths(a, n_a, b, n_b)
    clears: Bools = possible & was_below & ~below_four_fifths(after_a, n_a, after_b, n_b)
    reverses: Bools = possible & (a * n_b < b * n_a) & (after_a * n_b > after_b * n_a)
    return Swap(after, clears, reverses)

"""Fisher's exact test, two-sided, and Lancaster's mid-P, for many tables at once.

With the margins fixed, the number k of a group's people among the s selected follows the
hypergeometric distribution when selection ignores the group:

    P(k) = C(n_A, k) · C(n_B, s − k) / C(n_A + n_B, s)

It rises to one peak and falls again. The tables at most as probable as the observed one are
therefore two tails, and both come from running sums.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

from toolkit.arrays import Ints
from toolkit.fairness.four_fifths import Floats

#: Probabilities this close (relatively) count as equal when tables as improbable as the
#: observed one are added up; rounding would otherwise split mirror images.
SAME_PROBABILITY = 1e-7

#: The null distribution is computed this many standard deviations, and counts, beyond the
#: observed table. What lies further away is lost in the last digit of what is added up.
_REACH_IN_SPREADS = 10.0
_REACH_IN_COUNTS = 40

#: Numbers that are held at once: distributions of similar length go together.
_AT_ONCE = 2**20
Positions = npt.NDArray[np.intp]


def fisher_exact(a: Ints, n_a: Ints, b: Ints, n_b: Ints) -> tuple[Floats, Floats]:
    r"""Two-sided Fisher p and Lancaster's mid-P of many 2 × 2 tables.

    .. math:: p = \sum_{k:\ P(k) \le P(a)} P(k), \qquad p_{mid} = p - \tfrac12 P(a)

    Fisher's p is exact and cautious: with small groups it exceeds what a test of that level
    should need. Lancaster's mid-P counts only half of the observed table's own probability,
    which takes most of the excess away.

    Tables that share their margins share one null distribution, and those of different
    margins are computed side by side, so that thousands of tables cost little more than one.
    A table's figures do not depend on the company it is tested in.

    Parameters
    ----------
    a, n_a, b, n_b : int64 array, shape (n_tables,)
        Selected people and all people of the group, and of the referent.

    Returns
    -------
    fisher_p, mid_p : float array, shape (n_tables,)
        NaN where a group is empty.

    Notes
    -----
    R. A. Fisher (1935), J. R. Stat. Soc. 98, 39–82; H. O. Lancaster (1961), J. Am. Stat.
    Assoc. 56, 223–234. For selection decisions: Biddle & Morris (2011), J. Appl. Psychol. 96,
    956–965.
    """
    a, n_a, b, n_b = np.broadcast_arrays(a, n_a, b, n_b)
    fisher = np.full(a.shape, np.nan)
    mid = np.full(a.shape, np.nan)
    testable = np.flatnonzero((n_a > 0) & (n_b > 0))
    if testable.size == 0:
        return fisher, mid
    observed = a[testable]
    margins, of_table = _distinct(n_a[testable], n_b[testable], (a + b)[testable])
    lowest, width = _window(margins, observed, of_table)
    log_factorial = _log_factorials(int(margins.sum(axis=1).max()), 4 * int(width.sum()))
    for rows in _batches(width):
        position = np.full(len(margins), -1, dtype=np.intp)
        position[rows] = np.arange(rows.size)
        mine = np.flatnonzero(position[of_table] >= 0)
        p = _probabilities(margins[rows], lowest[rows], width[rows], log_factorial)
        row = position[of_table[mine]]
        tails, own = _tails(p, width[rows], row, observed[mine] - lowest[of_table[mine]])
        fisher[testable[mine]] = np.minimum(tails, 1.0)
        mid[testable[mine]] = np.maximum(np.minimum(tails, 1.0) - own / 2, 0.0)
    return fisher, mid


def _distinct(n_a: Ints, n_b: Ints, selected: Ints) -> tuple[Ints, Positions]:
    """The margins that occur, and which of them each table has."""
    margins = np.column_stack([n_a, n_b, selected])
    order = np.lexsort(margins.T)
    ordered = margins[order]
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    of_table = np.empty(len(order), dtype=np.intp)
    of_table[order] = np.cumsum(new) - 1
    return ordered[new], of_table


def _window(margins: Ints, observed: Ints, of_table: Positions) -> tuple[Ints, Ints]:
    """The smallest count that is represented for each margin, and how many counts are."""
    n_a, n_b, selected = margins.T.astype(np.float64)
    total = n_a + n_b
    expected = n_a * selected / total
    spread = np.sqrt(expected * n_b / total * (total - selected) / np.maximum(total - 1, 1))
    reach = np.zeros(len(margins))
    np.maximum.at(reach, of_table, np.abs(observed - expected[of_table]))
    reach += _REACH_IN_SPREADS * spread + _REACH_IN_COUNTS
    low = np.maximum(np.floor(expected - reach), np.maximum(0, selected - n_b))
    high = np.minimum(np.ceil(expected + reach), np.minimum(n_a, selected))
    return low.astype(np.int64), (high - low).astype(np.int64) + 1


def _batches(width: Ints) -> list[Positions]:
    """Margins by the length of their distributions, so that little is padded."""
    order = np.argsort(width, kind="stable")
    batches, start = [], 0
    while start < order.size:
        narrowest = int(width[order[start]])
        widest = np.searchsorted(width[order], 2 * narrowest, side="right")
        many = max(1, _AT_ONCE // (2 * narrowest))
        end = min(int(widest), start + many)
        batches.append(order[start:end])
        start = end
    return batches


def _log_factorials(largest: int, needed: int) -> Floats | None:
    """Log k! for k up to `largest`; None where fewer are needed than a table would hold."""
    if largest > needed:
        return None
    return np.asarray(gammaln(np.arange(1.0, largest + 2)), dtype=np.float64)


def _probabilities(
    margins: Ints, lowest: Ints, width: Ints, log_factorial: Floats | None
) -> Floats:
    """Probability of each represented count; one row a margin, 0 beyond the row's width."""
    steps = np.arange(int(width.max()))
    beyond = steps >= width[:, None]
    k = lowest[:, None] + np.where(beyond, 0, steps)
    n_a, n_b, selected = (column[:, None] for column in margins.T)

    def log_of(count: Ints) -> Floats:
        if log_factorial is not None:
            return log_factorial[count]
        return np.asarray(gammaln(count + 1.0), dtype=np.float64)

    log_p = -log_of(k)
    log_p -= log_of(n_a - k)
    log_p -= log_of(selected - k)
    log_p -= log_of(n_b - selected + k)
    log_p -= log_p.max(axis=1, keepdims=True)
    p: Floats = np.exp(log_p)
    p[beyond] = 0.0
    # A running sum does not depend on how far a row was padded; a pairwise one would.
    p /= np.cumsum(p, axis=1)[:, -1:]
    return p


def _tails(p: Floats, width: Ints, row: Positions, at: Ints) -> tuple[Floats, Floats]:
    """Both tails at most as probable as the count at each position, and its own probability.

    Parameters
    ----------
    p : float array, shape (n_margins, widest)
    width : int array, shape (n_margins,)
    row, at : int array, shape (n_tables,)
        Which margin, and which of its counts.
    """
    own: Floats = p[row, at]
    limit = own * (1 + SAME_PROBABILITY)
    peak = p.argmax(axis=1)[row]
    upwards = np.cumsum(p, axis=1)
    downwards = np.cumsum(p[:, ::-1], axis=1)[:, ::-1]
    last = width[row] - 1
    # The last count of the left tail and the first of the right one.
    left = _last_below(limit, peak, lambda at: p[row, at])
    right = last - _last_below(limit, last - peak, lambda at: p[row, last - at])
    lower = np.where(left >= 0, upwards[row, np.maximum(left, 0)], 0.0)
    upper = np.where(right <= last, downwards[row, np.minimum(right, last)], 0.0)
    # Where not even the peak is more probable than the observed count, the tails meet on it.
    return np.where(left >= right, 1.0, lower + upper), own


def _last_below(limit: Floats, peak: Positions, at: Callable[[Positions], Floats]) -> Positions:
    """Going up to the peak, the last step that is not above the limit; −1 where the first is.

    Parameters
    ----------
    limit : float array, shape (n_tables,)
    peak : int array, shape (n_tables,)
        Steps to the peak.
    at : callable
        The probability after so many steps, for every table.
    """
    below = np.full(peak.shape, -1, dtype=np.intp)
    above = peak + 1
    for _ in range(int(peak.max(initial=0) + 2).bit_length()):
        middle = (below + above) // 2
        holds = (middle < 0) | (at(np.maximum(middle, 0)) <= limit)
        below, above = np.where(holds, middle, below), np.where(holds, above, middle)
    return below

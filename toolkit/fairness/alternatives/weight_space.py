"""Which weights are tried: a grid, points spread evenly between, and neighbours of the best.

Drawn weights are whole percents of the weight that is shared out, so that a person can read
them and write them down. They are kept as integers of a screen's last decimal: nothing is
rounded between what was tried and what a screen file says.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import qmc

from toolkit.arrays import Floats, Ints
from toolkit.screening.screen import WEIGHT_DECIMALS

UNIT = 10**WEIGHT_DECIMALS
WHOLE = 100
#: Weights are moved by so many percent around the best, coarse steps first.
STEPS = (8, 4, 2, 1)
_PARTS = (100, 50, 25, 20, 10, 5, 4, 2, 1)


@dataclass(frozen=True, eq=False)
class WeightSpace:
    """The signals of the screens that are tried, and how their weights may move.

    Parameters
    ----------
    signals : tuple of str
    signs : int64 array, shape (n_signals,)
        −1 where low values are favoured.
    fixed : int64 array, shape (n_signals,)
        Signed weights that stay, in units of a screen's last decimal; 0 where none does.
    varied : tuple of int
        Positions of the signals whose weights are tried.
    shared : int
        Weight that is shared out among them, in the same unit.
    """

    signals: tuple[str, ...]
    signs: Ints
    fixed: Ints
    varied: tuple[int, ...]
    shared: int

    def weights(self, percents: Ints) -> Ints:
        """Weights of all signals from percents of the varied ones.

        Parameters
        ----------
        percents : int64 array, shape (m, n_varied)
            Each row adds up to 100.

        Returns
        -------
        int64 array, shape (m, n_signals)
        """
        rows = np.repeat(self.fixed[None], len(percents), axis=0)
        columns = list(self.varied)
        # Half a unit and more rounds up; a share of less than half a unit is no weight.
        rows[:, columns] = self.signs[columns] * ((2 * self.shared * percents + WHOLE) // 200)
        return rows


def starting_percents(size: int, count: int, seed: int) -> Ints:
    """Points over all ways to share 100 % out among `size` signals.

    The grid of whole percents where it has no more points than asked for; otherwise the finest
    grid that takes up at most half of them, and points that are spread evenly between.

    Parameters
    ----------
    size, count : int
    seed : int
        Of the spread points.

    Returns
    -------
    int64 array, shape (at most about count, size)
        Rows add up to 100; no row twice.
    """
    if math.comb(WHOLE + size - 1, size - 1) <= count:
        return grid(size, WHOLE)
    parts = next(p for p in _PARTS if math.comb(p + size - 1, size - 1) <= max(count // 2, size))
    coarse = grid(size, parts)
    return np.unique(np.concatenate([coarse, spread(size, count - len(coarse), seed)]), axis=0)


def grid(size: int, parts: int) -> Ints:
    """All ways to share 100 % out among `size` signals in equal portions.

    Examples
    --------
    >>> grid(2, 2).tolist()
    [[0, 100], [50, 50], [100, 0]]
    """
    rows = np.zeros((1, 0), dtype=np.int64)
    for _ in range(size - 1):
        left = parts - rows.sum(axis=1)
        repeated = np.repeat(rows, left + 1, axis=0)
        ends = np.cumsum(left + 1)
        portion = np.arange(ends[-1]) - np.repeat(ends - left - 1, left + 1)
        rows = np.column_stack([repeated, portion])
    last = parts - rows.sum(axis=1, keepdims=True)
    return np.hstack([rows, last]) * (WHOLE // parts)


def spread(size: int, count: int, seed: int) -> Ints:
    """Points of low discrepancy on the simplex, uniform over it, as whole percents.

    A scrambled Halton sequence u; shares −log uᵢ / Σ −log uⱼ are uniform on the simplex.

    Notes
    -----
    A. B. Owen (2017), A randomized Halton algorithm in R; L. Devroye (1986), Non-Uniform
    Random Variate Generation, V.2.
    """
    if count <= 0:
        return np.zeros((0, size), dtype=np.int64)
    uniform = qmc.Halton(size, scramble=True, seed=np.random.default_rng(seed)).random(count)
    lengths = -np.log(np.clip(uniform, 1e-300, None)) + 1e-300
    return whole_percents(lengths / lengths.sum(axis=1, keepdims=True))


def whole_percents(shares: Floats) -> Ints:
    """Shares rounded to whole percents that add up to 100, by largest remainders.

    Examples
    --------
    >>> whole_percents(np.array([[1 / 3, 1 / 3, 1 / 3], [0.125, 0.875, 0.0]])).tolist()
    [[34, 33, 33], [13, 87, 0]]
    """
    exact = shares * WHOLE
    percents = np.floor(exact).astype(np.int64)
    short = WHOLE - percents.sum(axis=1, keepdims=True)
    # Remainders that differ by rounding alone are equal; the first goes up.
    remainders = np.round(exact - percents, 9)
    rank = np.argsort(np.argsort(-remainders, axis=1, kind="stable"), axis=1)
    percents += rank < short
    return percents


def neighbours(percents: Ints, step: int) -> Ints:
    """Every way to move `step` percent, or all there is, from one signal to another.

    Parameters
    ----------
    percents : int64 array, shape (m, size)
    step : int

    Returns
    -------
    int64 array, shape (m · size · (size − 1), size)
        The moves of the first row first; moves of nothing are left as they are.
    """
    size = percents.shape[1]
    pairs = [(a, b) for a in range(size) for b in range(size) if a != b]
    moved = np.repeat(percents[:, None, :], len(pairs), axis=1)
    for at, (giver, taker) in enumerate(pairs):
        amount = np.minimum(percents[:, giver], step)
        moved[:, at, giver] -= amount
        moved[:, at, taker] += amount
    return moved.reshape(-1, size)


def evenly(rows: Sequence[int] | Ints, count: int) -> Ints:
    """At most `count` of the rows, evenly over them."""
    rows = np.asarray(rows, dtype=np.int64)
    if rows.size <= count:
        return rows
    return rows[np.unique(np.linspace(0, rows.size - 1, count).astype(np.int64))]

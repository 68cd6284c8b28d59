"""Deciding with many weights of the same signals at once, exactly as `decide` would.

A screen's gates, replacements for missing values and tie-breakers do not depend on its
weights, so they are worked out once: a *contest* is who may be selected at all, in the order
in which candidates with equal composites are taken. Each set of weights then costs one row of
an integer matrix product and one partition.

All arrays here are in the order of the candidates' lots, which does not depend on the order
of the rows of the file; so neither do sums over candidates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from toolkit.arrays import Bools, Ints
from toolkit.fairness.alternatives.weight_space import UNIT, WeightSpace
from toolkit.intake.cohort import Cohort
from toolkit.screening import kernels
from toolkit.screening.coefficients import CoefficientPlan
from toolkit.screening.decisions import decide_columns
from toolkit.screening.frozen import FrozenWeight, freeze, scaling
from toolkit.screening.lottery import Lottery
from toolkit.screening.screen import Screen


@dataclass(frozen=True, eq=False)
class Entrants:
    """Screens that are tried, one a row.

    Parameters
    ----------
    weights : int64 array, shape (n_screens, n_signals)
        Signed, in units of a screen's last decimal.
    base : int64 array, shape (n_screens,)
        Which of the bases has the gates, tie-breakers, places and scale.
    percents : int64 array, shape (n_screens, n_varied)
        Where the weights lie on the grid of whole percents; −1 for screens that are not on it.
    """

    weights: Ints
    base: Ints
    percents: Ints

    def __len__(self) -> int:
        return len(self.base)

    def __getitem__(self, rows: Ints | slice) -> Entrants:
        return Entrants(self.weights[rows], self.base[rows], self.percents[rows])

    def keys(self) -> list[bytes]:
        """One key a screen; screens whose weights are in proportion have the same."""
        common = np.maximum(np.gcd.reduce(self.weights, axis=1, initial=0), 1)
        reduced = np.column_stack([self.base, self.weights // common[:, None]])
        return [row.tobytes() for row in reduced]

    @classmethod
    def joined(cls, several: Sequence[Entrants]) -> Entrants:
        """All of them, one after the other."""
        return cls(
            np.concatenate([one.weights for one in several]),
            np.concatenate([one.base for one in several]),
            np.concatenate([one.percents for one in several]),
        )

    def new_among(self, seen: set[bytes]) -> Entrants:
        """Those not seen before, each once; they are seen from now on."""
        rows = []
        for row, key in enumerate(self.keys()):
            if key not in seen:
                seen.add(key)
                rows.append(row)
        return self[np.array(rows, dtype=np.int64)]


class Contest(NamedTuple):
    """Who may be selected under one set of gates and treatment of missing values.

    Parameters
    ----------
    rows : int64 array, shape (n_eligible,)
        In the order in which candidates with equal composites are taken.
    complete : bool array, shape (n,)
        Who has a composite.
    """

    rows: Ints
    complete: Bools


@dataclass(frozen=True, eq=False)
class Arena:
    """One cohort, ready to be decided on with any weights of some signals.

    Parameters
    ----------
    cohort : Cohort
    space : WeightSpace
    bases : tuple of Screen
        Gates, tie-breakers, places, scale and missing values to combine weights with; all of
        one name, scale and treatment of missing values.
    order : int64 array, shape (n,)
        The cohort's rows in the order of their lots.
    readings : int64 array, shape (n_signals, n)
        Each signal as the screens read it, measured from its centre, missing values replaced.
    plan : CoefficientPlan
    """

    cohort: Cohort
    space: WeightSpace
    bases: tuple[Screen, ...]
    order: Ints
    readings: Ints
    plan: CoefficientPlan
    _matters: Bools
    _contests: dict[tuple[int, bytes], Contest]

    @classmethod
    def of(cls, cohort: Cohort, space: WeightSpace, bases: Sequence[Screen]) -> Arena:
        """Read the cohort once for all screens."""
        name, size = bases[0].name, len(cohort)
        order = Lottery(name, cohort.ids).in_order(np.arange(size))
        every = dict(zip(space.signals, (space.signs / 1).tolist(), strict=True))
        frozen = freeze(cohort, bases[0].changed(weights=every, gates=(), tie_breakers=()))
        columns = {signal: cohort.fixed(signal) for signal in space.signals}
        readings = np.zeros((len(space.signals), size), dtype=np.int64)
        for at, signal in enumerate(space.signals):
            weight: FrozenWeight = replace(frozen.weights[signal], coefficient=1)
            readings[at] = kernels.term(weight, kernels.filled(frozen, signal, columns))[order]
        return cls(
            cohort=cohort,
            space=space,
            bases=tuple(bases),
            order=order,
            readings=readings,
            plan=scaling(bases[0].scale, columns, cohort.about).plan(),
            _matters=np.array(
                [
                    columns[signal].any_missing and _presence_matters(bases[0], signal, sign)
                    for signal, sign in zip(space.signals, space.signs.tolist(), strict=True)
                ],
                dtype=np.bool_,
            ),
            _contests={},
        )

    def screen(self, weights: Ints, base: int) -> Screen:
        """The screen with these weights; what has no weight is not in it."""
        named = {
            signal: weight / UNIT
            for signal, weight in zip(self.space.signals, weights.tolist(), strict=True)
            if weight
        }
        return self.bases[base].changed(weights=named)

    def by_contest(self, entrants: Entrants) -> list[tuple[Contest, Ints]]:
        """The contests that the screens belong to, and the rows of each."""
        weighed = (entrants.weights != 0) & self._matters
        keys = np.column_stack([entrants.base, weighed])
        distinct, which = np.unique(keys, axis=0, return_inverse=True)
        found = []
        for at in range(len(distinct)):
            rows = np.flatnonzero(which.reshape(-1) == at)
            found.append((self._contest(entrants, int(rows[0]), distinct[at].tobytes()), rows))
        return found

    def _contest(self, entrants: Entrants, row: int, pattern: bytes) -> Contest:
        base = int(entrants.base[row])
        if (base, pattern) not in self._contests:
            frozen = freeze(self.cohort, self.screen(entrants.weights[row], base))
            columns = {signal: self.cohort.fixed(signal) for signal in frozen.screen.signals}
            lottery = Lottery(frozen.screen.name, self.cohort.ids)
            decisions = decide_columns(replace(frozen, places=0), columns, lottery)
            rows = np.flatnonzero(decisions.eligible[self.order])
            keys = [-key[self.order][rows] for key in decisions.tie_keys[::-1]]
            # The last key counts most; what is equal in all of them stays in order of lots.
            self._contests[base, pattern] = Contest(
                rows[np.lexsort(keys)] if keys else rows, decisions.complete[self.order]
            )
        return self._contests[base, pattern]

    def coefficients(self, weights: Ints) -> Ints:
        """Integer coefficients of each screen, as `freeze` has them.

        Parameters
        ----------
        weights : int64 array, shape (n_screens, n_signals)

        Returns
        -------
        int64 array, shape (n_screens, n_signals)
        """
        signals, plan = self.space.signals, self.plan
        rows = [
            list(plan.coefficients(dict(zip(signals, row, strict=True)))[0].values())
            for row in weights.tolist()
        ]
        return np.array(rows, dtype=np.int64).reshape(weights.shape)


def _presence_matters(base: Screen, signal: str, sign: int) -> bool:
    """Whether a weight on a signal with missing values bears on who is eligible.

    A screen that rejects looks at every signal that it weighs; one that puts in the least
    favourable value asks the sign of the weight which that is, for gates and tie-breakers too.
    """
    if base.missing == "lowest":
        elsewhere = {*base.tie_breakers, *(gate.signal for gate in base.gates)}
        return sign < 0 and signal in elsewhere
    return base.missing == "reject"


def take_first(composites: Ints, places: int) -> Bools:
    """The best by composite in each row; of those level at the cut, the first ones.

    The same as `take_places` where candidates stand in the order in which equals are taken.

    Parameters
    ----------
    composites : int64 array, shape (n_screens, n_eligible)
    places : int

    Returns
    -------
    bool array, shape (n_screens, n_eligible)
    """
    size = composites.shape[1]
    if places >= size or places == 0:
        return np.full(composites.shape, places != 0, dtype=np.bool_)
    at = size - places
    cut = np.partition(composites, at, axis=1)[:, at, None]
    taken: Bools = composites >= cut
    crowded = np.flatnonzero(np.count_nonzero(taken, axis=1) > places)
    if crowded.size:
        values, edge = composites[crowded], cut[crowded]
        above, level = values > edge, values == edge
        room = places - np.count_nonzero(above, axis=1)[:, None]
        taken[crowded] = above | (level & (level.cumsum(axis=1) <= room))
    return taken


def best_first(composites: Ints, depth: int) -> Ints:
    """Positions of the best in each row, in the order in which they are taken.

    Parameters
    ----------
    composites : int64 array, shape (n_screens, n_eligible)
    depth : int
        How many are wanted; all where there are not so many.

    Returns
    -------
    intp array, shape (n_screens, min(depth, n_eligible))
    """
    size = composites.shape[1]
    if depth < size:
        among = take_first(composites, depth)
        positions = np.nonzero(among)[1].reshape(len(among), depth)
        behind = -composites[among].reshape(len(among), depth)
    else:
        positions = np.broadcast_to(np.arange(size), composites.shape)
        behind = -composites
    order = np.argsort(behind, axis=1)
    ahead = np.take_along_axis(behind, order, axis=1)
    level = np.flatnonzero((ahead[:, 1:] == ahead[:, :-1]).any(axis=1))
    # A stable sort keeps equals in the order in which they stand; it takes longer.
    order[level] = np.argsort(behind[level], axis=1, kind="stable")
    taken: Ints = np.take_along_axis(positions, order, axis=1)
    return taken

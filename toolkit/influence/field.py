"""Everybody who competes in a sweep, and with what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from toolkit.arrays import Ints
from toolkit.influence.count_seats import Counted
from toolkit.influence.last_seats import Contest, Lots
from toolkit.influence.sweep_parts import WHOLE


@dataclass(frozen=True, eq=False)
class Field:
    """Everybody who competes.

    Parameters
    ----------
    rest, own : int64 array, shape (m,)
        Composite of everything else, and the score's, on one scale.
    reached : int array, shape (m,)
        How many cut-offs, from the lowest, each candidate's score reaches.
    n_cutoffs : int
    tie_keys : tuple of int64 arrays, shape (m,)
    lottery : Lots
    places : int
    counted : Counted
    """

    rest: Ints
    own: Ints
    reached: Ints
    n_cutoffs: int
    tie_keys: tuple[Ints, ...]
    lottery: Lots
    places: int
    counted: Counted

    @property
    def size(self) -> int:
        return int(self.rest.size)

    def composites(self, percent: int, rows: slice = slice(None)) -> Ints:
        """Composites of some of them at one weight of the score."""
        total = self.rest[rows] * (WHOLE - percent)
        total += self.own[rows] * percent
        return total

    def contest(self, taken: Ints | None = None) -> Contest:
        """The contest at any weight; `taken` as `Contest` has it."""
        return Contest(
            self.reached, self.n_cutoffs, self.tie_keys, self.lottery, self.places, taken
        )

    def of_block(self, rows: slice) -> Field:
        """Those who stand next to each other, without a copy; their lots are not to be had."""
        return replace(
            self,
            rest=self.rest[rows],
            own=self.own[rows],
            reached=self.reached[rows],
            tie_keys=tuple(key[rows] for key in self.tie_keys),
            counted=Counted(self.counted.key[rows], self.counted.bits, self.counted.value[rows]),
        )

    def of_rows(self, rows: Ints) -> Field:
        """Some of those who compete, by rising rows."""
        return Field(
            self.rest[rows],
            self.own[rows],
            self.reached[rows],
            self.n_cutoffs,
            tuple(key[rows] for key in self.tie_keys),
            LotsOfSome(self.lottery, rows),
            self.places,
            self.counted.of_rows(rows),
        )


def joined(parts: Sequence[Field], lottery: Lots) -> Field:
    """Those of one part, then those of the next, with the lots of all of them."""
    n_ties = len(parts[0].tie_keys)
    return replace(
        parts[0],
        rest=np.concatenate([part.rest for part in parts]),
        own=np.concatenate([part.own for part in parts]),
        reached=np.concatenate([part.reached for part in parts]),
        tie_keys=tuple(np.concatenate([part.tie_keys[n] for part in parts]) for n in range(n_ties)),
        lottery=lottery,
        counted=Counted.joined([part.counted for part in parts]),
    )


@dataclass(frozen=True, eq=False)
class LotsOfSome:
    """The lots of some candidates, named by their rising rows among all."""

    everyone: Lots
    rows: Ints

    def in_order(self, rows: Ints) -> Ints:
        return np.searchsorted(self.rows, self.everyone.in_order(self.rows[rows]))

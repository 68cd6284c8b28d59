"""Everybody who competes in a sweep, and with what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

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
        """Those of a slice, without a copy; their lots are not to be had."""
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


@dataclass(frozen=True, eq=False)
class Parts:
    """Everybody who competes, in parts that stay where they are.

    Parameters
    ----------
    parts : sequence of Field
        At least one; their own lots are not asked for.
    lottery : Lots
        Of all, the first part's first.
    """

    parts: Sequence[Field]
    lottery: Lots

    @property
    def size(self) -> int:
        return sum(part.size for part in self.parts)

    def blocks(self, length: int) -> Iterator[Field]:
        """All of them, no more than so many at once, without a copy."""
        for part in self.parts:
            for begin in range(0, part.size, length):
                yield part.of_block(slice(begin, begin + length))

    def every(self, step: int) -> Field:
        """One in so many; their lots are not to be had."""
        some, begin = [], 0
        for part in self.parts:
            some.append(part.of_block(slice(-begin % step, None, step)))
            begin += part.size
        return joined(some, self.lottery)

    def whole(self) -> Field:
        return self.parts[0] if len(self.parts) == 1 else joined(self.parts, self.lottery)

    def chosen(self, rows: Sequence[npt.NDArray[np.int32]], length: int) -> Field:
        """Some of them, with nothing but the new columns held beside the old ones.

        Parameters
        ----------
        rows : sequence of int32 arrays
            Of each block, rising.
        length : int
            Of a block, as `blocks` has it.
        """
        blocks = list(self.blocks(length))
        begin = np.cumsum([0, *(block.size for block in blocks[:-1])])
        small = np.min_scalar_type(-max(self.size, 1)).type
        everyone = np.concatenate([own + small(at) for own, at in zip(rows, begin, strict=True)])
        return joined(blocks, LotsOfSome(self.lottery, everyone), rows)


def joined(
    parts: Sequence[Field],
    lottery: Lots,
    rows: Sequence[npt.NDArray[np.int32]] | None = None,
) -> Field:
    """Those of one part, then those of the next, with the lots of all of them.

    Parameters
    ----------
    parts : sequence of Field
    lottery : Lots
    rows : sequence of int32 arrays, optional
        Who of each part; everybody where left out.
    """
    some: Sequence[Any] = [slice(None)] * len(parts) if rows is None else rows
    first = parts[0]

    def column(of: Callable[[Field], npt.NDArray[Any]]) -> npt.NDArray[Any]:
        return np.concatenate([of(part)[own] for part, own in zip(parts, some, strict=True)])

    ties = [[key[own] for key in part.tie_keys] for part, own in zip(parts, some, strict=True)]
    return replace(
        first,
        rest=column(lambda part: part.rest),
        own=column(lambda part: part.own),
        reached=column(lambda part: part.reached),
        tie_keys=tuple(np.concatenate(own) for own in zip(*ties, strict=True)),
        lottery=lottery,
        counted=Counted(
            column(lambda part: part.counted.key),
            first.counted.bits,
            column(lambda part: part.counted.value),
        ),
    )


@dataclass(frozen=True, eq=False)
class LotsOfSome:
    """The lots of some candidates, named by their rising rows among all."""

    everyone: Lots
    rows: Ints

    def in_order(self, rows: Ints) -> Ints:
        return np.searchsorted(self.rows, self.everyone.in_order(self.rows[rows]))

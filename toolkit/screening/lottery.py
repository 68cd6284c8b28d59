"""The order of candidates whom the screen cannot tell apart.

A draw by hash depends on the screen's name and the candidate's id alone: not on the order
of the file, not on the engine, and not on which signals the screen uses. Removing a signal
therefore never moves a candidate by drawing the lots anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from toolkit.arrays import Bools, Ints

Lots = npt.NDArray[np.uint64]


def lots(screen_name: str, candidate_ids: Iterable[str]) -> Lots:
    """A lot for each candidate; the lowest goes first.

    The first eight bytes of SHA-256 over the screen's name, a zero byte and the candidate's
    id, both in UTF-8.
    """
    prefix = hashlib.sha256(screen_name.encode() + b"\0")

    def lot(candidate_id: str) -> int:
        draw = prefix.copy()
        draw.update(candidate_id.encode("utf-8", "surrogatepass"))
        return int.from_bytes(draw.digest()[:8], "big")

    return np.fromiter((lot(str(c)) for c in candidate_ids), dtype=np.uint64)


@dataclass(frozen=True, eq=False)
class Lottery:
    """The lots of one cohort under one screen's name, drawn when first needed.

    Parameters
    ----------
    screen_name : str
    ids : array of str, shape (n,)
    """

    screen_name: str
    ids: npt.NDArray[np.object_]
    _lots: Lots = field(init=False, repr=False)
    _drawn: Bools = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_lots", np.zeros(self.ids.shape, dtype=np.uint64))
        object.__setattr__(self, "_drawn", np.zeros(self.ids.shape, dtype=np.bool_))

    def of(self, rows: Ints) -> Lots:
        """The lots of the candidates in these rows."""
        fresh = rows[~self._drawn[rows]]
        if fresh.size:
            self._lots[fresh] = lots(self.screen_name, self.ids[fresh])
            self._drawn[fresh] = True
        return self._lots[rows]

    def in_order(self, rows: Ints) -> Ints:
        """The same rows, first lot first; equal lots go by id."""
        drawn = self.of(rows)
        order = np.argsort(drawn, kind="stable")
        if (drawn[order][1:] == drawn[order][:-1]).any():
            order = np.lexsort((self.ids[rows], drawn))
        return rows[order]

    def ahead(self, rows: Ints, others: Ints) -> Bools:
        """Whether the candidate in each row goes before the other one."""
        own, theirs = self.of(rows), self.of(others)
        level: Bools = (own == theirs) & (self.ids[rows] < self.ids[others])
        return (own < theirs) | level

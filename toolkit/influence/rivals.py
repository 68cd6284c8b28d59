"""The two candidates at the cut whom the others have to pass or to fall behind."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from toolkit.arrays import Bools
from toolkit.screening.decisions import Decisions
from toolkit.screening.lottery import lots


@dataclass(frozen=True)
class Rival:
    """A candidate at the cut: composite, tie-break values and lot."""

    candidate_id: str
    composite: int
    tie_keys: tuple[int, ...]


@dataclass(frozen=True)
class Rivals:
    """Who stands at the cut.

    Parameters
    ----------
    last_in : Rival or None
        The selected candidate who would be displaced first; None while a place is free or
        where there are no places at all.
    first_out : Rival or None
        The eligible candidate who would move up first; None if there is none.
    place_free : bool
        Whether fewer candidates are eligible than there are places.
    """

    last_in: Rival | None
    first_out: Rival | None
    place_free: bool


def rivals_at_the_cut(decisions: Decisions) -> Rivals:
    """Find the last candidate in and the first one out."""
    waiting = decisions.eligible & ~decisions.selected
    place_free = int(np.count_nonzero(decisions.eligible)) < decisions.places
    return Rivals(
        last_in=None if place_free else _extreme(decisions, decisions.selected, best=False),
        first_out=_extreme(decisions, waiting, best=True),
        place_free=place_free,
    )


def _extreme(decisions: Decisions, among: Bools, best: bool) -> Rival | None:
    rows = np.flatnonzero(among)
    if rows.size == 0:
        return None
    for key in (decisions.composites, *decisions.tie_keys):
        values = key[rows]
        rows = rows[values == (values.max() if best else values.min())]
    if rows.size > 1:
        ids = decisions.candidate_ids[rows].astype(str).to_numpy(dtype=object)
        order = np.lexsort((ids, lots(decisions.screen.name, ids)))
        rows = rows[order[:1] if best else order[-1:]]
    row = int(rows[0])
    return Rival(
        candidate_id=str(decisions.candidate_ids[row]),
        composite=int(decisions.composites[row]),
        tie_keys=tuple(int(key[row]) for key in decisions.tie_keys),
    )

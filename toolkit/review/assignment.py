"""Who reviews whom: each candidate by so many, loads even, no conflict, everybody comparable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from toolkit.arrays import Bools, Floats, Ints
from toolkit.errors import InputError, UnknownName
from toolkit.review.linked_design import components, count_islands, exchanged, linking_pairs
from toolkit.review.load_balance import shared_out
from toolkit.review.own_order import order_key

#: How many names a sentence lists.
_LISTED = 6


@dataclass(frozen=True)
class Review:
    """One review that is handed out.

    Parameters
    ----------
    reviewer, candidate_id : str
    position : int
        In the reviewer's own random order, from 1.
    kept : bool
        Whether it had been handed out before.
    """

    reviewer: str
    candidate_id: str
    position: int
    kept: bool

    def to_dict(self) -> dict[str, object]:
        return {
            "reviewer": self.reviewer,
            "position": self.position,
            "candidate_id": self.candidate_id,
            "kept": self.kept,
        }


@dataclass(frozen=True)
class Released:
    """An earlier review that could not be kept.

    Parameters
    ----------
    reviewer, candidate_id : str
    why : str
    """

    reviewer: str
    candidate_id: str
    why: str

    def to_dict(self) -> dict[str, object]:
        return {"reviewer": self.reviewer, "candidate_id": self.candidate_id, "why": self.why}


@dataclass(frozen=True)
class Assignment:
    """Who reviews whom, in which order.

    Parameters
    ----------
    each : int
        Reviews a candidate.
    seed : str
        What the orders and the choice among equals follow from.
    reviews : tuple of Review
        By reviewer, each in their own order.
    loads : mapping of str to int
        Reviews by reviewer.
    islands : tuple of tuple of str
        Reviewers who can be compared; more than one island means that the design is not
        connected. Reviewers without a review belong to none.
    released : tuple of Released
    why_not_connected : str or None
        Why not all reviewers can be compared, and what to do about it.
    """

    each: int
    seed: str
    reviews: tuple[Review, ...]
    loads: Mapping[str, int]
    islands: tuple[tuple[str, ...], ...]
    released: tuple[Released, ...]
    why_not_connected: str | None

    @property
    def connected(self) -> bool:
        """Whether all reviewers who review can be compared."""
        return len(self.islands) <= 1

    def of(self, reviewer: str) -> tuple[str, ...]:
        """A reviewer's candidates, in their order."""
        return tuple(one.candidate_id for one in self.reviews if one.reviewer == reviewer)

    def sentences(self) -> list[str]:
        """What is worth saying about it, most important first."""
        said = []
        if self.why_not_connected:
            said.append(self.why_not_connected)
        loads = list(self.loads.values())
        least, most = min(loads), max(loads)
        candidates = len({one.candidate_id for one in self.reviews})
        even = f"{most:,}" if least == most else f"{least:,} to {most:,}"
        said.append(
            f"{len(self.reviews):,} reviews of {candidates:,} candidates by "
            f"{len(loads):,} reviewers, {even} each."
        )
        if most - least > 1:
            said.append(
                "Loads are as even as conflicts, limits, what was handed out before and the links "
                "between reviewers allow."
            )
        if self.connected and len(loads) > 1 and not self.why_not_connected:
            said.append("All reviewers can be compared, so that severity can be told.")
        if self.released:
            first = self.released[0]
            more = f", and {len(self.released) - 1:,} more" if len(self.released) > 1 else ""
            said.append(
                f"Not kept: {first.reviewer}'s review of {first.candidate_id}, because "
                f"{first.why}{more}."
            )
        return said

    def to_dict(self) -> dict[str, object]:
        """The JSON of the command ``assign``."""
        return {
            "each": self.each,
            "seed": self.seed,
            "assignments": [one.to_dict() for one in self.reviews],
            "loads": [{"reviewer": name, "reviews": n} for name, n in self.loads.items()],
            "connected": self.connected,
            "islands": [list(island) for island in self.islands],
            "released": [one.to_dict() for one in self.released],
            "why_not_connected": self.why_not_connected,
        }


def assign(
    candidates: Sequence[str],
    reviewers: Sequence[str],
    each: int = 3,
    *,
    conflicts: Iterable[tuple[str, str]] = (),
    kept: Iterable[tuple[str, str]] = (),
    limits: Mapping[str, int] | None = None,
    seed: str = "1",
) -> Assignment:
    """Share reviews out among reviewers.

    Nobody reviews a candidate with whom they have a conflict of interest. Within that, no
    earlier review is taken away, the design is connected wherever that is possible, and loads
    are as even as can be.

    Parameters
    ----------
    candidates, reviewers : sequence of str
    each : int
        Reviews a candidate.
    conflicts : iterable of (str, str), optional
        Candidate and reviewer who must not meet.
    kept : iterable of (str, str), optional
        Candidate and reviewer of reviews handed out before. Those of people who are no longer
        among the reviewers, or have a conflict now, are released and given to others.
    limits : mapping of str to int, optional
        Most reviews of a reviewer.
    seed : str
        The same seed gives the same assignment.

    Raises
    ------
    InputError
        If there are too few reviewers for a candidate, or limits are too low.
    UnknownName
        If a conflict or a limit names nobody.

    Examples
    --------
    >>> found = assign(["C1", "C2", "C3", "C4"], ["Ann", "Bo", "Cy"], 2)
    >>> found.loads, found.connected
    ({'Ann': 2, 'Bo': 3, 'Cy': 3}, True)
    """
    candidate_at, reviewer_at = _places("candidate", candidates), _places("reviewer", reviewers)
    if each < 1:
        raise InputError(f"Each candidate is to have {each} reviews. Give at least 1.")
    shape = (len(candidate_at), len(reviewer_at))
    allowed = np.ones(shape, dtype=np.bool_)
    for candidate, reviewer in conflicts:
        allowed[
            _place(candidate_at, candidate, "candidate", "the conflicts of interest"),
            _place(reviewer_at, reviewer, "reviewer", "the conflicts of interest"),
        ] = False
    most = np.full(shape[1], np.iinfo(np.int64).max)
    for reviewer, limit in (limits or {}).items():
        most[_place(reviewer_at, reviewer, "reviewer", "the limits")] = limit
    fixed, released = _kept(kept, candidate_at, reviewer_at, allowed)
    _check(candidates, reviewers, each, allowed, fixed, most)
    preference = _preference(seed, candidates, reviewers)
    chosen, linked = _design(fixed, allowed, each, most, preference)
    load = chosen.sum(axis=0)
    if (load > np.maximum(most, fixed.sum(axis=0))).any():
        over = [reviewers[at] for at in np.flatnonzero(load > most).tolist()]
        raise InputError(
            f"With these conflicts and limits the reviews cannot be shared out: "
            f"{_names(over)} would have more than the limit. Raise a limit, or add a reviewer."
        )
    return Assignment(
        each,
        seed,
        _reviews(chosen, fixed, candidates, reviewers, seed),
        dict(zip(reviewers, load.tolist(), strict=True)),
        _islands(chosen, reviewers),
        tuple(released),
        None if linked else _why_not(chosen, allowed, each, reviewers),
    )


def _design(
    fixed: Bools, allowed: Bools, each: int, limits: Ints, preference: Floats
) -> tuple[Bools, bool]:
    """Who reviews whom, and whether everybody who can review is linked."""
    able: Bools = np.any((allowed & (limits > 0)) | fixed, axis=0)
    even = shared_out(fixed, allowed, each, limits, preference)
    joined = exchanged(even, fixed, allowed, able)
    if count_islands(joined, able) <= 1:
        return joined, True
    pairs = linking_pairs(joined, fixed, allowed & (limits > 0), each, able)
    if pairs is None:
        return joined, False
    linked = shared_out(fixed | pairs, allowed, each, limits, preference)
    if (linked.sum(axis=0) > np.maximum(limits, fixed.sum(axis=0))).any():
        return joined, False
    return linked, True


def _places(kind: str, names: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for at, name in enumerate(names):
        if not name.strip():
            raise InputError(f"The {kind} at place {at + 1} has no name. Fill it in.")
        if name in places:
            raise InputError(f"The {kind} '{name}' is listed twice. Keep one.")
        places[name] = at
    if not places:
        raise InputError(f"There is no {kind}. Name at least one.")
    return places


def _place(places: Mapping[str, int], name: str, kind: str, where: str) -> int:
    if name not in places:
        raise UnknownName(kind, name, places, where)
    return places[name]


def _kept(
    kept: Iterable[tuple[str, str]],
    candidate_at: Mapping[str, int],
    reviewer_at: Mapping[str, int],
    allowed: Bools,
) -> tuple[Bools, list[Released]]:
    fixed = np.zeros_like(allowed)
    released = []
    for candidate, reviewer in kept:
        if reviewer not in reviewer_at:
            released.append(Released(reviewer, candidate, f"{reviewer} no longer reviews"))
        elif candidate not in candidate_at:
            released.append(Released(reviewer, candidate, f"{candidate} is no longer a candidate"))
        elif not allowed[candidate_at[candidate], reviewer_at[reviewer]]:
            released.append(Released(reviewer, candidate, "there is a conflict of interest"))
        else:
            fixed[candidate_at[candidate], reviewer_at[reviewer]] = True
    return fixed, released


def _check(
    candidates: Sequence[str],
    reviewers: Sequence[str],
    each: int,
    allowed: Bools,
    fixed: Bools,
    limits: Ints,
) -> None:
    if each > len(reviewers):
        people = "is 1 reviewer" if len(reviewers) == 1 else f"are {len(reviewers):,} reviewers"
        raise InputError(
            f"Each candidate is to have {each} reviews, and there {people}. Add reviewers, or "
            "ask for fewer reviews."
        )
    free = (allowed & (limits > 0) | fixed).sum(axis=1)
    short = np.flatnonzero(free < each)
    if short.size:
        worst = int(free[short].min())
        who = _names([candidates[at] for at in short.tolist()])
        left = "nobody" if worst == 0 else f"as few as {worst:,}"
        raise InputError(
            f"Too few reviewers without a conflict of interest for {who}: {left} where {each} are "
            "needed. Add reviewers who know none of them, or ask for fewer reviews."
        )
    wanted = int(np.maximum(each - fixed.sum(axis=1), 0).sum())
    room = np.minimum(np.maximum(limits - fixed.sum(axis=0), 0), len(candidates))
    if int(room.sum()) < wanted:
        raise InputError(
            f"{wanted:,} reviews are still to be handed out, and the limits leave room for "
            f"{int(room.sum()):,}. Raise a limit, add a reviewer, or ask for fewer reviews."
        )


def _preference(seed: str, candidates: Sequence[str], reviewers: Sequence[str]) -> Floats:
    """A random number for each pair, from a generator that the seed and the names start."""
    start = order_key(seed, "\n".join(reviewers), "\n".join(candidates))
    generator = np.random.default_rng(int.from_bytes(start[:16], "big"))
    return generator.random((len(candidates), len(reviewers)))


def _reviews(
    chosen: Bools, fixed: Bools, candidates: Sequence[str], reviewers: Sequence[str], seed: str
) -> tuple[Review, ...]:
    reviews = []
    for at, reviewer in enumerate(reviewers):
        own = np.flatnonzero(chosen[:, at]).tolist()
        own.sort(key=lambda one: order_key(seed, reviewers[at], candidates[one]))
        reviews += [
            Review(reviewer, candidates[one], place, bool(fixed[one, at]))
            for place, one in enumerate(own, 1)
        ]
    return tuple(reviews)


def _islands(chosen: Bools, reviewers: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    _, island = components(chosen)
    groups: dict[int, list[str]] = {}
    for at in np.flatnonzero(chosen.any(axis=0)).tolist():
        groups.setdefault(int(island[at]), []).append(reviewers[at])
    return tuple(map(tuple, groups.values()))


def _why_not(chosen: Bools, allowed: Bools, each: int, reviewers: Sequence[str]) -> str:
    """Why not everybody can be compared, and what to do about it."""
    begin = "Not all reviewers can be compared, so that severity cannot be told from luck. "
    n_candidates, able = len(chosen), int((allowed | chosen).any(axis=0).sum())
    if each == 1:
        return (
            f"{begin}With one review a candidate, no candidate is seen by two reviewers. Ask for "
            "at least two."
        )
    if n_candidates * (each - 1) < able - 1:
        linked = n_candidates * (each - 1) + 1
        needed = ceil((able - 1) / n_candidates) + 1
        instead = f", or ask for {needed} reviews a candidate" if needed <= able else ""
        return (
            f"{begin}{n_candidates:,} candidates with {each} reviews each can link at most "
            f"{linked:,} reviewers, and there are {able:,}. Leave out {able - linked:,} "
            f"reviewers{instead}."
        )
    groups = "; ".join(_names(island) for island in _islands(chosen, reviewers))
    return (
        f"{begin}Conflicts of interest, limits and what was handed out before keep these groups "
        f"apart: {groups}. Add a reviewer who may review candidates of both, or take back "
        "some of the earlier reviews."
    )


def _names(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_LISTED])
    return f"{shown} and {len(names) - _LISTED:,} more" if len(names) > _LISTED else shown

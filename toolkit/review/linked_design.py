"""Designs in which all reviewers can be compared: through candidates they share, or a chain.

Whether a design of a given size can be linked at all is a question about two matroids: a
spanning tree of candidates and reviewers (no cycles) in which no candidate has more reviewers
than it is to have. A largest set that both allow is found exactly by augmenting along shortest
chains of exchanges (Edmonds 1970; Schrijver 2003, Combinatorial Optimization, chapter 41).
"""

from __future__ import annotations

from collections import deque

import networkx as nx  # type: ignore[import-untyped]
import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from toolkit.arrays import Bools, Ints

Pair = tuple[int, int]


def components(chosen: Bools) -> tuple[Ints, Ints]:
    """The island that each candidate and each reviewer belongs to.

    Parameters
    ----------
    chosen : bool array, shape (n_candidates, n_reviewers)

    Returns
    -------
    (int array of shape (n_candidates,), int array of shape (n_reviewers,))
    """
    candidate, reviewer = np.nonzero(chosen)
    n_candidates, size = chosen.shape[0], sum(chosen.shape)
    links = coo_array(
        (np.ones(len(candidate)), (candidate, n_candidates + reviewer)), shape=(size, size)
    )
    labels = connected_components(links, directed=False)[1].astype(np.int64)
    return labels[:n_candidates], labels[n_candidates:]


def count_islands(chosen: Bools, reviewers: Bools) -> int:
    """How many islands the candidates and these reviewers make."""
    of_candidates, of_reviewers = components(chosen)
    return len(np.union1d(of_candidates, of_reviewers[reviewers]))


def exchanged(chosen: Bools, fixed: Bools, allowed: Bools, reviewers: Bools) -> Bools:
    """The design with islands joined by exchanges that leave every load as it is.

    Two candidates of different islands exchange a reviewer each. Where one of the two pairs
    lies on a cycle, its island stays whole without it, and the two islands become one.

    Parameters
    ----------
    chosen, fixed, allowed : bool array, shape (n_candidates, n_reviewers)
        Who reviews whom, which of it must stay, and what may be.
    reviewers : bool array, shape (n_reviewers,)
        Those who should be linked.
    """
    chosen = chosen.copy()
    while count_islands(chosen, reviewers) > 1:
        pair = _exchange(chosen, fixed, allowed)
        if pair is None:
            return chosen
        (first, giving), (second, taking) = pair
        chosen[[first, second], [giving, taking]] = False
        chosen[[first, second], [taking, giving]] = True
    return chosen


def _exchange(chosen: Bools, fixed: Bools, allowed: Bools) -> tuple[Pair, Pair] | None:
    n_candidates = chosen.shape[0]
    island, _ = components(chosen)
    candidate, reviewer = np.nonzero(chosen & ~fixed)
    graph = nx.Graph()
    graph.add_edges_from((int(c), n_candidates + int(r)) for c, r in np.argwhere(chosen))
    bridges = {frozenset(edge) for edge in nx.bridges(graph)}
    for first, giving in zip(candidate.tolist(), reviewer.tolist(), strict=True):
        if frozenset((first, n_candidates + giving)) in bridges:
            continue
        able = (
            (island[candidate] != island[first])
            & allowed[first, reviewer]
            & allowed[candidate, giving]
        )
        if able.any():
            at = int(np.flatnonzero(able)[0])
            return (first, giving), (int(candidate[at]), int(reviewer[at]))
    return None


def linking_pairs(
    chosen: Bools, fixed: Bools, allowed: Bools, each: int, reviewers: Bools
) -> Bools | None:
    """Pairs that link everybody, no candidate having more than `each`; None where none can.

    Parameters
    ----------
    chosen, fixed, allowed : bool array, shape (n_candidates, n_reviewers)
        The present design, whose pairs are taken where they will do; what must stay; what
        may be.
    each : int
        Reviews a candidate.
    reviewers : bool array, shape (n_reviewers,)
        Those who should be linked.

    Returns
    -------
    bool array of shape (n_candidates, n_reviewers), or None
        The pairs that have to be added to the fixed ones: without any of them, somebody would
        not be linked.
    """
    room = np.maximum(each - fixed.sum(axis=1), 0)
    allowed = allowed & ~fixed & reviewers
    missing = count_islands(fixed, reviewers) - 1
    tree = _forest(chosen & allowed, fixed, room)
    while int(tree.sum()) < missing:
        chain = _augmenting_chain(tree, fixed, allowed, room)
        if chain is None:
            return None
        for pair in chain:
            tree[pair] = ~tree[pair]
    return tree


def _forest(chosen: Bools, fixed: Bools, room: Ints) -> Bools:
    """Pairs of the present design that close no cycle."""
    n_candidates = chosen.shape[0]
    joined = nx.utils.UnionFind(range(sum(chosen.shape)))
    for candidate, reviewer in np.argwhere(fixed).tolist():
        joined.union(candidate, n_candidates + reviewer)
    tree = np.zeros_like(chosen)
    left = room.copy()
    for candidate, reviewer in np.argwhere(chosen).tolist():
        if left[candidate] and joined[candidate] != joined[n_candidates + reviewer]:
            joined.union(candidate, n_candidates + reviewer)
            tree[candidate, reviewer] = True
            left[candidate] -= 1
    return tree


def _augmenting_chain(tree: Bools, fixed: Bools, allowed: Bools, room: Ints) -> list[Pair] | None:
    """Pairs to add and to take out in turn, so that the tree grows by one.

    A pair that joins two islands can be added at once where its candidate has room. Where it
    has none, one of the candidate's pairs has to go; what that tears apart is joined by
    another pair, whose candidate may have room, and so on.
    """
    full = tree.sum(axis=1) >= room
    outside = allowed & ~tree
    entered: dict[int, tuple[Pair, Pair | None]] = {}
    came_by: dict[Pair, int] = {}
    waiting: deque[int] = deque()

    def chain_to(pair: Pair, removed: Pair | None) -> list[Pair]:
        chain = [pair]
        while removed is not None:
            chain.append(removed)
            pair, removed = entered[came_by[removed]]
            chain.append(pair)
        return chain

    def enter(joining: Bools, removed: Pair | None) -> list[Pair] | None:
        for candidate in np.flatnonzero(joining.any(axis=1)).tolist():
            pair = (candidate, int(np.flatnonzero(joining[candidate])[0]))
            if not full[candidate]:
                return chain_to(pair, removed)
            if candidate not in entered:
                entered[candidate] = (pair, removed)
                waiting.append(candidate)
        return None

    found = enter(outside & _between_islands(tree | fixed), None)
    while found is None and waiting:
        candidate = waiting.popleft()
        for reviewer in np.flatnonzero(tree[candidate]).tolist():
            without = tree | fixed
            without[candidate, reviewer] = False
            came_by[candidate, reviewer] = candidate
            joining = outside & _between_islands(without)
            found = enter(joining, (candidate, reviewer))
            if found is not None:
                break
    return found


def _between_islands(chosen: Bools) -> Bools:
    of_candidates, of_reviewers = components(chosen)
    apart: Bools = of_candidates[:, None] != of_reviewers[None, :]
    return apart

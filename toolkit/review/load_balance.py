"""Reviews shared out evenly: a flow of least cost from candidates to reviewers.

Each candidate needs so many reviewers, each pair can be used once, and a reviewer's n-th
review costs more than the one before; the flow of least cost is then the most even one. Since
the costs lie at the reviewers alone, a flow can be made cheaper exactly if a review can be
handed on, over a chain of reviewers, from one to another whose next is cheaper than the
first's last (no negative cycle in the residual network: Ahuja, Magnanti and Orlin 1993,
Network Flows, theorem 9.1, with the convex costs of chapter 14). That chain is looked for
among the reviewers, not among all pairs, so that it takes no time.
"""

from __future__ import annotations

from collections import deque
from itertools import pairwise

import numpy as np

from toolkit.arrays import Bools, Floats, Ints

#: What a review beyond a reviewer's limit costs: more than any spreading can save.
_BEYOND = 1e9


def shared_out(
    given: Bools,
    allowed: Bools,
    each: int,
    limits: Ints,
    preference: Floats,
) -> Bools:
    """Give every candidate `each` reviewers, loads as even as can be.

    Parameters
    ----------
    given : bool array, shape (n_candidates, n_reviewers)
        Reviews that stay where they are, whatever is allowed.
    allowed : bool array, shape (n_candidates, n_reviewers)
        Pairs that may be added.
    each : int
        Reviews a candidate. Candidates with more keep them.
    limits : int array, shape (n_reviewers,)
        Most reviews of each reviewer.
    preference : float array, shape (n_candidates, n_reviewers)
        Random numbers that decide between reviewers who are equally free.

    Returns
    -------
    bool array, shape (n_candidates, n_reviewers)
        Loads beyond the limits only where it cannot be helped.
    """
    free = allowed & ~given
    chosen = given.copy()
    load = given.sum(axis=0).astype(np.int64)
    wanting = each - given.sum(axis=1)
    # One after the other, since each choice depends on the loads so far; the candidates with
    # the fewest to choose from go first.
    for candidate in np.argsort(free.sum(axis=1), kind="stable"):
        wanted = int(wanting[candidate])
        if wanted <= 0:
            continue
        cost = _cost_of_next(load, limits)
        order = np.lexsort((preference[candidate], cost))
        taken = order[free[candidate, order]][:wanted]
        chosen[candidate, taken] = True
        load[taken] += 1
    return evened_out(chosen, given, allowed, limits)


def evened_out(chosen: Bools, fixed: Bools, allowed: Bools, limits: Ints) -> Bools:
    """The same number of reviews for each candidate, handed on until loads are as even as can be.

    Parameters
    ----------
    chosen, fixed, allowed : bool array, shape (n_candidates, n_reviewers)
        Who reviews whom, which of it must stay, and what may be.
    limits : int array, shape (n_reviewers,)
    """
    chosen = chosen.copy()
    load = chosen.sum(axis=0).astype(np.int64)
    while True:
        movable = (chosen & ~fixed).astype(np.int32)
        open_to = (allowed & ~chosen).astype(np.int32)
        # From a reviewer to another over how many candidates a review can be handed on.
        hand_on = (movable.T @ open_to) > 0
        chain = _best_chain(hand_on, _cost_of_last(load, limits), _cost_of_next(load, limits))
        if chain is None:
            return chosen
        for giver, taker in pairwise(chain):
            # What was handed on before may be handed on again, so look anew.
            able = chosen[:, giver] & ~fixed[:, giver] & allowed[:, taker] & ~chosen[:, taker]
            candidate = int(np.flatnonzero(able)[0])
            chosen[candidate, giver], chosen[candidate, taker] = False, True
        load[chain[0]] -= 1
        load[chain[-1]] += 1


def _cost_of_next(load: Ints, limits: Ints) -> Floats:
    cost: Floats = load.astype(np.float64) + np.where(load >= limits, _BEYOND, 0.0)
    return cost


def _cost_of_last(load: Ints, limits: Ints) -> Floats:
    saved: Floats = (load - 1).astype(np.float64) + np.where(load > limits, _BEYOND, 0.0)
    return saved


def _best_chain(hand_on: Bools, saved: Floats, cost: Floats) -> list[int] | None:
    """A shortest chain from a reviewer to one whose next review costs less than it saves."""
    for start in np.argsort(-saved, kind="stable").tolist():
        before = {start: start}
        waiting = deque([start])
        while waiting:
            at = waiting.popleft()
            if saved[start] > cost[at] and at != start:
                chain = [at]
                while chain[-1] != start:
                    chain.append(before[chain[-1]])
                return chain[::-1]
            for following in np.flatnonzero(hand_on[at]).tolist():
                if following not in before:
                    before[following] = at
                    waiting.append(following)
    return None

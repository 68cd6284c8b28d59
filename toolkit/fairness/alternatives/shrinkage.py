"""What is left of the figures among candidates whom the search has not seen.

Whoever tries two thousand screens and keeps the best keeps luck with them. So the whole search
is repeated on part of the candidates, and the screen that it would have led to decides on the
others. Divided into k parts, every candidate is decided on once by a screen that was chosen
without them; their decisions together are counted as those of one screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from toolkit.arrays import Floats, Ints
from toolkit.fairness.alternatives.audit import Audit
from toolkit.fairness.alternatives.contest import Arena, Entrants
from toolkit.fairness.alternatives.evaluation import Part, Tally, pooled, tally
from toolkit.fairness.alternatives.pareto import DECIMALS
from toolkit.fairness.alternatives.search import Searched


@dataclass(frozen=True)
class HeldOut:
    """One choice re-measured on candidates who had no part in it.

    Parameters
    ----------
    validity, impact_ratio : float
        Means over the repeated divisions.
    validity_spread, impact_ratio_spread : float or None
        Standard deviations over them: how much hangs on who fell into which part. None with
        a single division.
    """

    validity: float
    impact_ratio: float
    validity_spread: float | None
    impact_ratio_spread: float | None


@dataclass(frozen=True, eq=False)
class Fold:
    """One part to search on, and the rest to measure on."""

    training: Part
    test: Part


def divisions(
    cell: Ints, known: Ints, places: int, folds: int, repeats: int, seed: int
) -> list[list[Fold]]:
    """Divide the candidates into folds, several times over.

    Each combination of groups, those with a known criterion and those without, are dealt out
    evenly. Places are shared out by the largest remainders, so that the held-out parts have as
    many together as the screen.

    Parameters
    ----------
    cell : int64 array, shape (n,)
        Combination of groups.
    known : int64 array, shape (n,)
        1 where the criterion is known.
    places, folds, repeats, seed : int

    Returns
    -------
    list of list of Fold
        One list a repeat.
    """
    draw = np.random.default_rng(seed)
    size = cell.size
    found = []
    for _ in range(repeats):
        order = np.lexsort((draw.random(size), known, cell))
        fold_of = np.empty(size, dtype=np.int64)
        fold_of[order] = np.arange(size) % folds
        people = np.bincount(fold_of, minlength=folds)
        seats = people * places // size
        remainder = people * places % size
        short = places - int(seats.sum())
        seats[np.argsort(-remainder, kind="stable")[:short]] += 1
        found.append(
            [
                Fold(
                    Part(fold_of != fold, places - int(seats[fold])),
                    Part(fold_of == fold, int(seats[fold])),
                )
                for fold in range(folds)
            ]
        )
    return found


def held_out(
    arena: Arena,
    audit: Audit,
    found: Searched,
    divided: Sequence[Sequence[Fold]],
    allowances: Floats,
    fixed: Entrants,
) -> list[HeldOut | None]:
    """Choose on each training part by the same rule, and measure on the rest.

    The rule that leads to a member of the front: *of the screens that give up no more validity
    than this one does, the one with the largest smallest impact ratio*. What it gives up is
    counted from the best validity found, on the training part from the best found there.

    Parameters
    ----------
    arena : Arena
    audit : Audit
    found : Searched
        First the search on everyone, then that on the training part of each fold, repeats
        outermost.
    divided : sequence of sequences of Fold
    allowances : float array, shape (n_rules,)
        Validity that each rule gives up.
    fixed : Entrants
        Screens that are not chosen but measured in the same way, for comparison.

    Returns
    -------
    list of HeldOut or None
        Of the fixed screens, then of the rules. None where a figure is not defined on the
        held-out candidates.
    """
    validity, ratio = [], []
    part = 0
    for folds in divided:
        tallies: list[Tally] = []
        for fold in folds:
            part += 1
            seen = found.only(part)
            chosen = seen.entrants[choices(seen.validity, seen.impact_ratio, allowances)]
            tallies.append(tally(arena, audit, Entrants.joined([fixed, chosen]), fold.test))
        of_all = pooled(audit, tallies)
        validity.append(of_all[0])
        ratio.append(of_all[1])
    return [
        _held_out(v, r)
        for v, r in zip(np.transpose(validity).tolist(), np.transpose(ratio).tolist(), strict=True)
    ]


def choices(validity: Floats, impact_ratio: Floats, allowances: Floats) -> Ints:
    """The screen that each rule chooses; see `held_out`.

    Parameters
    ----------
    validity, impact_ratio : float array, shape (n_screens,)
    allowances : float array, shape (n_rules,)

    Returns
    -------
    int64 array, shape (n_rules,)
        Of equals the more valid one, then the first.
    """
    undefined = np.isnan(validity) | np.isnan(impact_ratio)
    worth = np.where(undefined, -np.inf, np.round(validity, DECIMALS))
    ratio = np.where(undefined, -np.inf, np.round(impact_ratio, DECIMALS))
    best = np.lexsort((-worth, -ratio))
    enough = worth[best] >= (worth.max() - allowances)[:, None] - 10.0**-DECIMALS
    chosen: Ints = best[enough.argmax(axis=1)]
    return chosen


def _held_out(validity: list[float], ratio: list[float]) -> HeldOut | None:
    if not np.isfinite([*validity, *ratio]).all():
        return None
    several = len(validity) > 1
    return HeldOut(
        float(np.mean(validity)),
        float(np.mean(ratio)),
        float(np.std(validity, ddof=1)) if several else None,
        float(np.std(ratio, ddof=1)) if several else None,
    )

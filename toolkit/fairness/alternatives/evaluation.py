"""Both axes of many screens at once, on all candidates and on parts of them.

The best of everyone are put in order once for each screen. Who is selected from a part of the
candidates, with its share of the places, are then the first of that order who are inside.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from toolkit.arrays import Bools, Floats, Ints
from toolkit.correlation import FEWEST, product_moments, product_moments_of_sums
from toolkit.fairness.alternatives.audit import Audit
from toolkit.fairness.alternatives.contest import Arena, Contest, Entrants, best_first
from toolkit.fairness.four_fifths import ratio

#: Composites held at once.
BLOCK = 2**21


class Part(NamedTuple):
    """Some of the candidates, and their share of the places.

    Parameters
    ----------
    inside : bool array, shape (n,)
        In the order of the arena.
    places : int
    whole : bool
        Whether everyone is inside.
    """

    inside: Bools
    places: int
    whole: bool = False


@dataclass(frozen=True, eq=False)
class Figures:
    """Both axes of each screen on each part.

    Parameters
    ----------
    validity, impact_ratio : float array, shape (n_parts, n_screens)
        NaN where not defined, or not asked for.
    flips : int64 array, shape (n_parts, n_screens)
        Candidates of the part whose decision differs from the present screen's on everyone.
    """

    validity: Floats
    impact_ratio: Floats
    flips: Ints


@dataclass(frozen=True, eq=False)
class Tally:
    """What can be added up over parts; one row a screen.

    Parameters
    ----------
    selected : int64 array, shape (n_screens, n_codes)
        Selected people by code of the audit.
    value : float array, shape (n_screens,)
        Sum of their criterion.
    validity : float array, shape (n_screens,)
        Correlation within the part; NaN where not defined.
    weight : int
        People of the part by whom it is known.
    """

    selected: Ints
    value: Floats
    validity: Floats
    weight: int


def figures(
    arena: Arena, audit: Audit, entrants: Entrants, parts: Sequence[Part], wanted: Bools
) -> Figures:
    """Both axes of each screen on each part.

    Parameters
    ----------
    arena : Arena
    audit : Audit
    entrants : Entrants
    parts : sequence of Part
    wanted : bool array, shape (n_parts, n_screens)
        Which are asked for.
    """
    shape = (len(parts), len(entrants))
    found = Figures(np.full(shape, np.nan), np.full(shape, np.nan), np.zeros(shape, np.int64))
    step = max(1, BLOCK // max(1, arena.order.size))
    for contest, everyone in arena.by_contest(entrants):
        judges = [_Judge.of(audit, arena, contest, part) for part in parts]
        for begin in range(0, len(everyone), step):
            rows = everyone[begin : begin + step]
            decided = _Decided.of(arena, contest, entrants.weights[rows], _depth(parts))
            for at, judge in enumerate(judges):
                asked = np.flatnonzero(wanted[at, rows])
                if asked.size == 0:
                    continue
                one = judge.tally(decided if asked.size == rows.size else decided[asked])
                into = rows[asked]
                found.impact_ratio[at, into] = audit.smallest_ratios(one.selected, judge.people)
                found.flips[at, into] = audit.flips(one.selected, judge.people)
                found.validity[at, into] = (
                    one.validity if audit.correlates else ratio(one.value, one.selected.sum(axis=1))
                )
    return found


def tally(arena: Arena, audit: Audit, entrants: Entrants, part: Part) -> Tally:
    """What screens do to one part, to be added up with others by `pooled`."""
    size = len(entrants)
    found = Tally(
        np.zeros((size, len(audit.groups)), dtype=np.int64),
        np.zeros(size),
        np.full(size, np.nan),
        int(np.count_nonzero(part.inside & ~np.isnan(audit.criterion))),
    )
    for contest, rows in arena.by_contest(entrants):
        judge = _Judge.of(audit, arena, contest, part)
        decided = _Decided.of(arena, contest, entrants.weights[rows], _depth([part]))
        some = judge.tally(decided)
        found.selected[rows], found.value[rows] = some.selected, some.value
        found.validity[rows] = some.validity
    return found


def pooled(audit: Audit, tallies: Sequence[Tally]) -> tuple[Floats, Floats]:
    """Validity and smallest ratio of screens over parts that are everyone together.

    A correlation is the mean of those within the parts, weighted by people, since composites
    of different screens have no common scale.
    """
    selected = np.sum([one.selected for one in tallies], axis=0)
    smallest = audit.smallest_ratios(selected, audit.people())
    if not audit.correlates:
        return ratio(np.sum([one.value for one in tallies], axis=0), selected.sum(axis=1)), smallest
    weight = np.zeros(len(smallest))
    total = np.zeros(len(smallest))
    for one in tallies:
        usable = ~np.isnan(one.validity) & (one.weight >= FEWEST)
        weight[usable] += one.weight
        total[usable] += one.validity[usable] * one.weight
    return ratio(total, weight), smallest


def _depth(parts: Sequence[Part]) -> int:
    """How many of the best to put in order, so that nearly every part can fill its places.

    Where a part cannot, everyone is put in order for it.
    """
    most = 0
    for part in parts:
        spare = 0 if part.whole else math.ceil(5 * math.sqrt(part.places)) + 5
        share = np.count_nonzero(part.inside) / max(part.inside.size, 1)
        most = max(most, math.ceil((part.places + spare) / max(share, 1e-9)))
    return most


@dataclass(frozen=True, eq=False)
class _Decided:
    """Screens of one contest, with their best put in order.

    Parameters
    ----------
    coefficients : int64 array, shape (n_screens, n_signals)
    composites : int64 array, shape (n_screens, n)
    own : int64 array, shape (n_screens, n_eligible)
        Of those who may be selected.
    best : int64 array, shape (n_screens, depth)
        Positions among those, best first.
    """

    coefficients: Ints
    composites: Ints
    own: Ints
    best: Ints

    @classmethod
    def of(cls, arena: Arena, contest: Contest, weights: Ints, depth: int) -> _Decided:
        coefficients = arena.coefficients(weights)
        composites = coefficients @ arena.readings
        as_they_stand = contest.rows.size == arena.order.size and bool(
            (contest.rows == np.arange(contest.rows.size)).all()
        )
        own = composites if as_they_stand else composites[:, contest.rows]
        return cls(coefficients, composites, own, best_first(own, depth))

    def __getitem__(self, rows: Ints) -> _Decided:
        return _Decided(
            self.coefficients[rows], self.composites[rows], self.own[rows], self.best[rows]
        )


@dataclass(frozen=True, eq=False)
class _Judge:
    """One contest on one part of the candidates.

    Parameters
    ----------
    audit : Audit
    part : Part
    inside : bool array, shape (n_eligible,)
    code : int64 array, shape (n_eligible,)
    value : float array, shape (n_eligible,)
    people : int64 array, shape (n_codes,)
        Of the part.
    known : bool array, shape (n,)
        Who is in the part, has a composite, and whose criterion is known.
    readings : float array, shape (n_signals, n_known)
        Of a true part only.
    """

    audit: Audit
    part: Part
    inside: Bools
    code: Ints
    value: Floats
    people: Ints
    known: Bools
    readings: Floats

    @classmethod
    def of(cls, audit: Audit, arena: Arena, contest: Contest, part: Part) -> _Judge:
        known = part.inside & contest.complete & ~np.isnan(audit.criterion)
        moments = audit.correlates and not part.whole
        return cls(
            audit=audit,
            part=part,
            inside=part.inside[contest.rows],
            code=audit.code[contest.rows],
            value=np.nan_to_num(audit.criterion[contest.rows]),
            people=audit.people(part.inside),
            known=known,
            readings=arena.readings[:, known if moments else slice(0)].astype(np.float64),
        )

    def tally(self, decided: _Decided) -> Tally:
        rows, who = self._selected(decided)
        size, codes = len(decided.best), len(self.people)
        selected = np.bincount(rows * codes + self.code[who], minlength=size * codes)
        value, validity = np.zeros(size), np.full(size, np.nan)
        if self.audit.correlates:
            validity = self._correlations(decided)
        else:
            value += np.bincount(rows, self.value[who], size)
        known = int(np.count_nonzero(self.known))
        return Tally(selected.reshape(size, codes).astype(np.int64), value, validity, known)

    def _selected(self, decided: _Decided) -> tuple[Ints, Ints]:
        """Row of the screen, and position among the eligible, of everyone who is selected."""
        size = self.inside.size
        if self.part.whole:
            who = decided.best[:, : self.part.places]
            return np.repeat(np.arange(len(who)), who.shape[1]), who.reshape(-1)
        best = decided.best
        inside = self.inside[best]
        place = inside.cumsum(axis=1, dtype=np.int32)
        if best.shape[1] < size and bool((place[:, -1] < self.part.places).any()):
            best = best_first(decided.own, size)
            inside = self.inside[best]
            place = inside.cumsum(axis=1, dtype=np.int32)
        taken = inside & (place <= self.part.places)
        return np.nonzero(taken)[0], best[taken]

    def _correlations(self, decided: _Decided) -> Floats:
        criterion = self.audit.criterion[self.known]
        if criterion.size < FEWEST or np.ptp(criterion) == 0:
            return np.full(len(decided.best), np.nan)
        if self.part.whole:
            composites = decided.composites[:, self.known].astype(np.float64)
            return product_moments(composites, criterion)
        coefficients = decided.coefficients.astype(np.float64)
        return product_moments_of_sums(coefficients, self.readings, criterion)

"""Who is selected at every weight of a score and every cut-off on it, in counts.

Most of many candidates need no second look: over a stretch of a few weights, some have a seat
at every cut-off that they reach, and some at none. Composites are linear in the weight, so
whoever lies above, or below, a line at both ends of the stretch does so all along it. Where
the lines are is read off a sample; whether they were right is known once the seats are taken,
and where they were not, everybody is looked at. The sample changes no result.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from toolkit.arrays import Bools, Floats, Ints
from toolkit.influence.count_seats import Counted
from toolkit.influence.field import Field, Parts
from toolkit.influence.last_seats import EVERYONE, NOBODY, Contest, take_seats
from toolkit.influence.seats_by_bin import Crowd
from toolkit.progress import Progress

#: From so many candidates on, those whom a stretch of weights does not touch are left out.
MANY = 2**18
#: Percent that a stretch is less wide than, candidates of the sample, and rows of a block.
STRETCH, SAMPLE, BLOCK = 16, 2**16, 2**16
#: From so many of these on, nobody is put in order who is not near a last seat.
CROWD = 2**17
#: Stretches that are gone through at once at most, and for how many candidates together: each
#: stretch holds some forty bytes of everybody whom it touches, who may be two in five.
AT_ONCE, ROOM = 4, 2**28
#: Standard deviations, and seats, that a sample is taken to be wrong by at most.
SURELY, AT_LEAST = 6.0, 10.0

#: What `Counted.count_seats` gives.
Marks = tuple[Ints, Floats]


class _NoLots:
    """Leaves candidates as they come: a sample asks for no more."""

    def in_order(self, rows: Ints) -> Ints:
        return rows


def count_along(
    field: Field | Parts, percents: Ints, n_cells: int, progress: Progress | None = None
) -> tuple[Ints, Floats]:
    """Counts of the selected by cell, and their summed values, at each weight and cut-off.

    Parameters
    ----------
    field : Field or Parts
    percents : int64 array
        Weights of the score.
    n_cells : int
    progress : callable, optional
        Told the share of the weights that are done.

    Returns
    -------
    counts : int64 array, shape (n_weights, n_cutoffs, n_cells)
    totals : float array, shape (n_weights, n_cutoffs)
    """
    parts = Parts((field,), field.lottery) if isinstance(field, Field) else field
    n_cutoffs, places = parts.parts[0].n_cutoffs, parts.parts[0].places
    counts = np.zeros((percents.size, n_cutoffs, n_cells), dtype=np.int64)
    totals = np.zeros((percents.size, n_cutoffs))
    if places == 0 or n_cutoffs == 0:
        if progress is not None:
            progress(1.0)
        return counts, totals
    few = parts.size < max(MANY, 1)
    each = _one_by_one(parts.whole(), percents) if few else _by_stretches(parts, percents)
    for step, (marks, sums) in enumerate(each):
        np.cumsum(marks[:, :n_cells], axis=0, out=counts[step])
        np.cumsum(sums, out=totals[step])
        if progress is not None:
            progress((step + 1) / percents.size)
    return counts, totals


def _one_by_one(field: Field, percents: Ints) -> Iterator[Marks]:
    contest, seating = field.contest(), None
    for percent in percents.tolist():
        seating = take_seats(contest, field.composites(percent), seating)
        yield field.counted.count_seats(seating)


def _by_stretches(parts: Parts, percents: Ints) -> Iterator[Marks]:
    sample = parts.every(max(parts.size // SAMPLE, 1))

    def of_stretch(stretch: list[int]) -> list[Marks]:
        return list(_along(parts, sample, stretch))

    stretches = list(_stretches(percents))
    at_once = min(os.cpu_count() or 1, AT_ONCE, ROOM // parts.size + 1)
    with ThreadPoolExecutor(at_once) as pool:
        for marks in pool.map(of_stretch, stretches):
            yield from marks


def _along(parts: Parts, sample: Field, stretch: list[int]) -> Iterator[Marks]:
    """The weights of one stretch, in turn."""
    share = sample.places / parts.size
    ends = _Line.of(sample, min(stretch), share), _Line.of(sample, max(stretch), share)
    near, sure = _apart(parts, ends)
    base, base_sums = sure.until_dropped(near.n_cutoffs)
    taken = np.cumsum(base.sum(axis=1))
    contest = near.contest(taken)
    by_bin = near.size >= CROWD and Crowd.can_count(near)
    crowd = Crowd.of(near, taken) if by_bin else None
    for percent in stretch:
        if crowd is not None:
            seats = crowd.seats(percent)
            found, (marks, sums) = (seats.filled, seats.last), (seats.counts, seats.totals)
        else:
            seating = take_seats(contest, near.composites(percent))
            found, (marks, sums) = (seating.filled, seating.last), near.counted.count_seats(seating)
        if _right(contest, *found, ends, percent):
            yield marks + base, sums + base_sums
        else:
            field = parts.whole()
            seating = take_seats(field.contest(), field.composites(percent))
            yield field.counted.count_seats(seating)


def _stretches(percents: Ints) -> Iterator[list[int]]:
    """Weights that follow each other and lie close together."""
    stretch: list[int] = []
    for percent in percents.tolist():
        if stretch and abs(percent - stretch[0]) >= STRETCH:
            yield stretch
            stretch = []
        stretch.append(percent)
    if stretch:
        yield stretch


@dataclass(frozen=True, eq=False)
class _Line:
    """At one weight: composites that surely get a seat, or surely none, as a sample has it.

    Parameters
    ----------
    percent : int
    seated : int
        Whoever has at least this has a seat wherever the score reaches the cut-off.
    needed : int64 array, shape (n_cutoffs + 1,)
        Whoever has less has none, by how many cut-offs are reached; never rises.
    """

    percent: int
    seated: int
    needed: Ints

    @classmethod
    def of(cls, sample: Field, percent: int, share: float) -> _Line:
        expected = sample.size * share
        spread = SURELY * math.sqrt(expected * max(1 - share, 0.0)) + AT_LEAST
        composites = sample.composites(percent)
        needed = np.full(sample.n_cutoffs + 1, EVERYONE)
        needed[0] = NOBODY
        seats, last = _sampled(sample, composites, math.ceil(expected + spread))
        needed[1:][seats] = last[seats]
        seated = NOBODY
        if expected - spread >= 1:
            seats, last = _sampled(sample, composites, math.floor(expected - spread))
            seated = int(last[0]) if seats[0] else seated
        return cls(percent, seated, needed)


def _sampled(sample: Field, composites: Ints, places: int) -> tuple[Bools, Ints]:
    """Where so many places are filled, and the composite of the last who gets one there."""
    contest = Contest(sample.reached, sample.n_cutoffs, (), _NoLots(), places)
    seating = take_seats(contest, composites)
    return seating.filled, seating.last


def _apart(parts: Parts, ends: tuple[_Line, _Line]) -> tuple[Field, Counted]:
    """Whom the stretch has to look at, and those who surely have a seat."""
    mid, sure = [], []
    for block in parts.blocks(BLOCK):
        seated = np.ones(block.size, dtype=np.bool_)
        out = np.ones(block.size, dtype=np.bool_)
        for line in ends:
            composites = block.composites(line.percent)
            seated &= composites >= line.seated
            out &= composites < np.take(line.needed, block.reached, mode="clip")
        sure.append(block.counted.of_rows(np.flatnonzero(seated & ~out)))
        seated |= out
        mid.append(np.flatnonzero(~seated).astype(np.int32))
    return parts.chosen(mid, BLOCK), Counted.joined(sure)


def _right(
    contest: Contest,
    filled: Bools,
    last: Ints,
    ends: tuple[_Line, _Line],
    percent: int,
) -> bool:
    """Whether those who were left out were rightly: known from who came in last."""
    low, high = ends
    width = max(high.percent - low.percent, 1)
    along = percent - low.percent, width - (percent - low.percent)
    if low.seated != NOBODY and high.seated != NOBODY:
        if int(contest.left.min()) < 1:
            return False
        # Those with a seat for sure are ahead of the last who gets one, without a tie.
        if filled[0] and int(last[0]) * width >= low.seated * along[1] + high.seated * along[0]:
            return False
    bounded = (low.needed[1:] != EVERYONE) & (high.needed[1:] != EVERYONE)
    if (bounded & ~filled).any():
        return False
    line = (low.needed[1:] // width + 1) * along[1] + (high.needed[1:] // width + 1) * along[0]
    return bool((last >= line)[bounded].all())

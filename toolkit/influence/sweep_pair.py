"""Two scores at once: every weight of one against every weight of the other, or the cut-offs.

With R the composite of everything else and S, T the scaled scores, the screen at weights
s and t orders candidates by (1 − s − t) R + s S + t T. The weights of two scores leave
nothing for the rest where they add up to one, so the map of weights is a triangle. The map
of cut-offs keeps the weights as the screen has them: the order of candidates is the same all
over it, and a cut-off on the one score takes those out who do not reach it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from toolkit.arrays import Bools, Floats, Ints
from toolkit.errors import ScreenError
from toolkit.influence.count_seats import Counted
from toolkit.influence.last_seats import Contest, Seating, take_seats
from toolkit.influence.sweep_figures import Ground, SweepFigures, ground_of
from toolkit.influence.sweep_parts import (
    WHOLE,
    cutoffs_reached,
    evenly,
    looks_alike,
    parts_and_lots,
    present_cutoff,
    thresholds_of,
    usual_cutoffs,
    without_gates,
)
from toolkit.intake.cohort import Cohort
from toolkit.progress import Progress
from toolkit.screening.frozen import freeze
from toolkit.screening.screen import Screen

By = Literal["weights", "cutoffs"]
BYS: tuple[By, ...] = get_args(By)
#: Weights are tried in steps of so many percent, and so many cut-offs on each score.
WEIGHT_STEP, CUTOFFS = 2, 50


@dataclass(frozen=True, eq=False)
class PairSweep:
    """What the screens at each pair of weights, or of cut-offs, do.

    Parameters
    ----------
    scores : (str, str)
        The first goes along the rows, the second along the columns.
    by : {"weights", "cutoffs"}
    first, second : float array
        Weights in percent, or least scores that pass, −inf where there is no cut-off.
    possible : bool array, shape (n_first, n_second)
        False where two weights would be more than the whole.
    figures : SweepFigures
        Arrays of shape (n_first, n_second); of no meaning where a screen is not possible.
    current : tuple of int or None
        Position of the present screen, where it lies on the map.
    """

    scores: tuple[str, str]
    by: By
    first: Floats
    second: Floats
    possible: Bools
    figures: SweepFigures
    current: tuple[int, int] | None

    def records(self) -> list[dict[str, object]]:
        """One row a possible screen; the JSON of the command ``sweep`` for two scores."""
        return [
            {
                "first": self._plain(self.first[row]),
                "second": self._plain(self.second[column]),
                **self.figures.record((row, column)),
                "current": (row, column) == self.current,
            }
            for row, column in np.argwhere(self.possible).tolist()
        ]

    def _plain(self, value: float) -> float | None:
        if self.by == "weights":
            return float(value) / WHOLE
        return None if np.isinf(value) else float(value)

    def to_dict(self) -> dict[str, object]:
        return {"scores": list(self.scores), "by": self.by, "screens": self.records()}


def sweep_pair(
    cohort: Cohort,
    screen: Screen,
    first: str,
    second: str,
    *,
    by: By = "weights",
    first_values: Sequence[float] | None = None,
    second_values: Sequence[float] | None = None,
    attribute: str | None = None,
    inflated: Bools | None = None,
    progress: Progress | None = None,
) -> PairSweep:
    """Decide with every pair of weights of two scores, or of cut-offs on them.

    By weights, the other signals share what the two leave, in the screen's proportions, and
    all gates stay. By cut-offs, the weights stay, and the screen's gates on the two scores
    give way to the cut-offs. Tie-breakers, places and the treatment of missing values stay.

    Parameters
    ----------
    cohort : Cohort
        n candidates.
    screen : Screen
    first, second : str
        Two signals of the cohort.
    by : {"weights", "cutoffs"}
    first_values, second_values : sequence of float, optional
        Whole percent, or cut-offs in rising order; the usual ones where left out: 0 to 100 %
        in steps of 2, no cut-off and 50 values over the score's range, and the screen's own.
    attribute : str, optional
        Group attribute for the smallest impact ratio.
    inflated : bool array, shape (n,), optional
        Whose score is suspected to be inflated.
    progress : callable, optional
        Told the share of the work that is done.

    Raises
    ------
    UnknownName
        If the cohort has no such signal or attribute.
    ScreenError
        If both scores are the same, or a weight is no whole percent from 0 to 100.
    """
    for name in (first, second):
        cohort.signal(name, "the sweep")
    if first == second:
        raise ScreenError(f"A sweep over two scores needs two; '{first}' was given twice.")
    if by not in BYS:
        raise ScreenError(f"A sweep over two scores goes by weights or by cutoffs, not by '{by}'.")
    scores = (first, second)
    given = (first_values, second_values)
    ground = ground_of(cohort, screen, scores, attribute, inflated)
    firsts, seconds = (
        _values(cohort, screen, by, score, values)
        for score, values in zip(scores, given, strict=True)
    )
    decided = _by_weights if by == "weights" else _by_cutoffs
    counts, totals = decided(cohort, screen, scores, firsts, seconds, ground, progress)
    possible = np.full((firsts.size, seconds.size), True)
    if by == "weights":
        possible = firsts[:, None] + seconds <= WHOLE
    if progress is not None:
        progress(1.0)
    current = _position(screen, by, scores, firsts, seconds)
    alike = looks_alike(screen, [score for score in scores if cohort.fixed(score).any_missing])
    return PairSweep(
        scores=scores,
        by=by,
        first=firsts,
        second=seconds,
        possible=possible,
        figures=ground.figures(counts, totals),
        current=current if current is not None and possible[current] and alike else None,
    )


def _values(
    cohort: Cohort, screen: Screen, by: By, score: str, given: Sequence[float] | None
) -> Floats:
    """The weights in percent, or the cut-offs, along one side of the map."""
    if by == "cutoffs":
        if given is None:
            return usual_cutoffs(cohort, cohort.about[score], screen, CUTOFFS)
        return np.array(given, dtype=np.float64)
    if given is None:
        own = round(WHOLE * abs(screen.nominal_weight(score)))
        return np.unique(np.append(np.arange(0.0, WHOLE + 1, WEIGHT_STEP), own))
    values = np.array(given, dtype=np.float64)
    if not ((values == np.rint(values)) & (values >= 0) & (values <= WHOLE)).all():
        raise ScreenError("A sweep goes through weights of 0 to 100 percent, in whole percent.")
    return values


def _by_weights(
    cohort: Cohort,
    screen: Screen,
    scores: tuple[str, str],
    firsts: Floats,
    seconds: Floats,
    ground: Ground,
    progress: Progress | None,
) -> tuple[Ints, Floats]:
    frozen = freeze(cohort, evenly(screen, scores), headroom=WHOLE.bit_length())
    parts, lots = parts_and_lots(cohort, frozen, scores)
    counts = np.zeros((firsts.size, seconds.size, ground.n_cells), dtype=np.int64)
    totals = np.zeros((firsts.size, seconds.size))
    everyone = np.ones(parts.rows.size, dtype=np.int64)
    contest = Contest(everyone, 1, parts.tie_keys, lots, frozen.places)
    cell, value = ground.cell[parts.rows], ground.value[parts.rows]
    one, other = parts.own
    start: Seating | None = None
    for row, first in enumerate(map(int, firsts) if frozen.places else ()):
        seating = start
        for column, second in enumerate(map(int, seconds)):
            if first + second > WHOLE:
                continue
            composites = parts.rest * (WHOLE - first - second) + one * first + other * second
            seating = take_seats(contest, composites, seating)
            start = seating if column == 0 else start
            who = seating.order[: seating.seats[0]]
            counts[row, column] = np.bincount(cell[who], minlength=ground.n_cells)
            totals[row, column] = value[who].sum()
        if progress is not None:
            progress((row + 1) / firsts.size)
    return counts, totals


def _by_cutoffs(
    cohort: Cohort,
    screen: Screen,
    scores: tuple[str, str],
    firsts: Floats,
    seconds: Floats,
    ground: Ground,
    progress: Progress | None,
) -> tuple[Ints, Floats]:
    # Every score is frozen with the rest, so that missing values are filled as a gate would.
    weights = {**dict.fromkeys(scores, 0.0), **screen.weights}
    frozen = freeze(cohort, without_gates(screen, scores).changed(weights=weights))
    parts, lots = parts_and_lots(cohort, frozen, scores)
    composites = parts.rest + parts.own[0] + parts.own[1]
    columns = [cohort.fixed(score) for score in scores]
    one, other = (
        cutoffs_reached(column, frozen, score, thresholds_of(column, cutoffs))[parts.rows]
        for score, column, cutoffs in zip(scores, columns, (firsts, seconds), strict=True)
    )
    counts = np.zeros((firsts.size, seconds.size, ground.n_cells), dtype=np.int64)
    totals = np.zeros((firsts.size, seconds.size))
    cell, value = ground.cell[parts.rows], ground.value[parts.rows]
    for row in range(firsts.size if frozen.places else 0):
        reached = np.where(one > row, other, 0)
        contest = Contest(reached, seconds.size, parts.tie_keys, lots, frozen.places)
        seating = take_seats(contest, composites)
        counted = Counted.of(reached, cell, ground.n_cells, value)
        marks, totals[row] = counted.count_seats(seating)
        counts[row] = marks[:, : ground.n_cells]
        if progress is not None:
            progress((row + 1) / firsts.size)
    return counts.cumsum(axis=1), totals.cumsum(axis=1)


def _position(
    screen: Screen,
    by: By,
    scores: tuple[str, str],
    firsts: Floats,
    seconds: Floats,
) -> tuple[int, int] | None:
    """Where the screen itself lies, to the nearest percent."""
    found = []
    for score, values in zip(scores, (firsts, seconds), strict=True):
        own = (
            float(round(WHOLE * abs(screen.nominal_weight(score))))
            if by == "weights"
            else present_cutoff(screen, score)
        )
        at = [] if own is None else np.flatnonzero(values == own).tolist()
        if not at:
            return None
        found.append(int(at[0]))
    return found[0], found[1]

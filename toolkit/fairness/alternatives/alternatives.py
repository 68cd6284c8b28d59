"""Less discriminatory alternatives: other weights of the same signals, audited by group.

Every screen that is tried decides exactly as `decide` would. Its two figures are its validity
and the smallest impact ratio of the groups that are large enough to be compared. What no other
screen betters on one without losing on the other is the Pareto front. Group membership judges
the screens after they have decided; none of them can read it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from toolkit.arrays import Bools
from toolkit.errors import ScreenError
from toolkit.fairness.alternatives.audit import Audit
from toolkit.fairness.alternatives.contest import Arena
from toolkit.fairness.alternatives.evaluation import Part
from toolkit.fairness.alternatives.measure import FEW, Measure, measure_of
from toolkit.fairness.alternatives.pareto import DECIMALS, pareto_front
from toolkit.fairness.alternatives.result import Alternative, Alternatives, Tried
from toolkit.fairness.alternatives.search import Seen, search
from toolkit.fairness.alternatives.shrinkage import Fold, HeldOut, divisions, held_out
from toolkit.fairness.alternatives.starting import (
    AS_IT_IS,
    bases_of,
    named_screens,
    space_of,
    starting_screens,
)
from toolkit.fairness.alternatives.writer import Writer
from toolkit.fairness.cells import assign_cells
from toolkit.fairness.rules import DEFAULT_RULES, Rules
from toolkit.intake.cohort import Cohort
from toolkit.progress import Progress
from toolkit.screening.decisions import Decisions, decide
from toolkit.screening.screen import Screen

#: Screens to start from, unless another number is asked for; a quarter of it is then added
#: around the best.
SCREENS = 2000
FOLDS = 5
MOST_REPEATS = 10
#: Divisions are repeated as often as so many decisions on one candidate allow, at least twice.
_EFFORT = 40_000_000


def alternatives(
    cohort: Cohort,
    screen: Screen,
    attributes: str | Sequence[str],
    outcome: str | pd.Series | None = None,
    *,
    signals: Sequence[str] | None = None,
    vary_gates: bool = False,
    screens: int = SCREENS,
    seed: int = 0,
    folds: int = FOLDS,
    repeats: int | None = None,
    rules: Rules = DEFAULT_RULES,
    progress: Progress | None = None,
) -> Alternatives:
    """Search the weights for screens that are as valid and select groups more alike.

    Tried are a grid of weights, points spread evenly between, the neighbours of the best, the
    screen as it is, evidence only, and the screen without each score. Places, scale, missing
    values and the lots stay; so do gates and tie-breakers, except where a named screen goes
    without the score that they are on, or gates may vary.

    Parameters
    ----------
    cohort : Cohort
        n candidates, with group columns.
    screen : Screen
    attributes : str or sequence of str
        Group attributes; the smallest ratio is taken over the groups of all of them.
    outcome : str, Series or None
        What validity is the composite's correlation with: an outcome or evidence of the cohort
        by name, or values by candidate id, such as the total of a panel. Where None, validity
        is the mean composite on evidence only of those selected.
    signals : sequence of str, optional
        Whose weights vary: signals of the cohort, in the screen or not. Those that the screen
        weighs where left out. Other signals of the screen keep their weights; those named share
        out what they have together.
    vary_gates : bool
        Whether to try the screens without gates on scores, too.
    screens : int
        How many to start from.
    seed : int
        Of the spread points and of the divisions.
    folds : int
        Parts into which the candidates are divided for the held-out figures; 0 for none.
    repeats : int, optional
        How often; up to ten times, fewer with many candidates, where left out.
    rules : Rules
        What makes a group large enough, and the level of the intervals.
    progress : callable, optional
        Told the share of the work that is done. What it raises stops the search.

    Returns
    -------
    Alternatives

    Raises
    ------
    UnknownName
        If the cohort lacks a signal, attribute or outcome that is named.
    ScreenError
        If the screen has nothing to vary: no weights to share out, or a place for everyone.
    InputError
        If the values given as outcome do not fit.
    TooFewData
        If no attribute has two groups that are large enough, or validity cannot be measured.
    """
    named = [attributes] if isinstance(attributes, str) else list(attributes)
    current = decide(cohort, screen)
    _refuse_if_nothing_is_decided(current, vary_gates)
    others = named_screens(cohort, screen)
    space = space_of(cohort, screen, signals, others)
    bases, variants = bases_of(cohort, screen, others, vary_gates)
    measure = measure_of(cohort, screen, outcome, space.signals)
    arena = Arena.of(cohort, space, bases)
    audit = Audit.of(arena, named, measure, current.selected, rules)

    places = current.places
    start, rows_of = starting_screens(arena, {AS_IT_IS: screen, **others}, variants, screens, seed)
    whole = Part(np.ones(len(cohort), dtype=np.bool_), places, whole=True)
    divided = _divided(audit, places, len(start), folds, repeats, seed)
    parts = [whole, *(fold.training for several in divided for fold in several)]
    searched = search(
        arena,
        audit,
        start,
        parts,
        screens // 4,
        lambda share: progress(0.9 * share) if progress is not None else None,
    )
    seen = searched.only(0)
    front = pareto_front(seen.validity, seen.impact_ratio)
    members, alike = _one_of_each(seen, front, rows_of[AS_IT_IS])
    shown = np.array([*rows_of.values(), *members], dtype=np.int64)
    kept: list[HeldOut | None] = [None] * len(shown)
    if divided:
        best = float(np.nanmax(seen.validity[~np.isnan(seen.impact_ratio)], initial=-np.inf))
        allowances = best - seen.validity[np.array(members, dtype=np.int64)]
        fixed = seen.entrants[np.array(list(rows_of.values()), dtype=np.int64)]
        kept = held_out(arena, audit, searched, divided, allowances, fixed)
    writer = Writer(arena, audit, current, assign_cells(cohort.groups, named), rules)
    names = {row: name for name, row in rows_of.items()}
    written = [
        writer.alternative(
            seen,
            int(row),
            name=names.get(int(row)),
            screen={AS_IT_IS: screen, **others}.get(names.get(int(row), "")),
            on_front=bool(front[row]),
            alike=alike.get(int(row), 1),
            held=held,
        )
        for row, held in zip(shown, kept, strict=True)
    ]
    if progress is not None:
        progress(1.0)
    return Alternatives(
        current=written[0],
        named=tuple(written[1 : len(rows_of)]),
        front=tuple(written[len(rows_of) :]),
        tried=Tried(seen.validity, seen.impact_ratio, seen.flips, front),
        measure=measure,
        attributes=audit.attributes,
        places=places,
        candidates=len(cohort),
        folds=len(divided[0]) if divided else 0,
        repeats=len(divided),
        cautions=_cautions(audit, measure, current, written[0], bool(divided)),
        rules=rules,
    )


def _refuse_if_nothing_is_decided(current: Decisions, vary_gates: bool) -> None:
    if current.places == 0:
        raise ScreenError(
            f"The screen '{current.screen.name}' has no places, so no other weights would change "
            "who is selected. Give it places or a share."
        )
    everyone = len(current.candidate_ids)
    if current.places >= everyone and not (vary_gates and current.screen.gates):
        raise ScreenError(
            f"The screen '{current.screen.name}' has a place for everyone who passes its gates, "
            "so no other weights would change who is selected. Give it fewer places than there "
            "are candidates."
        )


def _divided(
    audit: Audit, places: int, screens: int, folds: int, repeats: int | None, seed: int
) -> list[list[Fold]]:
    """Folds, as many as places and the smallest group allow; none where that is fewer than two."""
    size = audit.code.size
    several = min(folds, places, audit.smallest_group)
    if several < 2:
        return []
    times = max(2, min(MOST_REPEATS, _EFFORT // max(1, screens * size)))
    known = (~np.isnan(audit.criterion)).astype(np.int64)
    return divisions(
        audit.code // 2,
        known,
        min(places, size),
        several,
        times if repeats is None else repeats,
        seed,
    )


def _one_of_each(seen: Seen, front: Bools, current: int) -> tuple[list[int], dict[int, int]]:
    """One screen for each point of the front, and how many have the same figures.

    The one that flips fewest decisions; of those the one whose weights are nearest to the
    present screen's, then the first.
    """
    rows = np.flatnonzero(front)
    if rows.size == 0:
        return [], {}
    weights = seen.entrants.weights
    shares = weights / np.maximum(np.abs(weights).sum(axis=1, keepdims=True), 1)
    distance = np.round(np.abs(shares[rows] - shares[current]).sum(axis=1), 9)
    validity = np.round(seen.validity[rows], DECIMALS)
    order = np.lexsort((rows, distance, seen.flips[rows], -validity))
    rows, validity = rows[order], validity[order]
    starts = np.flatnonzero(np.append(True, validity[1:] != validity[:-1]))
    counts = np.diff(np.append(starts, rows.size))
    members = rows[starts].tolist()
    return members, dict(zip(members, counts.tolist(), strict=True))


def _cautions(
    audit: Audit, measure: Measure, decisions: Decisions, current: Alternative, divided: bool
) -> tuple[str, ...]:
    found = list(audit.left_out.values())
    eligible = int(np.count_nonzero(decisions.eligible))
    if eligible <= decisions.places:
        found.append(
            f"{eligible:,} of {len(decisions.candidate_ids):,} candidates pass the gates, no more "
            "than there are places: while the gates stay, no other weights change who is selected."
        )
    if measure.correlates and measure.known < FEW:
        found.append(
            f"{measure.label} is known of {measure.known:,} candidates only: too few to tell "
            "screens of similar validity apart."
        )
    group = current.group
    if group is not None and group.enough_people is False:
        detectable = group.smallest_detectable_ratio
        could = (
            "not even a ratio of zero"
            if detectable is None
            else f"only a ratio of about {detectable:.2f} or less"
        )
        found.append(
            f"The numbers are small: with {decisions.places:,} places and {group.n:,} people of "
            f"{group.group}, {could} would probably be noticed. Differences between screens may "
            "be chance."
        )
    if not divided:
        found.append(
            "There are too few places or people in a group to divide the candidates, so no "
            "held-out figures can be given: expect less than is shown."
        )
    return tuple(found)

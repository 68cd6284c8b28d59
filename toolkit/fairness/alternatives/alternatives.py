"""Less discriminatory alternatives: other weights of the same signals, audited by group.

Every screen that is tried decides exactly as `decide` would. Its two figures are its validity
and the smallest impact ratio of the groups that are large enough to be compared. What no other
screen betters on one without losing on the other is the Pareto front. Group membership judges
the screens after they have decided; none of them can read it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from toolkit.arrays import Bools, Ints
from toolkit.correlation import pearson
from toolkit.errors import ScreenError
from toolkit.estimate import Estimate
from toolkit.fairness.alternatives.audit import Audit
from toolkit.fairness.alternatives.contest import Arena, Entrants
from toolkit.fairness.alternatives.evaluation import Part
from toolkit.fairness.alternatives.measure import FEW, Measure, measure_of
from toolkit.fairness.alternatives.pareto import DECIMALS, pareto_front
from toolkit.fairness.alternatives.result import Alternative, Alternatives, Tried
from toolkit.fairness.alternatives.search import Seen, search
from toolkit.fairness.alternatives.shrinkage import Fold, HeldOut, divisions, held_out
from toolkit.fairness.alternatives.weight_space import UNIT, WeightSpace, starting_percents
from toolkit.fairness.counts import Cells, assign_cells, count_table
from toolkit.fairness.panel import attribute_impact
from toolkit.fairness.result import AttributeImpact, GroupImpact
from toolkit.fairness.rules import DEFAULT_RULES, Rules
from toolkit.intake.cohort import Cohort
from toolkit.progress import Progress
from toolkit.screening.decisions import Decisions, decide
from toolkit.screening.evidence_only import evidence_only
from toolkit.screening.frozen import exact_weights
from toolkit.screening.gate import Gate
from toolkit.screening.screen import Screen

#: Screens to start from, unless another number is asked for; a quarter of it is then added
#: around the best.
SCREENS = 2000
FOLDS = 5
MOST_REPEATS = 10
#: Divisions are repeated as often as so many decisions on one candidate allow, at least twice.
_EFFORT = 40_000_000
#: Every subset of so many gates on scores is tried where gates may vary; of more, each alone.
_MOST_GATES = 3
AS_IT_IS = "the screen as it is"
EVIDENCE_ONLY = "evidence only"


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
    others = _named_screens(cohort, screen)
    space = _space(cohort, screen, signals, others)
    bases, variants = _bases(cohort, screen, others, vary_gates)
    measure = measure_of(cohort, screen, outcome, space.signals)
    arena = Arena.of(cohort, space, bases)
    audit = Audit.of(arena, named, measure, current.selected, rules)

    places = current.places
    start, rows_of = _start(arena, {AS_IT_IS: screen, **others}, variants, screens, seed)
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
    writer = _Writer(arena, audit, measure, current, assign_cells(cohort.groups, named), rules)
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
        cautions=_cautions(audit, measure, written[0], bool(divided)),
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


def _named_screens(cohort: Cohort, screen: Screen) -> dict[str, Screen]:
    """Evidence only, and the screen without each score, where something is left to rank by."""
    found = {}
    plain = evidence_only(cohort, screen)
    if plain is not None:
        found[EVIDENCE_ONLY] = plain
    scores = [signal for signal in screen.signals if signal in cohort.scores]
    for score in scores:
        without = screen.without(score)
        if any(without.weights.values()):
            found[f"without {cohort.about[score].label}"] = without
    return found


def _space(
    cohort: Cohort, screen: Screen, signals: Sequence[str] | None, others: dict[str, Screen]
) -> WeightSpace:
    weights = {signal: weight for signal, weight in screen.weights.items() if weight}
    varied = list(dict.fromkeys(weights if signals is None else signals))
    for name in varied:
        if name not in cohort.about and name in cohort.groups.columns:
            raise ScreenError(
                f"'{name}' is a group attribute. Group membership never enters a screen: it only "
                "judges what the screens decide."
            )
        cohort.signal(name, "the signals to vary")
    if not varied:
        raise ScreenError(
            f"The screen '{screen.name}' weighs no signal, so there are no weights to vary. Name "
            "the signals that may be weighed."
        )
    every = dict.fromkeys([*weights, *varied, *(s for o in others.values() for s in o.weights)])
    names = tuple(every)
    exact = exact_weights(screen)
    shared = sum(abs(exact.get(name, 0)) for name in varied)
    rest = any(name not in varied for name in weights)
    if shared == 0 and rest:
        raise ScreenError(
            f"The screen '{screen.name}' gives no weight to {_listed(varied)}, so there is none "
            "to share out. Name at least one signal that it weighs, too."
        )
    fixed = [0 if name in varied else exact.get(name, 0) for name in names]
    return WeightSpace(
        signals=names,
        signs=np.array([-1 if exact.get(name, 0) < 0 else 1 for name in names], dtype=np.int64),
        fixed=np.array(fixed, dtype=np.int64),
        varied=tuple(names.index(name) for name in varied),
        # Without other weights only proportions count, and whole percents stay exact.
        shared=shared if rest else UNIT,
    )


def _listed(names: Sequence[str]) -> str:
    return " or ".join(f"'{name}'" for name in names)


def _bases(
    cohort: Cohort, screen: Screen, others: dict[str, Screen], vary_gates: bool
) -> tuple[list[Screen], int]:
    """Gates and tie-breakers to combine weights with, and how many of them vary the gates."""
    bases = [screen]
    if vary_gates:
        on_scores = [gate for gate in screen.gates if gate.signal in cohort.scores]
        some = range(1, len(on_scores) + 1)
        if len(on_scores) > _MOST_GATES:
            some = range(1, 2)
            bases.append(screen.changed(gates=tuple(g for g in screen.gates if g not in on_scores)))
        for size in some:
            for dropped in combinations(on_scores, size):
                gates = tuple(gate for gate in screen.gates if gate not in dropped)
                bases.append(screen.changed(gates=gates))
    variants = len(bases)
    bases += list(others.values())
    return bases, variants


def _start(
    arena: Arena, named: dict[str, Screen], variants: int, screens: int, seed: int
) -> tuple[Entrants, dict[str, int]]:
    """The named screens and the starting points, each screen once; rows of the named by name."""
    percents = starting_percents(len(arena.space.varied), max(screens // variants, 1), seed)
    size = percents.shape[1]
    rules = [(base.gates, base.tie_breakers) for base in arena.bases]
    first: dict[tuple[frozenset[Gate], tuple[str, ...]], int] = {}
    for at, rule in enumerate(rules):
        first.setdefault((frozenset(rule[0]), rule[1]), at)
    home = [first[frozenset(rule[0]), rule[1]] for rule in rules]
    signals = arena.space.signals
    rows, bases = [], []
    for at, screen in enumerate(named.values()):
        exact = exact_weights(screen)
        rows.append([exact.get(signal, 0) for signal in signals])
        bases.append(home[0] if at == 0 else home[variants + at - 1])
    marked = Entrants(
        np.array(rows, dtype=np.int64),
        np.array(bases, dtype=np.int64),
        np.full((len(rows), size), -1, dtype=np.int64),
    )
    drawn = [
        Entrants(arena.space.weights(percents), np.full(len(percents), base), percents)
        for base in sorted({home[at] for at in range(variants)})
    ]
    seen: set[bytes] = set()
    keys = marked.keys()
    start = Entrants.joined([marked, *drawn]).new_among(seen)
    position = {key: row for row, key in enumerate(start.keys())}
    rows_of: dict[str, int] = {}
    for name, key in zip(named, keys, strict=True):
        # Two names of one screen: the first is enough.
        if position[key] not in rows_of.values():
            rows_of[name] = position[key]
    return start, rows_of


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


@dataclass(frozen=True, eq=False)
class _Writer:
    """Turns a row of the search into an alternative with its intervals and names."""

    arena: Arena
    audit: Audit
    measure: Measure
    current: Decisions
    cells: Cells
    rules: Rules

    def alternative(
        self,
        seen: Seen,
        row: int,
        *,
        name: str | None,
        screen: Screen | None,
        on_front: bool,
        alike: int,
        held: HeldOut | None,
    ) -> Alternative:
        weights = seen.entrants.weights[row]
        if screen is None:
            screen = self.arena.screen(weights, int(seen.entrants.base[row]))
        decisions = decide(self.arena.cohort, screen)
        before, after = self.current.selected, decisions.selected
        gains, loses = after & ~before, before & ~after
        joint = self.cells.count(after)
        panels = [
            attribute_impact(count_table(joint, attribute), self.rules)
            for attribute in self.audit.attributes
        ]
        lowest = min(
            (pair for panel in panels for pair in _compared(panel)),
            key=lambda pair: (pair[1].impact_ratio or 0.0, -pair[1].n, pair[1].group),
            default=None,
        )
        ratio = float(seen.impact_ratio[row])
        ids = decisions.candidate_ids
        return Alternative(
            screen=screen,
            name=name,
            weights={s: screen.weights.get(s, 0.0) for s in self.arena.space.signals},
            validity=self._validity(float(seen.validity[row]), weights, decisions),
            impact_ratio=None if np.isnan(ratio) else ratio,
            attribute=None if lowest is None else lowest[0].name,
            group=None if lowest is None else lowest[1],
            referent=None if lowest is None else lowest[0].referent,
            flips=int(np.count_nonzero(gains | loses)),
            gains_place=tuple(ids[gains]),
            loses_place=tuple(ids[loses]),
            on_front=on_front,
            alike=alike,
            held_out=held,
        )

    def _validity(self, value: float, weights: Ints, decisions: Decisions) -> Estimate:
        if not self.audit.correlates:
            if np.isnan(value):
                return Estimate.none("Nobody is selected.")
            return Estimate(value, why="A mean over those selected is counted, not estimated.")
        order = self.arena.order
        composites = (self.arena.coefficients(weights[None]) @ self.arena.readings)[0]
        complete = decisions.complete[order]
        values = np.where(complete, composites.astype(np.float64), np.nan)
        return pearson(values, self.audit.criterion)


def _compared(panel: AttributeImpact) -> list[tuple[AttributeImpact, GroupImpact]]:
    """The groups whose ratio counts: large enough, and not the referent itself."""
    return [
        (panel, group)
        for group in panel.groups
        if group.included and group.group != panel.referent and group.impact_ratio is not None
    ]


def _cautions(
    audit: Audit, measure: Measure, current: Alternative, divided: bool
) -> tuple[str, ...]:
    found = list(audit.left_out.values())
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
            f"These groups are small: with {group.n:,} people of {group.group}, {could} would "
            "probably be noticed. Differences between screens may be chance."
        )
    if not divided:
        found.append(
            "There are too few places or people in a group to divide the candidates, so no "
            "held-out figures can be given: expect less than is shown."
        )
    return tuple(found)

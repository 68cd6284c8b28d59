"""Where a search starts: the signals to weigh, the gates that go with them, the first screens."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from toolkit.errors import ScreenError
from toolkit.fairness.alternatives.contest import Arena, Entrants
from toolkit.fairness.alternatives.weight_space import UNIT, WeightSpace, starting_percents
from toolkit.intake.cohort import Cohort
from toolkit.screening.evidence_only import evidence_only
from toolkit.screening.frozen import exact_weights
from toolkit.screening.gate import Gate
from toolkit.screening.screen import Screen

#: Every subset of so many gates on scores is tried where gates may vary; of more, each alone.
_MOST_GATES = 3
AS_IT_IS = "the screen as it is"
EVIDENCE_ONLY = "evidence only"


def named_screens(cohort: Cohort, screen: Screen) -> dict[str, Screen]:
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


def space_of(
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


def bases_of(
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


def starting_screens(
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

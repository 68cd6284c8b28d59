"""Many weights at once against `decide`, one screen after the other."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import cohorts, gates
from toolkit.fairness.alternatives.contest import Arena, Entrants, best_first, take_first
from toolkit.fairness.alternatives.weight_space import UNIT, WeightSpace
from toolkit.screening.cut import take_places
from toolkit.screening.decisions import decide
from toolkit.screening.lottery import Lottery
from toolkit.screening.screen import Screen


def test_worked_example() -> None:
    """Two places: of the three who are level at 5, whoever stands first is taken."""
    composites = np.array([[5, 9, 5, 5, 1], [1, 2, 3, 4, 5]])
    assert take_first(composites, 2).tolist() == [
        [True, True, False, False, False],
        [False, False, False, True, True],
    ]
    assert best_first(composites, 3).tolist() == [[1, 0, 2], [4, 3, 2]]


@given(st.integers(1, 12), st.integers(0, 13), st.randoms(use_true_random=False))
def test_the_first_are_those_who_get_the_places(size: int, places: int, random) -> None:
    rows = np.array([[random.randint(-2, 2) for _ in range(size)] for _ in range(4)])
    lottery = Lottery("s", np.array([f"c{i}" for i in range(size)], dtype=object))
    order = lottery.in_order(np.arange(size))
    everyone = np.ones(size, dtype=np.bool_)
    taken, best = take_first(rows[:, order], places), best_first(rows[:, order], places)
    for at, composites in enumerate(rows):
        selected, _ = take_places(composites, (), everyone, places, lottery)
        np.testing.assert_array_equal(taken[at], selected[order])
        assert sorted(order[best[at]].tolist()) == np.flatnonzero(selected).tolist()
        ranked = sorted(range(size), key=lambda i: (-composites[i], order.tolist().index(i)))
        assert order[best[at]].tolist() == ranked[:places]


@settings(deadline=None, max_examples=80)
@given(st.data())
def test_every_screen_decides_as_it_would_alone(data: st.DataObject) -> None:
    cohort = data.draw(cohorts(min_size=2, max_size=14, min_signals=2))
    names = tuple(cohort.about)
    weight = st.sampled_from([0, 1, 250_000, 333_333, 500_000, 2_000_000])
    signs = data.draw(st.lists(st.sampled_from([-1, 1]), min_size=len(names), max_size=len(names)))
    rows = [
        [sign * data.draw(weight) for sign in signs] for _ in range(data.draw(st.integers(1, 5)))
    ]
    some = st.lists(st.sampled_from(names), unique=True, max_size=2)
    bases = [
        Screen(
            name="many",
            places=data.draw(st.integers(0, len(cohort))),
            scale=data.draw(st.sampled_from(["z", "percentile", "range"])),
            missing=data.draw(st.sampled_from(["median", "reject", "lowest"])),
            tie_breakers=tuple(data.draw(some)),
            gates=tuple(data.draw(gates(cohort, name)) for name in data.draw(some)),
        )
    ]
    bases.append(bases[0].changed(gates=()))
    space = WeightSpace(names, np.array(signs), np.zeros(len(names), np.int64), (0,), UNIT)
    arena = Arena.of(cohort, space, bases)
    entrants = Entrants(
        np.array(rows * 2, dtype=np.int64),
        np.repeat([0, 1], len(rows)),
        np.full((2 * len(rows), 1), -1),
    )
    seen = []
    for contest, which in arena.by_contest(entrants):
        seen += which.tolist()
        composites = arena.coefficients(entrants.weights[which]) @ arena.readings
        taken = take_first(composites[:, contest.rows], bases[0].places_among(len(cohort)))
        for at, row in enumerate(which):
            screen = arena.screen(entrants.weights[row], int(entrants.base[row]))
            alone = decide(cohort, screen)
            selected = np.zeros(len(cohort), dtype=np.bool_)
            selected[arena.order[contest.rows[taken[at]]]] = True
            np.testing.assert_array_equal(selected, alone.selected)
            np.testing.assert_array_equal(alone.complete[arena.order], contest.complete)
            # The integers themselves agree, but for the offset that all have in common.
            np.testing.assert_array_equal(
                composites[at] + alone.frozen.offset, alone.composites[arena.order]
            )
    assert sorted(seen) == list(range(len(entrants)))


def test_weights_in_proportion_are_one_screen() -> None:
    entrants = Entrants(
        np.array([[2, 4], [1, 2], [0, 0], [1, 3]]), np.array([0, 0, 0, 0]), np.zeros((4, 1), int)
    )
    assert len(entrants.new_among(set())) == 3
    seen = set(entrants[:1].keys())
    assert entrants.new_among(seen).weights.tolist() == [[0, 0], [1, 3]]

"""Held-out figures: how candidates are divided, what is chosen, and luck that does not last."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.fairness.alternatives.alternatives import alternatives
from toolkit.fairness.alternatives.shrinkage import choices, divisions
from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.screen import Screen


def test_worked_example_of_the_rule() -> None:
    """Giving up 0.05 of the best validity allows 0.45, and of those the ratio .8 is the largest."""
    validity = np.array([0.50, 0.46, 0.44, np.nan])
    ratio = np.array([0.60, 0.80, 0.95, 1.00])
    assert choices(validity, ratio, np.array([0.0, 0.05, 0.06])).tolist() == [0, 1, 2]


def test_of_equals_the_more_valid_then_the_first() -> None:
    validity, ratio = np.array([0.4, 0.5, 0.5]), np.array([0.8, 0.8, 0.8])
    assert choices(validity, ratio, np.array([1.0])).tolist() == [1]


@given(st.integers(6, 60), st.integers(2, 5), st.integers(2, 30), st.randoms(use_true_random=False))
def test_everyone_is_held_out_once_and_all_places_are_given(
    size: int, folds: int, places: int, random
) -> None:
    cell = np.array([random.randint(0, 2) for _ in range(size)])
    known = np.array([random.randint(0, 1) for _ in range(size)])
    places = min(places, size)
    for several in divisions(cell, known, places, folds, repeats=2, seed=5):
        held = np.array([fold.test.inside for fold in several])
        assert (held.sum(axis=0) == 1).all()
        assert sum(fold.test.places for fold in several) == places
        for fold in several:
            assert (fold.training.inside != fold.test.inside).all()
            assert fold.training.places + fold.test.places == places
            share = places * fold.test.inside.sum() / size
            assert abs(fold.test.places - share) < 1
        # Each combination of groups is dealt out evenly.
        for one in range(3):
            dealt = (held & (cell == one)).sum(axis=1)
            assert dealt.max() - dealt.min() <= 2


def chance(seed: int, size: int = 80) -> tuple[Cohort, pd.Series]:
    """Signals, groups and outcome that have nothing to do with each other."""
    draw = np.random.default_rng(seed)
    frame = pd.DataFrame(
        draw.normal(50, 10, (size, 4)).round(1),
        columns=["task", "portfolio", "klout", "kred_influence"],
        index=pd.Index([f"c{i:03d}" for i in range(size)], name="candidate_id"),
    )
    groups = pd.DataFrame({"sex": draw.choice(["f", "m"], size)}, index=frame.index)
    cohort = cohort_from_frame(
        frame, roles={"task": "evidence", "portfolio": "evidence"}, groups=groups
    )
    return cohort, pd.Series(draw.normal(size=size), index=frame.index)


def test_luck_does_not_last() -> None:
    """Where nothing is to be found, what the search finds is gone among held-out candidates."""
    weights = dict.fromkeys(["task", "portfolio", "klout", "kred_influence"], 0.25)
    screen = Screen(name="s", places=20, weights=weights)
    found, held, fixed = [], [], []
    for seed in range(12):
        cohort, outcome = chance(seed)
        result = alternatives(cohort, screen, "sex", outcome, screens=120, repeats=2)
        assert (result.folds, result.repeats) == (5, 2)
        first = result.front[0]
        found.append(first.validity.value)
        held.append(first.held_out.validity)
        fixed.append((result.current.validity.value, result.current.held_out.validity))
        assert first.validity_shrinkage == pytest.approx(found[-1] - held[-1])
        assert first.held_out.validity_spread is not None
    # The best of 120 finds some .2 in noise; of that nothing is left.
    assert np.mean(found) > 0.12
    assert abs(np.mean(held)) < 0.08
    # A screen that was not chosen loses nothing by being measured in parts.
    before, after = np.mean(fixed, axis=0)
    assert abs(before - after) < 0.05


def test_too_few_to_divide_is_said() -> None:
    cohort, outcome = chance(1)
    screen = Screen(name="s", places=1, weights={"task": 0.5, "klout": 0.5})
    found = alternatives(cohort, screen, "sex", outcome)
    assert (found.folds, found.current.held_out) == (0, None)
    assert all(one.validity_shrinkage is None for one in found.front)
    assert "no held-out figures" in found.cautions[-1]


def test_what_is_there_to_be_found_stays() -> None:
    """A score that favours men and predicts nothing: leaving it out helps held out as well."""
    draw = np.random.default_rng(3)
    size = 400
    male, able = draw.random(size) < 0.5, draw.normal(size=size)
    frame = pd.DataFrame(
        {"task": (50 + 10 * able).round(1), "klout": (40 + 12 * male + draw.normal(0, 6, size))},
        index=pd.Index([f"c{i:03d}" for i in range(size)], name="candidate_id"),
    ).round(1)
    groups = pd.DataFrame({"sex": np.where(male, "m", "f")}, index=frame.index)
    cohort = cohort_from_frame(frame, roles={"task": "evidence"}, groups=groups)
    screen = Screen(name="s", places=100, weights={"task": 0.5, "klout": 0.5})
    outcome = pd.Series(able + draw.normal(size=size), index=frame.index)
    found = alternatives(cohort, screen, "sex", outcome, screens=300)
    now, best = found.current, found.front[-1]
    assert now.held_out.impact_ratio < 0.5 < 0.8 < best.held_out.impact_ratio
    assert best.held_out.validity > now.held_out.validity

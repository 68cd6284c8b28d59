"""Every practice that people have run: it ships, it fits a cohort, and it does what it says."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from toolkit.errors import ScreenError
from toolkit.influence.influence import influence
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.decisions import decide
from toolkit.screening.presets import PRESETS, Ingredients

FULL = Ingredients(
    score="klout",
    evidence=("portfolio", "task"),
    places=4,
    threshold=50,
    second_score="peerindex",
    experience="years_experience",
)


@pytest.fixture(scope="module")
def cohort():
    rng = np.random.default_rng(3)
    size = 20
    frame = pd.DataFrame(
        {
            "klout": rng.integers(20, 80, size),
            "peerindex": rng.integers(10, 90, size),
            "portfolio": rng.integers(1, 6, size),
            "task": rng.integers(0, 101, size),
            "years_experience": rng.integers(0, 9, size),
        },
        index=pd.Index([f"c{i:02d}" for i in range(size)], name="candidate_id"),
    )
    return cohort_from_frame(frame)


def test_a_hard_cut_off_admits_nobody_below_it(cohort) -> None:
    decisions = decide(cohort, PRESETS["hard-cut-off"].screen(FULL))
    chosen = cohort.signals.loc[decisions.selected]
    assert len(chosen) == 4
    assert chosen["klout"].min() >= 50


@pytest.mark.parametrize("key", PRESETS)
def test_every_preset_decides_and_can_be_taken_apart(cohort, key: str) -> None:
    screen = PRESETS[key].screen(FULL)
    found = influence(cohort, screen)
    assert 0 < found.decisions.selected.sum() < len(cohort)
    assert set(found.signals) == set(screen.signals)
    assert bool(found.scores) is (key != "evidence-only")


def test_a_club_has_no_places(cohort) -> None:
    decisions = decide(cohort, PRESETS["score-club"].screen(FULL))
    assert (decisions.selected == (cohort.signals["klout"] >= 50)).all()


def test_both_parts_of_a_conjunctive_gate_hold(cohort) -> None:
    decisions = decide(cohort, PRESETS["score-and-experience"].screen(FULL))
    chosen = cohort.signals.loc[decisions.selected]
    assert ((chosen["klout"] >= 50) & (chosen["years_experience"] >= 1)).all()


def test_moving_the_threshold_only_widens_the_pool(cohort) -> None:
    strict = decide(cohort, PRESETS["hard-cut-off"].screen(FULL)).eligible
    moved = decide(cohort, PRESETS["moved-threshold"].screen(FULL)).eligible
    assert (moved | ~strict).all()
    assert moved.sum() > strict.sum()


def test_a_preset_says_what_it_needs() -> None:
    with pytest.raises(ScreenError, match="needs a second score"):
        PRESETS["sum-of-scores"].screen(Ingredients())
    with pytest.raises(ScreenError, match="needs a portfolio rating or task result"):
        PRESETS["hard-cut-off"].screen(Ingredients(evidence=()))

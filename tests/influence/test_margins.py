"""Margins: the worked example, and every admissible value tried as oracle."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings

from tests.strategies import screened_cohorts
from toolkit.influence.margins import margins
from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.decisions import decide, decide_frozen
from toolkit.screening.frozen import freeze
from toolkit.screening.gate import Gate
from toolkit.screening.screen import Screen


def cohort_of(**columns: list[float]) -> Cohort:
    size = len(next(iter(columns.values())))
    index = pd.Index([f"c{i}" for i in range(size)], name="candidate_id")
    return cohort_from_frame(
        pd.DataFrame(columns, index=index, dtype=np.float64),
        roles=dict.fromkeys(columns, "fact"),
    )


def margins_of(cohort: Cohort, screen: Screen) -> pd.DataFrame:
    return margins(cohort, decide(cohort, screen), screen.signals)


def test_worked_example() -> None:
    """Equal weights on two signals from 0 to 9: a point is a point; portfolio breaks ties.

    Sums 14, 10, 8, 0 and two places. On Klout, c0 loses its place 7 lower (at 6 lower it is
    level with c2 and ahead on portfolio); c1 loses it 2 lower (level, behind on portfolio);
    c2 takes c1's with 2 more (level, ahead on portfolio); c3 needs 11.
    """
    cohort = cohort_of(portfolio=[9, 1, 4, 0], klout=[5, 9, 4, 0])
    screen = Screen(
        places=2,
        scale="range",
        weights={"portfolio": 1, "klout": 1},
        tie_breakers=("portfolio",),
    )
    assert decide(cohort, screen).selected_ids == ["c0", "c1"]
    assert margins_of(cohort, screen)["klout"].tolist() == [-7, -2, 2, 11]


def test_a_gate_is_crossed_at_its_threshold() -> None:
    cohort = cohort_of(portfolio=[5, 4, 3], klout=[30, 60, 55])
    screen = Screen(places=2, weights={"portfolio": 1}, gates=(Gate(signal="klout", at_least=50),))
    found = margins_of(cohort, screen)
    assert found["klout"].tolist() == [20, -11, -6]


def _brute_force(cohort: Cohort, screen: Screen, signal: str, grid: range) -> list[float]:
    """Try every value on the grid, nearest first; a fall before a rise of the same size."""
    frozen = freeze(cohort, screen)
    original = decide_frozen(cohort, frozen).selected
    step = 10.0 ** -cohort.about[signal].decimals
    nearest = []
    for position, value in enumerate(cohort.signals[signal]):
        change = np.nan
        if not np.isnan(value):
            now = round(value / step)
            for target in sorted(grid, key=lambda t: (abs(t - now), t)):
                signals = cohort.signals.copy()
                signals.iloc[position, signals.columns.get_loc(signal)] = target * step
                changed = Cohort(cohort.candidates, signals, cohort.about)
                if decide_frozen(changed, frozen).selected[position] != original[position]:
                    change = (target - now) * step
                    break
        nearest.append(change)
    return nearest


@settings(max_examples=60, deadline=None)
@given(screened_cohorts(max_size=6))
def test_every_admissible_value_tried(drawn: tuple[Cohort, Screen]) -> None:
    cohort, screen = drawn
    found = margins(cohort, decide(cohort, screen), screen.signals)
    for signal in screen.signals:
        about = cohort.about[signal]
        if about.high is None or about.high > 100 or about.decimals > 0:
            continue
        grid = range(int(about.low or 0), int(about.high) + 1)
        expected = _brute_force(cohort, screen, signal, grid)
        np.testing.assert_allclose(found[signal].to_numpy(), expected, atol=1e-9)


@settings(deadline=None)
@given(screened_cohorts())
def test_the_margin_flips_and_one_step_less_does_not(drawn: tuple[Cohort, Screen]) -> None:
    cohort, screen = drawn
    frozen = freeze(cohort, screen)
    decisions = decide_frozen(cohort, frozen)
    found = margins(cohort, decisions, screen.signals)
    for signal in screen.signals:
        step = 10.0 ** -cohort.about[signal].decimals
        for position, change in enumerate(found[signal]):
            if np.isnan(change):
                continue
            for shorter, flips in ((0.0, True), (np.sign(change) * step, False)):
                signals = cohort.signals.copy()
                column = signals.columns.get_loc(signal)
                signals.iloc[position, column] += change - shorter
                after = decide_frozen(Cohort(cohort.candidates, signals, cohort.about), frozen)
                flipped = after.selected[position] != decisions.selected[position]
                assert flipped == flips

"""The frontier: the worked example, every pair of values tried as oracle, margins at its ends."""

from __future__ import annotations

import json
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.cli.running import AGENCY
from tests.screening import reference
from tests.strategies import screens
from toolkit.errors import ScreenError, TooFewData, UnknownName
from toolkit.influence.frontier import Frontier, frontier
from toolkit.influence.margins import margins
from toolkit.intake.cohort import Cohort
from toolkit.intake.fixed_column import FixedColumn
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.intake.read import read_cohort
from toolkit.screening.decisions import decide, decide_columns, decide_frozen
from toolkit.screening.gate import Gate
from toolkit.screening.screen import Screen


def cohort_of(**columns: list[float]) -> Cohort:
    size = len(next(iter(columns.values())))
    index = pd.Index([f"c{i}" for i in range(size)], name="candidate_id")
    return cohort_from_frame(
        pd.DataFrame(columns, index=index, dtype=np.float64),
        roles=dict.fromkeys(columns, "fact"),
    )


def found_for(cohort: Cohort, screen: Screen, candidate: str, one: str, other: str) -> Frontier:
    return frontier(cohort, decide(cohort, screen), candidate, one, other)


def pairs(found: Frontier) -> list[tuple[float, float]]:
    return [(a, b) for a, b in found.pairs.tolist()]


def test_worked_example() -> None:
    """Two signals from 0 to 10 with equal weights: a point of one is a point of the other.

    c1 has 5 + 5 against the 13 of the one place, and portfolio breaks ties: level is enough.
    Three points are missing, in any mixture.
    """
    cohort = cohort_of(portfolio=[3, 5, 0, 10], klout=[10, 5, 0, 0])
    screen = Screen(
        places=1,
        scale="range",
        weights={"portfolio": 1, "klout": 1},
        tie_breakers=("portfolio",),
    )
    assert decide(cohort, screen).selected_ids == ["c0"]
    found = found_for(cohort, screen, "c1", "portfolio", "klout")
    assert pairs(found) == [(0, 3), (1, 2), (2, 1), (3, 0)]
    assert found.alone == (3, 3)
    # c0 loses the place three below, where it is level with c1 or c3's ten and behind in ties.
    lost = found_for(cohort, screen, "c0", "portfolio", "klout")
    assert pairs(lost) == [(0, -3), (-1, -2), (-2, -1), (-3, 0)]


def test_a_gate_takes_a_share_that_nothing_else_can_make_up_for() -> None:
    """c2 needs a Klout of 50 in any case, 5 more, and beside it a portfolio that wins."""
    cohort = cohort_of(portfolio=[9, 7, 4, 0], klout=[60, 55, 45, 10])
    screen = Screen(places=2, weights={"portfolio": 1}, gates=(Gate(signal="klout", at_least=50),))
    found = found_for(cohort, screen, "c2", "klout", "portfolio")
    assert found.alone == (None, None)
    ahead = 3 if decide(cohort, screen).lottery.ahead(np.array([2]), np.array([1]))[0] else 4
    assert pairs(found) == [(5, ahead)]


def test_a_cap_bounds_the_steps() -> None:
    """Up to 7 in klout are allowed, and the catalogue of nothing else says so."""
    cohort = cohort_of(task=[10, 2, 0], klout=[5, 5, 5.0])
    screen = Screen(
        places=1, scale="range", weights={"task": 1}, gates=(Gate(signal="klout", at_most=7),)
    )
    # Selected: loses on falling below 2 in task, or on rising above 7 in klout: either alone.
    found = found_for(cohort, screen, "c0", "task", "klout")
    assert found.alone[1] == 3
    assert found.alone[0] in (-8, -9)
    assert len(found.pairs) == 2


def brute_force(
    cohort: Cohort, screen: Screen, row: int, one: str, other: str, most: int
) -> set[tuple[float, float]]:
    """Every pair of changes of at most so many steps, thinned by comparing each with each."""
    decisions = decide(cohort, screen)
    columns = {signal: cohort.fixed(signal) for signal in screen.signals}
    flipping = []
    for change in product(range(-most, most + 1), repeat=2):
        tried = dict(columns)
        allowed = True
        for signal, by in zip((one, other), change, strict=True):
            column, about = columns[signal], cohort.about[signal]
            halves = column.halves.copy()
            halves[row] += 2 * by
            tried[signal] = FixedColumn(halves, column.missing, column.decimals)
            allowed &= about.low is None or halves[row] >= column.half_steps(about.low)
            allowed &= about.high is None or halves[row] <= column.half_steps(about.high)
        if allowed:
            after = decide_columns(decisions.frozen, tried, decisions.lottery)
            if after.selected[row] != decisions.selected[row]:
                flipping.append(change)

    def within(p: tuple[int, int], q: tuple[int, int]) -> bool:
        smaller = (abs(p[0]) <= abs(q[0])) and (abs(p[1]) <= abs(q[1]))
        return smaller and (abs(p[0]), abs(p[1])) != (abs(q[0]), abs(q[1]))

    return {q for q in flipping if not any(within(p, q) for p in flipping)}


@st.composite
def questions(draw: st.DrawFn) -> tuple[Cohort, Screen, int, str, str]:
    """Few candidates with small values, any screen on them, a candidate and two signals."""
    size = draw(st.integers(1, 5))
    names = ["klout", "task", "years"]
    data = {}
    for name in names:
        values = st.integers(1, 7).map(float)
        if draw(st.booleans()):
            values = st.integers(2, 13).map(lambda v: v / 2)
        if draw(st.integers(0, 3)) == 0:
            values = st.one_of(values, st.just(float("nan")))
        data[name] = draw(st.lists(values, min_size=size, max_size=size))
    index = pd.Index([f"c{i}" for i in range(size)], name="candidate_id")
    cohort = cohort_from_frame(
        pd.DataFrame(data, index=index),
        roles={"klout": "score", "task": "evidence", "years": "fact"},
    )
    screen = draw(screens(cohort))
    used = list(screen.signals)
    assume(len(used) >= 2)
    one, other = draw(st.permutations(used))[:2]
    row = draw(st.integers(0, size - 1))
    assume(not cohort.signals[[one, other]].iloc[row].isna().any())
    return cohort, screen, row, one, other


@settings(max_examples=100, deadline=None)
@given(questions())
def test_every_pair_of_values_tried(question: tuple[Cohort, Screen, int, str, str]) -> None:
    cohort, screen, row, one, other = question
    most = 9
    expected = brute_force(cohort, screen, row, one, other, most)
    found = found_for(cohort, screen, str(cohort.candidate_ids[row]), one, other)
    units = [10.0 ** cohort.about[s].decimals for s in (one, other)]
    steps = {(round(a * units[0]), round(b * units[1])) for a, b in found.pairs}
    assert len(steps) == len(found.pairs)
    assert {(a, b) for a, b in steps if abs(a) <= most and abs(b) <= most} == expected


@settings(max_examples=40, deadline=None)
@given(questions())
def test_its_ends_are_the_margins_and_it_is_a_staircase(
    question: tuple[Cohort, Screen, int, str, str],
) -> None:
    cohort, screen, row, one, other = question
    decisions = decide(cohort, screen)
    found = frontier(cohort, decisions, str(cohort.candidate_ids[row]), one, other)
    ends = margins(cohort, decisions, [one, other]).to_numpy()[row]
    assert found.alone == tuple(None if np.isnan(end) else end for end in ends)
    first, second = np.abs(found.pairs).T
    assert (np.diff(first) >= 0).all()
    assert (np.diff(second) <= 0).all()
    turned = frontier(cohort, decisions, str(cohort.candidate_ids[row]), other, one)
    assert {(a, b) for a, b in turned.pairs} == {(b, a) for a, b in found.pairs}


@settings(max_examples=25, deadline=None)
@given(questions())
def test_each_pair_flips_by_the_definition(
    question: tuple[Cohort, Screen, int, str, str],
) -> None:
    cohort, screen, row, one, other = question
    who = str(cohort.candidate_ids[row])
    before = who in reference.selected(cohort, screen)
    found = found_for(cohort, screen, who, one, other)
    for a, b in found.pairs[:: max(len(found.pairs) // 4, 1)]:
        signals = cohort.signals.copy()
        signals.loc[who, one] = round(signals.loc[who, one] + a, 9)
        signals.loc[who, other] = round(signals.loc[who, other] + b, 9)
        changed = reference.values_of(Cohort(cohort.candidates, signals, cohort.about))
        assert (who in reference.selected(cohort, screen, changed)) != before


def test_open_ranges_are_gone_through_as_far_as_they_matter() -> None:
    """Both counts are open, and both gates are unmet: each has to rise to its gate at least."""
    rng = np.random.default_rng(0)
    cohort = cohort_of(
        stars=[*rng.integers(500, 2000, 20), 10], followers=[*rng.integers(900, 9000, 20), 40]
    )
    screen = Screen(
        places=5,
        weights={"stars": 1, "followers": 2},
        gates=(Gate(signal="stars", at_least=100), Gate(signal="followers", at_least=300)),
    )
    found = found_for(cohort, screen, "c20", "stars", "followers")
    assert found.alone == (None, None)
    assert found.pairs[0, 0] == 90
    assert found.pairs[-1, 1] == 260
    assert len(found.pairs) > 100
    decisions = decide(cohort, screen)
    for a, b in found.pairs[[0, len(found.pairs) // 2, -1]]:
        for less_a, less_b, flips in ((0, 0, True), (1, 0, False), (0, 1, False)):
            signals = cohort.signals.copy()
            signals.loc["c20"] += [a - less_a, b - less_b]
            after = decide_frozen(
                Cohort(cohort.candidates, signals, cohort.about), decisions.frozen
            )
            assert after.selected[20] == flips


def test_the_sample() -> None:
    """Four points of Klout are missing to the gate of 50, and Kred has to rise beside it."""
    cohort = read_cohort(AGENCY)
    decisions = decide(cohort, Screen.read(AGENCY / "screen.toml"))
    data = json.loads(
        json.dumps(frontier(cohort, decisions, "A54", "klout", "kred_influence").to_dict())
    )
    assert data["signals"] == ["klout", "kred_influence"]
    assert data["values"] == {"klout": 46, "kred_influence": 825}
    assert data["alone"] == {"klout": None, "kred_influence": None}
    assert [pair["klout"] for pair in data["pairs"]] == [4]
    assert data["pairs"][0]["kred_influence"] > 0


def test_what_cannot_be_asked_says_why() -> None:
    cohort = cohort_of(a=[1, 2, np.nan], b=[1, 2, 3], c=[1, 2, 3])
    decisions = decide(cohort, Screen(places=1, weights={"a": 1, "b": 1}))
    with pytest.raises(UnknownName, match="no candidate 'c9'"):
        frontier(cohort, decisions, "c9", "a", "b")
    with pytest.raises(UnknownName, match="no signal 'c'"):
        frontier(cohort, decisions, "c0", "a", "c")
    with pytest.raises(ScreenError, match="Name two signals"):
        frontier(cohort, decisions, "c0", "a", "a")
    with pytest.raises(TooFewData, match="no value of 'a'"):
        frontier(cohort, decisions, "c2", "a", "b")
    fine = cohort_of(a=[0, 1e8, 2e8], b=[0, 1e8, 2e8])
    with pytest.raises(ScreenError, match="values that could matter"):
        found_for(fine, Screen(places=1, weights={"a": 1, "b": 1}), "c0", "a", "b")


def test_where_there_is_no_place_there_is_no_pair() -> None:
    cohort = cohort_of(a=[1, 2], b=[1, 2])
    found = found_for(cohort, Screen(places=0, weights={"a": 1, "b": 1}), "c0", "a", "b")
    assert found.pairs.shape == (0, 2)
    assert found.alone == (None, None)
    everyone = found_for(cohort, Screen(places=2, weights={"a": 1, "b": 1}), "c0", "a", "b")
    assert everyone.pairs.shape == (0, 2)

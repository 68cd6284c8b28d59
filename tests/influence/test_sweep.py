"""Sweep: the worked example, and every screen of a grid decided one by one as oracle."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import cohorts, group_frames
from toolkit.errors import ScreenError, UnknownName
from toolkit.fairness.impact import impact
from toolkit.fairness.smallest_ratio import smallest_ratio
from toolkit.influence.margins import margins
from toolkit.influence.sweep import sweep
from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.decisions import decide
from toolkit.screening.gate import Gate
from toolkit.screening.screen import Screen


def test_worked_example() -> None:
    """Portfolio against Klout, two places: weight 0 and 100 %, no cut-off and one at 50."""
    frame = pd.DataFrame(
        {"portfolio": [4.0, 3, 2, 1], "klout": [30.0, 40, 60, 70]},
        index=pd.Index(list("abcd"), name="candidate_id"),
    )
    cohort = cohort_from_frame(frame, roles={"portfolio": "evidence", "klout": "score"})
    screen = Screen(name="s", places=2, weights={"portfolio": 1, "klout": 1})
    found = sweep(cohort, screen, "klout", weights=[0, 100], cutoffs=[-np.inf, 50, 65])
    # Evidence alone takes a and b. At 0 %: {a, b}, {c, d}, {d}; at 100 %: {c, d}, {c, d}, {d}.
    assert found.selected.tolist() == [[2, 2, 1], [2, 2, 1]]
    assert found.flips.tolist() == [[0, 4, 3], [4, 4, 3]]
    z = (np.array([4, 3, 2, 1]) - 2.5) / np.sqrt(1.25)
    expected = [[z[:2].mean(), z[2:].mean(), z[3]], [z[2:].mean(), z[2:].mean(), z[3]]]
    np.testing.assert_allclose(found.evidence, expected, atol=1e-6)
    assert found.current is None  # the screen's 50 % is not on this grid
    assert sweep(cohort, screen, "klout").current == (50, 0)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_every_screen_of_the_grid(data: st.DataObject) -> None:
    cohort: Cohort = data.draw(
        cohorts(min_size=2, max_size=14, names=("klout", "portfolio", "task"), min_signals=2)
    )
    if "klout" not in cohort.about:
        return
    others = [name for name in cohort.about if name != "klout"]
    screen = Screen(
        name="grid",
        places=data.draw(st.integers(0, len(cohort) + 1)),
        scale=data.draw(st.sampled_from(["z", "percentile", "range"])),
        missing=data.draw(st.sampled_from(["median", "reject", "lowest"])),
        weights={**dict.fromkeys(others, 1 / len(others)), "klout": 0.5},
        tie_breakers=data.draw(st.sampled_from([(), ("klout",), tuple(others)])),
        gates=data.draw(st.sampled_from([(), (Gate(signal=others[0], at_least=2),)])),
    )
    present = sorted(set(cohort.signals["klout"].dropna())) or [1.0]
    cutoffs = sorted({-np.inf, *data.draw(st.lists(st.sampled_from(present), max_size=4))})
    percents = data.draw(st.lists(st.sampled_from([0, 1, 25, 50, 99, 100]), min_size=1, max_size=3))
    groups = data.draw(group_frames(cohort.candidate_ids))
    cohort = Cohort(cohort.candidates, cohort.signals, cohort.about, groups=groups)
    inflated = np.arange(len(cohort)) % 3 == 0
    found = sweep(
        cohort,
        screen,
        "klout",
        weights=percents,
        cutoffs=cutoffs,
        attribute="sex",
        inflated=inflated,
    )
    plain = decide(cohort, screen.without("klout"))
    for row, percent in enumerate(percents):
        for column, cutoff in enumerate(cutoffs):
            gates = screen.gates
            if cutoff > -np.inf:
                gates += (Gate(signal="klout", at_least=cutoff),)
            weights = {name: (100 - percent) / len(others) for name in others}
            rule = screen.changed(weights={**weights, "klout": percent}, gates=gates)
            decisions = decide(cohort, rule)
            chosen = decisions.selected
            at = (row, column)
            assert found.selected[at] == chosen.sum()
            assert found.flips[at] == (chosen != plain.selected).sum()
            if chosen.any():
                composite = np.nan_to_num(plain.composite)[chosen]
                np.testing.assert_allclose(found.evidence[at], composite.mean(), atol=2e-6)
                assert found.inflated_share[at] == pytest.approx(inflated[chosen].mean())
            else:
                assert np.isnan(found.evidence[at])


@settings(deadline=None, max_examples=40)
@given(
    cohorts(min_size=2, max_size=10, names=("klout", "portfolio", "task"), min_signals=2),
    st.sampled_from(["median", "reject", "lowest"]),
    st.sampled_from([None, 50.5, 61.0]),
    st.sampled_from([0, 30, 100]),
)
def test_where_the_screen_is_marked_it_is_the_screen(
    cohort: Cohort, missing: str, gate: float | None, percent: int
) -> None:
    others = [name for name in cohort.about if name != "klout"]
    if "klout" not in cohort.about:
        return
    screen = Screen(
        name="marked",
        places=2,
        missing=missing,
        weights={
            **dict.fromkeys(others, (100 - percent) / 100 / len(others)),
            **({"klout": percent / 100} if percent else {}),
        },
        gates=() if gate is None else (Gate(signal="klout", at_least=gate),),
    )
    found = sweep(cohort, screen, "klout")
    lacking = cohort.signals["klout"].isna().any()
    if missing == "reject" and "klout" not in screen.signals and lacking:
        # The map's screens look at the score and reject whoever lacks it; this one does not.
        assert found.current is None
        return
    assert found.current is not None
    chosen = decide(cohort, screen).selected
    plain = decide(cohort, screen.without(*({"klout"} & {*screen.signals}))).selected
    assert found.selected[found.current] == chosen.sum()
    assert found.flips[found.current] == (chosen != plain).sum()
    (marked,) = [one for one in found.records() if one["current"]]
    assert (marked["weight"], marked["cutoff"]) == (percent / 100, gate)


@settings(deadline=None, max_examples=40)
@given(cohorts(min_size=12, max_size=30, groups=True), st.randoms(use_true_random=False))
def test_smallest_ratio_is_that_of_the_panel(cohort: Cohort, random) -> None:
    selected = np.array([random.random() < 0.4 for _ in range(len(cohort))])
    panel = impact(cohort.groups, selected, ["ethnicity"]).attributes["ethnicity"]
    counts = np.array([group.selected for group in panel.groups], dtype=np.int64)
    people = np.array([group.n for group in panel.groups], dtype=np.int64)
    ratios = [
        group.impact_ratio
        for group in panel.groups
        if group.included and group.impact_ratio is not None
    ]
    found = float(smallest_ratio(counts, people))
    if len(ratios) < 2:
        assert np.isnan(found)
    else:
        assert found == pytest.approx(min(ratios))


def test_edges() -> None:
    frame = pd.DataFrame({"klout": [50.0]}, index=pd.Index(["a"], name="candidate_id"))
    one = cohort_from_frame(frame, roles={"klout": "score"})
    found = sweep(one, Screen(name="s", places=1, weights={"klout": 1}), "klout")
    assert found.flips[:, 0].tolist() == [0] * 101
    assert found.selected[0, -1] == 0
    with pytest.raises(ScreenError, match="0 to 100 percent"):
        sweep(one, Screen(places=1), "klout", weights=[101])
    with pytest.raises(UnknownName, match="'kred' in the sweep"):
        sweep(one, Screen(places=1), "kred")
    nobody = cohort_from_frame(pd.DataFrame({"candidate_id": [], "klout": []}))
    assert not sweep(nobody, Screen(places=1, weights={"klout": 1}), "klout").selected.any()


@pytest.mark.parametrize(
    ("klout", "places", "selected"),
    [
        ([50.0, 50, 50], 2, [2, 2]),  # alike: the cut-off of 50 lets through everyone
        ([np.nan] * 3, 2, [2, 0]),  # nobody has one
        ([20.0, 50, 80], 3, [3, 2]),  # as many places as candidates
        ([20.0, 50, 80], 9, [3, 2]),
        ([20.0, 50, 80], 0, [0, 0]),
    ],
)
def test_alike_missing_and_places(klout: list[float], places: int, selected: list[int]) -> None:
    frame = pd.DataFrame({"candidate_id": list("abc"), "klout": klout, "task": [3.0, 2, 1]})
    cohort = cohort_from_frame(frame, roles={"task": "evidence"})
    screen = Screen(name="s", places=places, weights={"task": 1, "klout": 0})
    found = sweep(cohort, screen, "klout", weights=[0, 40], cutoffs=[-np.inf, 50])
    assert found.selected.tolist() == [selected, selected]
    assert (found.flips[:, 0] == 0).all() or places not in (3, 9)


def test_cutoffs_on_a_count_are_those_of_candidates() -> None:
    """999 candidates from a hundred followers to millions: each cut-off leaves out ten more."""
    followers = np.exp(np.linspace(5, 18, 999)).round()
    frame = pd.DataFrame(
        {"candidate_id": [f"c{i:03d}" for i in range(999)], "followers": followers}
    )
    cohort = cohort_from_frame(frame)
    found = sweep(cohort, Screen(name="s", weights={"followers": 1}), "followers", weights=[100])
    assert set(found.cutoffs[1:]) <= set(followers)
    passing = found.selected[0]
    assert passing[:2].tolist() == [999, 999]
    assert passing[-1] == 1
    assert set(np.diff(-passing[1:])) <= set(range(9, 13))
    three = cohort_from_frame(frame.iloc[:3])
    few = sweep(three, Screen(name="s", weights={"followers": 1}), "followers", weights=[100])
    assert few.cutoffs.tolist() == [-np.inf, *followers[:3]]


def test_cutoffs_and_bounds_are_exact_in_decimals() -> None:
    """0.07 * 200 is above 14 in binary; a person who wrote 0.07 means 0.07."""
    frame = pd.DataFrame(
        {"buzz": [0.07, 0.05, 0.09]}, index=pd.Index(list("abc"), name="candidate_id")
    )
    cohort = cohort_from_frame(frame, roles={"buzz": "score"})
    screen = Screen(name="s", places=3, weights={"buzz": 1})
    assert sweep(cohort, screen, "buzz", weights=[100], cutoffs=[0.07]).selected.tolist() == [[2]]
    bounded = replace(cohort.about["buzz"], low=0.07)
    cohort = Cohort(cohort.candidates, cohort.signals, {"buzz": bounded})
    one = Screen(name="s", places=2, weights={"buzz": 1}, scale="z")
    assert decide(cohort, one).selected_ids == ["a", "c"]
    # c could fall to 0.07, where it is level with a and still ahead of b: nothing flips it.
    assert np.isnan(margins(cohort, decide(cohort, one), ["buzz"]).at["c", "buzz"])
    gated = one.changed(gates=(Gate(signal="buzz", at_least=0.08),), places=3)
    # Down to 0.07, the lowest value there is, fails the gate of 0.08.
    found = margins(cohort, decide(cohort, gated), ["buzz"])
    assert found.at["c", "buzz"] == pytest.approx(-0.02)

"""Two scores swept at once: a whiteboard example, and every screen decided one by one."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import cohorts, group_frames
from toolkit.errors import ScreenError, UnknownName
from toolkit.fairness.smallest_ratio import smallest_ratio
from toolkit.influence.sweep_pair import sweep_pair
from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.decisions import decide
from toolkit.screening.gate import Gate
from toolkit.screening.screen import Screen


def three() -> tuple[Cohort, Screen]:
    """One place. a has the best portfolio, b the highest Klout, c the highest Kred."""
    frame = pd.DataFrame(
        {
            "candidate_id": ["a", "b", "c"],
            "portfolio": [3.0, 1, 1],
            "klout": [10.0, 70, 10],
            "kred_influence": [100.0, 100, 700],
        }
    )
    weights = {"portfolio": 0.5, "klout": 0.3, "kred_influence": 0.2}
    return cohort_from_frame(frame), Screen(name="s", places=1, weights=weights)


def test_the_heaviest_of_three_weights_takes_the_place() -> None:
    """Each of three is two deviations of the same length ahead on one signal."""
    cohort, screen = three()
    found = sweep_pair(
        cohort,
        screen,
        "klout",
        "kred_influence",
        first_values=[0, 20, 60],
        second_values=[0, 30, 60, 100],
    )
    # Flips against the portfolio alone, which takes a: none where it weighs most, else two.
    flips = np.where(found.possible, found.figures.flips, -1)
    assert flips.tolist() == [[0, 0, 2, 2], [0, 0, 2, -1], [2, 2, -1, -1]]
    assert found.current is None
    assert sweep_pair(cohort, screen, "klout", "kred_influence").current == (15, 10)
    by_cutoffs = sweep_pair(
        cohort,
        screen,
        "klout",
        "kred_influence",
        by="cutoffs",
        first_values=[-np.inf, 50],
        second_values=[-np.inf, 500],
    )
    # b alone reaches a Klout of 50, c alone a Kred of 500, nobody both.
    assert by_cutoffs.figures.flips.tolist() == [[0, 2], [2, 1]]
    assert by_cutoffs.figures.selected.tolist() == [[1, 1], [1, 0]]
    assert by_cutoffs.current == (0, 0)


def drawn_case(data: st.DataObject) -> tuple[Cohort, Screen, list[str]]:
    cohort: Cohort = data.draw(
        cohorts(
            min_size=2,
            max_size=12,
            names=("klout", "kred_influence", "portfolio", "task"),
            min_signals=2,
        )
    )
    names = list(cohort.about)
    pair, others = names[:2], names[2:]
    share = dict.fromkeys(others, 1 / max(len(others), 1))
    gates = [()]
    gates += [(Gate(signal=name, at_least=2),) for name in names]
    screen = Screen(
        name="grid",
        places=data.draw(st.integers(0, len(cohort) + 1)),
        scale=data.draw(st.sampled_from(["z", "percentile", "range"])),
        missing=data.draw(st.sampled_from(["median", "reject", "lowest"])),
        weights={**share, pair[0]: 0.5, pair[1]: data.draw(st.sampled_from([0.0, 0.25, -0.5]))},
        tie_breakers=data.draw(st.sampled_from([(), (pair[0],), tuple(others)])),
        gates=data.draw(st.sampled_from(gates)),
    )
    groups = data.draw(group_frames(cohort.candidate_ids))
    return Cohort(cohort.candidates, cohort.signals, cohort.about, groups=groups), screen, pair


def holds(found, at, cohort, screen, rule, inflated, pair) -> None:
    """The figures of one cell are those of the screen decided by itself."""
    used = [s for s in screen.signals if s in {*cohort.scores, *pair}]
    plain = decide(cohort, screen.without(*used))
    chosen = decide(cohort, rule).selected
    figures = found.figures
    assert figures.selected[at] == chosen.sum()
    assert figures.flips[at] == (chosen != plain.selected).sum()
    sex = cohort.groups["sex"]
    labels = sorted(sex.dropna().unique())
    counts = np.array([(chosen & (sex == label)).sum() for label in labels], dtype=np.int64)
    people = np.array([(sex == label).sum() for label in labels], dtype=np.int64)
    ratio = smallest_ratio(counts, people) if labels else np.nan
    np.testing.assert_allclose(figures.smallest_ratio[at], ratio)
    if chosen.any():
        composite = np.nan_to_num(plain.composite)[chosen]
        np.testing.assert_allclose(figures.evidence[at], composite.mean(), atol=2e-6)
        assert figures.inflated_share[at] == pytest.approx(inflated[chosen].mean())
    else:
        assert np.isnan(figures.evidence[at])
        assert np.isnan(figures.inflated_share[at])


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_every_pair_of_weights(data: st.DataObject) -> None:
    cohort, screen, pair = drawn_case(data)
    inflated = np.arange(len(cohort)) % 3 == 0
    percents = st.lists(st.sampled_from([0, 1, 20, 50, 98, 100]), min_size=1, max_size=3)
    rows, columns = data.draw(percents), data.draw(percents)
    found = sweep_pair(
        cohort,
        screen,
        *pair,
        first_values=rows,
        second_values=columns,
        attribute="sex",
        inflated=inflated,
    )
    others = [name for name in screen.weights if name not in pair]
    sign = -1 if screen.weights[pair[1]] < 0 else 1
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            assert found.possible[i, j] == (row + column <= 100)
            if row + column > 100:
                continue
            left = 100 - row - column
            weights = {name: left / len(others) for name in others}
            weights |= {pair[0]: row, pair[1]: sign * column}
            rule = screen.changed(weights=weights)
            holds(found, (i, j), cohort, screen, rule, inflated, pair)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_every_pair_of_cutoffs(data: st.DataObject) -> None:
    cohort, screen, pair = drawn_case(data)
    inflated = np.arange(len(cohort)) % 3 == 0
    given_cutoffs = []
    for name in pair:
        present = sorted(set(cohort.signals[name].dropna())) or [1.0]
        some = data.draw(st.lists(st.sampled_from(present), max_size=3))
        given_cutoffs.append(sorted({-np.inf, *some}))
    rows, columns = given_cutoffs
    found = sweep_pair(
        cohort,
        screen,
        *pair,
        by="cutoffs",
        first_values=rows,
        second_values=columns,
        attribute="sex",
        inflated=inflated,
    )
    assert found.possible.all()
    kept = tuple(gate for gate in screen.gates if gate.signal not in pair)
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            gates = [
                Gate(signal=name, at_least=cutoff)
                for name, cutoff in zip(pair, (row, column), strict=True)
                if cutoff > -np.inf
            ]
            rule = screen.changed(gates=(*kept, *gates))
            holds(found, (i, j), cohort, screen, rule, inflated, pair)


@settings(deadline=None, max_examples=30)
@given(st.data())
def test_where_the_screen_is_marked_it_is_the_screen(data: st.DataObject) -> None:
    cohort, screen, pair = drawn_case(data)
    weights = dict.fromkeys(screen.weights, 0.0) | {pair[0]: 0.3, pair[1]: 0.2}
    others = [name for name in weights if name not in pair]
    weights |= dict.fromkeys(others, 0.5 / max(len(others), 1))
    if not others:
        weights[pair[0]] = 0.8
    screen = screen.changed(weights=weights)
    inflated = np.zeros(len(cohort), dtype=np.bool_)
    for by in ("weights", "cutoffs"):
        found = sweep_pair(cohort, screen, *pair, by=by, attribute="sex", inflated=inflated)
        assert found.current is not None
        holds(found, found.current, cohort, screen, screen, inflated, pair)
        (marked,) = [one for one in found.records() if one["current"]]
        if by == "weights":
            assert (marked["first"], marked["second"]) == (weights[pair[0]], 0.2)


def test_the_json_and_what_cannot_be_swept() -> None:
    cohort, screen = three()
    done: list[float] = []
    found = sweep_pair(cohort, screen, "klout", "kred_influence", progress=done.append)
    result = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert result["scores"] == ["klout", "kred_influence"]
    assert result["by"] == "weights"
    assert len(result["screens"]) == sum(51 - row for row in range(51))
    assert all(one["first"] + one["second"] <= 1.0000001 for one in result["screens"])
    assert done[-1] == 1
    with pytest.raises(ScreenError, match="'klout' was given twice"):
        sweep_pair(cohort, screen, "klout", "klout")
    with pytest.raises(ScreenError, match="whole percent"):
        sweep_pair(cohort, screen, "klout", "kred_influence", first_values=[0.5])
    with pytest.raises(ScreenError, match="not by 'gates'"):
        sweep_pair(cohort, screen, "klout", "kred_influence", by="gates")
    with pytest.raises(UnknownName, match="'kred' in the sweep"):
        sweep_pair(cohort, screen, "klout", "kred")


@pytest.mark.parametrize("by", ["weights", "cutoffs"])
def test_edges(by) -> None:
    cohort, screen = three()
    nowhere = sweep_pair(cohort, screen.changed(places=0), "klout", "kred_influence", by=by)
    assert not nowhere.figures.selected.any()
    everyone = sweep_pair(cohort, screen.changed(places=5), "klout", "kred_influence", by=by)
    assert everyone.figures.selected[0, 0] == 3
    assert everyone.figures.flips[0, 0] == 0
    alone = sweep_pair(cohort, Screen(places=1), "klout", "kred_influence", by=by)
    assert alone.figures.selected[0, 0] == 1
    nobody = cohort_from_frame(
        pd.DataFrame({"candidate_id": [], "klout": [], "kred_influence": []})
    )
    found = sweep_pair(nobody, Screen(places=1), "klout", "kred_influence", by=by)
    assert not found.figures.selected.any()
    assert np.isnan(found.figures.evidence[found.possible]).all()

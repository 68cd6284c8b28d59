"""The search against deciding and auditing every screen by itself."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.strategies import cohorts, gates
from toolkit.correlation import pearson
from toolkit.errors import InputError, ScreenError, TooFewData, UnknownName
from toolkit.fairness.alternatives.alternatives import alternatives
from toolkit.fairness.alternatives.result import Alternative
from toolkit.fairness.alternatives.starting import EVIDENCE_ONLY
from toolkit.fairness.impact import impact
from toolkit.fairness.rules import Rules
from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.decisions import decide
from toolkit.screening.gate import Gate
from toolkit.screening.screen import Screen

SMALL = Rules(minimum_people=1, minimum_share=0.0)


def ten() -> Cohort:
    """Ten people; the portfolio is worth everything, and Klout favours men."""
    frame = pd.DataFrame(
        {
            "portfolio": [10.0, 9, 8, 7, 6, 5, 4, 3, 2, 1],
            "klout": [20.0, 25, 60, 30, 65, 70, 35, 75, 40, 80],
        },
        index=pd.Index(list("abcdefghij"), name="candidate_id"),
    )
    groups = pd.DataFrame({"sex": list("ffmfmmfmfm")}, index=frame.index)
    return cohort_from_frame(
        frame, roles={"portfolio": "evidence", "klout": "score"}, groups=groups
    )


def test_worked_example() -> None:
    """Klout alone takes four men; the portfolio alone three women and a man.

    Between them, of two women and two men both are selected at the same rate: that is the
    largest smallest ratio there can be, so the front ends there.
    """
    screen = Screen(name="s", places=4, weights={"portfolio": 0.1, "klout": 0.9})
    found = alternatives(ten(), screen, "sex", folds=0, rules=SMALL)
    assert set(decide(ten(), screen).selected_ids) == set("efhj")
    assert found.current.impact_ratio == 0
    evidence = next(one for one in found.named if one.name == EVIDENCE_ONLY)
    assert evidence.screen.weights == {"portfolio": 0.1}
    assert set(decide(ten(), evidence.screen).selected_ids) == set("abcd")
    assert evidence.impact_ratio == pytest.approx((1 / 5) / (3 / 5))
    assert evidence.flips == 8
    assert evidence.gains_place == ("a", "b", "c", "d")
    # a to d on the portfolio's own scale: (4.5 + 3.5 + 2.5 + 1.5) / 4 over √8.25.
    assert evidence.validity.value == pytest.approx(3 / math.sqrt(8.25))
    best = found.front[-1]
    assert best.impact_ratio == 1
    assert found.front[0].validity.value == evidence.validity.value
    assert [one.validity.value for one in found.front] == sorted(
        (one.validity.value for one in found.front), reverse=True
    )


def by_hand(
    cohort: Cohort, screen: Screen, attributes: list[str], outcome: np.ndarray, rules: Rules
) -> tuple[float, float]:
    """Validity and smallest ratio of one screen from `decide` and `impact`."""
    decisions = decide(cohort, screen)
    validity = pearson(decisions.composite, outcome).value
    panels = impact(cohort.groups, decisions.selected, attributes, rules=rules).attributes
    ratios = []
    for panel in panels.values():
        included = [g for g in panel.groups if g.included and g.impact_ratio is not None]
        if len(included) > 1:
            ratios.append(min(group.impact_ratio for group in included))
    return (
        math.nan if validity is None else validity,
        min(ratios) if ratios else math.nan,
    )


def people(size: int = 60, seed: int = 4) -> tuple[Cohort, np.ndarray]:
    draw = np.random.default_rng(seed)
    able = draw.normal(size=size)
    sex = draw.choice(["f", "m"], size)
    frame = pd.DataFrame(
        {
            "task": np.round(60 + 12 * able + 8 * draw.normal(size=size)),
            "portfolio": np.round(3 + 0.7 * able + 0.6 * draw.normal(size=size), 1),
            "klout": np.round(45 + 8 * able + 10 * (sex == "m") + 8 * draw.normal(size=size)),
        },
        index=pd.Index([f"c{i:03d}" for i in range(size)], name="candidate_id"),
    )
    groups = pd.DataFrame(
        {"sex": sex, "age": draw.choice(["<40", "40+", None], size, p=[0.6, 0.3, 0.1])},
        index=frame.index,
    )
    roles = {"task": "evidence", "portfolio": "evidence", "klout": "score"}
    return cohort_from_frame(frame, roles=roles, groups=groups), able + draw.normal(size=size)


def test_a_small_grid_by_brute_force() -> None:
    """Every whole percent of two signals, decided, audited and correlated one by one."""
    cohort, outcome = people()
    screen = Screen(
        name="grid",
        places=18,
        weights={"portfolio": 0.4, "klout": 0.6},
        gates=(Gate(signal="task", at_least=45),),
    )
    series = pd.Series(outcome, index=cohort.candidate_ids)
    found = alternatives(cohort, screen, ["sex", "age"], series, folds=0)
    screens = [
        screen.changed(weights={s: w for s, w in (("portfolio", p), ("klout", 100 - p)) if w})
        for p in range(101)
    ]
    # Evidence only and "without Klout" keep the gate on a task result: both are on the grid.
    assert found.screens == 101 + (screen.without("klout") != screens[100]) * 0
    expected = np.array([by_hand(cohort, one, ["sex", "age"], outcome, Rules()) for one in screens])
    tried = np.column_stack([found.tried.validity, found.tried.impact_ratio])
    order, expected_order = (np.lexsort(np.round(a.T, 9)) for a in (tried, expected))
    np.testing.assert_allclose(tried[order], expected[expected_order], atol=1e-12)
    for one in found.front:
        assert (one.validity.value, one.impact_ratio) == pytest.approx(
            by_hand(cohort, one.screen, ["sex", "age"], outcome, Rules())
        )
        assert one.validity.low < one.validity.value < one.validity.high
        assert one.impact_ratio_low < one.impact_ratio < one.impact_ratio_high


def same_decisions(cohort: Cohort, screen: Screen, one: Alternative) -> None:
    """Flips, and who changes, are those of `decide` on the alternative's own screen."""
    before, after = decide(cohort, screen), decide(cohort, one.screen)
    changed = before.selected != after.selected
    assert one.flips == int(changed.sum()) == len(one.gains_place) + len(one.loses_place)
    assert set(one.gains_place) == set(after.selected_ids) - set(before.selected_ids)
    assert set(one.loses_place) == set(before.selected_ids) - set(after.selected_ids)


# Without shrinking: whole searches are too slow to be gone through by the hundred.
@settings(deadline=None, max_examples=60, phases=(Phase.explicit, Phase.generate))
@given(st.data())
def test_whatever_the_screen(data: st.DataObject) -> None:
    names = ("klout", "kred_influence", "portfolio", "task")
    cohort = data.draw(cohorts(min_size=6, max_size=16, names=names, min_signals=2, groups=True))
    weighed = data.draw(st.lists(st.sampled_from(list(cohort.about)), min_size=1, unique=True))
    weight = st.sampled_from([-0.5, 0.1, 0.25, 0.333333, 1.0])
    some = st.lists(st.sampled_from(list(cohort.about)), unique=True, max_size=2)
    screen = Screen(
        name="drawn",
        places=data.draw(st.integers(1, len(cohort) - 1)),
        scale=data.draw(st.sampled_from(["z", "percentile", "range"])),
        missing=data.draw(st.sampled_from(["median", "reject", "lowest"])),
        tie_breakers=tuple(data.draw(some)),
        weights={name: data.draw(weight) for name in weighed},
        gates=tuple(data.draw(gates(cohort, name)) for name in data.draw(some)),
    )
    outcome = np.array(
        data.draw(
            st.lists(
                st.sampled_from([1.0, 2.0, 3.5, math.nan]),
                min_size=len(cohort),
                max_size=len(cohort),
            )
        )
    )
    try:
        found = alternatives(
            cohort,
            screen,
            ["sex", "ethnicity"],
            pd.Series(outcome, index=cohort.candidate_ids),
            screens=24,
            vary_gates=data.draw(st.booleans()),
            folds=data.draw(st.sampled_from([0, 3])),
            rules=SMALL,
        )
    except TooFewData:
        return
    for one in (found.current, *found.named, *found.front):
        same_decisions(cohort, screen, one)
        validity, ratio = by_hand(cohort, one.screen, list(found.attributes), outcome, SMALL)
        assert (one.impact_ratio is None) == math.isnan(ratio)
        if one.impact_ratio is not None:
            assert one.impact_ratio == pytest.approx(ratio)
        if one.validity.value is not None:
            assert one.validity.value == pytest.approx(validity, abs=1e-9)
        assert not set(one.screen.signals) & {"sex", "ethnicity"}
    for one in found.front:
        at_least = (np.round(found.tried.validity, 12) >= round(one.validity.value, 12)) & (
            np.round(found.tried.impact_ratio, 12) >= round(one.impact_ratio, 12)
        )
        # Whatever is at least as good on both is as good as, not better.
        assert one.alike == int(at_least.sum())


def shuffled(cohort: Cohort, order: np.ndarray) -> Cohort:
    ids = cohort.candidate_ids[order]
    return Cohort(
        cohort.candidates.loc[ids],
        cohort.signals.loc[ids],
        cohort.about,
        groups=cohort.groups.loc[ids],
    )


def test_the_order_of_the_rows_does_not_matter() -> None:
    cohort, outcome = people()
    series = pd.Series(outcome, index=cohort.candidate_ids, name="rating")
    screen = Screen(
        name="s",
        places=15,
        weights={"task": 0.3, "klout": 0.5, "portfolio": 0.2},
        tie_breakers=("klout",),
    )
    other = shuffled(cohort, np.random.default_rng(1).permutation(len(cohort)))
    for chosen in (series, None):
        first = alternatives(cohort, screen, ["sex", "age"], chosen, screens=300)
        second = alternatives(other, screen, ["sex", "age"], chosen, screens=300)
        one, two = first.records(), second.records()
        for record in (*one, *two):
            record["gains_place"], record["loses_place"] = (
                set(record["gains_place"]),
                set(record["loses_place"]),
            )
        assert one == two
        assert first.current.held_out == second.current.held_out


def test_membership_judges_screens_and_never_enters_one() -> None:
    """With the groups dealt out anew the same screens decide the same: only the audit differs."""
    cohort, outcome = people()
    series = pd.Series(outcome, index=cohort.candidate_ids)
    screen = Screen(name="s", places=15, weights={"task": 0.5, "klout": 0.5})
    draw = np.random.default_rng(9)
    dealt = cohort.groups.iloc[draw.permutation(len(cohort))].set_axis(cohort.candidate_ids)
    other = Cohort(cohort.candidates, cohort.signals, cohort.about, groups=dealt)
    first = alternatives(cohort, screen, "sex", series, folds=0)
    second = alternatives(other, screen, "sex", series, folds=0)
    np.testing.assert_array_equal(first.tried.flips, second.tried.flips)
    np.testing.assert_array_equal(first.tried.validity, second.tried.validity)
    assert not np.array_equal(first.tried.impact_ratio, second.tried.impact_ratio)
    for one in first.front:
        assert decide(other, one.screen).selected_ids == decide(cohort, one.screen).selected_ids
        assert set(one.screen.signals) <= set(cohort.about)
        assert not set(one.screen.signals) & set(cohort.groups.columns)


def test_gates_may_vary_and_stay_otherwise() -> None:
    cohort, outcome = people()
    series = pd.Series(outcome, index=cohort.candidate_ids)
    screen = Screen(
        name="s",
        places=15,
        weights={"task": 0.5, "portfolio": 0.5},
        gates=(Gate(signal="klout", at_least=50), Gate(signal="task", at_least=40)),
    )

    as_it_is = alternatives(cohort, screen, "sex", series, folds=0)
    kept = {one.screen.gates for one in as_it_is.front if one.name is None}
    assert kept <= {screen.gates}
    # Beside the whole percents only the screen without Klout and its gate.
    assert as_it_is.screens == 101 + 1
    varied = alternatives(cohort, screen, "sex", series, folds=0, vary_gates=True)
    assert varied.screens == 2 * 101
    assert varied.front[-1].impact_ratio >= as_it_is.front[-1].impact_ratio


def test_signals_share_out_what_they_have_together() -> None:
    cohort, _ = people()
    screen = Screen(name="s", places=15, weights={"task": 0.5, "klout": 0.5})
    found = alternatives(cohort, screen, "sex", signals=["klout", "portfolio"], folds=0)
    drawn = [one for one in found.front if one.name is None]
    assert found.screens >= 101
    for one in drawn:
        assert one.weights["task"] == 0.5
        assert one.weights["klout"] + one.weights["portfolio"] == pytest.approx(0.5)
    low = alternatives(cohort, screen.changed(weights={"task": 1, "klout": -1}), "sex", folds=0)
    assert all(one.weights["klout"] <= 0 for one in low.front)


def test_an_outcome_by_name_and_what_is_said_of_it() -> None:
    cohort, outcome = people()
    rated = Cohort(
        cohort.candidates,
        cohort.signals,
        cohort.about,
        groups=cohort.groups,
        outcomes=pd.DataFrame({"performance": outcome}, index=cohort.candidate_ids),
    )
    screen = Screen(name="s", places=15, weights={"task": 0.5, "klout": 0.5})
    by_name = alternatives(rated, screen, "sex", "performance", folds=0)
    series = pd.Series(outcome, index=cohort.candidate_ids)
    assert [one.validity for one in by_name.front] == [
        one.validity for one in alternatives(cohort, screen, "sex", series, folds=0).front
    ]
    assert "correlation of the composite with Performance" in by_name.measure.definition
    circular = alternatives(rated, screen, "sex", "task", folds=0)
    assert circular.measure.in_screen
    assert "measured by itself" in circular.measure.definition
    assert "by construction" in alternatives(rated, screen, "sex").measure.definition


def test_the_json_is_a_list_of_the_contract() -> None:
    cohort, _ = people()
    screen = Screen(name="s", places=15, weights={"task": 0.5, "klout": 0.5})
    found = alternatives(cohort, screen, "sex")
    records = found.records()
    assert isinstance(records, list)
    for record in records:
        assert {"weights", "validity", "impact_ratio", "flips"} <= set(record)
        assert isinstance(record["weights"], Mapping)
    rows = found.rows()
    assert len({tuple(row) for row in rows}) == 1
    assert sum(row["name"] == "the screen as it is" for row in rows) == 1


def test_progress_rises_to_one_and_can_stop_the_search() -> None:
    cohort, _ = people()
    screen = Screen(name="s", places=15, weights={"task": 0.5, "klout": 0.5})
    told: list[float] = []
    alternatives(cohort, screen, "sex", screens=600, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1
    assert len(told) > 4

    class Enough(Exception):
        pass

    def stop(share: float) -> None:
        raise Enough

    with pytest.raises(Enough):
        alternatives(cohort, screen, "sex", progress=stop)


def test_what_cannot_be_searched_says_why() -> None:
    cohort, _ = people()
    screen = Screen(name="s", places=15, weights={"task": 0.5, "klout": 0.5})
    with pytest.raises(UnknownName, match="no group column 'gender'"):
        alternatives(cohort, screen, "gender")
    with pytest.raises(UnknownName, match="no signal 'kluot' in the signals to vary"):
        alternatives(cohort, screen, "sex", signals=["kluot"])
    with pytest.raises(ScreenError, match="never enters a screen"):
        alternatives(cohort, screen, "sex", signals=["task", "sex"])
    with pytest.raises(UnknownName, match="no outcome or evidence 'wage'"):
        alternatives(cohort, screen, "sex", "wage")
    with pytest.raises(ScreenError, match="has no places"):
        alternatives(cohort, screen.changed(places=0), "sex")
    with pytest.raises(ScreenError, match="a place for everyone"):
        alternatives(cohort, screen.changed(places=None), "sex")
    with pytest.raises(ScreenError, match="weighs no signal"):
        alternatives(cohort, screen.changed(weights={}), "sex")
    with pytest.raises(ScreenError, match="gives no weight to 'portfolio'"):
        alternatives(cohort, screen, "sex", signals=["portfolio"])
    with pytest.raises(TooFewData, match="fewer than two groups of at least 50 people"):
        alternatives(cohort, screen, "sex", rules=Rules(minimum_people=50))
    with pytest.raises(InputError, match="There is no group column"):
        alternatives(cohort, screen, [])
    strangers = pd.Series([1.0, 2.0], index=["x", "y"])
    with pytest.raises(InputError, match="for instance 'x'"):
        alternatives(cohort, screen, "sex", strangers)
    known_of_three = pd.Series([1.0, 2, 3], index=["c000", "c001", "c002"], name="panel")
    with pytest.raises(TooFewData, match="panel is known of 3 candidates only"):
        alternatives(cohort, screen, "sex", known_of_three)


def test_an_attribute_with_one_large_group_is_left_out_and_said() -> None:
    cohort, _ = people()
    screen = Screen(name="s", places=15, weights={"task": 0.5, "klout": 0.5})
    rules = Rules(minimum_people=22)
    found = alternatives(cohort, screen, ["sex", "age"], rules=rules)
    assert found.attributes == ("sex",)
    assert "'age' has fewer than two groups of at least 22 people" in found.cautions[0]
    assert any("The numbers are small" in caution for caution in found.cautions)

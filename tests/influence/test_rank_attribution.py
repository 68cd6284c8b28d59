"""Attribution of the rank: the worked example, the definition coalition by coalition, axioms."""

from __future__ import annotations

import json
import math
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from scipy import stats

from tests.screening import reference
from tests.strategies import screened_cohorts
from toolkit.influence.influence import influence
from toolkit.influence.mid_ranks import percentile_ranks
from toolkit.influence.rank_attribution import attribute_ranks
from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.decisions import decide
from toolkit.screening.gate import Gate
from toolkit.screening.screen import Screen


def cohort_of(**columns: list[float]) -> Cohort:
    size = len(next(iter(columns.values())))
    index = pd.Index([f"c{i}" for i in range(size)], name="candidate_id")
    return cohort_from_frame(
        pd.DataFrame(columns, index=index, dtype=np.float64),
        roles=dict.fromkeys(columns, "fact"),
    )


def test_worked_example() -> None:
    """Two candidates, a weight that speaks for one and a gate that speaks for the other.

    Ranks are ¾ for the better, ¼ for the other, ½ where they are level. On portfolio alone a
    is the better, on the gate alone b is; together b, since a fails the gate and ranks below.
    For a: portfolio ½(¾ − ½) + ½(¼ − ¼) = ⅛, klout ½(¼ − ½) + ½(¼ − ¾) = −⅜, from ½ to ¼.
    """
    cohort = cohort_of(portfolio=[5, 2], klout=[40, 60])
    screen = Screen(places=1, weights={"portfolio": 1}, gates=(Gate(signal="klout", at_least=50),))
    decisions = decide(cohort, screen)
    found = attribute_ranks(cohort, decisions)
    assert found.exact
    assert found.shapley.to_numpy().tolist() == [[1 / 8, -3 / 8], [-1 / 8, 3 / 8]]
    assert found.shares == {"portfolio": 1 / 4, "klout": 3 / 4}
    assert percentile_ranks(decisions).tolist() == [1 / 4, 3 / 4]


def _percentile_ranks(cohort: Cohort, screen: Screen) -> np.ndarray:
    """From the definition, by counting."""
    levels = reference.levels(cohort, screen)
    ranked = {c for level in levels for c in level}
    ids = [str(c) for c in cohort.candidate_ids]
    order = [*levels, [c for c in ids if c not in ranked]]
    place = {c: number for number, level in enumerate(order) for c in level}
    return np.array(
        [
            (sum(place[o] > place[c] for o in ids) + sum(place[o] == place[c] for o in ids) / 2)
            / len(ids)
            for c in ids
        ]
    )


@settings(max_examples=60, deadline=None)
@given(screened_cohorts(max_size=6))
def test_every_coalition_by_the_definition(drawn: tuple[Cohort, Screen]) -> None:
    cohort, screen = drawn
    players, k = screen.signals, len(screen.signals)
    worth = {
        frozenset(chosen): _percentile_ranks(cohort, screen.only(*chosen))
        for size in range(1, k + 1)
        for chosen in combinations(players, size)
    } | {frozenset(): np.full(len(cohort), 0.5)}
    found = attribute_ranks(cohort, decide(cohort, screen))
    for signal in players:
        expected = np.zeros(len(cohort))
        others = [p for p in players if p != signal]
        for size in range(k):
            share = math.factorial(size) * math.factorial(k - size - 1) / math.factorial(k)
            for chosen in combinations(others, size):
                coalition = frozenset(chosen)
                expected += share * (worth[coalition | {signal}] - worth[coalition])
        np.testing.assert_allclose(found.shapley[signal], expected, atol=1e-12)


@settings(deadline=None)
@given(screened_cohorts())
def test_values_add_up_to_the_percentile_rank(drawn: tuple[Cohort, Screen]) -> None:
    """Efficiency; and what one candidate gains in rank the others lose."""
    cohort, screen = drawn
    decisions = decide(cohort, screen)
    found = attribute_ranks(cohort, decisions)
    ranks = percentile_ranks(decisions)
    np.testing.assert_allclose(ranks, _percentile_ranks(cohort, screen), atol=1e-12)
    np.testing.assert_allclose(found.shapley.sum(axis=1), ranks - 0.5, atol=1e-12)
    np.testing.assert_allclose(found.shapley.sum(axis=0), 0, atol=1e-12)


def test_the_percentile_rank_is_scipys_where_there_is_no_gate() -> None:
    values = [5, 1, 3, 3, 5, 5, 2]
    cohort = cohort_of(task=values)
    decisions = decide(cohort, Screen(places=2, weights={"task": 1}))
    expected = [stats.percentileofscore(values, v, kind="mean") / 100 for v in values]
    assert percentile_ranks(decisions) == pytest.approx(expected)


def test_twins_share_alike() -> None:
    """Symmetry: two signals with the same values and weights have the same values."""
    cohort = cohort_of(one=[1, 5, 3, 2], other=[1, 5, 3, 2], third=[4, 1, 2, 3])
    screen = Screen(places=2, weights={"one": 1, "other": 1, "third": 1})
    found = attribute_ranks(cohort, decide(cohort, screen)).shapley
    np.testing.assert_array_equal(found["one"], found["other"])


@pytest.mark.parametrize(
    "null",
    [
        {"weights": {"a": 1, "b": 1, "null": 0}},
        {"weights": {"a": 1, "b": 1}, "gates": (Gate(signal="null", at_least=0),)},
        {"weights": {"a": 1, "b": 1, "constant": 1}},
        {"weights": {"a": 1, "b": 1}, "tie_breakers": ("constant",)},
    ],
)
def test_who_does_nothing_gets_nothing(null) -> None:
    """Null player: and everyone else's values are as if it were not there."""
    cohort = cohort_of(a=[1, 5, 3, 2], b=[4, 1, 2, 3], null=[9, 1, 2, 3], constant=[2, 2, 2, 2])
    found = attribute_ranks(cohort, decide(cohort, Screen(places=2, **null))).shapley
    rest = attribute_ranks(
        cohort, decide(cohort, Screen(places=2, weights={"a": 1, "b": 1}))
    ).shapley
    assert not found[[c for c in found if c in ("null", "constant")]].to_numpy().any()
    np.testing.assert_array_equal(found[["a", "b"]], rest)


def test_a_signal_that_flips_nobody_still_moves_ranks() -> None:
    """What the decision does not show: klout orders those who are out anyway."""
    cohort = cohort_of(portfolio=[9, 8, 1, 1], klout=[1, 1, 3, 2])
    screen = Screen(places=2, weights={"portfolio": 1}, tie_breakers=("klout",))
    found = influence(cohort, screen, rank_attribution=True)
    assert found.signals["klout"].flips == 0
    assert found.signals["klout"].shapley_rank_share is not None
    assert found.signals["klout"].shapley_rank_share > 0


def test_beyond_twelve_signals_it_is_estimated_and_said_so() -> None:
    rng = np.random.default_rng(5)
    columns = {f"s{i}": rng.integers(1, 100, 12).tolist() for i in range(13)}
    cohort = cohort_of(**columns)
    decisions = decide(cohort, Screen(places=4, weights=dict.fromkeys(columns, 1.0)))
    found = attribute_ranks(cohort, decisions, permutations=300, seed=1)
    assert not found.exact
    np.testing.assert_allclose(
        found.shapley.sum(axis=1), percentile_ranks(decisions) - 0.5, atol=1e-12
    )
    assert found.standard_errors is not None
    # Twelve of the thirteen, exactly, are near: and the errors are of a sensible size.
    again = attribute_ranks(cohort, decisions, permutations=300, seed=2)
    spread = np.hypot(found.standard_errors, again.standard_errors).to_numpy()
    apart = (found.shapley - again.shapley).to_numpy()
    assert (np.abs(apart) <= 5 * spread + 1e-12).all()
    assert 0 < spread.max() < 0.1


def test_it_is_part_of_influence_where_asked_for() -> None:
    cohort = cohort_of(portfolio=[5, 2], klout=[40, 60])
    screen = Screen(places=1, weights={"portfolio": 1}, gates=(Gate(signal="klout", at_least=50),))
    plain = influence(cohort, screen).to_dict()
    assert plain["signals"]["klout"]["shapley_rank_share"] is None
    assert plain["candidates_detail"][0]["shapley_rank"] is None
    done: list[float] = []
    both = influence(
        cohort, screen, attribution=True, rank_attribution=True, progress=done.append
    ).to_dict()
    assert done == sorted(done)
    assert done[-1] == 1
    assert both["signals"]["klout"]["shapley_rank_share"] == 3 / 4
    detail = json.loads(json.dumps(both["candidates_detail"]))
    assert detail[0]["shapley_rank"] == {"portfolio": 1 / 8, "klout": -3 / 8}
    assert detail[0]["percentile_rank"] == 1 / 4
    assert detail[0]["shapley"] is not None
    assert both["attribution"] == "exact"
    only = influence(cohort, screen, rank_attribution=True).to_dict()
    assert only["attribution"] == "exact"
    assert only["candidates_detail"][0]["shapley"] is None


def test_edges() -> None:
    nobody = cohort_from_frame(pd.DataFrame({"candidate_id": [], "klout": []}))
    decisions = decide(nobody, Screen(weights={"klout": 1}))
    assert attribute_ranks(nobody, decisions).shapley.empty
    assert percentile_ranks(decisions).size == 0
    one = cohort_of(klout=[50])
    found = attribute_ranks(one, decide(one, Screen(places=1, weights={"klout": 1})))
    assert found.shares == {"klout": None}
    assert attribute_ranks(one, decide(one, Screen(places=1))).shares == {}
    missing = cohort_of(klout=[np.nan, np.nan])
    rejected = decide(missing, Screen(places=1, missing="reject", weights={"klout": 1}))
    assert percentile_ranks(rejected).tolist() == [0.5, 0.5]
    assert attribute_ranks(missing, rejected).shapley["klout"].tolist() == [0, 0]

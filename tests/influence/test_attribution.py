"""Attribution: the worked example, the definition coalition by coalition, Shapley's axioms."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from tests.screening import reference
from tests.strategies import screened_cohorts
from toolkit.influence.attribution import attribute
from toolkit.influence.influence import influence
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
    """Two signals, three candidates, one place.

    Alone, portfolio selects c0 and klout c1; together c0. Everyone starts at 1/3. For c0:
    portfolio adds (1 − 1/3 + 1 − 0) / 2 = 5/6 and klout (0 − 1/3 + 1 − 1) / 2 = −1/6.
    """
    cohort = cohort_of(portfolio=[9, 2, 1], klout=[3, 4, 1])
    screen = Screen(places=1, weights={"portfolio": 3, "klout": 1})
    assert decide(cohort, screen).selected_ids == ["c0"]
    found = attribute(cohort, decide(cohort, screen))
    assert found.exact
    np.testing.assert_allclose(
        found.shapley.to_numpy(),
        [[5 / 6, -1 / 6], [-2 / 3, 1 / 3], [-1 / 6, -1 / 6]],
        atol=1e-15,
    )
    assert found.shares == pytest.approx({"portfolio": 5 / 7, "klout": 2 / 7})


def _idle(cohort: Cohort, screen: Screen, signal: str) -> bool:
    """Whether a signal cannot tell two candidates apart, whatever else is in the screen."""
    one = screen.only(signal)
    values = reference.values_of(cohort)[signal]
    everyone = set(cohort.candidate_ids)
    all_eligible = set(reference.order(cohort, one)) == everyone
    constant = len(set(values.values())) <= 1
    if len(values) < len(everyone) and screen.missing != "reject" and values:
        constant = len(set(values.values())) == 1
    unweighted = not screen.weights.get(signal)
    unbroken = signal not in screen.tie_breakers
    return all_eligible and (constant or (unweighted and unbroken))


@settings(max_examples=50, deadline=None)
@given(screened_cohorts(max_size=6))
def test_every_coalition_by_the_definition(drawn: tuple[Cohort, Screen]) -> None:
    cohort, screen = drawn
    players = [s for s in screen.signals if not _idle(cohort, screen, s)]
    places = decide(cohort, screen).places
    ids = list(cohort.candidate_ids)

    def worth(coalition: frozenset[str]) -> np.ndarray:
        if not coalition:
            return np.full(len(ids), places / len(ids))
        chosen = reference.selected(cohort, screen.only(*coalition))
        return np.array([c in chosen for c in ids], dtype=float)

    k = len(players)
    expected = {signal: np.zeros(len(ids)) for signal in screen.signals}
    for signal in players:
        others = [p for p in players if p != signal]
        for size in range(k):
            share = math.factorial(size) * math.factorial(k - size - 1) / math.factorial(k)
            for chosen in combinations(others, size):
                coalition = frozenset(chosen)
                expected[signal] += share * (worth(coalition | {signal}) - worth(coalition))
    found = attribute(cohort, decide(cohort, screen))
    for signal in screen.signals:
        np.testing.assert_allclose(found.shapley[signal], expected[signal], atol=1e-12)


@settings(deadline=None)
@given(screened_cohorts())
def test_values_add_up_to_the_decision(drawn: tuple[Cohort, Screen]) -> None:
    cohort, screen = drawn
    decisions = decide(cohort, screen)
    found = attribute(cohort, decisions)
    if any(not _idle(cohort, screen, s) for s in screen.signals):
        expected = decisions.selected - decisions.places / len(cohort)
        np.testing.assert_allclose(found.shapley.sum(axis=1), expected, atol=1e-12)
    shares = list(found.shares.values())
    if None not in shares and shares:
        assert sum(shares) == pytest.approx(1)
        assert min(shares) >= 0


def test_twins_share_alike() -> None:
    """Symmetry: two signals with the same values and weights have the same values."""
    cohort = cohort_of(one=[1, 5, 3, 2], other=[1, 5, 3, 2], third=[4, 1, 2, 3])
    screen = Screen(places=2, weights={"one": 1, "other": 1, "third": 1})
    found = attribute(cohort, decide(cohort, screen)).shapley
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
    found = attribute(cohort, decide(cohort, Screen(places=2, **null))).shapley
    rest = attribute(cohort, decide(cohort, Screen(places=2, weights={"a": 1, "b": 1}))).shapley
    assert not found[[c for c in found if c in ("null", "constant")]].to_numpy().any()
    np.testing.assert_array_equal(found[["a", "b"]], rest)


def test_beyond_twelve_signals_it_is_estimated_and_said_so() -> None:
    rng = np.random.default_rng(5)
    columns = {f"s{i}": rng.integers(1, 100, 12).tolist() for i in range(13)}
    cohort = cohort_of(**columns)
    screen = Screen(places=4, weights=dict.fromkeys(columns, 1.0))
    decisions = decide(cohort, screen)
    found = attribute(cohort, decisions, permutations=400, seed=1)
    assert not found.exact
    # Each order of arrival adds up to the decision, so their mean does too.
    np.testing.assert_allclose(found.shapley.sum(axis=1), decisions.selected - 4 / 12, atol=1e-12)
    assert found.standard_errors is not None
    again = attribute(cohort, decisions, permutations=400, seed=2)
    apart = (found.shapley - again.shapley).to_numpy()
    spread = np.hypot(found.standard_errors, again.standard_errors).to_numpy()
    assert (np.abs(apart) <= 5 * spread + 1e-12).all()
    one = attribute(cohort, decisions, permutations=400, seed=1)
    np.testing.assert_array_equal(found.shapley, one.shapley)


def test_it_is_part_of_influence_where_asked_for() -> None:
    cohort = cohort_of(portfolio=[9, 2, 1], klout=[3, 4, 1])
    screen = Screen(places=1, weights={"portfolio": 3, "klout": 1})
    assert influence(cohort, screen).signals["klout"].shapley_share is None
    done: list[float] = []
    result = influence(cohort, screen, attribution=True, progress=done.append).to_dict()
    assert result["signals"]["klout"]["shapley_share"] == pytest.approx(2 / 7)
    assert result["attribution"] == "exact"
    assert result["candidates_detail"][0]["shapley"] == pytest.approx(
        {"portfolio": 5 / 6, "klout": -1 / 6}
    )
    assert done[-1] == 1


def test_edges() -> None:
    nobody = cohort_from_frame(pd.DataFrame({"candidate_id": [], "klout": []}))
    assert attribute(nobody, decide(nobody, Screen(weights={"klout": 1}))).shapley.empty
    one = cohort_of(klout=[50])
    found = attribute(one, decide(one, Screen(places=1, weights={"klout": 1})))
    assert found.shares == {"klout": None}
    assert attribute(one, decide(one, Screen(places=1))).shares == {}

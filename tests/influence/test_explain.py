"""Explaining one candidate: the worked example, and that every figure stands elsewhere."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from scipy.stats import binomtest, norm

from tests.strategies import screened_cohorts
from toolkit.errors import ScreenError, UnknownName
from toolkit.inflation.inflation import inflation
from toolkit.influence.attribution import attribute
from toolkit.influence.explain import explain, explanation_of
from toolkit.influence.explanation import Explanation
from toolkit.influence.explanation_wording import headline, sentences
from toolkit.influence.influence import influence
from toolkit.influence.score_noise import score_noise
from toolkit.influence.stress import stress
from toolkit.intake.cohort import Cohort
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.decisions import decide
from toolkit.screening.gate import Gate
from toolkit.screening.screen import Screen


def two_signals() -> Cohort:
    frame = pd.DataFrame(
        {
            "candidate_id": ["c0", "c1", "c2"],
            "name": ["Ann", "Bo", "Cy"],
            "portfolio": [9.0, 2.0, 1.0],
            "klout": [3.0, 4.0, 1.0],
        }
    )
    return cohort_from_frame(frame, roles={"portfolio": "evidence", "klout": "score"})


SCREEN = Screen(places=1, weights={"portfolio": 3, "klout": 1})


def test_worked_example() -> None:
    """One place for three: everyone starts with 1/3, the portfolio adds 5/6, Klout takes 1/6.

    Alone, portfolio selects c0 and Klout c1; together c0. Without the portfolio c1 is
    selected, without Klout still c0.
    """
    found = explain(two_signals(), SCREEN, "c0", draws=50)
    assert (found.selected, found.rank, found.eligible, found.taken) == (True, 1, 3, 1)
    assert [step.end for step in found.steps] == pytest.approx([1 / 3, 7 / 6, 1, 1])
    portfolio, klout = found.signals
    assert (portfolio.part, klout.part) == pytest.approx((5 / 6, -1 / 6))
    assert (portfolio.selected_without, klout.selected_without) == (False, True)
    assert [one.signal for one in found.deciding] == ["portfolio"]
    assert found.selected_without_scores is True
    assert found.attribution == "exact"
    assert headline(found) == "Candidate c0 was taken forward: rank 1 of 3, with one place."
    assert list(sentences(found))[1:5] == [
        "No score decided this: without any one of them, and without all, it is the same.",
        "Without Portfolio this candidate would not be taken forward.",
        "With one place for 3 candidates, everyone starts with 33.3 % of a place.",
        "Portfolio (+83.3 %) speaks for a place.",
    ]


def figures(found: Explanation) -> dict[str, object]:
    return json.loads(json.dumps(found.to_dict(), allow_nan=False))


@settings(max_examples=40, deadline=None)
@given(screened_cohorts())
def test_every_figure_is_the_entry_of_a_result(drawn: tuple[Cohort, Screen]) -> None:
    cohort, screen = drawn
    whole = influence(cohort, screen, attribution=True)
    decided = decide(cohort, screen).to_dict()["decisions"]
    noise = score_noise(cohort, whole.decisions, draws=20)
    again = stress(cohort, screen, draws=20).to_dict()["noise"]["decisions"]
    for row, candidate_id in enumerate(map(str, cohort.candidate_ids)):
        found = explanation_of(cohort, whole, candidate_id, noise=noise)
        told, expected = figures(found), decided[row]
        for key in ("selected", "rank", "gates_failed", "tied_at_cut", "composite"):
            assert told[key] == expected[key]
        detail = whole.to_dict()["candidates_detail"][row]
        signals = {one.signal: one for one in found.signals}
        assert {name: one.margin for name, one in signals.items()} == detail["margins"]
        efforts = {name: one.to_dict()["effort"] for name, one in signals.items()}
        told_efforts = {name: one for name, one in efforts.items() if one is not None}
        assert told_efforts == {n: e for n, e in detail["effort"].items() if e is not None}
        assert {name: one.part for name, one in signals.items()} == detail["shapley"]
        for name, one in whole.signals.items():
            flips = signals[name].selected_without != found.selected
            assert flips == (candidate_id in one.gained + one.lost)
        if found.noise is None:
            assert not whole.scores
        else:
            assert found.noise.selected_share == again[row]["selected_share"]
        assert found.steps[-2].end == pytest.approx(float(found.selected), abs=1e-6)
        assert all(sentences(found))


def test_the_share_has_the_interval_of_a_binomial_share() -> None:
    """Share against the analytic normal case; its interval against SciPy's Wilson."""
    frame = pd.DataFrame(
        {"candidate_id": ["a", "b", "far above", "far below"], "klout": [50.25, 50.0, 90.0, 10.0]}
    )
    cohort = cohort_from_frame(frame, roles={"klout": "score"})
    screen = Screen(places=2, weights={"klout": 1})
    found = explain(cohort, screen, "a", draws=4000, noise={"klout": 1.0}).noise
    assert found is not None
    # Two independent draws of standard deviation 1: a stays ahead of b while the difference of
    # their noise, of standard deviation √2, stays above −0.25.
    assert found.low < norm.cdf(0.25 / np.sqrt(2)) < found.high
    wins = round(found.selected_share * 4000)
    expected = binomtest(wins, 4000).proportion_ci(0.95, method="wilson")
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))
    assert found.spreads["klout"].source == "as given"
    assert found.too_close_to_call


def test_a_condition_not_met_and_a_value_that_is_missing() -> None:
    frame = pd.DataFrame(
        {
            "candidate_id": ["a", "b", "c"],
            "klout": [60.0, 40.0, 52.0],
            "task": [70.0, 90.0, np.nan],
        }
    )
    cohort = cohort_from_frame(frame, roles={"klout": "score", "task": "evidence"})
    screen = Screen(places=2, weights={"task": 1}, gates=(Gate(signal="klout", at_least=50),))
    out = explain(cohort, screen, "b", draws=0)
    assert out.noise is None
    assert list(sentences(out))[:3] == [
        "Candidate b was not taken forward: a condition of the screen is not met.",
        "The condition Klout at least 50 is not met: the value is 40.",
        "Klout decided this: without it this candidate would be taken forward.",
    ]
    filled = explain(cohort, screen, "c", draws=0)
    assert "No value for Task: 80, the middle value of the others, stands in." in sentences(filled)
    strict = screen.changed(missing="reject")
    rejected = explain(cohort, strict, "c", draws=0)
    assert list(sentences(rejected))[:2] == [
        "Candidate c was not taken forward: there is no value for Task.",
        "No value for Task, which this screen rejects.",
    ]


def test_where_nothing_tells_candidates_apart_a_lot_is_drawn_and_said() -> None:
    frame = pd.DataFrame({"candidate_id": ["a", "b", "c", "d"], "klout": [5.0] * 4})
    cohort = cohort_from_frame(frame, roles={"klout": "score"})
    screen = Screen(places=1, weights={"klout": 1})
    chosen = decide(cohort, screen).selected_ids[0]
    found = explain(cohort, screen, chosen, draws=10)
    assert [step.kind for step in found.steps] == ["start", "neither", "lot", "decision"]
    assert found.tied_at_cut
    said = sentences(found)
    assert "No signal of the screen tells any two candidates apart: a lot decided." in said
    assert any(one.startswith("Tied at the cut") for one in said)


def test_more_than_twelve_signals_are_estimated_and_each_part_has_its_error() -> None:
    rng = np.random.default_rng(5)
    columns = {f"s{i}": rng.integers(1, 100, 12).astype(float) for i in range(13)}
    cohort = cohort_from_frame(pd.DataFrame(columns), roles=dict.fromkeys(columns, "fact"))
    screen = Screen(places=4, weights=dict.fromkeys(columns, 1.0))
    chosen = decide(cohort, screen).selected_ids[0]
    found = explain(cohort, screen, chosen)
    shared = attribute(cohort, decide(cohort, screen))
    assert found.attribution == "estimated"
    assert shared.standard_errors is not None
    errors = {one.signal: one.standard_error for one in found.signals}
    assert errors == shared.standard_errors.loc[chosen].to_dict()
    assert any("standard error" in one for one in sentences(found))
    assert found.noise is None


def test_edges() -> None:
    one = cohort_from_frame(
        pd.DataFrame({"candidate_id": ["a"], "klout": [50.0]}), roles={"klout": "score"}
    )
    alone = explain(one, Screen(places=3, weights={"klout": 1}), "a", draws=5)
    assert [step.kind for step in alone.steps] == ["start", "neither", "decision"]
    assert "No signal changes anything about that." in sentences(alone)
    nobody = explain(one, Screen(places=0, weights={"klout": 1}), "a", draws=5)
    assert not nobody.selected
    empty = explain(one, Screen(places=1), "a")
    assert empty.signals == ()
    assert empty.selected_without_scores is None
    assert figures(empty)["signals"] == {}
    assert "The screen uses no score: evidence and facts decide alone." in sentences(empty)


def test_suspected_inflation_is_part_of_it_only_where_asked_for() -> None:
    cohort = two_signals()
    assert explain(cohort, SCREEN, "c0", draws=0).inflation is None
    found = explain(cohort, SCREEN, "c0", draws=0, inflation=inflation(cohort))
    assert found.inflation == inflation(cohort).of("c0")


def test_without_shares_there_is_no_waterfall() -> None:
    cohort = two_signals()
    found = explanation_of(cohort, influence(cohort, SCREEN), "c1")
    assert (found.attribution, found.steps, found.signals[0].part) == (None, (), None)
    assert all(sentences(found))


def test_what_cannot_be_explained_is_said() -> None:
    with pytest.raises(UnknownName, match=r"no candidate 'c9' in the cohort\. Known: 'c0', 'c1'"):
        explain(two_signals(), SCREEN, "c9")
    with pytest.raises(ScreenError, match="number of draws is -1"):
        explain(two_signals(), SCREEN, "c0", draws=-1)


def test_progress_runs_from_nothing_to_all() -> None:
    told: list[float] = []
    explain(two_signals(), SCREEN, "c0", draws=100, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1

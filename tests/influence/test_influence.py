"""influence(): the worked example, agreement with the definition, and its edges."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.screening import reference
from tests.strategies import screened_cohorts
from toolkit.errors import UnknownName
from toolkit.influence.effective_weight import effective_weights
from toolkit.influence.influence import influence
from toolkit.influence.wording import headline, margin_sentence, signal_sentence
from toolkit.intake.cohort import Cohort, Role, Signal
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.decisions import decide
from toolkit.screening.gate import Gate
from toolkit.screening.screen import Screen

ROLES: dict[str, Role] = {"klout": "score", "kred_influence": "score"}


def cohort_of(**columns: list[float]) -> Cohort:
    size = len(next(iter(columns.values())))
    index = pd.Index([f"c{i}" for i in range(size)], name="candidate_id")
    frame = pd.DataFrame(columns, index=index, dtype=np.float64)
    return cohort_from_frame(frame, roles={s: ROLES.get(s, "evidence") for s in columns})


def test_worked_example() -> None:
    """A gate of 50 on Klout: the best portfolio stays out, the third best goes in."""
    cohort = cohort_of(portfolio=[5, 4, 3, 1], klout=[47, 60, 55, 70])
    screen = Screen(places=2, weights={"portfolio": 1}, gates=(Gate(signal="klout", at_least=50),))
    found = influence(cohort, screen)
    klout = found.signals["klout"]
    assert klout.is_score
    assert (klout.gained, klout.lost, klout.flips) == (("c2",), ("c0",), 2)
    assert (klout.nominal_weight, klout.effective_weight) == (0, 0)
    assert klout.seats_bought == {"5": 1, "10": 1, "20": 1}
    # Order with the gate: c1, c2, c3, c0; without it: c0, c1, c2, c3.
    assert klout.rank_correlation_without == pytest.approx(
        stats.spearmanr([4, 1, 2, 3], [1, 2, 3, 4]).statistic
    )
    assert headline(found) == (
        "Klout decided 1 of 2 places: without it this candidate would not be taken forward, "
        "and this one would."
    )
    assert found.all_scores_removed.flips == 2
    # Without the portfolio all who pass the gate are alike, and lots decide.
    assert found.signals["portfolio"].effective_weight == 1


@settings(deadline=None)
@given(screened_cohorts())
def test_removal_is_the_definition_applied_twice(drawn: tuple[Cohort, Screen]) -> None:
    cohort, screen = drawn
    found = influence(cohort, screen)
    before = reference.selected(cohort, screen)
    for name, signal in found.signals.items():
        after = reference.selected(cohort, screen.without(name))
        assert set(signal.gained) == before - after
        assert set(signal.lost) == after - before
        assert signal.flips == len(before ^ after)
        again = decide(cohort, screen.without(name))
        np.testing.assert_array_equal(again.selected, found.without[name].selected)
    scores = [name for name in screen.signals if name in cohort.scores]
    after = reference.selected(cohort, screen.without(*scores))
    assert found.all_scores_removed.flips == len(before ^ after)


@settings(deadline=None)
@given(screened_cohorts(min_size=2))
def test_rank_correlation_is_spearmans(drawn: tuple[Cohort, Screen]) -> None:
    cohort, screen = drawn
    found = influence(cohort, screen)

    def ranks(decisions) -> np.ndarray:
        worst = np.where(decisions.eligible, decisions.rank, len(cohort) + 1)
        return stats.rankdata(worst)

    before = ranks(found.decisions)
    for name, signal in found.signals.items():
        after = ranks(found.without[name])
        if np.ptp(before) == 0 or np.ptp(after) == 0:
            assert signal.rank_correlation_without is None
        else:
            expected = np.corrcoef(before, after)[0, 1]
            assert signal.rank_correlation_without == pytest.approx(expected, abs=1e-12)


@settings(deadline=None)
@given(screened_cohorts(min_size=2))
def test_effective_weights(drawn: tuple[Cohort, Screen]) -> None:
    """They sum to one, and equal the covariance ratio of the scaled, weighted signals."""
    cohort, screen = drawn
    decisions = decide(cohort, screen)
    shares = effective_weights(cohort, decisions)
    weighted = [name for name in screen.weights if screen.weights[name]]
    if None in shares.values():
        assert np.ptp(decisions.composites) == 0
        return
    assert sum(shares.values()) == pytest.approx(1 if weighted else 0, abs=1e-9)
    composite = np.ldexp(decisions.composites.astype(float), -decisions.frozen.exponent)
    for name in weighted:
        if not decisions.complete.all():
            continue
        # The signal's part is the composite minus the other signals' part.
        rest_screen = screen.with_weight(name, 0)
        rest = decide(cohort, rest_screen).composite
        whole = sum(abs(w) for w in screen.weights.values())
        kept = sum(abs(w) for s, w in screen.weights.items() if s != name)
        part = composite - rest * kept / whole
        expected = np.cov(part, composite, ddof=0)[0, 1] / np.var(composite)
        assert shares[name] == pytest.approx(expected, abs=1e-6)


@settings(deadline=None, max_examples=30)
@given(screened_cohorts(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(drawn: tuple[Cohort, Screen], random) -> None:
    cohort, screen = drawn
    rows = list(range(len(cohort)))
    random.shuffle(rows)
    shuffled = Cohort(cohort.candidates.iloc[rows], cohort.signals.iloc[rows], cohort.about)
    one, other = influence(cohort, screen).to_dict(), influence(shuffled, screen).to_dict()

    def sorted_lists(value: object) -> object:
        if isinstance(value, dict):
            return {key: sorted_lists(item) for key, item in value.items()}
        if isinstance(value, list):
            return sorted((sorted_lists(item) for item in value), key=json.dumps)
        return value

    assert json.dumps(sorted_lists(one)) == json.dumps(sorted_lists(other))


def test_a_signal_without_weight_changes_nothing() -> None:
    cohort = cohort_of(portfolio=[3, 3, 3, 1], klout=[9, 8, 7, 6])
    found = influence(cohort, Screen(places=2, weights={"portfolio": 1, "klout": 0}))
    klout = found.signals["klout"]
    assert (klout.flips, klout.effective_weight, klout.rank_correlation_without) == (0, 0, 1)
    assert klout.seats_bought == {"5": 0, "10": 0, "20": 0}


def test_scores_can_be_named() -> None:
    cohort = cohort_of(portfolio=[3, 2, 1], buzz=[1, 2, 3])
    screen = Screen(places=1, weights={"portfolio": 0.4, "buzz": 0.6})
    assert influence(cohort, screen).scores == []
    assert influence(cohort, screen, scores=["buzz"]).scores == ["buzz"]
    with pytest.raises(UnknownName, match="Did you mean 'buzz'"):
        influence(cohort, screen, scores=["buz"])


def test_edges() -> None:
    one = cohort_of(klout=[50])
    found = influence(one, Screen(places=1, weights={"klout": 1}))
    klout = found.signals["klout"]
    assert (klout.flips, klout.effective_weight, klout.rank_correlation_without) == (0, None, None)
    assert np.isnan(found.margins.at["c0", "klout"])
    everyone = influence(cohort_of(klout=[1, 2, 3]), Screen(places=3, weights={"klout": 1}))
    assert everyone.signals["klout"].flips == 0
    nothing = influence(one, Screen(places=1))
    assert nothing.to_dict()["signals"] == {}
    assert "uses no score" in headline(nothing)


def test_the_json_of_the_contract() -> None:
    cohort = cohort_of(portfolio=[5, 4, 3, 1], klout=[47, 60, 55, 70])
    found = influence(cohort, Screen(name="S", places=2, weights={"portfolio": 0.9, "klout": 0.1}))
    result = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert result["screen"] == "S"
    assert (result["candidates"], result["places"]) == (4, 2)
    assert set(result["signals"]["klout"]) >= {
        "is_score",
        "nominal_weight",
        "effective_weight",
        "shapley_share",
        "flips",
        "gained",
        "lost",
        "rank_correlation_without",
        "seats_bought",
    }
    assert set(result["all_scores_removed"]) == {"flips", "gained", "lost"}
    assert [c["candidate_id"] for c in result["candidates_detail"]] == ["c0", "c1", "c2", "c3"]
    assert set(result["candidates_detail"][0]["margins"]) == {"portfolio", "klout"}


def test_sentences() -> None:
    cohort = cohort_of(portfolio=[5, 4], klout=[40, 60])
    club = influence(cohort, Screen(gates=(Gate(signal="klout", at_least=50),)))
    assert signal_sentence(club, club.signals["klout"]) == (
        "Klout changed the decision on 1 candidate: without it one now left out would be "
        "taken forward."
    )
    same = influence(cohort, Screen(places=2, weights={"klout": 1, "portfolio": 1}))
    assert "decided none of 2 places" in headline(same)
    one = influence(cohort, Screen(places=1, weights={"portfolio": 1, "klout": 0}))
    assert headline(one) == (
        "Klout did not decide the only place: without it the same person goes forward."
    )
    about = Signal("klout", "Klout", "score", 1, 100, 1)
    assert margin_sentence(about, 50.0, -2.5, True) == (
        "Klout 2.5 lower (47.5 instead of 50.0) would cost the place."
    )
    assert margin_sentence(about, 50.0, np.nan, False) == (
        "Klout: no admissible value would win a place."
    )
    assert margin_sentence(about, np.nan, np.nan, False) == "Klout: no value to change."

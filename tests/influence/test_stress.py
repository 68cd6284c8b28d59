"""Stress: worked examples, the analytic normal case, and every single change tried."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from tests.strategies import screened_cohorts
from toolkit.errors import ScreenError, UnknownName
from toolkit.inflation.score_relation import score_relations
from toolkit.influence.alone import selected_alone
from toolkit.influence.campaign import buy_followers, buy_followers_for
from toolkit.influence.noise import (
    FEWEST_TO_CALL,
    Redrawn,
    gone_missing,
    measured_again,
    redraw,
)
from toolkit.influence.rescale import rescale
from toolkit.influence.rivals import standing
from toolkit.influence.stress import stress
from toolkit.influence.wording import stress_headline
from toolkit.intake.cohort import Cohort
from toolkit.intake.fixed_column import FixedColumn
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.scores.catalogue import load_catalogue
from toolkit.scores.score import Rescaling
from toolkit.screening.decisions import decide, decide_frozen
from toolkit.screening.frozen import freeze
from toolkit.screening.gate import Gate
from toolkit.screening.screen import Screen

KLOUT_2011 = next(r for r in load_catalogue()["klout"].rescalings if r.kind == "shift")


def cohort_of(**columns: list[float]) -> Cohort:
    size = len(next(iter(columns.values())))
    index = pd.Index([f"c{i}" for i in range(size)], name="candidate_id")
    return cohort_from_frame(pd.DataFrame(columns, index=index, dtype=np.float64))


def test_a_fall_of_ten_points_and_a_threshold_moved_after_it() -> None:
    """October 2011: Klout 55 becomes 45, and the gate of 50 keeps c1 out until it moves."""
    cohort = cohort_of(portfolio=[2, 5, 3], klout=[62, 55, 61])
    gate = Gate(signal="klout", at_least=50)
    screen = Screen(name="s", places=1, weights={"portfolio": 1}, gates=(gate,))
    decisions = decide(cohort, screen)
    assert decisions.selected_ids == ["c1"]
    left, moved = rescale(cohort, decisions, "klout", [KLOUT_2011])
    assert (left.threshold_moved, left.change.gained, left.change.lost) == (False, ("c1",), ("c2",))
    assert (moved.threshold_moved, moved.change.flips) == (True, 0)


def test_a_shift_of_everyone_changes_no_z_score() -> None:
    cohort = cohort_of(klout=[30, 50, 40], portfolio=[1, 2, 5])
    screen = Screen(name="s", places=1, weights={"klout": 1, "portfolio": 1})
    (only,) = rescale(cohort, decide(cohort, screen), "klout", [KLOUT_2011])
    assert only.change.flips == 0


def test_values_stay_on_the_scale_and_a_reform_is_passed_over() -> None:
    cohort = cohort_of(klout=[95, 50, 99])
    decisions = decide(cohort, Screen(name="s", places=1, weights={"klout": 1}))
    up = Rescaling("2012-08-14", "scale", 1.1)
    reform = Rescaling("2015", "reform", None)
    (only,) = rescale(cohort, decisions, "klout", [up, reform])
    # 104.5 and 108.9 meet the end of the scale and are level there.
    assert only.clipped == 2


def test_a_change_of_ones_own_and_the_one_who_falls_below_the_gate() -> None:
    """60 becomes 50 and 90 stays: 70 moves to 63.3, below a gate of 65 that is left."""
    cohort = cohort_of(klout=[70, 90, 40], portfolio=[5, 1, 3])
    gate = Gate(signal="klout", at_least=65)
    screen = Screen(name="s", places=1, weights={"portfolio": 1}, gates=(gate,))
    bent = Rescaling("", "piecewise", points=((60, 50), (90, 90)))
    found = stress(cohort, screen, draws=2, rescalings={"klout": [bent]})
    left, moved = [one for one in found.rescale if one.rescaling == bent]
    assert (left.change.gained, left.change.lost) == (("c0",), ("c1",))
    assert moved.change.flips == 0
    assert left.to_dict()["date"] is None
    assert left.to_dict()["points"] == [[60, 50], [90, 90]]
    with pytest.raises(UnknownName, match="no score 'kred'"):
        stress(cohort, screen, draws=2, rescalings={"kred": [bent]})


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.integers(1, 100), min_size=1, max_size=8),
    st.lists(st.integers(1, 100), min_size=1, max_size=3),
    st.booleans(),
    st.sampled_from(
        [
            KLOUT_2011,
            Rescaling("", "affine", 0.73, shift=11.5),
            Rescaling("", "scale", 1.5),
            Rescaling("", "piecewise", points=((20, 20), (60, 45), (80, 45), (100, 92))),
        ]
    ),
)
def test_a_gate_that_moves_along_lets_through_whom_it_let_through(
    klout: list[int], bounds: list[int], as_list: bool, change: Rescaling
) -> None:
    cohort = cohort_of(klout=[float(value) for value in klout])
    gate = (
        Gate(signal="klout", one_of=tuple(map(float, bounds)))
        if as_list
        else Gate(signal="klout", at_least=min(bounds), at_most=max(bounds))
    )
    decisions = decide(cohort, Screen(gates=(gate,)))
    moved = [one for one in rescale(cohort, decisions, "klout", [change]) if one.threshold_moved]
    assert all(one.change.gained == () for one in moved)


def test_noise_at_a_gate_is_the_normal_distribution() -> None:
    """A score of s passes a gate of T with probability Φ((s − T + step / 2) / σ)."""
    scores = [44.0, 48.0, 50.0, 53.0, 57.0]
    cohort = cohort_of(klout=scores)
    screen = Screen(gates=(Gate(signal="klout", at_least=50),))
    found = redraw(
        cohort, decide(cohort, screen), measured_again(cohort, {"klout": 4.0}), draws=4000, seed=1
    )
    expected = stats.norm.cdf((np.array(scores) - 50 + 0.5) / 4)
    assert (np.abs(found.selected_share - expected) < 4 * found.standard_error + 1e-3).all()
    decided = np.array(scores) >= 50
    flips = np.where(decided, 1 - expected, expected).sum()
    assert abs(found.expected_flips - flips) < 4 * found.expected_flips_se


def test_the_interval_of_a_share_and_what_is_too_close_to_call() -> None:
    share = np.array([0, 0.03, 0.04, 0.5, 0.96, 0.97, 1])
    found = Redrawn(500, share, 7.0, 0.5)
    low, high = proportion_confint(np.rint(500 * share), 500, method="wilson")
    np.testing.assert_allclose(found.interval[0], low, atol=1e-12)
    np.testing.assert_allclose(found.interval[1], high, atol=1e-12)
    # 3 % of 500 reaches up to 4.9 %, 4 % to 6.1 %.
    assert found.too_close_to_call.tolist() == [False, False, True, True, True, False, False]
    assert found.expected_flips_interval == pytest.approx((7 - 0.98, 7 + 0.98), abs=1e-4)
    assert Redrawn(9, share, 0.1, 0.2).expected_flips_interval[0] == 0
    certain = np.array([0.0, 1.0])
    for draws, close in ((FEWEST_TO_CALL - 1, True), (FEWEST_TO_CALL, False)):
        assert Redrawn(draws, certain, 0, 0).too_close_to_call.tolist() == [close, close]


def test_intervals_of_shares_cover_the_normal_share() -> None:
    """500 candidates around a gate: 95 % of the intervals hold the share that is true."""
    scores = np.linspace(20, 80, 500).round(1)
    cohort = cohort_of(klout=scores.tolist())
    screen = Screen(gates=(Gate(signal="klout", at_least=50),))
    found = redraw(
        cohort, decide(cohort, screen), measured_again(cohort, {"klout": 9.0}), draws=400, seed=8
    )
    truth = stats.norm.cdf((scores - 50 + 0.05) / 9)
    low, high = found.interval
    assert 0.92 < ((low <= truth) & (truth <= high)).mean() < 0.98


def test_noise_in_a_composite_is_the_normal_distribution() -> None:
    """One place, two candidates: the difference of two noisy scores decides."""
    cohort = cohort_of(klout=[52.0, 50.0])
    screen = Screen(name="s", places=1, weights={"klout": 1}, tie_breakers=())
    found = redraw(
        cohort, decide(cohort, screen), measured_again(cohort, {"klout": 3.0}), draws=4000, seed=2
    )
    # Ties at whole points go by lot, so the step is a band around zero.
    low, high = stats.norm.cdf((2 + np.array([-0.5, 0.5])) / np.hypot(3, 3))
    assert low - 0.03 < found.selected_share[0] < high + 0.03
    assert found.selected_share.sum() == pytest.approx(1)
    assert found.too_close_to_call.all()


@settings(deadline=None, max_examples=30)
@given(screened_cohorts(), st.randoms(use_true_random=False))
def test_draws_do_not_depend_on_the_order_of_rows(drawn: tuple[Cohort, Screen], random) -> None:
    cohort, screen = drawn
    rows = list(range(len(cohort)))
    random.shuffle(rows)
    shuffled = Cohort(cohort.candidates.iloc[rows], cohort.signals.iloc[rows], cohort.about)
    spreads = dict.fromkeys(screen.signals, 2.0)
    one, other = (
        redraw(c, decide(c, screen), measured_again(c, spreads), draws=5, seed=3)
        for c in (cohort, shuffled)
    )
    np.testing.assert_array_equal(one.selected_share[rows], other.selected_share)
    assert one.expected_flips == other.expected_flips


def test_no_noise_and_no_absence_change_nothing() -> None:
    cohort = cohort_of(klout=[52.0, 50.0, 47.0], portfolio=[1, 4, 3])
    screen = Screen(name="s", places=1, weights={"klout": 1, "portfolio": 1})
    decisions = decide(cohort, screen)
    for nothing in (measured_again(cohort, {"klout": 0.0}), gone_missing(cohort, "klout", 0.0)):
        found = redraw(cohort, decisions, nothing, draws=3, seed=0)
        np.testing.assert_array_equal(found.selected_share, decisions.selected)
        assert (found.expected_flips, found.expected_flips_se) == (0, 0)
    gone = redraw(cohort, decisions, gone_missing(cohort, "klout", 1.0), draws=2, seed=0)
    evidence = decide(cohort, screen.without("klout")).selected
    np.testing.assert_array_equal(gone.selected_share, evidence)


@settings(deadline=None)
@given(screened_cohorts(max_size=7), st.data())
def test_alone_is_each_change_tried_by_itself(drawn: tuple[Cohort, Screen], data) -> None:
    cohort, screen = drawn
    decisions = decide(cohort, screen)
    columns = {signal: cohort.fixed(signal) for signal in screen.signals}
    tried = {}
    for signal, column in columns.items():
        steps = data.draw(
            st.lists(st.integers(-30, 30), min_size=len(cohort), max_size=len(cohort))
        )
        tried[signal] = FixedColumn(
            column.halves + 2 * np.array(steps), column.missing, column.decimals
        )
    found = selected_alone(decisions, standing(decisions), tried)
    for row in range(len(cohort)):
        signals = cohort.signals.copy()
        for signal, column in tried.items():
            if not column.missing[row]:
                value = column.halves[row] / column.halves_per_unit
                signals.iloc[row, signals.columns.get_loc(signal)] = value
        alone = decide_frozen(Cohort(cohort.candidates, signals, cohort.about), decisions.frozen)
        assert found[row] == alone.selected[row]


def test_a_campaign_moves_klout_along_the_published_relation() -> None:
    cohort = cohort_of(klout=[40.0, 45.0, 30.0], followers=[100.0, 200.0, 50.0])
    screen = Screen(name="s", places=1, weights={"klout": 1})
    found = buy_followers(cohort, decide(cohort, screen), 5_000)
    relation = next(r for r in score_relations()["klout"].relations if r.facts == ("followers",))
    rise = relation.coefficients[1] * np.log10(5101 / 101)
    assert found.moved["klout"][0] == round(40 + rise) - 40
    assert found.displaced == "c1"
    assert "c0" in found.buys_a_place
    assert "c1" not in found.buys_a_place


@settings(deadline=None, max_examples=40)
@given(screened_cohorts(max_size=7), st.integers(1, 10**6), st.data())
def test_one_candidates_campaign_is_that_value_changed_and_decided(
    drawn: tuple[Cohort, Screen], followers: int, data
) -> None:
    cohort, screen = drawn
    size = len(cohort)
    counts = st.lists(st.integers(0, 10**5), min_size=size, max_size=size)
    audience = cohort.signals.assign(followers=np.array(data.draw(counts), dtype=float))
    cohort = cohort_from_frame(audience, roles={n: s.role for n, s in cohort.about.items()})
    screen = screen.changed(
        weights={**screen.weights, "followers": data.draw(st.sampled_from([-1, 1]))}
    )
    decisions = decide(cohort, screen)
    everyone = buy_followers(cohort, decisions, followers)
    for row, candidate in enumerate(cohort.candidate_ids):
        found = buy_followers_for(cohort, decisions, followers, candidate)
        signals = cohort.signals.copy()
        for signal, (before, after) in found.moved.items():
            assert signals.loc[candidate, signal] == before
            signals.loc[candidate, signal] = after
        # So far above everyone else, the composite needs room.
        roomy = freeze(cohort, screen, headroom=20)
        tried = decide_frozen(Cohort(cohort.candidates, signals, cohort.about), roomy)
        assert found.moved["followers"][1] == audience["followers"].iloc[row] + followers
        assert (found.selected, found.selected_after) == (
            decisions.selected[row],
            tried.selected[row],
        )
        expected = tried.rank[row]
        assert found.rank_after == (None if np.isnan(expected) else expected)
        assert (candidate in everyone.buys_a_place) == (found.selected_after and not found.selected)
        if candidate in everyone.buys_a_place:
            assert found.displaced == everyone.displaced


def test_what_lies_far_beyond_the_cohort_does_not_overflow() -> None:
    """Followers of 0 and 20; a million more lose a place where fewer count as better."""
    cohort = cohort_of(followers=[0.0, 20.0])
    fewer = decide(cohort, Screen(name="s", places=1, weights={"followers": -1}))
    more = decide(cohort, Screen(name="s", places=1, weights={"followers": 1}))
    for bought in (61_180, 10**6, 10**8):
        assert buy_followers(cohort, fewer, bought).buys_a_place == ()
        assert buy_followers(cohort, more, bought).buys_a_place == ("c0",)
        assert buy_followers_for(cohort, fewer, bought, "c0").displaced is None
        assert not buy_followers_for(cohort, fewer, bought, "c0").selected_after
    # Noise of a million: each of two is first in half of the draws.
    again = redraw(cohort, more, measured_again(cohort, {"followers": 1e6}), draws=2000, seed=5)
    # Counts stay at 0 or above: one is first alone, or both are at the bottom and a lot decides.
    assert again.selected_share.sum() == 1
    assert 0.3 < again.selected_share[0] < 0.7
    with pytest.raises(ScreenError, match="The noise of 'followers' is 1e"):
        stress(cohort, more.screen, draws=2, noise={"followers": 1e300})


def test_the_campaign_of_one() -> None:
    """The third of three, at 30 with 50 followers, buys 5,000 and is first at 51."""
    cohort = cohort_of(klout=[40.0, 45.0, 30.0], followers=[100.0, 200.0, 50.0])
    screen = Screen(name="s", places=1, weights={"klout": 1})
    found = stress(cohort, screen, draws=2, campaigns=[5_000], buyers=["c2", "c2"])
    (one,) = found.bought_by
    slope = next(r for r in score_relations()["klout"].relations if r.facts == ("followers",))
    rise = slope.coefficients[1] * np.log10(5051 / 51)
    assert one.moved == {"klout": (30.0, round(30 + rise))}
    assert (one.rank, one.rank_after, one.selected_after, one.displaced) == (3, 1, True, "c1")
    (campaign,) = found.to_dict()["bought_followers"]
    assert campaign["candidates"][0]["scores"]["klout"]["before"] == 30.0
    with pytest.raises(UnknownName, match="There is no candidate 'c9'"):
        stress(cohort, screen, draws=2, buyers=["c9"])


def test_a_campaign_needs_a_score_that_followers_move() -> None:
    cohort = cohort_of(portfolio=[1, 2], followers=[5, 6])
    screen = Screen(name="s", places=1, weights={"portfolio": 1})
    assert stress(cohort, screen, draws=2).bought_followers == ()
    found = buy_followers(cohort, decide(cohort, screen), 100)
    assert (found.moved, found.buys_a_place, found.displaced) == ({}, (), None)
    followers = Screen(name="s", places=1, weights={"followers": 1})
    bought = buy_followers(cohort, decide(cohort, followers), 100)
    assert (bought.buys_a_place, bought.displaced) == (("c0",), "c1")


def test_the_json_of_the_contract() -> None:
    cohort = cohort_of(klout=[62, 55, 61, 40], portfolio=[2, 5, 3, 4], followers=[9, 8, 7, 6])
    screen = Screen(
        name="s",
        places=2,
        weights={"portfolio": 1, "klout": 1},
        gates=(Gate(signal="klout", at_least=50),),
    )
    done: list[float] = []
    found = stress(cohort, screen, draws=20, seed=4, progress=done.append)
    result = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert set(result) >= {"rescale", "noise", "bought_followers"}
    assert set(result["noise"]) >= {"draws", "expected_flips", "decisions"}
    assert result["noise"]["draws"] == 20
    assert [d["candidate_id"] for d in result["noise"]["decisions"]] == ["c0", "c1", "c2", "c3"]
    assert result["noise"]["spreads"]["klout"]["source"].startswith("assumed")
    assert {r["threshold_moved"] for r in result["rescale"]} == {False, True}
    assert [c["followers"] for c in result["bought_followers"]] == [1_000, 10_000, 100_000]
    assert result["absence"][0]["signal"] == "klout"
    assert done[-1] == 1
    assert found.to_dict() == stress(cohort, screen, draws=20, seed=4).to_dict()


def test_noise_as_given_and_what_is_out_of_range() -> None:
    cohort = cohort_of(klout=[62, 55], portfolio=[2, 5])
    screen = Screen(name="s", places=1, weights={"klout": 1})
    assert stress(cohort, screen, draws=2, noise={"klout": 2.5}).spreads["klout"].source == (
        "as given"
    )
    for wrong in ({"draws": 0}, {"absent": 1.5}, {"campaigns": (0,)}):
        with pytest.raises(ScreenError, match="at least 1 draw"):
            stress(cohort, screen, **wrong)


@pytest.mark.parametrize(
    ("klout", "rule", "selected"),
    [
        # The same for all: no spread, no noise, and the order of the evidence.
        ([50, 50, 50], {"places": 1, "weights": {"klout": 1, "portfolio": 1}}, [1, 0, 0]),
        # Nobody has one.
        ([np.nan] * 3, {"places": 1, "weights": {"klout": 1, "portfolio": 1}}, [1, 0, 0]),
        # As many places as candidates, and more.
        ([20, 50, 80], {"places": 3, "weights": {"klout": 1}}, [1, 1, 1]),
        ([20, 50, 80], {"places": 9, "weights": {"klout": 1}}, [1, 1, 1]),
        ([20, 50, 80], {"places": 0, "weights": {"klout": 1}}, [0, 0, 0]),
        # Without weight the score decides nothing.
        ([20, 50, 80], {"places": 1, "weights": {"klout": 0, "portfolio": 1}}, [1, 0, 0]),
        # A tie-breaker is not asked where there is no tie.
        (
            [20, 50, 80],
            {"places": 1, "weights": {"portfolio": 1}, "tie_breakers": ("klout",)},
            [1, 0, 0],
        ),
    ],
)
def test_edges(klout: list[float], rule: dict, selected: list[int]) -> None:
    cohort = cohort_of(klout=klout, portfolio=[3, 2, 1], followers=[10, 20, 30])
    found = stress(cohort, Screen(name="s", **rule), draws=100, noise={"klout": 30})
    assert found.decisions.selected.tolist() == [bool(one) for one in selected]
    if np.std(klout) > 0 or np.isnan(klout[0]):
        assert found.noise.selected_share.tolist() == selected
        assert found.noise.too_close_to_call.tolist() == [False] * 3
    else:
        assert stress(cohort, Screen(name="s", **rule), draws=5).noise.expected_flips == 0
    json.dumps(found.to_dict(), allow_nan=False)


def test_a_score_without_spread_or_values_has_no_noise_and_says_why() -> None:
    cohort = cohort_of(klout=[50, 50], kred_influence=[np.nan, np.nan], peerindex=[1, 100])
    scores = ("klout", "kred_influence", "peerindex")
    screen = Screen(name="s", places=1, weights=dict.fromkeys(scores, 1))
    spreads = stress(cohort, screen, draws=2).spreads
    said = [(spreads[name].standard_deviation, spreads[name].source) for name in scores]
    assert said[0] == (0, "none assumed: all candidates have the same value")
    assert said[1] == (0, "nobody has a value")
    assert said[2][0] == pytest.approx(4.95)
    assert (
        "No candidate's followers are known" in stress_headline(stress(cohort, screen, draws=2))[-1]
    )


def test_one_candidate() -> None:
    cohort = cohort_of(klout=[50], followers=[10])
    found = stress(cohort, Screen(name="s", places=1, weights={"klout": 1}), draws=100)
    assert found.noise.selected_share.tolist() == [1]
    assert [len(campaign.buys_a_place) for campaign in found.bought_followers] == [0, 0, 0]
    (one,) = found.absence
    assert (one.at_random.expected_flips, one.without_profile) == (0, None)


def test_levels_at_the_cut_are_the_same_lot_in_every_draw() -> None:
    """Two alike in a score without noise, and another score that cannot tell them apart."""
    cohort = cohort_of(klout=[50, 50], portfolio=[3, 3])
    screen = Screen(name="s", places=1, weights={"klout": 1, "portfolio": 1})
    found = stress(cohort, screen, draws=100, noise={"klout": 0})
    assert stress_headline(found)[1].startswith("Two candidates are tied at the cut, so lots")
    assert sorted(found.noise.selected_share.tolist()) == [0, 1]
    np.testing.assert_array_equal(found.noise.selected_share, found.decisions.selected)

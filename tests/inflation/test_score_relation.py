from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.optimize import brentq
from scipy.stats import t as student

from toolkit.inflation.score_relation import Relation, ScoreRelation, score_relations
from toolkit.inflation.training.score_audience import least_squares

GNIP = Path(__file__).parents[1] / "data" / "klout_gnip_2013.csv"
KLOUT, KRED = score_relations()["klout"], score_relations()["kred_influence"]


def plain() -> ScoreRelation:
    """score = 10 + 10 · log₁₀(1 + followers), give or take 5, as if known without error."""
    both = Relation(
        ("followers", "posts"), np.array([9.0, 10.0, 1.0]), np.zeros((3, 3)), 4.0, 1_000, 0.7
    )
    alone = Relation(("followers",), np.array([10.0, 10.0]), np.zeros((2, 2)), 5.0, 1_000, 0.6)
    return ScoreRelation("klout", 1, 100, (both, alone), {})


def facts(**columns: float | list[float]) -> dict[str, np.ndarray]:
    return {name: np.atleast_1d(np.array(v, dtype=float)) for name, v in columns.items()}


def test_what_a_thousand_followers_support() -> None:
    found = plain().expectation(
        np.array([40.0, 50.0, 50.0]),
        facts(followers=[999, 999, np.nan], posts=[np.nan, np.nan, 9]),
    )
    assert found.expected[:2].tolist() == [40.0, 40.0]
    assert found.error[:2].tolist() == [5.0, 5.0]
    assert found.probability[:2] == pytest.approx([0.5, student.cdf(2.0, 998)])
    assert np.isnan([found.expected[2], found.probability[2]]).all()


def test_the_relation_with_most_facts_is_used() -> None:
    found = plain().expectation(np.array([40.0]), facts(followers=999, posts=9))
    assert found.expected[0] == pytest.approx(9 + 30 + 1)
    assert (found.error[0], found.r_squared[0]) == (4.0, 0.7)


def test_no_score_no_comparison() -> None:
    found = plain().expectation(np.array([np.nan]), facts(followers=999, posts=9))
    assert np.isnan(found.probability[0])


def test_the_expectation_stays_on_the_scale() -> None:
    found = plain().expectation(np.array([100.0]), facts(followers=1e12, posts=np.nan))
    assert found.expected[0] == 100.0
    assert found.probability[0] == pytest.approx(0.5)


def test_fit_and_prediction_agree_with_statsmodels() -> None:
    sample = pd.read_csv(GNIP)
    known = {name: sample[name].to_numpy(dtype=float) for name in ("followers", "statuses")}
    score = sample["klout_score"].to_numpy(dtype=float)
    fit = least_squares(score, known, ("followers", "statuses"))
    x = sm.add_constant(np.column_stack([np.log10(1 + v) for v in known.values()]))
    oracle = sm.OLS(score, x).fit()
    assert fit.coefficients == pytest.approx(oracle.params)
    assert fit.r_squared == pytest.approx(oracle.rsquared)
    assert fit.spread**2 == pytest.approx(oracle.mse_resid)
    expected, error = fit.expected(known)
    frame = oracle.get_prediction(x).summary_frame(alpha=0.1)
    half = student.ppf(0.95, fit.degrees_of_freedom) * error
    assert expected == pytest.approx(frame["mean"].to_numpy())
    assert expected - half == pytest.approx(frame["obs_ci_lower"].to_numpy())
    assert expected + half == pytest.approx(frame["obs_ci_upper"].to_numpy())


def test_slope_and_audience_behind_agree_with_statsmodels() -> None:
    """The interval of the slope, and the prediction interval turned round by root finding."""
    sample = pd.read_csv(GNIP)
    known = {"followers": sample["followers"].to_numpy(dtype=float)}
    score = sample["klout_score"].to_numpy(dtype=float)
    fit = least_squares(score, known, ("followers",))
    oracle = sm.OLS(score, sm.add_constant(np.log10(1 + known["followers"]))).fit()
    assert fit.slope("followers", 0.95) == pytest.approx(
        (oracle.params[1], *oracle.conf_int(0.05)[1])
    )

    def ends(log: float) -> tuple[float, float]:
        frame = oracle.get_prediction([[1.0, log]]).summary_frame(alpha=0.2)
        return float(frame["obs_ci_lower"].iloc[0]), float(frame["obs_ci_upper"].iloc[0])

    scores = np.array([40.0, 50.0, np.nan])
    audience, low, high = fit.behind(scores, 0.8)
    for y, middle, fewest, most in zip(scores[:2], audience[:2], low[:2], high[:2], strict=True):
        assert oracle.params @ [1, np.log10(1 + middle)] == pytest.approx(y)
        assert 10 ** brentq(lambda x, y=y: ends(x)[1] - y, -3, 9) - 1 == pytest.approx(fewest)
        assert 10 ** brentq(lambda x, y=y: ends(x)[0] - y, -3, 9) - 1 == pytest.approx(most)
    assert np.isnan([audience[2], low[2], high[2]]).all()


def test_the_sample_says_how_far_it_reaches() -> None:
    assert plain().audiences == (0, np.inf)
    assert KLOUT.audiences == KRED.audiences == (0, 880_000)
    assert KLOUT.on_followers.facts == ("followers",)


@pytest.mark.parametrize("relation", [KLOUT, KRED], ids=lambda r: r.score)
def test_there_is_a_fit_for_every_set_of_facts(relation: ScoreRelation) -> None:
    sets = {frozenset(r.facts) for r in relation.relations}
    optional = ("following", "posts", "listed")
    assert sets == {
        frozenset(("followers", *chosen))
        for size in range(4)
        for chosen in itertools.combinations(optional, size)
    }
    sizes = [len(r.facts) for r in relation.relations]
    assert sizes == sorted(sizes, reverse=True)
    for r in relation.relations:
        assert r.n > 3_800
        assert 0.6 < r.r_squared < 0.9
        # An inverse of XᵀX is symmetric and positive definite, and its first entry at least 1/n.
        assert r.inverse == pytest.approx(r.inverse.T)
        assert np.linalg.eigvalsh(r.inverse).min() > 0
        assert r.inverse[0, 0] > 1 / r.n


def test_more_followers_support_a_higher_score() -> None:
    for relation in (KLOUT, KRED):
        for r in relation.relations:
            assert r.coefficients[1] > 0


def test_the_relation_holds_on_other_accounts_of_that_year() -> None:
    """97 accounts that it was not fitted to: about nine in ten inside the 90 % interval."""
    sample = pd.read_csv(GNIP)
    found = KLOUT.expectation(
        sample["klout_score"].to_numpy(dtype=float),
        facts(
            followers=sample["followers"].to_list(),
            following=sample["friends"].to_list(),
            posts=sample["statuses"].to_list(),
            listed=sample["listed"].to_list(),
        ),
    )
    inside = (found.probability > 0.05) & (found.probability < 0.95)
    assert 0.82 <= inside.mean() <= 0.98
    assert (found.probability >= 0.99).sum() <= 3
    check = KLOUT.about["check"]
    assert check["n"] == 97
    residual = sample["klout_score"].to_numpy() - found.expected
    assert check["mean_residual"] == pytest.approx(residual.mean(), abs=1e-3)

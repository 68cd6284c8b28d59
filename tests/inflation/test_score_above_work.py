from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t as student

from tests.inflation.examples import names
from toolkit.inflation.evidence_level import evidence_level
from toolkit.inflation.line import line_through_others
from toolkit.inflation.score_above_work import ScoreAboveWork, score_above_work
from toolkit.intake.from_frame import cohort_from_frame

WORK = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0]
SCORE = [22.0, 25.0, 31.0, 33.0, 41.0, 42.0, 47.0, 53.0, 54.0, 61.0]


def judge(**signals: list[float]) -> ScoreAboveWork:
    frame = pd.DataFrame(signals, index=names(len(signals["portfolio"])), dtype=float)
    cohort = cohort_from_frame(frame)
    return score_above_work(cohort, evidence_level(cohort), 0.01)


def test_one_score_far_above_the_work() -> None:
    found = judge(klout=[88.0, *SCORE[1:]], portfolio=WORK)
    assert [i for i, s in enumerate(found.strength) if s >= 0.5] == [0]
    (reason,) = found.explain(0).reasons
    assert reason.startswith("Klout 88, where candidates of this requisition with such evidence")
    assert "from 10 candidates" in reason
    assert found.explain(1).against


def test_the_line_is_that_through_the_others() -> None:
    y = np.array([88.0, *SCORE[1:]])
    x = np.array(WORK)
    line = line_through_others(y, x, 0.001)
    assert line is not None
    assert line.kept.tolist() == [False] + [True] * 9
    # The candidate left out, and one of those that stayed, by statsmodels on the other points.
    for i in (0, 4):
        others = [j for j in range(1, 10) if j != i]
        oracle = sm.OLS(y[others], sm.add_constant(x[others])).fit()
        predicted = oracle.get_prediction([[1.0, x[i]]])
        error = np.sqrt(predicted.var_pred_mean[0] + oracle.mse_resid)
        assert line.expected[i] == pytest.approx(predicted.predicted_mean[0])
        assert line.error[i] == pytest.approx(error)
        freedom = len(others) - 2
        assert line.lower[i] == pytest.approx(
            student.cdf((y[i] - predicted.predicted_mean[0]) / error, freedom)
        )


def test_it_is_the_externally_studentised_residual() -> None:
    x, y = np.array(WORK), np.array(SCORE)
    line = line_through_others(y, x, 0.001)
    assert line is not None
    assert line.kept.all()
    oracle = sm.OLS(y, sm.add_constant(x)).fit().get_influence().resid_studentized_external
    assert line.lower == pytest.approx(student.cdf(oracle, 7))


def test_several_inflated_scores_do_not_hide_each_other() -> None:
    generator = np.random.default_rng(3)
    work = generator.normal(size=60)
    score = 40 + 5 * work + generator.normal(0, 4, 60)
    score[:8] += 22
    found = judge(klout=score.round().tolist(), portfolio=work.tolist())
    assert (found.strength[:8] >= 0.5).sum() >= 7
    assert (found.strength[8:] >= 0.5).sum() <= 2


def test_honest_scores_are_flagged_about_as_often_as_said() -> None:
    generator = np.random.default_rng(0)
    flags = 0
    for _ in range(200):
        work = generator.normal(size=50)
        line = line_through_others(work + generator.normal(size=50), work, 0.001)
        assert line is not None
        flags += int((line.lower >= 0.99).sum())
    # 10,000 scores at one in a hundred; leaving out what stands out adds a little.
    assert 70 <= flags <= 170


@pytest.mark.parametrize(
    ("klout", "portfolio"),
    [
        pytest.param(SCORE[:7], WORK[:7], id="seven candidates"),
        pytest.param([50.0] * 10, WORK, id="all have the same score"),
        pytest.param(SCORE, [3.0] * 10, id="all have the same evidence"),
        pytest.param([np.nan] * 5 + SCORE[5:], WORK, id="few have a score"),
        pytest.param(SCORE, [np.nan] * 3 + WORK[3:], id="few have evidence"),
    ],
)
def test_not_enough_to_compare(klout: list[float], portfolio: list[float]) -> None:
    found = judge(klout=klout, portfolio=portfolio)
    assert np.isnan(found.probability).all()
    assert "8 candidates" in found.lacking


def test_one_point_above_nine_alike_is_rounding() -> None:
    found = judge(klout=[50.0] * 9 + [51.0], portfolio=WORK)
    assert not (found.strength >= 0.5).any()
    assert (judge(klout=[90.0, *[50.0] * 9], portfolio=WORK).strength >= 0.5).tolist() == [
        True,
        *[False] * 9,
    ]


def test_evidence_that_only_one_candidate_has_more_of() -> None:
    found = judge(klout=[90.0, *SCORE[1:]], portfolio=[9.0, *[3.0] * 9])
    assert np.isnan(found.probability[0])


@pytest.mark.parametrize("score", ["hackerrank", "credit_score", "fakers_fake_share", "posts"])
def test_only_what_claims_influence_is_compared(score: str) -> None:
    found = judge(**{score: [99.0, *SCORE[1:]]}, portfolio=WORK)
    assert np.isnan(found.probability).all()


def test_counts_are_compared_by_their_size() -> None:
    stars = [10, 14, 17, 30, 33, 60, 70, 110, 150, 190]
    found = judge(github_stars=[9_000, *stars[1:]], portfolio=WORK)
    assert found.strength[0] >= 0.5
    label, value, expected, low, high, _ = found.predictions.in_words(0, 0)
    assert (label, value) == ("GitHub stars", 9_000)
    assert 0 <= low < expected < high < 1_000


@given(st.permutations(range(10)))
def test_the_order_of_candidates_does_not_matter(order: list[int]) -> None:
    score, work = np.array([88.0, *SCORE[1:]]), np.array(WORK)
    plain = line_through_others(score, work, 1.0)
    turned = line_through_others(score[order], work[order], 1.0)
    assert plain is not None
    assert turned is not None
    assert turned.lower == pytest.approx(plain.lower[order])

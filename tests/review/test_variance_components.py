from __future__ import annotations

import numpy as np
import pytest
from scipy import optimize

from tests.review.known import SHROUT_FLEISS, drawn
from toolkit.errors import TooFewData
from toolkit.review.crossed_design import CrossedDesign
from toolkit.review.variance_components import variance_components


def long(table: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    candidate, reviewer = np.nonzero(~np.isnan(table))
    return candidate, reviewer, table[candidate, reviewer]


class Dense:
    """The restricted likelihood as the textbook writes it, with whole matrices."""

    def __init__(self, table: np.ndarray) -> None:
        candidate, reviewer, self.y = long(table)
        self.zc, self.zr = np.eye(table.shape[0])[candidate], np.eye(table.shape[1])[reviewer]

    def deviance(self, logs: np.ndarray) -> float:
        c, r, e = np.exp(logs)
        v = c * self.zc @ self.zc.T + r * self.zr @ self.zr.T + e * np.eye(len(self.y))
        inverse, ones = np.linalg.inv(v), np.ones(len(self.y))
        information = ones @ inverse @ ones
        rest = self.y - ones @ inverse @ self.y / information
        return float(np.linalg.slogdet(v)[1] + np.log(information) + rest @ inverse @ rest)

    def best(self) -> np.ndarray:
        found = optimize.minimize(
            self.deviance,
            np.zeros(3),
            method="Nelder-Mead",
            options={"xatol": 1e-8, "fatol": 1e-12},
        )
        return np.exp(found.x)


def test_shrout_and_fleiss() -> None:
    found = variance_components(*long(SHROUT_FLEISS))
    values = (found.candidate, found.reviewer, found.residual)
    assert [round(value, 4) for value in values] == [2.5556, 5.2444, 1.0194]


@pytest.mark.parametrize("seed", range(5))
def test_incomplete_tables_are_those_of_the_textbook(seed: int) -> None:
    table, *_ = drawn(14, 5, 3, seed)
    found = variance_components(*long(table))
    values = [found.candidate, found.reviewer, found.residual]
    assert values == pytest.approx(Dense(table).best(), rel=2e-4)


def test_the_slope_is_that_of_the_deviance() -> None:
    table, *_ = drawn(14, 5, 3, 8)
    design = CrossedDesign(*long(table))
    for at in ([0.9, 0.3], [0.2, 0.01], [3.0, 2.0]):
        _, slope = design.deviance_and_slope(*at)
        step = 1e-6
        by_hand = [
            (design.deviance(at[0] + step, at[1]) - design.deviance(at[0] - step, at[1])),
            (design.deviance(at[0], at[1] + step) - design.deviance(at[0], at[1] - step)),
        ]
        assert slope == pytest.approx(np.array(by_hand) / (2 * step), rel=1e-3, abs=1e-4)


def test_effects_and_their_errors_are_hendersons() -> None:
    table, *_ = drawn(10, 4, 3, 5)
    candidate, reviewer, y = long(table)
    found = variance_components(candidate, reviewer, y)
    zc, zr = np.eye(10)[candidate], np.eye(4)[reviewer]
    x = np.column_stack([np.ones(len(y)), zc, zr]) / np.sqrt(found.residual)
    prior = np.diag([0.0] + [1 / found.candidate] * 10 + [1 / found.reviewer] * 4)
    inverse = np.linalg.inv(x.T @ x + prior)
    effects = inverse @ x.T @ y / np.sqrt(found.residual)
    assert found.solved.mean == pytest.approx(effects[0])
    assert found.solved.candidate == pytest.approx(effects[1:11])
    assert found.solved.reviewer == pytest.approx(effects[11:])
    assert found.solved.candidate_error == pytest.approx(np.sqrt(np.diag(inverse))[1:11])
    assert found.solved.reviewer_covariance == pytest.approx(inverse[11:, 11:])


def test_draws_have_the_spread_of_the_prediction_errors() -> None:
    table, *_ = drawn(6, 4, 3, 5)
    candidate, reviewer, y = long(table)
    found = variance_components(candidate, reviewer, y)
    zc, zr = np.eye(6)[candidate], np.eye(4)[reviewer]
    x = np.column_stack([np.ones(len(y)), zc, zr]) / np.sqrt(found.residual)
    prior = np.diag([0.0] + [1 / found.candidate] * 6 + [1 / found.reviewer] * 4)
    expected = np.linalg.inv(x.T @ x + prior)[1:7, 1:7]
    draws = found.design.draw(*found.ratios, 200_000, np.random.default_rng(6))
    assert draws.mean(axis=1) == pytest.approx(found.solved.candidate, abs=0.01)
    assert np.cov(draws) == pytest.approx(expected, abs=0.01)


def test_standard_errors_of_a_complete_table_are_near_those_of_mean_squares() -> None:
    # Variance of a mean square over df: 2 ms² / df. Residual: its mean square itself.
    table, *_ = drawn(200, 4, 4, 9)
    found = variance_components(*long(table))
    *_, residual = found.standard_errors
    assert residual == pytest.approx(found.residual * np.sqrt(2 / (199 * 3)), rel=0.02)


def test_reviewers_without_differences_have_no_variance() -> None:
    draw = np.random.default_rng(4)
    table = draw.normal(0, 1, (30, 1)) + draw.normal(0, 1, (30, 3))
    table -= table.mean(axis=0)
    found = variance_components(*long(table))
    assert found.reviewer == 0
    assert found.standard_errors[1] is None
    assert found.solved.reviewer == pytest.approx(0)


def test_adding_points_to_all_changes_only_the_mean() -> None:
    table, *_ = drawn(14, 5, 3, 2)
    one, other = variance_components(*long(table)), variance_components(*long(table + 1e6))
    assert other.candidate == pytest.approx(one.candidate, rel=1e-5)
    assert other.reviewer == pytest.approx(one.reviewer, rel=1e-5)
    assert other.solved.mean - one.solved.mean == pytest.approx(1e6)


def test_perfect_agreement_has_no_residual_to_speak_of() -> None:
    found = variance_components(*long(np.array([[1.0, 1.0], [2.0, 2.0], [4.0, 4.0]])))
    assert found.residual < 1e-6 * found.candidate


@pytest.mark.parametrize(
    "table",
    [np.full((3, 3), 2.0), np.array([[1.0, 2.0]]), np.array([[1.0, np.nan], [np.nan, 2.0]])],
)
def test_too_little_is_refused(table: np.ndarray) -> None:
    with pytest.raises(TooFewData):
        variance_components(*long(table))

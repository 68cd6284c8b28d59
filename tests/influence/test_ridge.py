"""Ridge: one predictor by hand, and scikit-learn as oracle."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import RidgeCV

from toolkit.influence.ridge import ridge_predictions


def test_worked_example() -> None:
    """x = −1, 0, 1 and y = 1, 2, 6: slope 5/(2 + λ) through the mean 3."""
    x, y = np.array([[-1.0], [0.0], [1.0]]), np.array([1.0, 2.0, 6.0])
    assert ridge_predictions(x, y, np.array([[2.0]]), [3.0]) == pytest.approx(3 + 2 * 5 / 5)


@given(st.integers(0, 10_000), st.integers(8, 60), st.integers(1, 6))
def test_against_scikit_learn(seed: int, people: int, signals: int) -> None:
    draw = np.random.default_rng(seed)
    x = draw.normal(size=(people, signals)) + draw.normal(size=signals)
    y = x @ draw.normal(size=signals) + draw.normal(size=people) * draw.uniform(0.1, 5)
    new = draw.normal(size=(7, signals))
    penalties = np.array([0.0003, 0.003, 0.03, 0.3, 3.0]) * people
    oracle = RidgeCV(alphas=penalties).fit(x, y)
    found = ridge_predictions(x, y, new, list(penalties))
    np.testing.assert_allclose(found, oracle.predict(new), rtol=1e-8, atol=1e-8)


def test_columns_that_repeat_each_other_or_never_change() -> None:
    draw = np.random.default_rng(0)
    one, y = draw.normal(size=(2, 30))
    x = np.column_stack([one, one, np.full(30, 4.0)])
    new = np.column_stack([np.arange(3.0), np.arange(3.0), np.full(3, 4.0)])
    both = ridge_predictions(x, y, new, [2.0])
    # Twice the same column is one column at half the penalty.
    np.testing.assert_allclose(both, ridge_predictions(x[:, :1], y, new[:, :1], [1.0]))

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa

from toolkit.review.weighted_kappa import weighted_kappas


def ratings() -> np.ndarray:
    draw = np.random.default_rng(1968)
    true = draw.integers(1, 6, 80)
    table = np.clip(true[:, None] + draw.integers(-1, 2, (80, 3)), 1, 5).astype(float)
    table[draw.random(table.shape) < 0.2] = np.nan
    return table


def test_two_reviewers_by_hand() -> None:
    # Agreement 3/4; by their shares (3/4, 1/4 and 1/2, 1/2) chance gives 1/2.
    (pair,) = weighted_kappas(np.array([[1.0, 1.0], [1.0, 1.0], [1.0, 2.0], [2.0, 2.0]]))
    assert (pair.first, pair.second, pair.n) == (0, 1, 4)
    assert pair.kappa["unweighted"].value == pytest.approx(0.5)


def test_every_pair_is_that_of_an_independent_program() -> None:
    table = ratings()
    pairs = weighted_kappas(table)
    assert len(pairs) == 3
    for pair in pairs:
        both = table[:, [pair.first, pair.second]]
        both = both[~np.isnan(both).any(axis=1)]
        assert pair.n == len(both)
        for name, weights in (
            ("unweighted", None),
            ("linear", "linear"),
            ("quadratic", "quadratic"),
        ):
            expected = cohen_kappa_score(*both.T, labels=[1, 2, 3, 4, 5], weights=weights)
            assert pair.kappa[name].value == pytest.approx(expected)


@pytest.mark.parametrize(("ours", "theirs"), [("linear", "linear"), ("quadratic", "quadratic")])
def test_the_interval_is_the_published_one(ours: str, theirs: str) -> None:
    table = ratings()
    pair = weighted_kappas(table)[0]
    both = table[:, :2][~np.isnan(table[:, :2]).any(axis=1)].astype(int) - 1
    counts = np.zeros((5, 5))
    np.add.at(counts, tuple(both.T), 1)
    expected = cohens_kappa(counts, wt=theirs)
    assert pair.kappa[ours].low == pytest.approx(expected.kappa_low)
    assert pair.kappa[ours].high == pytest.approx(expected.kappa_upp)


def test_no_common_candidates_no_pair() -> None:
    assert weighted_kappas(np.array([[1.0, np.nan], [np.nan, 2.0]])) == ()
    assert weighted_kappas(np.full((2, 2), np.nan)) == ()


def test_the_same_rating_throughout_has_no_kappa() -> None:
    (pair,) = weighted_kappas(np.array([[1.0, 1.0], [1.0, 1.0]]))
    assert all(one.value is None for one in pair.kappa.values())

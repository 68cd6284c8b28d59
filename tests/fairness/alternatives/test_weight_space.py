"""Which weights are tried."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.fairness.alternatives.weight_space import (
    UNIT,
    WeightSpace,
    evenly,
    grid,
    neighbours,
    spread,
    starting_percents,
    whole_percents,
)


def test_worked_example() -> None:
    """A fifth of the weight stays with c; a and b, of which b is wanted low, share the rest."""
    space = WeightSpace(
        signals=("a", "b", "c"),
        signs=np.array([1, -1, 1]),
        fixed=np.array([0, 0, 200_000]),
        varied=(0, 1),
        shared=800_000,
    )
    weights = space.weights(np.array([[25, 75], [100, 0]]))
    assert weights.tolist() == [[200_000, -600_000, 200_000], [800_000, 0, 200_000]]


def test_the_grid_has_every_way_to_share_out_once() -> None:
    for size, parts in ((1, 10), (2, 100), (3, 20), (4, 5)):
        rows = grid(size, parts)
        assert len(rows) == math.comb(parts + size - 1, size - 1)
        assert len(np.unique(rows, axis=0)) == len(rows)
        assert (rows.sum(axis=1) == 100).all()
        assert (rows >= 0).all()


@pytest.mark.parametrize("size", [1, 2, 3, 5, 9])
def test_starting_points_add_up_and_none_comes_twice(size: int) -> None:
    rows = starting_percents(size, 500, seed=3)
    assert (rows.sum(axis=1) == 100).all()
    assert rows.min() >= 0
    assert len(np.unique(rows, axis=0)) == len(rows) <= 500
    # Each signal alone is always among them.
    for corner in 100 * np.eye(size, dtype=np.int64):
        assert (rows == corner).all(axis=1).any()
    np.testing.assert_array_equal(rows, starting_percents(size, 500, seed=3))


def test_spread_points_are_uniform_over_the_simplex() -> None:
    """Uniform shares of four have mean 1/4 and the beta(1, 3) tail P(share > t) = (1 − t)³."""
    shares = spread(4, 4000, seed=1) / 100
    np.testing.assert_allclose(shares.mean(axis=0), 0.25, atol=0.005)
    for t in (0.205, 0.505):
        np.testing.assert_allclose((shares > t).mean(axis=0), (1 - t) ** 3, atol=0.012)


@given(st.lists(st.floats(0.001, 1), min_size=1, max_size=7))
def test_rounding_moves_no_share_by_a_percent(lengths: list[float]) -> None:
    shares = np.array([lengths]) / sum(lengths)
    percents = whole_percents(shares)
    assert percents.sum() == 100
    assert (np.abs(percents - 100 * shares) < 1).all()


def test_neighbours_move_a_step_or_what_there_is() -> None:
    moved = neighbours(np.array([[97, 3, 0]]), 8).tolist()
    assert moved == [[89, 11, 0], [89, 3, 8], [100, 0, 0], [97, 0, 3], [97, 3, 0], [97, 3, 0]]
    assert neighbours(np.array([[100]]), 8).tolist() == []


def test_evenly_keeps_both_ends() -> None:
    assert evenly(range(10), 4).tolist() == [0, 3, 6, 9]
    assert evenly(range(3), 4).tolist() == [0, 1, 2]


def test_a_whole_percent_of_everything_is_exact() -> None:
    space = WeightSpace(("a", "b"), np.array([1, 1]), np.array([0, 0]), (0, 1), UNIT)
    assert (space.weights(grid(2, 100)) % 10_000 == 0).all()

"""The front: the worked example, and every point compared with every other."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from toolkit.fairness.alternatives.pareto import pareto_front


def test_worked_example() -> None:
    """Valid and ratio: (3, 1), (2, 2) and (1, 3) stand; (2, 1) is bettered by both of its peers."""
    front = pareto_front(np.array([3.0, 2, 2, 1]), np.array([1.0, 2, 1, 3]))
    assert front.tolist() == [True, True, False, True]


values = st.one_of(st.integers(0, 4).map(float), st.just(float("nan")))


@given(st.lists(st.tuples(values, values), max_size=25))
def test_nobody_on_the_front_is_dominated_and_everybody_else_is(points) -> None:
    x, y = (np.array([point[axis] for point in points], dtype=float) for axis in (0, 1))
    front = pareto_front(x, y)

    def dominated(p: int, by: int) -> bool:
        return x[by] >= x[p] and y[by] >= y[p] and (x[by], y[by]) != (x[p], y[p])

    for p in range(len(points)):
        if np.isnan(x[p]) or np.isnan(y[p]):
            assert not front[p]
            continue
        over = [by for by in range(len(points)) if dominated(p, by)]
        assert front[p] == (not over)
        if not front[p]:
            assert any(front[by] for by in over)


def test_what_differs_by_rounding_alone_is_equal() -> None:
    third = np.array([1 / 3, 1 / 3 + 1e-15, 0.3])
    assert pareto_front(third, np.array([1.0, 1.0, 1.0])).tolist() == [True, True, False]


def test_nothing_and_nothing_defined() -> None:
    assert pareto_front(np.array([]), np.array([])).tolist() == []
    assert pareto_front(np.array([np.nan]), np.array([1.0])).tolist() == [False]

from __future__ import annotations

import numpy as np
import pytest

from toolkit.inflation.line_fit import STANDS_OUT, Fit
from toolkit.inflation.line_points import Points


def test_a_line_is_that_of_least_squares() -> None:
    x, y = np.array([0.0, 1, 2, 4]), np.array([1.0, 2.5, 2, 5])
    fit = Fit.of(Points.of(y, x, 40).sums(x > -1), 0.01)
    slope, intercept = np.polyfit(x, y, 1)
    assert (fit.slope, fit.at(0.0)) == (pytest.approx(slope), pytest.approx(intercept))
    assert fit.rest == pytest.approx(np.sum((y - intercept - slope * x) ** 2))


def test_each_point_is_held_beside_the_line_through_the_others() -> None:
    x, y = np.arange(9.0), np.array([1.0, 2.5, 2, 5, 4, 7, 6.5, 9, 8])
    points = Points.of(y, x, 40)
    miss, _, freedom, compared = Fit.of(points.sums(x > -1), 0.01).beside(points, points.both)
    for at in range(9):
        others = np.arange(9) != at
        assert miss[at] == pytest.approx(
            y[at] - np.polyval(np.polyfit(x[others], y[others], 1), x[at])
        )
    assert compared.all()
    assert set(freedom) == {6.0}


def test_a_point_that_holds_the_line_alone_is_looked_at() -> None:
    x = np.append(np.zeros(20), 1.0)
    fit = Fit.of(Points.of(np.append(np.arange(20.0), -5.0), x, 40).sums(x > -1), 0.01)
    assert fit.stays_up_to((0.0, 1.0)) == -np.inf


def test_the_bound_is_that_of_student() -> None:
    # Ten thousand points with residuals of ±1: the bound is a little below t's 99 % quantile.
    x = np.repeat(np.linspace(-1, 1, 100), 100)
    y = np.tile([1.0, -1.0], 5000)
    fit = Fit.of(Points.of(y, x, 40).sums(np.isfinite(x)), 0.01)
    assert STANDS_OUT == 0.99
    assert fit.stays_up_to((-1.0, 1.0)) == pytest.approx(2.3267, rel=0.003)

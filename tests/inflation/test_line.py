from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.inflation.line import LineSearch, line_search, line_through_others
from toolkit.inflation.line_points import Points, places_for

X = np.array([0.0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
#: On the line y = 1 + 2x, a tenth above or below in turn; the last one far above.
Y = 1 + 2 * X + np.array([0.1, -0.1] * 4 + [0.1, 9.0])


def test_one_score_far_above_the_line_does_not_bend_it() -> None:
    line = line_through_others(Y, X, 0.001)
    assert line is not None
    assert line.kept.tolist() == [True] * 9 + [False]
    slope, intercept = np.polyfit(X[:9], Y[:9], 1)
    assert line.expected[9] == pytest.approx(intercept + 9 * slope)


def drawn(seed: int, n: int, gaps: bool) -> Points:
    draw = np.random.default_rng(seed)
    x = np.round(draw.normal(size=n), 2)
    y = x + draw.standard_t(2, size=n)
    if gaps:
        y[draw.random(n) < 0.1] = np.nan
        x[draw.random(n) < 0.1] = np.nan
    return Points.of(y, x, places_for(1000.0))


@settings(max_examples=40)
@given(st.integers(0, 2**32), st.integers(8, 400), st.booleans())
def test_whoever_is_passed_over_would_have_stayed(seed: int, n: int, gaps: bool) -> None:
    points = drawn(seed, n, gaps)
    search = line_search(points, 0.01)
    if not search.fits:
        return
    # Every round asked of every point.
    kept = points.both
    for fit in search.fits[:-1]:
        kept = fit.staying(points, kept)
    np.testing.assert_array_equal(search.kept(points), kept)
    sure, rows = search.doubtful(*points.floats)
    staying = search.fits[-1].staying(points, kept)
    assert (staying & kept)[sure & points.both].all()
    assert not points.both[~sure][~np.isin(np.flatnonzero(~sure), rows)].any()
    look = search.look(points)
    assert look.changed == np.count_nonzero(staying != kept)
    left = search.first.without(look.leaving)
    again = points.sums(staying)
    assert (left.n, left.y, left.xx, look.ends_x) == (again.n, again.y, again.xx, again.ends_x)


def test_most_points_of_many_are_passed_over() -> None:
    points = drawn(1, 5000, gaps=False)
    _, rows = line_search(points, 0.01).doubtful(*points.floats)
    assert rows.size < 0.05 * 5000


def test_where_all_have_the_same_evidence_there_is_no_line() -> None:
    x = np.append(np.zeros(20), 1.0)
    assert LineSearch.begun(Points.of(x, x * 0, 40).sums(x > -1), 0.01).fits == ()

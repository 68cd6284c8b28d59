"""Stretches of weights: who is left out of them changes nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.influence import along_weights
from toolkit.influence.along_weights import Field, count_along
from toolkit.influence.count_seats import Counted
from toolkit.screening.lottery import Lottery

PERCENTS = np.array([0, 1, 7, 50, 99, 100])


def field(
    rest: np.ndarray, own: np.ndarray, reached: np.ndarray, n_cutoffs: int, places: int
) -> Field:
    cell = np.arange(rest.size) % 3
    return Field(
        rest=rest,
        own=own,
        reached=reached,
        n_cutoffs=n_cutoffs,
        tie_keys=(cell % 2,),
        lottery=Lottery("s", np.array([f"c{n}" for n in range(rest.size)], dtype=object)),
        places=places,
        counted=Counted.of(reached, cell, 3, np.rint(rest / 4)),
    )


def same(of: Field, monkeypatch: pytest.MonkeyPatch, **sizes: int) -> None:
    counts, totals = count_along(of, PERCENTS, 3)
    for name, size in {"MANY": 0, **sizes}.items():
        monkeypatch.setattr(along_weights, name, size)
    many, sums = count_along(of, PERCENTS, 3)
    monkeypatch.undo()
    np.testing.assert_array_equal(many, counts)
    np.testing.assert_array_equal(sums, totals)


def test_two_weights_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """One place, no cut-off and one that b and c reach: a, then b; by the score alone c."""
    one = field(np.array([9, 5, 1]), np.array([0, 3, 6]), np.array([1, 2, 2]), 2, places=1)
    for many in (along_weights.MANY, 0):
        monkeypatch.setattr(along_weights, "MANY", many)
        counts, totals = count_along(one, np.array([0, 100]), 3)
        assert counts.tolist() == [[[1, 0, 0], [0, 1, 0]], [[0, 0, 1], [0, 0, 1]]]
        assert totals.tolist() == [[2, 1], [0, 0]]


def test_whom_a_stretch_does_not_touch_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = np.random.default_rng(3)
    rest, own = draw.integers(-(2**40), 2**40, (2, 20_000))
    reached = np.searchsorted(np.linspace(-(2**40), 2**40, 30), own, side="right")
    many = field(rest, own, reached, 30, places=4_000)
    looked_at = []
    seats = along_weights.take_seats

    def spied(contest: along_weights.Contest, *rest: object) -> along_weights.Seating:
        looked_at.append(contest.reached.size)
        return seats(contest, *rest)

    monkeypatch.setattr(along_weights, "take_seats", spied)
    same(many, monkeypatch, STRETCH=2, SAMPLE=2_000)
    # Six weights one by one; then samples and what is left: never all again.
    assert max(looked_at[6:]) < 17_000


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_a_sample_that_misleads_changes_nothing(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 60))

    def column(low: int, high: int) -> np.ndarray:
        values = st.lists(st.integers(low, high), min_size=size, max_size=size)
        return np.array(data.draw(values), dtype=np.int64)

    scale = data.draw(st.sampled_from([1, 2**52]))
    rest, own = column(-9, 9) * scale, column(-9, 9) * scale
    of = field(rest, own, column(0, 4), 4, data.draw(st.integers(0, size + 1)))
    with pytest.MonkeyPatch.context() as patch:
        # With so little a spread, and so few in the sample, the lines are often wrong.
        spread = data.draw(st.sampled_from([0, -5, 10]))
        patch.setattr(along_weights, "SURELY", 0)
        patch.setattr(along_weights, "AT_LEAST", spread)
        sizes = {"STRETCH": data.draw(st.integers(1, 7)), "SAMPLE": data.draw(st.integers(1, 60))}
        same(of, patch, **sizes)

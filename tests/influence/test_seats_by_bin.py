"""Seats counted bin by bin are those of everybody put in order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.influence import along_weights, seats_by_bin
from toolkit.influence.along_weights import count_along
from toolkit.influence.count_seats import Counted
from toolkit.influence.field import Field
from toolkit.influence.last_seats import take_seats
from toolkit.influence.seats_by_bin import Crowd
from toolkit.screening.lottery import Lottery


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


def test_worked_example() -> None:
    """Two places, three cut-offs; the best reaches the first alone: see `take_seats`."""
    rest, reached = np.array([40, 30, 20, 10]), np.array([1, 3, 2, 3])
    of = field(rest, np.zeros(4, dtype=np.int64), reached, 3, places=2)
    found = Crowd.of(of, np.zeros(3, dtype=np.int64)).seats(0)
    # 0 and 1; then 0 goes and 2 comes; then 2 goes and 3 comes: cells 0, 1, 2 and again 0.
    assert found.counts[:, :3].cumsum(axis=0).tolist() == [[1, 1, 0], [0, 1, 1], [1, 1, 0]]
    assert found.totals.cumsum().tolist() == [10 + 8, 8 + 5, 8 + 2]
    assert found.filled.tolist() == [True, True, True]
    assert found.last.tolist() == [3000, 2000, 1000]


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_as_if_everybody_were_put_in_order(data: st.DataObject) -> None:
    size, n_cutoffs = data.draw(st.integers(1, 50)), data.draw(st.integers(1, 5))

    def column(low: int, high: int) -> np.ndarray:
        values = st.lists(st.integers(low, high), min_size=size, max_size=size)
        return np.array(data.draw(values), dtype=np.int64)

    scale = data.draw(st.sampled_from([1, 2**52]))
    rest, own = column(-9, 9) * scale, column(-9, 9) * scale
    of = field(rest, own, column(0, n_cutoffs), n_cutoffs, data.draw(st.integers(1, size + 1)))
    fewer = data.draw(st.lists(st.integers(0, size), min_size=n_cutoffs, max_size=n_cutoffs))
    taken = np.sort(np.array(fewer))[::-1].copy()
    with pytest.MonkeyPatch.context() as patch:
        # Blocks end anywhere, and many candidates share a bin.
        patch.setattr(seats_by_bin, "BLOCK", data.draw(st.integers(1, 20)))
        patch.setattr(seats_by_bin, "COUNTED", data.draw(st.integers(1, 60)))
        patch.setattr(seats_by_bin, "BITS", data.draw(st.sampled_from([4, 16])))
        patch.setattr(seats_by_bin, "NARROW", data.draw(st.sampled_from([1, 3])))
        crowd = Crowd.of(of, taken)
        for percent in (0, 37, 100):
            found = crowd.seats(percent)
            seating = take_seats(of.contest(taken), of.composites(percent))
            counts, totals = of.counted.count_seats(seating)
            np.testing.assert_array_equal(found.counts, counts)
            np.testing.assert_array_equal(found.totals, totals)
            np.testing.assert_array_equal(found.filled, seating.filled)
            there = seating.filled & (of.contest(taken).left > 0)
            np.testing.assert_array_equal(found.last[there], seating.last[there])


def test_stretches_of_weights_go_bin_by_bin_where_many_compete(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draw = np.random.default_rng(3)
    rest, own = draw.integers(-(2**40), 2**40, (2, 20_000))
    reached = np.searchsorted(np.linspace(-(2**40), 2**40, 30), own, side="right")
    of = field(rest, own, reached, 30, places=4_000)
    percents = np.array([0, 1, 2, 40, 41, 100])
    expected = count_along(of, percents, 3)
    for name, size in {"MANY": 0, "CROWD": 0, "SAMPLE": 2_000, "STRETCH": 3}.items():
        monkeypatch.setattr(along_weights, name, size)
    counted = []
    seats = Crowd.seats
    monkeypatch.setattr(
        Crowd, "seats", lambda self, percent: counted.append(percent) or seats(self, percent)
    )
    for found, known in zip(count_along(of, percents, 3), expected, strict=True):
        np.testing.assert_array_equal(found, known)
    assert sorted(counted) == percents.tolist()


def test_tables_that_would_be_large_are_not_made() -> None:
    one = np.ones(1, dtype=np.int64)
    assert Crowd.can_count(field(one, one, one, 2048, 1))
    assert not Crowd.can_count(field(one, one, one, 2**20, 1))

"""The last seat at every cut-off: by hand, and against going through everybody one by one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.influence.last_seats import Contest, Seating, take_seats
from toolkit.screening.lottery import Lottery, lots


def contest(
    reached: Sequence[int], n_cutoffs: int, places: int, keys: Sequence[Sequence[int]] = ()
) -> Contest:
    ids = np.array([f"c{n}" for n in range(len(reached))], dtype=object)
    return Contest(
        reached=np.array(reached, dtype=np.int64),
        n_cutoffs=n_cutoffs,
        tie_keys=[np.array(key, dtype=np.int64) for key in keys],
        lottery=Lottery("s", ids),
        places=places,
    )


def selected(of: Contest, seating: Seating) -> list[set[int]]:
    """Who has a seat at each cut-off."""
    return [
        {int(c) for c in seating.order[:seats] if of.reached[c] > cutoff}
        for cutoff, seats in enumerate(seating.seats.tolist())
    ]


def test_worked_example() -> None:
    """Two places. Candidate 0 is best, but meets no cut-off beyond the lowest of three."""
    of = contest([1, 3, 2, 3], n_cutoffs=3, places=2)
    found = take_seats(of, np.array([40, 30, 20, 10]))
    assert found.order.tolist() == [0, 1, 2, 3]
    # 0 and 1; then 0 does not pass, so 1 and 2; then 2 does not pass either, so 1 and 3.
    assert found.seats.tolist() == [2, 3, 4]
    assert found.filled.all()
    assert selected(of, found) == [{0, 1}, {1, 2}, {1, 3}]


def test_whoever_can_take_no_seat_is_left_out() -> None:
    """With the seats of another order known, 4 and 5 cannot matter; 6 reaches nothing."""
    of = contest([1, 3, 2, 3, 1, 2, 0], n_cutoffs=3, places=2)
    before = take_seats(of, np.array([40, 30, 20, 10, 5, 4, 99]))
    found = take_seats(of, np.array([30, 40, 20, 10, 5, 4, 99]), before)
    assert found.order.tolist() == [1, 0, 2, 3]
    assert selected(of, found) == [{0, 1}, {1, 2}, {1, 3}]


def test_lots_are_drawn_only_where_the_last_seat_falls_among_the_level() -> None:
    of = contest([1] * 6, n_cutoffs=1, places=3)
    found = take_seats(of, np.array([9, 9, 5, 5, 1, 1]))
    drawn = lots("s", ["c2", "c3"])
    assert selected(of, found) == [{0, 1, 2 + int(drawn.argmin())}]
    assert of.lottery._drawn.tolist() == [False, False, True, True, False, False]


def test_nobody() -> None:
    found = take_seats(contest([], n_cutoffs=2, places=1), np.zeros(0, dtype=np.int64))
    assert found.seats.tolist() == [0, 0]
    assert not found.filled.any()


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_as_if_everybody_were_gone_through(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 40))

    def column(low: int, high: int) -> list[int]:
        return data.draw(st.lists(st.integers(low, high), min_size=size, max_size=size))

    n_cutoffs = data.draw(st.integers(1, 5))
    keys = [column(0, 2) for _ in range(data.draw(st.integers(0, 2)))]
    of = contest(column(0, n_cutoffs), n_cutoffs, data.draw(st.integers(1, size + 1)), keys)
    scale = data.draw(st.sampled_from([1, 2**59 + 1]))
    seating = None
    for _ in range(3):
        composites = np.array(column(-3, 3), dtype=np.int64) * scale
        seating = take_seats(of, composites, seating)
        drawn = lots("s", of.lottery.ids)
        best = sorted(
            range(size),
            key=lambda c: (-int(composites[c]), *(-key[c] for key in keys), int(drawn[c])),
        )
        passing = [[c for c in best if of.reached[c] > t] for t in range(n_cutoffs)]
        assert selected(of, seating) == [set(among[: of.places]) for among in passing]
        assert seating.filled.tolist() == [len(among) >= of.places for among in passing]

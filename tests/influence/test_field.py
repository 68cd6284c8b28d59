"""Those who compete, in parts and brought together."""

from __future__ import annotations

import numpy as np

from toolkit.influence.count_seats import Counted
from toolkit.influence.field import Field, Parts
from toolkit.screening.lottery import Lottery

LOTTERY = Lottery("s", np.array([f"c{n}" for n in range(7)], dtype=object))


def part(*rest: int) -> Field:
    own = np.array(rest, dtype=np.int64)
    reached = own % 3
    return Field(
        own, 2 * own, reached, 3, (-own,), LOTTERY, 2, Counted.of(reached, own % 2, 2, own / 1)
    )


def test_parts_are_gone_through_where_they_lie() -> None:
    """Seven people in three parts, one of them empty."""
    people = Parts([part(10, 11, 12, 13), part(), part(14, 15, 16)], LOTTERY)
    assert people.size == 7
    blocks = list(people.blocks(3))
    assert [block.rest.tolist() for block in blocks] == [[10, 11, 12], [13], [14, 15, 16]]
    assert np.shares_memory(blocks[0].rest, people.parts[0].rest)
    every = people.every(3)
    assert every.rest.tolist() == [10, 13, 16]
    assert every.tie_keys[0].tolist() == [-10, -13, -16]
    whole = people.whole()
    assert whole.composites(50).tolist() == [150 * n for n in range(10, 17)]
    assert whole.counted.value.tolist() == list(range(10, 17))


def test_some_of_every_block_are_copied_with_their_lots() -> None:
    people = Parts([part(10, 11, 12, 13), part(14, 15, 16)], LOTTERY)
    rows = [np.array(own, dtype=np.int32) for own in ([0, 2], [], [1])]
    some = people.chosen(rows, 3)
    assert some.rest.tolist() == [10, 12, 15]
    assert some.counted.key.tolist() == people.whole().counted.key[[0, 2, 5]].tolist()
    drawn = LOTTERY.in_order(np.array([0, 2, 5]))
    assert np.array([0, 2, 5])[some.lottery.in_order(np.arange(3))].tolist() == drawn.tolist()


def test_lots_of_some_are_their_lots_among_all() -> None:
    whole = Parts([part(10, 11, 12, 13), part(14, 15, 16)], LOTTERY).whole()
    rows = np.array([1, 3, 6])
    some = whole.of_rows(rows)
    drawn = LOTTERY.in_order(rows)
    assert rows[some.lottery.in_order(np.arange(3))].tolist() == drawn.tolist()

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.intake.step_block import BLOCK, PART, StepBlock


def test_three_values_with_one_decimal() -> None:
    block = StepBlock.of(1)
    assert block.fill(0, np.array([0.5, 61.3, -2.0]), 1)
    assert block.steps[0, :3].tolist() == [5, 613, -20]
    assert block.sums(3) == [(5 + 613 - 20, 5**2 + 613**2 + 20**2)]


def test_a_value_off_the_grid_is_noticed() -> None:
    assert not StepBlock.of(1).fill(0, np.array([0.5, 0.25]), 1)
    assert not StepBlock.of(1).fill(0, np.array([0.1 + 0.2]), 1)
    assert StepBlock.of(1).fill(0, np.array([0.3]), 1)


def test_what_was_held_before_does_not_count() -> None:
    block = StepBlock.of(2)
    for values in (np.full(BLOCK, 7), np.arange(PART + 5)):
        assert block.fill(0, values, 0)
        assert block.fill(1, values.astype(np.int8), 0)
    own, small = block.sums(PART + 5)
    assert own == (sum(range(PART + 5)), sum(n * n for n in range(PART + 5)))
    assert small[0] == int(np.arange(PART + 5).astype(np.int8).sum(dtype=np.int64))


def test_a_value_off_the_grid_is_rounded_where_it_shall_be() -> None:
    block = StepBlock.of(1)
    assert block.fill(0, np.array([0.5, 0.25, 0.35]), 1, rounded=True)
    assert block.steps[0, :3].tolist() == [5, 2, 4]


@settings(max_examples=30)
@given(
    st.integers(1, 2 * PART + 5),
    st.sampled_from([10**3, 2**27, 2**33, 2**40]),
    st.integers(0, 10**6),
)
def test_sums_of_many_are_exact_in_every_part(rows: int, largest: int, seed: int) -> None:
    draw = np.random.default_rng(seed)
    columns = [draw.integers(-largest, largest + 1, rows), draw.integers(0, 5, rows)]
    # One part in two is of another size.
    columns[1][PART:] *= 2**31
    block = StepBlock.of(2)
    for at, column in enumerate(columns):
        assert block.fill(at, column, 0)
    whole = [column.astype(object) for column in columns]
    assert block.sums(rows) == [(int(own.sum()), int((own * own).sum())) for own in whole]


@settings(max_examples=40)
@given(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=20), st.integers(0, 3))
def test_sums_are_exact_however_large(numbers: list[int], decimals: int) -> None:
    values = np.array(numbers) % 10 ** (12 - decimals)
    block = StepBlock.of(1)
    assert block.fill(0, values, decimals)
    steps = [int(value) * 10**decimals for value in values]
    assert block.sums(len(steps)) == [(sum(steps), sum(step * step for step in steps))]

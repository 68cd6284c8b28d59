from __future__ import annotations

from collections import Counter

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.engine.marked_counts import MarkedCounts


def coded(*values: str | None) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict({"sex": pa.array(values).dictionary_encode()})


def test_rows_are_counted_by_text_and_mark() -> None:
    counts = MarkedCounts(["sex"], 2)
    assert counts.add(coded("f", "m", None, "m"), np.array([0, 1, 1, 1], dtype=np.uint8))
    # Another list of texts: what a position means has changed.
    assert counts.add(coded("m", "x", "f"), np.array([1, 0, 0], dtype=np.uint8))
    first, second = counts.by_mark()
    assert first.counts == {("f",): 2, ("x",): 1}
    assert second.counts == {("m",): 3, (None,): 1}


def test_without_columns_all_rows_are_one_combination() -> None:
    counts = MarkedCounts([], 3)
    assert counts.add(coded("f", "m"), np.array([2, 0], dtype=np.uint8))
    assert [own.counts for own in counts.by_mark()] == [{(): 1}, {}, {(): 1}]


def test_codes_are_not_counted_as_groups() -> None:
    counts = MarkedCounts(["sex"], 2)
    many = coded(*[f"c{i}" for i in range(2**14)])
    assert not counts.add(many, np.zeros(2**14, dtype=np.uint8))
    assert [own.counts for own in counts.by_mark()] == [{}, {}]


texts = st.sampled_from(["a", "b", "c", None])
rows = st.lists(st.tuples(texts, texts, st.integers(0, 2)), min_size=1, max_size=20)


@settings(max_examples=60)
@given(st.lists(st.tuples(rows, st.booleans()), min_size=1, max_size=4))
def test_counts_are_those_of_all_rows(
    batches: list[tuple[list[tuple[str | None, str | None, int]], bool]],
) -> None:
    counts = MarkedCounts(["x", "y"], 3)
    expected: list[Counter[tuple[str | None, str | None]]] = [Counter() for _ in range(3)]
    for own, is_coded in batches:
        columns = [pa.array([row[at] for row in own], pa.string()) for at in (0, 1)]
        if is_coded:
            columns = [column.dictionary_encode() for column in columns]
        batch = pa.RecordBatch.from_arrays(columns, names=["x", "y"])
        assert counts.add(batch, np.array([row[2] for row in own], dtype=np.uint8))
        for x, y, mark in own:
            expected[mark][x, y] += 1
    assert [own.counts for own in counts.by_mark()] == expected

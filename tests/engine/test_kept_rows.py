from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.engine.kept_rows import KeptRows

texts = st.sampled_from(["a", "b", "c", None])
rows = st.lists(st.tuples(st.integers(-9, 9), texts, st.booleans()), min_size=1, max_size=20)


def test_two_rows_of_three_and_one_of_another_batch() -> None:
    kept = KeptRows(["task"], ["sex"])
    first = pa.RecordBatch.from_pydict({"sex": ["f", "m", None], "task": [1.5, 2.0, 2.5]})
    kept.add(first, np.array([0, 2]))
    kept.add(pa.RecordBatch.from_pydict({"sex": ["m"], "task": [7.0]}), np.array([0]))
    assert kept.rows == 3
    found = pa.Table.from_batches(kept.batches())
    assert found.column("task").to_pylist() == [1.5, 2.5, 7.0]
    assert found.column("sex").to_pylist() == ["f", None, "m"]


def test_what_is_cleared_is_gone() -> None:
    kept = KeptRows(["task"], [])
    kept.add(pa.RecordBatch.from_pydict({"task": [1]}), np.array([0]))
    kept.clear()
    assert kept.batches() == []


@settings(max_examples=60)
@given(st.lists(st.tuples(rows, st.booleans()), max_size=4), st.sampled_from([1, 9, 2**16]))
def test_rows_are_kept_as_they_were(
    batches: list[tuple[list[tuple[int, str | None, bool]], bool]], together: int
) -> None:
    kept = KeptRows(["n"], ["t"], together)
    expected: list[tuple[int, str | None]] = []
    for own, is_coded in batches:
        text = pa.array([row[1] for row in own], pa.string())
        batch = pa.RecordBatch.from_pydict(
            {
                "n": np.array([row[0] for row in own], dtype=np.int16),
                "t": text.dictionary_encode() if is_coded else text,
            }
        )
        kept.add(batch, np.flatnonzero([row[2] for row in own]))
        expected += [(n, t) for n, t, chosen in own if chosen]
    found = [(row["n"], row["t"]) for batch in kept.batches() for row in batch.to_pylist()]
    assert found == expected

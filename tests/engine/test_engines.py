from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.rows import arrow, memory, table_of, write_parts
from toolkit.engine.arrow import ArrowEngine
from toolkit.engine.engine import Engine
from toolkit.engine.parquet_files import parquet_rows
from toolkit.errors import InputError

PEOPLE = pd.DataFrame(
    {"klout": [61, 48, 70], "post": ["a", "b", "a"]},
    index=pd.Index(["ann", "bo", "cy"], name="candidate_id"),
)


class Total:
    """A sum of one column, which adds up as numbers do."""

    def __init__(self, column: str) -> None:
        self.column = column

    def __call__(self, batch: pa.RecordBatch) -> int:
        return int(sum(batch.column(self.column).to_pylist()))


class KeysTogether:
    """Each key with how many batches it came in."""

    def __call__(self, batch: pa.RecordBatch) -> tuple[str, ...]:
        return tuple(sorted(set(batch.column("post").to_pylist())))


def doubled(batch: pa.RecordBatch) -> pa.RecordBatch:
    twice = pa.array([2 * value for value in batch.column("klout").to_pylist()], pa.int64())
    ids = batch.column("candidate_id").cast(pa.string())
    return pa.RecordBatch.from_arrays([ids, twice], ["id", "twice"])


TWICE = pa.schema([("id", pa.string()), ("twice", pa.int64())])


@pytest.fixture(params=["memory", "arrow"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    table = table_of(PEOPLE)
    if request.param == "memory":
        return memory(table, batch=2)
    return arrow(write_parts(table, tmp_path / "rows", ends=[1]), table.column_names)


def test_what_a_kernel_makes_of_each_batch_is_added_up(engine: Engine) -> None:
    assert engine.add_up(["klout"], Total("klout")) == 61 + 48 + 70
    assert engine.count() == 3


def test_rows_of_one_key_come_in_one_batch(engine: Engine) -> None:
    found = engine.add_up_by_bucket(["post", "klout"], "post", KeysTogether())
    assert sorted(found or ()) == ["a", "b"]


def test_progress_ends_at_one(engine: Engine) -> None:
    told: list[float] = []
    engine.add_up(["klout"], Total("klout"), told.append)
    assert told == sorted(told)
    assert told[-1] == 1


def test_written_rows_are_those_the_kernel_made(engine: Engine, tmp_path: Path) -> None:
    rows = engine.write(["candidate_id", "klout"], doubled, TWICE, tmp_path / "out", "a plan")
    assert rows == 3
    found = pq.read_table(tmp_path / "out").to_pandas().set_index("id")["twice"]
    assert found.sort_index().to_dict() == {"ann": 122, "bo": 96, "cy": 140}


def test_nothing_is_overwritten(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(InputError, match="exists"):
        engine.write(["candidate_id", "klout"], doubled, TWICE, tmp_path / "out", "a plan")


def test_a_run_that_was_cut_short_goes_on_where_it_stopped(tmp_path: Path) -> None:
    table = table_of(PEOPLE)
    rows = parquet_rows(
        write_parts(table, tmp_path / "rows", ends=[1]), table.column_names, set_aside=False
    )
    engine = ArrowEngine(rows, threads=1)
    asked = []

    def fails_on_the_second(batch: pa.RecordBatch) -> pa.RecordBatch:
        asked.append(batch.num_rows)
        if len(asked) == 2:
            raise KeyboardInterrupt
        return doubled(batch)

    out = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        engine.write(["candidate_id", "klout"], fails_on_the_second, TWICE, out, "a plan")
    assert not out.exists()
    with pytest.raises(InputError, match="another run"):
        engine.write(["candidate_id", "klout"], doubled, TWICE, out, "another plan")
    with pytest.raises(InputError, match="did not end"):
        parquet_rows(tmp_path / "out.unfinished", ["id"], set_aside=False)
    assert engine.write(["candidate_id", "klout"], doubled, TWICE, out, "a plan") == 3
    assert sorted(pq.read_table(out).column("id").to_pylist()) == ["ann", "bo", "cy"]
    assert {path.suffix for path in out.iterdir()} == {".parquet"}


@settings(max_examples=15)
@given(
    values=st.lists(st.integers(-(2**40), 2**40), min_size=1, max_size=40),
    cuts=st.lists(st.integers(0, 40), max_size=3),
    batch=st.integers(1, 50),
)
def test_how_rows_are_cut_up_makes_no_difference(
    values: list[int], cuts: list[int], batch: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    table = pa.table({"v": values})
    folder = write_parts(
        table, tmp_path_factory.mktemp("rows"), ends=[min(c, len(values)) for c in cuts]
    )
    for engine in (memory(table, batch), arrow(folder, ["v"], batch)):
        assert engine.add_up(["v"], Total("v")) == sum(values)


def test_many_keys_are_spread_over_buckets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.engine.buckets.BUCKET_ROWS", 10)
    keys = np.array([f"r{i % 25}" for i in range(100)])
    table = pa.table({"post": keys, "n": np.ones(100, dtype=np.int64)})
    folder = write_parts(table, tmp_path, ends=[40])
    for engine in (memory(table), arrow(folder, ["post", "n"])):
        found = engine.add_up_by_bucket(["post", "n"], "post", KeysTogether())
        # Every key once: no key came in two batches.
        assert sorted(found or ()) == sorted(set(keys.tolist()))

"""How files are handed out to workers; Spark itself takes no part here."""

from __future__ import annotations

import pickle
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.rows import write_parts
from tests.engine.test_engines import Total
from toolkit.engine.over_stretches import sum_over, sums_by_file
from toolkit.engine.parquet_files import ParquetRows, parquet_rows
from toolkit.engine.spark_files import SparkFiles, tasks_of
from toolkit.errors import InputError

VALUES = pa.table({"v": list(range(100)), "site": ["a", "b"] * 50})


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> ParquetRows:
    folder = write_parts(VALUES, tmp_path_factory.mktemp("rows"), ends=[10, 10, 95])
    return parquet_rows(folder, ["v", "site"], set_aside=False).reading_coded(["site"])


def test_every_stretch_is_in_one_task_and_they_keep_their_order(rows: ParquetRows) -> None:
    tasks = tasks_of(rows.stretches, at_once=1)
    assert [sum(s.rows for s in task) for task in tasks] == [10, 85, 5]
    handed_out = [stretch.file.name for task in tasks for stretch in task]
    assert handed_out == ["000.parquet", "002.parquet", "003.parquet"]
    assert tasks_of([], at_once=4) == []


@settings(max_examples=15)
@given(ends=st.lists(st.integers(0, 100), max_size=6), at_once=st.integers(1, 5))
def test_tasks_hold_about_as_many_rows(
    ends: list[int], at_once: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = write_parts(VALUES, tmp_path_factory.mktemp("rows"), ends=ends)
    stretches = parquet_rows(folder, ["v"], set_aside=False).stretches
    tasks = tasks_of(stretches, at_once)
    assert [s.file.name for task in tasks for s in task] == [s.file.name for s in stretches]
    # A task ends at the first stretch that takes it beyond its share.
    largest = max(stretch.rows for stretch in stretches)
    assert all(sum(s.rows for s in task) <= 100 / (4 * at_once) + largest for task in tasks)


@pytest.mark.parametrize("address", ["{}", "file://{}", "local://{}"])
def test_a_task_is_read_elsewhere_as_it_is_here(address: str, rows: ParquetRows) -> None:
    where = address.format(rows.root)
    found = parquet_rows(where, ["v", "site"], set_aside=False)
    sent = pickle.loads(pickle.dumps(tasks_of(found.stretches, at_once=2)))
    assert sum(sum_over(task, ["v"], Total("v")) or 0 for task in sent) == sum(range(100))
    by_file = [sums_by_file(task, ["v"], Total("v")) for task in sent]
    assert {"000.parquet": sum(range(10))} in by_file


def test_a_path_is_the_same_from_any_folder(
    rows: ParquetRows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(Path(rows.root).parent)
    stretches = parquet_rows(Path(rows.root).name, ["v"], set_aside=False).stretches
    monkeypatch.chdir(tmp_path)
    assert sum_over(stretches, ["v"], Total("v")) == sum(range(100))


def test_a_file_that_is_out_of_reach_is_not_called_damaged(tmp_path: Path) -> None:
    folder = write_parts(VALUES, tmp_path / "rows")
    stretches = parquet_rows(folder, ["v"], set_aside=False).stretches
    (folder / "000.parquet").unlink()
    with pytest.raises(InputError, match="every worker has to reach it") as refused:
        sum_over(stretches, ["v"], Total("v"))
    assert type(refused.value) is InputError


def test_columns_that_go_through_java_have_types_that_it_has(rows: ParquetRows) -> None:
    kinds = pa.schema(
        [
            ("count", pa.uint16()),
            ("large", pa.uint64()),
            ("half", pa.float16()),
            ("price", pa.decimal128(7, 2)),
            ("post", pa.dictionary(pa.int8(), pa.large_string())),
            ("code", pa.string_view()),
            ("since", pa.timestamp("ns", "UTC")),
            ("hired", pa.bool_()),
        ]
    )
    files = SparkFiles(None, ParquetRows((), rows.system, rows.root, kinds))  # type: ignore[arg-type]
    assert [str(kind) for kind in files.plain.types] == [
        "int64",
        "decimal128(20, 0)",
        "float",
        "decimal128(7, 2)",
        "string",
        "string",
        "string",
        "bool",
    ]

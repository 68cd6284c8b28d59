from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given
from hypothesis import strategies as st

from toolkit.engine.parquet_files import parquet_rows
from toolkit.engine.reaches import joint_reach, reaches

TABLE = pa.table(
    {
        "klout": [50.5, -61.0, None],
        "kred": pa.array([700, 3, 5], pa.int16()),
        "gap": pa.array([None, None, None], pa.float64()),
        "share": pa.array([Decimal("0.25"), Decimal("-0.75"), None]),
        "name": ["a", "b", "c"],
    }
)


def said(path: Path, *columns: str) -> dict[str, float]:
    file = pq.ParquetFile(path)
    return reaches(file.metadata, file.schema_arrow, columns)


def test_the_outermost_value_of_all_row_groups(tmp_path: Path) -> None:
    pq.write_table(TABLE, tmp_path / "a.parquet", row_group_size=1)
    assert said(tmp_path / "a.parquet", "kred", "name", "gap") == {"kred": 700}
    pq.write_table(TABLE, tmp_path / "b.parquet")
    assert said(tmp_path / "b.parquet", "klout", "kred", "share") == {
        "klout": 61,
        "kred": 700,
        "share": 0.75,
    }


def test_a_footer_without_figures_says_nothing(tmp_path: Path) -> None:
    pq.write_table(TABLE, tmp_path / "a.parquet", write_statistics=False)
    assert said(tmp_path / "a.parquet", "klout", "kred") == {}


def test_the_largest_of_all_files_where_each_says_something(tmp_path: Path) -> None:
    columns = ["kred"]
    pq.write_table(TABLE.select(columns), tmp_path / "a.parquet")
    pq.write_table(pa.table({"kred": pa.array([-900], pa.int16())}), tmp_path / "b.parquet")
    pq.write_table(TABLE.select(columns).slice(0, 0), tmp_path / "empty.parquet")
    assert parquet_rows(tmp_path, columns, set_aside=False).reach("kred") == 900
    pq.write_table(TABLE.select(columns), tmp_path / "c.parquet", write_statistics=False)
    assert parquet_rows(tmp_path, columns, set_aside=False).reach("kred") is None
    assert joint_reach([], "kred") is None


@given(st.lists(st.floats(allow_nan=True, width=32), min_size=1, max_size=12))
def test_it_is_never_less_than_a_value(values: list[float]) -> None:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({"a": pa.array(values, pa.float32())}), sink, row_group_size=4)
    file = pq.ParquetFile(sink.getvalue())
    found = reaches(file.metadata, file.schema_arrow, ["a"])
    known = np.abs([value for value in values if value == value])
    assert "a" in found or known.size < len(values)
    if "a" in found:
        assert found["a"] >= known.max(initial=0)

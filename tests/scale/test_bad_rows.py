"""What is wrong with rows is named by Spark as by the other engines."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.cli.running import complaint_of, json_of
from tests.engine.rows import table_of
from tests.scale.conftest import SPARK

PEOPLE = pd.DataFrame(
    {"klout": [61, 48, 70, 48], "post": ["a", "a", "b", "b"]},
    index=pd.Index(["ann", "bo", "cy", "di"], name="candidate_id"),
)


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    folder = tmp_path / "rows"
    for name, part in (("a", PEOPLE.iloc[:1]), ("b", PEOPLE.iloc[1:])):
        (folder / f"site={name}").mkdir(parents=True)
        pq.write_table(table_of(part), folder / f"site={name}" / "rows.parquet")
    return folder


@pytest.fixture
def asked(rows: Path, tmp_path: Path) -> tuple[object, ...]:
    screen = tmp_path / "screen.toml"
    screen.write_text("places = 2\n[weights]\nklout = 1.0\n", encoding="utf-8")
    return ("decide", rows, "--screen", screen, *SPARK)


def test_whole_numbers_and_decimals_empty_and_nameless_partitions(
    rows: Path, asked: tuple[object, ...]
) -> None:
    (rows / "site=__HIVE_DEFAULT_PARTITION__").mkdir()
    more = pa.table({"candidate_id": ["ed"], "klout": [99.5], "post": ["b"]})
    pq.write_table(more, rows / "site=__HIVE_DEFAULT_PARTITION__" / "rows.parquet")
    (rows / "site=c%2Fd").mkdir()
    pq.write_table(more.slice(0, 0), rows / "site=c%2Fd" / "rows.parquet")
    found = json_of(*asked, "--group", "site")
    assert found["groups"] == [
        {"site": "a", "n": 1, "selected": 0},
        {"site": "b", "n": 3, "selected": 1},
        {"site": None, "n": 1, "selected": 1},
    ]
    assert [issue["file"] for issue in found["set_aside"]] == ["site=c%2Fd/rows.parquet"]


def test_a_code_in_two_partitions(rows: Path, asked: tuple[object, ...]) -> None:
    pq.write_table(table_of(PEOPLE.iloc[:1]), rows / "site=b" / "again.parquet")
    said = complaint_of(*asked)
    assert "ann (2 rows), in site=a/rows.parquet (1 row), site=b/again.parquet (1 row)" in said
    assert json_of(*asked, "--set-aside")["candidates"] == 3


def test_values_outside_the_scale(rows: Path, asked: tuple[object, ...]) -> None:
    wrong = pa.table({"candidate_id": ["ed", "fay"], "klout": [134.0, None], "post": ["a", "a"]})
    pq.write_table(wrong, rows / "site=a" / "wrong.parquet")
    assert "outside the scale: 1 (site=a/wrong.parquet: 1)" in complaint_of(*asked)
    found = json_of(*asked, "--set-aside", "--trust-codes")
    assert (found["candidates"], found["missing"]) == (6, {"klout": 2})


def test_damage_within_a_file(rows: Path, asked: tuple[object, ...], tmp_path: Path) -> None:
    torn = rows / "site=b" / "torn.parquet"
    codes = [f"c{k}" for k in range(5000)]
    table = pa.table(
        {"candidate_id": codes, "klout": [k % 100 for k in range(5000)], "post": codes}
    )
    pq.write_table(table, torn, compression="none", use_dictionary=False)
    whole = bytearray(torn.read_bytes())
    at = pq.read_metadata(torn).row_group(0).column(1).data_page_offset
    whole[at : at + 40] = bytes(40)
    torn.write_bytes(whole)
    out = tmp_path / "out"
    said = complaint_of(*asked, "--decisions", out, "--trust-codes")
    assert "site=b/torn.parquet: the file is damaged" in said
    assert not out.exists()
    assert json_of(*asked, "--set-aside", "--decisions", out)["candidates"] == 4
    assert pq.read_table(out).num_rows == 4


def test_a_column_that_one_partition_lacks(rows: Path, asked: tuple[object, ...]) -> None:
    pq.write_table(pa.table({"candidate_id": ["ed"]}), rows / "site=a" / "less.parquet")
    assert "site=a/less.parquet: column 'klout' is missing (1 rows)" in complaint_of(*asked)
    assert json_of(*asked, "--set-aside", "--trust-codes")["candidates"] == 4

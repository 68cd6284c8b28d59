from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from tests.cli.running import complaint_of, json_of, run
from tests.engine.rows import table_of, write_parts

PEOPLE = pd.DataFrame(
    {
        "klout": [61, 48, 70, 48],
        "portfolio": [2.5, 4.5, 3.0, 4.0],
        "sex": ["F", "M", "F", None],
        "post": ["a", "a", "b", "b"],
    },
    index=pd.Index(["ann", "bo", "cy", "di"], name="candidate_id"),
)


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    return write_parts(table_of(PEOPLE), tmp_path / "rows", ends=[1])


@pytest.fixture
def screen(tmp_path: Path) -> Path:
    path = tmp_path / "screen.toml"
    path.write_text('name = "Work"\nplaces = 2\n[weights]\nportfolio = 1.0\n', encoding="utf-8")
    return path


@pytest.mark.parametrize("engine", ["memory", "arrow"])
def test_two_of_four_counted_by_group(rows: Path, screen: Path, engine: str) -> None:
    found = json_of("decide", rows, "--screen", screen, "--engine", engine, "--group", "sex")
    assert (found["candidates"], found["selected"], found["engine"]) == (4, 2, engine)
    assert found["groups"] == [
        {"sex": "F", "n": 2, "selected": 0},
        {"sex": "M", "n": 1, "selected": 1},
        {"sex": None, "n": 1, "selected": 1},
    ]


def test_a_pattern_and_the_decisions_of_everybody(rows: Path, screen: Path, tmp_path: Path) -> None:
    out = tmp_path / "decisions"
    said = run(
        "decide", rows / "*.parquet", "--screen", screen, "--engine", "arrow", "--decisions", out
    ).stdout
    assert said.startswith("Work: 2 of 4 candidates selected, 2 places (engine arrow).")
    found = pq.read_table(out).to_pandas().set_index("candidate_id")["selected"]
    assert found[found].index.tolist() == ["bo", "di"]
    again = complaint_of(
        "decide", rows, "--screen", screen, "--engine", "arrow", "--decisions", out
    )
    assert "exists" in again


def test_each_requisition_by_itself(rows: Path, screen: Path) -> None:
    screen.write_text("places = 1\n[weights]\nportfolio = 1.0\n", encoding="utf-8")
    asked = ("--engine", "arrow", "--requisition", "post")
    found = json_of("decide", rows, "--screen", screen, *asked)
    assert (found["requisitions"], found["selected"]) == (2, 2)
    assert [(c["requisition"], c["n"], c["selected"]) for c in found["counts"]] == [
        ("a", 2, 1),
        ("b", 2, 1),
    ]


def test_the_plan_says_what_would_be_read_and_reads_nothing(rows: Path, screen: Path) -> None:
    found = json_of("decide", rows, "--screen", screen, "--engine", "arrow", "--explain")
    assert found["rows"] == 4
    assert [step["pass"] for step in found["passes"]] == [1, 2, 3, 4, 5]
    assert "stands in several rows" in found["passes"][0]["reads"]
    asked = ("decide", rows, "--screen", screen, "--engine", "arrow", "--trust-codes", "--explain")
    assert len(json_of(*asked)["passes"]) == 4


def test_a_damaged_file_is_refused_or_set_aside(rows: Path, screen: Path) -> None:
    (rows / "torn.parquet").write_bytes(b"PAR1")
    asked = ("decide", rows, "--screen", screen, "--engine", "arrow")
    assert "torn.parquet: the file is damaged" in complaint_of(*asked)
    result = run(*asked, "--set-aside")
    assert "torn.parquet" in result.stderr
    assert "2 of 4" in result.stdout


@pytest.mark.parametrize("engine", ["memory", "arrow"])
def test_damage_within_a_file_is_found_on_the_way(rows: Path, screen: Path, engine: str) -> None:
    torn = rows / "torn.parquet"
    more = PEOPLE.iloc[[0] * 5000].assign(portfolio=[k / 1000 for k in range(5000)])
    more.index = pd.Index([f"c{k}" for k in range(5000)], name="candidate_id")
    pq.write_table(table_of(more), torn, compression="none", use_dictionary=False)
    whole = bytearray(torn.read_bytes())
    at = pq.read_metadata(torn).row_group(0).column(2).data_page_offset
    whole[at : at + 40] = bytes(40)
    torn.write_bytes(whole)
    asked = ("decide", rows, "--screen", screen, "--engine", engine)
    said = complaint_of(*asked)
    assert "torn.parquet: the file is damaged" in said
    assert "add --set-aside" in said
    found = json_of(*asked, "--set-aside")
    assert (found["candidates"], [issue["file"] for issue in found["set_aside"]]) == (
        4,
        ["torn.parquet"],
    )


@pytest.mark.parametrize("engine", ["memory", "arrow"])
def test_a_code_in_two_files_is_refused_set_aside_or_trusted(
    rows: Path, screen: Path, engine: str
) -> None:
    pq.write_table(table_of(PEOPLE.iloc[:1]), rows / "again.parquet")
    asked = ("decide", rows, "--screen", screen, "--engine", engine)
    said = complaint_of(*asked)
    assert "1 code stands in several rows (2 rows): ann (2 rows)" in said
    assert "000.parquet (1 row), again.parquet (1 row)" in said
    found = json_of(*asked, "--set-aside")
    assert (found["candidates"], found["selected"]) == (3, 2)
    assert [issue["column"] for issue in found["set_aside"]] == ["candidate_id"]
    assert json_of(*asked, "--trust-codes")["candidates"] == 5


@pytest.mark.parametrize("more", [(), ("--requisition", "post")])
def test_values_outside_the_scale_are_refused_or_set_aside(
    rows: Path, screen: Path, tmp_path: Path, more: tuple[str, ...]
) -> None:
    screen.write_text("places = 2\n[weights]\nklout = 1.0\n", encoding="utf-8")
    wrong = PEOPLE.iloc[:2].assign(klout=[134.0, float("inf")])
    wrong.index = pd.Index(["ed", "fay"], name="candidate_id")
    pq.write_table(table_of(wrong), rows / "wrong.parquet")
    out = tmp_path / "out"
    asked = ("decide", rows, "--screen", screen, "--engine", "arrow", "--decisions", out, *more)
    said = complaint_of(*asked)
    assert "outside the scale: 1 (wrong.parquet: 1)" in said
    assert "infinite: 1 (wrong.parquet: 1)" in said
    assert not out.exists()
    found = json_of(*asked, "--set-aside")
    assert (found["candidates"], len(found["set_aside"])) == (6, 2)
    assert pq.read_table(out).num_rows == 6


def test_missing_values_are_counted_and_said(rows: Path, screen: Path) -> None:
    gaps = PEOPLE.iloc[:2].assign(portfolio=[float("nan"), None])
    gaps.index = pd.Index(["ed", "fay"], name="candidate_id")
    pq.write_table(table_of(gaps), rows / "gaps.parquet")
    asked = ("decide", rows, "--screen", screen, "--engine", "arrow")
    assert json_of(*asked)["missing"] == {"portfolio": 2}
    assert "Values are missing in portfolio (2)" in run(*asked).stdout


def test_what_is_no_row_is_said(rows: Path, screen: Path) -> None:
    (rows / "year=2027").mkdir()
    (rows / "notes.txt").write_text("of a person", encoding="utf-8")
    pq.write_table(table_of(PEOPLE.iloc[:0]), rows / "none.parquet")
    said = run("decide", rows, "--screen", screen, "--engine", "arrow").stderr
    assert "1 file is not Parquet and not read: notes.txt" in said
    assert "year=2027: The folder has no Parquet file." in said
    assert "none.parquet: The file has no rows." in said


@pytest.mark.parametrize("asked", [("--sql", "SELECT 1"), ("rows.sql",)])
def test_a_query_takes_an_extra(
    screen: Path, tmp_path: Path, asked: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rows.sql").write_text("SELECT 1", encoding="utf-8")
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    monkeypatch.chdir(tmp_path)
    assert "cloutproof[duckdb]" in complaint_of("decide", *asked, "--screen", screen)


def test_neither_file_nor_query(screen: Path) -> None:
    assert "or a query with --sql" in complaint_of("decide", "--screen", screen)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--engine", "duck"), "no engine"),
        (("--trust-codes",), "add --engine"),
        (("--sql", "SELECT 1", "--engine", "spark"), "on this machine"),
        (("--engine", "arrow", "--decisions", "s3://x/y"), "a folder of this machine"),
        (("--group", "sex"), "add --engine"),
        (("--set-aside",), "add --engine"),
        (("--engine", "arrow", "--group", "sexx"), "sexx"),
        (("--engine", "arrow", "--id", "code", "--decisions", "x"), "code"),
        (("--engine", "arrow", "--requisition", "job"), "job"),
        (("--engine", "arrow", "--mapping", "m.toml"), "leave out --mapping"),
    ],
)
def test_what_cannot_be_asked(
    rows: Path, screen: Path, options: tuple[str, ...], message: str
) -> None:
    assert message in complaint_of("decide", rows, "--screen", screen, *options)


def test_two_places_at_once(rows: Path, screen: Path) -> None:
    said = complaint_of("decide", rows, rows, "--screen", screen, "--engine", "arrow")
    assert "in quotes" in said


def test_many_rows_get_an_engine_unasked(
    rows: Path, screen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toolkit.engine.choose.IN_MEMORY", 3)
    result = run("decide", rows, "--screen", screen)
    assert "4 rows, so the engine is arrow." in result.stderr


def test_spark_without_its_extra(rows: Path, screen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyspark.sql", None)
    said = complaint_of("decide", rows, "--screen", screen, "--engine", "spark")
    assert "cloutproof[spark]" in said

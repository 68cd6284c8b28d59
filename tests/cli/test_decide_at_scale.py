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
    assert [step["pass"] for step in found["passes"]] == [1, 2, 3, 4]


def test_a_damaged_file_is_refused_or_set_aside(rows: Path, screen: Path) -> None:
    (rows / "torn.parquet").write_bytes(b"PAR1")
    asked = ("decide", rows, "--screen", screen, "--engine", "arrow")
    assert "torn.parquet: the file is damaged" in complaint_of(*asked)
    result = run(*asked, "--set-aside")
    assert "torn.parquet" in result.stderr
    assert "2 of 4" in result.stdout


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--engine", "duck"), "no engine"),
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

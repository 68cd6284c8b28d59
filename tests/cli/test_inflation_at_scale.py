from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from tests.cli.running import complaint_of, json_of, run
from tests.engine.rows import table_of, write_parts

PEOPLE = pd.DataFrame(
    {
        "klout": [62.0, 50.0, 44.0, 41.0],
        "followers": [100_000, 1_000_000, 350, 300],
        "following": [150_000, 0, 280, 310],
        "posts": [4_000, 1, 900, 700],
        "city": ["Rome", "Oslo", "Rome", "Oslo"],
        "sex": ["F", "M", "F", "M"],
    },
    index=pd.Index(["ann", "bo", "cy", "di"], name="candidate_id"),
)


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    return write_parts(table_of(PEOPLE), tmp_path / "rows", ends=[1])


@pytest.fixture
def screen(tmp_path: Path) -> Path:
    path = tmp_path / "screen.toml"
    path.write_text('name = "Clout"\nplaces = 2\n[weights]\nklout = 1\n', encoding="utf-8")
    return path


def test_the_games_of_2011_are_counted_and_written_out(rows: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    found = json_of("inflation", rows, "--engine", "arrow", "--group", "sex", "--flagged", out)
    assert (found["candidates"], found["flagged"], found["flagged_at"]) == (4, 2, str(out))
    assert found["groups"] == [
        {"sex": "F", "n": 2, "assessed": 2, "flagged": 1},
        {"sex": "M", "n": 2, "assessed": 2, "flagged": 1},
    ]
    assert set(found["not_run"]) == {"growth_spike", "follower_samples", "topics"}
    written = pq.read_table(out).to_pylist()
    assert sorted(row["candidate_id"] for row in written) == ["ann", "bo"]
    assert "Consistent with" in {row["candidate_id"]: row["reasons"][0] for row in written}["bo"]


def test_the_reward_is_that_of_the_same_rows_in_memory(rows: Path, screen: Path) -> None:
    few = json_of("inflation", rows, "--screen", screen)
    many = json_of("inflation", rows, "--screen", screen, "--engine", "memory")
    assert many["flagged"] == few["flagged"] == 2
    for key in ("selected_inflated", "selected_other", "inflated", "other", "odds_ratio", "p"):
        assert many["reward"][key] == few["reward"][key]
    assert many["reward"]["strata"] == few["reward"]["strata"]


def test_what_is_said(rows: Path, screen: Path) -> None:
    said = run("inflation", rows, "--screen", screen, "--engine", "arrow").stdout
    assert "Inflation is suspected for 2 of 4 candidates (engine arrow)" in said
    assert "not run" in said
    csv = run("inflation", rows, "--engine", "arrow", "--format", "csv").stdout.splitlines()
    assert csv[:2] == ["detector,n,assessed,flagged", "any,4,4,2"]


def test_the_passes_are_told_beforehand(rows: Path, screen: Path) -> None:
    plan = json_of("inflation", rows, "--engine", "arrow", "--screen", screen, "--explain")
    assert (plan["engine"], plan["rows"]) == ("arrow", 4)
    assert "each row judged" in plan["passes"][-1]["reads"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--flagged", "out"), "add --engine"),
        (("--engine", "arrow", "--criteria", "post.txt"), "leave out"),
        (("--engine", "arrow", "--group", "gender"), "gender"),
        (("--engine", "arrow", "--flagged", "s3://there/out"), "folder of this machine"),
        (("--engine", "arrow", "--id", "code", "--flagged", "out"), "code"),
    ],
)
def test_what_cannot_be_asked(rows: Path, options: tuple[str, ...], message: str) -> None:
    assert message in complaint_of("inflation", rows, *options)

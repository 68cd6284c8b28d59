from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd

from tests.cli.running import DATA, complaint_of, json_of, run
from toolkit.inflation.repositories import repositories

HEAD = "repository,stars,forks,issues,comments,pull_requests,pushes,branches,releases"


def written(folder: Path, *rows: str) -> Path:
    path = folder / "repositories.csv"
    path.write_text("\n".join([HEAD, *(rows or ("bare,182,0,0,0,0,2,2,0",))]) + "\n")
    return path


def test_stars_and_little_else(tmp_path: Path) -> None:
    found = json_of("repositories", written(tmp_path))
    (one,) = found["repositories"]
    assert (one["repository"], one["suspected"]) == ("bare", True)
    assert "consistent with bought stars" in one["reasons"][0]


def test_it_says_what_python_says(tmp_path: Path) -> None:
    rows = pd.read_csv(DATA / "calibration" / "github_stars" / "repo_events.csv.gz")[-4000:]
    path = tmp_path / "many.csv"
    rows.to_csv(path, index=False)
    told, same = json_of("repositories", path), repositories(rows).to_dict()
    assert told["repositories"] == same["repositories"]
    assert len(told["repositories"]) == 4000
    assert told["suspected"] == same["suspected"] > 0


def test_the_table_accuses_nobody(tmp_path: Path) -> None:
    said = " ".join(run("repositories", written(tmp_path)).stdout.split())
    assert "consistent with bought stars" in said
    assert "A suspicion is a reason to look, not a finding." in said


def test_csv_is_one_row_a_repository(tmp_path: Path) -> None:
    text = run("repositories", written(tmp_path), "--format", "csv").stdout
    assert [row["repository"] for row in csv.DictReader(io.StringIO(text))] == ["bare"]


def test_bad_rows_are_told_with_code_2(tmp_path: Path) -> None:
    said = complaint_of("repositories", written(tmp_path, "a,60,-2,0,0,0,0,0,0"))
    assert "repositories.csv, row 2, column 'forks': '-2' is negative" in said


def test_few_stars_are_told_beside_the_answer(tmp_path: Path) -> None:
    result = run("repositories", written(tmp_path, "a,12,2,0,0,0,0,0,0"))
    assert result.exit_code == 0
    assert "row 2" in result.stderr
    assert "1 have too few stars to judge" in " ".join(result.stdout.split())


def test_a_file_without_the_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("who,when\na,b\n")
    assert "'repository', 'stars'" in complaint_of("repositories", path)

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd

from tests.cli.running import complaint_of, json_of, run
from toolkit.inflation.followers import followers

TABLE = "followers,following,posts,has_picture\n" + "3,4200,0,no\n" * 3 + "420,380,95,yes\n" * 7


def written(folder: Path, text: str = TABLE) -> Path:
    path = folder / "sample.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_three_of_ten(tmp_path: Path) -> None:
    found = json_of("followers", written(tmp_path))
    assert found["n"] == 10
    assert found["low"] <= 0.3 <= found["high"]
    assert [row["row"] for row in found["rows"]] == list(range(2, 12))
    assert found["rows"][0]["fake"] > 0.5 > found["rows"][-1]["fake"]


def test_it_says_what_python_says(tmp_path: Path) -> None:
    path = written(tmp_path)
    frame = pd.read_csv(path)
    frame.index += 2
    assert json_of("followers", path) == followers(frame).to_dict()


def test_the_table_says_how_the_share_comes_about(tmp_path: Path) -> None:
    said = " ".join(run("followers", written(tmp_path)).stdout.split())
    assert "consistent with fake accounts (95 % interval" in said
    assert "sensitivity of the detector" in said


def test_csv_is_one_row_a_follower(tmp_path: Path) -> None:
    result = run("followers", written(tmp_path), "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["counted_fake"] for row in rows] == ["true"] * 3 + ["false"] * 7


def test_bad_rows_are_told_with_code_2(tmp_path: Path) -> None:
    said = complaint_of("followers", written(tmp_path, "followers,following\n5,-1\n"))
    assert "sample.csv, row 2, column 'following': '-1' is negative" in said


def test_rows_left_out_are_told_beside_the_answer(tmp_path: Path) -> None:
    result = run("followers", written(tmp_path, TABLE + ",3,1,yes\n"))
    assert result.exit_code == 0
    assert "row 12, left out of the sample" in result.stderr

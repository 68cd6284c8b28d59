from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd

from tests.cli.running import DATA, complaint_of, json_of, run
from toolkit.inflation.repository_events import EVENTS
from toolkit.inflation.spikes import spikes

COUNTS = (2, 1, 0, 1, 2, 260, 3, 1)


def written(folder: Path, counts: tuple[int, ...] = COUNTS) -> Path:
    rows = [f"a,2023-{at:02d},{count}" for at, count in enumerate(counts, start=1)]
    path = folder / "stars.csv"
    path.write_text("\n".join(["series,month,count", *rows]) + "\n", encoding="utf-8")
    return path


def test_one_burst(tmp_path: Path) -> None:
    found = json_of("spikes", written(tmp_path))
    (spike,) = found["spikes"]
    assert (spike["series"], spike["month"], spike["count"]) == ("a", "2023-06", 260)
    assert spike["bought"] > 0.5
    assert found["suspected"] == 1


def test_it_says_what_python_says(tmp_path: Path) -> None:
    rows = pd.read_csv(DATA / "calibration" / "github_stars" / "star_series.csv.gz")
    rows = rows.rename(columns={"repo": "series", "n_stars": "count"})[:4000]
    path = tmp_path / "many.csv"
    rows[["series", "month", "count"]].to_csv(path, index=False)
    told = json_of("spikes", path, "--counted", "other")
    same = spikes(rows, counted="other").to_dict()
    assert len(told["spikes"]) > 100
    assert {k: v for k, v in told.items() if k != "issues"} == {
        k: v for k, v in same.items() if k != "issues"
    }


def test_the_other_events_of_the_repository_are_looked_at(tmp_path: Path) -> None:
    names = ("repository", *EVENTS)
    events = tmp_path / "events.csv"
    events.write_text(f"{','.join(names)}\na,270,0,0,0,0,2,1,0\n")
    found = json_of("spikes", written(tmp_path), "--beside", events)
    assert found["spikes"][0]["events_known"] is True
    assert found["operating_point_beside"] < 1
    said = " ".join(run("spikes", written(tmp_path), "--beside", events).stdout.split())
    assert "1 of them were judged with what else happened in the repository" in said
    events.write_text(f"{','.join(names)}\nz,270,0,0,0,0,2,1,0\n")
    assert "none of the series, for instance 'a'" in complaint_of(
        "spikes", written(tmp_path), "--beside", events
    )


def test_a_campaign_of_years_ago_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    months = [f"{2023 + at // 12}-{at % 12 + 1:02d}" for at in range(30)]
    counts = [*COUNTS, *[1, 0] * 11]
    path.write_text(
        "series,month,count\n"
        + "\n".join(f"a,{m},{c}" for m, c in zip(months, counts, strict=True))
    )
    said = " ".join(run("spikes", path).stdout.split())
    assert "1 of the suspected lie more than 9 months before the end of their history" in said


def test_the_table_accuses_nobody(tmp_path: Path) -> None:
    said = " ".join(run("spikes", written(tmp_path)).stdout.split())
    assert "consistent with a bought campaign" in said
    assert "A suspicion is a reason to look, not a finding." in said


def test_csv_is_one_row_a_spike(tmp_path: Path) -> None:
    rows = list(
        csv.DictReader(io.StringIO(run("spikes", written(tmp_path), "--format", "csv").stdout))
    )
    assert [(row["series"], row["month"]) for row in rows] == [("a", "2023-06")]


def test_bad_rows_are_told_with_code_2(tmp_path: Path) -> None:
    said = complaint_of("spikes", written(tmp_path, (5, -2, 4)))
    assert "stars.csv, row 3, column 'count': '-2' is negative" in said


def test_gaps_are_told_beside_the_answer(tmp_path: Path) -> None:
    path = tmp_path / "gap.csv"
    path.write_text("series,month,count\na,2023-01,4\na,2023-04,5\na,2023-08,4\n")
    result = run("spikes", path)
    assert result.exit_code == 0
    assert "row 3" in result.stderr
    assert len(json_of("spikes", path)["issues"]) == 2


def test_a_file_without_the_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("who,when\na,b\n")
    assert "'series', 'month' and 'count' are needed; found: 'who', 'when'" in complaint_of(
        "spikes", path
    )

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np

from tests.cli.running import SAMPLES, complaint_of, json_of, run


def shrout(folder: Path) -> Path:
    path = folder / "panel.csv"
    path.write_text(
        "candidate,J1,J2,J3,J4\na,9,2,5,8\nb,6,1,3,2\nc,8,4,6,8\nd,7,1,2,6\ne,10,5,6,9\nf,6,2,4,7\n",
        encoding="utf-8",
    )
    return path


def test_the_published_table(tmp_path: Path) -> None:
    found = json_of("agreement", shrout(tmp_path))
    assert round(found["icc"]["ICC(1,1)"], 4) == 0.1657
    assert [
        round(found["variance"][name], 4) for name in ("candidate", "reviewer", "residual")
    ] == [
        2.5556,
        5.2444,
        1.0194,
    ]


def test_the_sample_requisition() -> None:
    found = json_of("agreement", SAMPLES / "engineer-2026" / "ratings.csv")
    assert found["connected"] is True
    assert len(found["criteria"]) > 1
    assert len(found["severity"]) == 5


def test_the_table_says_what_to_make_of_it(tmp_path: Path) -> None:
    said = run("agreement", shrout(tmp_path)).stdout
    assert "6 reviewers a candidate would reach a dependability of 0.70" in said
    assert "Severity: points below the average reviewer" in said


def test_the_csv_has_every_figure_with_its_interval(tmp_path: Path) -> None:
    text = run("agreement", shrout(tmp_path), "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {"ICC(A,1)", "alpha, ordinal", "Gwet's ac1", "variance of residual"} <= {
        row["figure"] for row in rows
    }
    assert all(row["low"] for row in rows)


def test_a_rating_that_is_no_number_is_named(tmp_path: Path) -> None:
    path = tmp_path / "panel.csv"
    path.write_text("candidate,Ann,Bo\nc1,4,good\nc2,3,2\n", encoding="utf-8")
    assert "row 2, column 'Bo': 'good'" in complaint_of("agreement", path)


def drifting(folder: Path) -> Path:
    """Ann rates a candidate a tenth of a point lower with each review, Bo and Cy do not."""
    draw = np.random.default_rng(1)
    lines = ["candidate,reviewer,rating,position"]
    for reviewer, slope in (("Ann", 0.1), ("Bo", 0.0), ("Cy", 0.0)):
        for place, number in enumerate(draw.permutation(20)):
            rating = 3 + number / 10 - slope * place + draw.normal(0, 0.1)
            lines.append(f"C{number},{reviewer},{rating},{place + 1}")
    path = folder / "drifting.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_severity_over_time(tmp_path: Path) -> None:
    path = drifting(tmp_path)
    drift = json_of("agreement", path)["drift"]
    assert (drift["by"], drift["relative"], drift["without_time"]) == ("order", False, 0)
    ann = drift["reviewers"][0]
    assert ann["change_low"] < 1.9 < ann["change_high"]
    text = run("agreement", path).output
    assert "Severity over time" in text
    assert "points lower at the end than at the beginning" in " ".join(text.split())
    assert json_of("agreement", shrout(tmp_path))["drift"] is None


def test_criteria_that_measure_one_thing(tmp_path: Path) -> None:
    draw = np.random.default_rng(2)
    lines = ["candidate,reviewer,criterion,rating"]
    for number in range(40):
        for reviewer in ("Ann", "Bo"):
            one, other = draw.integers(1, 6, 2)
            lines += [
                f"C{number},{reviewer},{name},{value}"
                for name, value in (("clarity", one), ("order", one), ("facts", other))
            ]
    path = tmp_path / "three.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    first, *others = json_of("agreement", path)["overlap"]
    assert (first["criteria"], first["verdict"]) == (["clarity", "order"], "one thing")
    assert {one["verdict"] for one in others} == {"told apart"}
    assert "'clarity' and 'order' measure one thing" in run("agreement", path).output

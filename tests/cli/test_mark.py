from __future__ import annotations

import csv
import io
from pathlib import Path

from tests.cli.running import complaint_of, json_of, run
from tests.review.test_task import DATA
from toolkit.review.rubric import template_text


def files(folder: Path) -> tuple[Path, Path]:
    task, answers = folder / "task.toml", folder / "answers.csv"
    task.write_text(DATA, encoding="utf-8")
    answers.write_text(
        "candidate_id,rows,share,source,test,faults\n"
        "C-1,1523,4.5 %,Newsletter,Fisher,gaps; repeated rows\n"
        "C-2,12,,Radio,Fisher,gaps\n",
        encoding="utf-8",
    )
    return task, answers


def test_each_answer_with_its_points_and_why(tmp_path: Path) -> None:
    task, answers = files(tmp_path)
    found = json_of("mark", answers, "--task", task)
    assert [(one["candidate_id"], one["points"], one["of"]) for one in found["candidates"]] == [
        ("C-1", 6.0, 6.0),
        ("C-2", 1.5, 6.0),
    ]
    assert found["candidates"][1]["by_a_person"] == ["report"]
    said = " ".join(run("mark", answers, "--task", task).output.split())
    assert "2 candidates marked; 6 points can be had automatically." in said
    assert "2 answers are left to a person" in said


def test_the_csv_has_a_row_an_answer(tmp_path: Path) -> None:
    task, answers = files(tmp_path)
    text = run("mark", answers, "--task", task, "--format", "csv").output
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 12
    assert rows[6]["why"] == "Wrong by 1511; right is 1523."


def test_the_rubric_must_have_the_criteria_of_open_items(tmp_path: Path) -> None:
    task, answers = files(tmp_path)
    rubric = tmp_path / "rubric.toml"
    rubric.write_text(template_text("data_task"), encoding="utf-8")
    assert run("mark", answers, "--task", task, "--rubric", rubric).exit_code == 0
    rubric.write_text(template_text("code_review"), encoding="utf-8")
    told = complaint_of("mark", answers, "--task", task, "--rubric", rubric)
    assert "which the rubric 'Code review' does not have" in told


def test_a_missing_column_is_told(tmp_path: Path) -> None:
    task, answers = files(tmp_path)
    answers.write_text("candidate_id,rows\nC-1,1\n", encoding="utf-8")
    assert "no column for the item 'share'" in complaint_of("mark", answers, "--task", task)

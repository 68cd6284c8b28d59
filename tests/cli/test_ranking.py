from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import SAMPLES, complaint_of, json_of, run

RATINGS = SAMPLES / "engineer-2026" / "ratings.csv"


def three(folder: Path) -> Path:
    path = folder / "reviews.csv"
    path.write_text("candidate,Ann,Bo\nc1,4,3\nc2,2,1\nc3,5,5\n", encoding="utf-8")
    return path


def test_three_candidates_by_hand(tmp_path: Path) -> None:
    found = json_of("ranking", three(tmp_path), "--places", 1)
    assert [one["candidate_id"] for one in found["ranking"]] == ["c3", "c1", "c2"]
    assert [one["total"] for one in found["ranking"]] == [5, 3.5, 1.5]
    assert [one["taken"] for one in found["ranking"]] == [True, False, False]


def test_the_sample_requisition_with_weights() -> None:
    equal = json_of("ranking", RATINGS, "--places", 40)
    name = next(iter(equal["weights"]))
    found = json_of("ranking", RATINGS, "--places", 40, "--weight", f"{name}=1")
    assert found["weights"][name] == 1
    assert equal["why_not_adjusted"] is None
    chances = [one["probability_in_top"] for one in equal["ranking"]]
    assert sum(one for one in chances if one is not None) == pytest.approx(40)


def test_the_table_begins_with_the_sentence(tmp_path: Path) -> None:
    said = run("ranking", three(tmp_path), "--places", 1).stdout
    assert "By the total of their ratings 1 candidate is taken for 1 place." in said


@pytest.mark.parametrize("weight", ["design", "=2", "design=-1", "design=much", "design=nan"])
def test_weights_that_cannot_be_read(weight: str, tmp_path: Path) -> None:
    said = complaint_of("ranking", three(tmp_path), "--places", 1, "--weight", weight)
    assert "Write it like design=2" in said


def test_a_criterion_that_nobody_rated(tmp_path: Path) -> None:
    said = complaint_of("ranking", three(tmp_path), "--places", 1, "--weight", "design=1")
    assert "There is no criterion 'design' in the weights" in said

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.errors import InputError
from toolkit.review.read_design import read_design, read_pairs


def file(folder: Path, text: str) -> Path:
    path = folder / "design.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_candidates_and_their_reviewers(tmp_path: Path) -> None:
    rows = "C1,Ann,design,4\nC1,Ann,writing,3\nC2,Bo,design,2\n"
    found = read_design(file(tmp_path, "candidate,reviewer,criterion,rating\n" + rows))
    assert (found.candidates, found.reviewers) == (("C1", "C2"), ("Ann", "Bo"))
    assert found.pairs == (("C1", "Ann"), ("C2", "Bo"))


def test_a_list_of_candidates_names_no_reviewers(tmp_path: Path) -> None:
    found = read_design(file(tmp_path, "candidate_id,klout\nC1,40\nC2,\n"))
    assert (found.candidates, found.reviewers, found.pairs) == (("C1", "C2"), (), ())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("klout\n40\n", "no column with the candidates' codes"),
        ("candidate,reviewer\nC1,Ann\nC2,\n", "column 'reviewer': row 3 empty"),
        ("candidate,reviewer\n,Ann\n", "column 'candidate': row 2 empty"),
    ],
)
def test_what_is_missing_is_told(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError) as told:
        read_design(file(tmp_path, text))
    assert message in str(told.value)


def test_pairs_need_both(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no column with reviewers"):
        read_pairs(file(tmp_path, "candidate\nC1\n"))


def test_two_tables_are_one_too_many(tmp_path: Path) -> None:
    first = file(tmp_path, "candidate\nC1\n")
    second = tmp_path / "other.csv"
    second.write_text("candidate\nC2\n", encoding="utf-8")
    with pytest.raises(InputError, match="may all be meant"):
        read_design(first, second)

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.cli.running import SAMPLES
from toolkit.errors import InputError
from toolkit.review.read_ratings import read_ratings


def file(folder: Path, text: str, name: str = "reviews.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_long_table(tmp_path: Path) -> None:
    path = file(tmp_path, "candidate,criterion,reviewer,rating\nc1,design,Ann,4\nc1,design,Bo,\n")
    ratings = read_ratings(path)
    assert (ratings.candidates, ratings.reviewers, ratings.criteria) == (
        ("c1",),
        ("Ann",),
        ("design",),
    )
    assert ratings.without_rating == 1


def test_a_table_of_candidates_by_reviewers(tmp_path: Path) -> None:
    ratings = read_ratings(file(tmp_path, 'candidate,Ann,Bo\nc1,4,3\nc2,"2,5",5\n'))
    assert ratings.reviewers == ("Ann", "Bo")
    assert ratings.value.tolist() == [4, 3, 2.5, 5]


def test_a_table_without_codes_takes_its_rows(tmp_path: Path) -> None:
    ratings = read_ratings(file(tmp_path, "J1,J2\n9,2\n6,1\n"))
    assert ratings.candidates == ("row 2", "row 3")
    assert ratings.reviewers == ("J1", "J2")


def test_the_only_column_of_text_holds_the_codes(tmp_path: Path) -> None:
    ratings = read_ratings(file(tmp_path, "applicant no,J1,J2\nA-1,9,2\nA-2,6,1\n"))
    assert ratings.candidates == ("A-1", "A-2")


def test_words_are_categories(tmp_path: Path) -> None:
    ratings = read_ratings(file(tmp_path, "r1,r2\nneurosis,other\nother,other\n"))
    assert ratings.categories == ("neurosis", "other")


def test_the_sample_requisition() -> None:
    ratings = read_ratings(SAMPLES / "engineer-2026" / "ratings.csv")
    assert len(ratings.reviewers) == 5
    assert len(ratings.criteria) > 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("candidate,Ann,Bo\nc1,4,good\nc2,3,2\n", "row 2, column 'Bo': 'good'"),
        ("candidate,Ann,Bo\nc1,4,3\nc1,3,2\n", "row 3: 'c1' has a row already"),
        ("candidate,Ann,Bo\n,4,3\nc1,3,2\n", "row 2 without a candidate"),
        ("candidate,Ann\nc1,4\n", "fewer than two columns of ratings"),
        ("who,reviewer,rating\nc1,Ann,4\n", "no column says who was rated"),
        ("candidate,reviewer,rating\nc1,Ann,4\nc1,Ann,3\n", "row 3: Ann has rated c1 before"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_ratings(file(tmp_path, text))


def test_two_tables_of_ratings_are_one_too_many(tmp_path: Path) -> None:
    one = file(tmp_path, "candidate,reviewer,rating\nc1,Ann,4\n", "one.csv")
    two = file(tmp_path, "candidate,reviewer,rating\nc1,Bo,4\n", "two.csv")
    with pytest.raises(InputError, match=r"one\.csv and two\.csv"):
        read_ratings(one, two)


def test_when_a_rating_was_made_is_read(tmp_path: Path) -> None:
    head = "candidate,reviewer,rating"
    placed = read_ratings(
        file(tmp_path, f"{head},position,date\nc1,Ann,4,2,2026-01-01\nc2,Ann,3,1,\n")
    )
    assert placed.time is not None
    assert (placed.time.tolist(), placed.time_is) == ([2.0, 1.0], "order")
    dated = read_ratings(
        file(tmp_path, f"{head},Rated at\nc1,Ann,4,1970-01-02T12:00:00\nc2,Ann,,\nc3,Ann,1,\n")
    )
    assert dated.time is not None
    assert (dated.time.tolist()[0], dated.time_is) == (1.5, "date")
    assert np.isnan(dated.time[1])
    plain = read_ratings(file(tmp_path, f"{head},date\nc1,Ann,4,2.1.1970\nc2,Ann,3,13.1.1970\n"))
    assert plain.time is not None
    assert plain.time.tolist() == [1.0, 12.0]
    assert read_ratings(file(tmp_path, f"{head}\nc1,Ann,4\nc2,Ann,3\n")).time is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "candidate,reviewer,rating,date\nc1,Ann,4,soon\n",
            "row 2, column 'date': 'soon' is no date",
        ),
        (
            "candidate,reviewer,rating,order\nc1,Ann,4,1\nc2,Ann,4,second\n",
            "'second' (text) among places",
        ),
    ],
)
def test_a_time_that_is_none_is_told(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError) as told:
        read_ratings(file(tmp_path, text))
    assert message in str(told.value)


def test_the_time_of_a_total_is_the_mean_of_its_ratings(tmp_path: Path) -> None:
    rows = "c1,Ann,a,4,1\nc1,Ann,b,2,3\nc2,Ann,a,5,4\nc1,Bo,a,1,1\nc1,Bo,b,3,2\n"
    ratings = read_ratings(file(tmp_path, "candidate,reviewer,criterion,rating,order\n" + rows))
    totals, left_out = ratings.totals()
    assert totals.time is not None
    assert (totals.time.tolist(), totals.value.tolist(), left_out) == ([2.0, 1.5], [3.0, 2.0], 1)
    on_b = ratings.on("b")
    assert on_b.time is not None
    assert on_b.time.tolist() == [3.0, 2.0]

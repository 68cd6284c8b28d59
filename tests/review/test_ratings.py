from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from toolkit.errors import InputError
from toolkit.review.ratings import ratings_of, ratings_of_table


def test_three_ratings_as_a_table() -> None:
    ratings = ratings_of(["c1", "c1", "c2"], ["Ann", "Bo", "Ann"], [4, 3, 5])
    assert ratings.table() == pytest.approx(np.array([[4, 3], [5, np.nan]]), nan_ok=True)
    assert len(ratings) == 3


def test_no_basis_to_judge_is_counted() -> None:
    ratings = ratings_of_table(pd.DataFrame({"Ann": [1.0, np.nan], "Bo": [2.0, 3.0]}))
    assert (len(ratings), ratings.without_rating) == (3, 1)


def test_totals_are_means_of_whole_reviews() -> None:
    ratings = ratings_of(
        ["c1", "c1", "c1", "c2"], ["Ann", "Ann", "Bo", "Bo"], [4, 2, 3, 5], ["x", "y", "x", "x"]
    )
    totals, left_out = ratings.totals()
    assert totals.value.tolist() == [3.0]
    assert left_out == 2
    assert ratings.on("y").value.tolist() == [2.0]
    with pytest.raises(ValueError, match="one criterion"):
        ratings.table()


def test_words_have_no_order() -> None:
    ratings = ratings_of(["a", "b"], ["Ann", "Ann"], ["yes", "no"])
    assert ratings.categories == ("no", "yes")
    assert ratings.value.tolist() == [1, 0]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ((["a", "a"], ["Ann", "Ann"], [1, 2]), "row 2: Ann has rated a before"),
        ((["a", None], ["Ann", "Ann"], [1, 2]), "row 2 with a rating but no candidate"),
        ((["a", "b"], ["Ann", None], [1, 2]), "row 2 with a rating but no reviewer"),
        ((["a", "b"], ["Ann", "Ann"], [1, float("inf")]), "row 2 with an infinite rating"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_row(columns: tuple, message: str) -> None:
    with pytest.raises(InputError, match=message):
        ratings_of(*columns)

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from toolkit.errors import InputError
from toolkit.inflation.follower_rows import follower_rows, has_followers

TODAY = dt.date(2026, 11, 22)


def text(**columns: list[str | None]) -> pd.DataFrame:
    frame = pd.DataFrame({name: pd.Series(cells, dtype="str") for name, cells in columns.items()})
    return frame.set_axis(range(2, len(frame) + 2), axis=0)


def test_three_followers() -> None:
    found = follower_rows(
        text(
            followers=["3", "420", "1,200"],
            following=["4200", "380", "15"],
            posts=["0", None, "7"],
            has_picture=["no", "yes", None],
            created=["2026-11-12", None, "2020"],
        ),
        today=TODAY,
    )
    assert found.rows.tolist() == [2, 3, 4]
    assert found.facts.followers.tolist() == [3, 420, 1200]
    assert found.facts.posts[[0, 2]].tolist() == [0, 7]
    assert np.isnan(found.facts.posts[1])
    assert found.facts.has_picture[:2].tolist() == [0, 1]
    assert found.facts.age_days[0] == 10
    assert found.issues == ()


def test_every_bad_cell_is_named_with_its_row() -> None:
    with pytest.raises(InputError) as caught:
        follower_rows(
            text(
                followers=["-4", "1", "2", "3"],
                following=["1", "many", "2", "3"],
                has_picture=["yes", "no", "perhaps", "no"],
                created=["2020-01-01", "2020-01-01", "2020-01-01", "2031-01-01"],
            ),
            file="sample.csv",
            today=TODAY,
        )
    lines = str(caught.value).splitlines()
    assert [line.split(":")[0] for line in lines] == [
        "sample.csv, row 2, column 'followers'",
        "sample.csv, row 3, column 'following'",
        "sample.csv, row 4, column 'has_picture'",
        "sample.csv, row 5, column 'created'",
    ]
    assert "negative" in lines[0]
    assert "in the future" in lines[3]


def test_an_account_that_stands_there_twice() -> None:
    with pytest.raises(InputError, match=r"row 3, column 'username': 'ann' stands in an earlier"):
        follower_rows(text(username=["ann", "ann"], followers=["1", "1"], following=["1", "1"]))


def test_rows_without_counts_are_left_out_and_told() -> None:
    found = follower_rows(text(followers=["1", None], following=["5", "6"]))
    (issue,) = found.issues
    assert (issue.level, issue.row) == ("warning", 3)
    assert "left out of the sample" in issue.message


def test_frames_of_numbers_are_read_alike() -> None:
    words = text(followers=["1", "2"], following=["3", None], has_picture=["1", "0"])
    numbers = words.astype(float)
    one, other = follower_rows(words), follower_rows(numbers)
    for name in ("followers", "following", "has_picture", "posts"):
        assert np.array_equal(getattr(one.facts, name), getattr(other.facts, name), equal_nan=True)


def test_columns() -> None:
    assert has_followers(["Followers count", "Friends"])
    assert not has_followers(["followers"])
    with pytest.raises(InputError, match="no column for 'following'"):
        follower_rows(text(followers=["1"]))
    with pytest.raises(InputError, match="no rows below"):
        follower_rows(text(followers=[], following=[]))

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.intake.dates import read_dates
from toolkit.intake.truths import read_truths


def read(*texts: str | None) -> list[str]:
    return [str(value) for value in read_dates(pd.Series(texts, dtype="str")).values]


def test_one_day_written_in_many_ways() -> None:
    ways = (
        "2013-07-09", "2013/7/9", "2013-07-09T12:30:00Z", "2013-07-09 12:30", "9.7.2013",
        "09.07.13", "9 July 2013", "9 Jul 2013", "July 9, 2013", "9-Jul-2013", "20130709",
        "Tue Jul 09 13:08:45 +0000 2013", "41464", "1373328000",
    )  # fmt: skip
    assert read(*ways) == ["2013-07-09"] * len(ways)


@pytest.mark.parametrize(
    ("text", "first_day"),
    [
        ("2013", "2013-01-01"),
        ("2013-07", "2013-07-01"),
        ("07/2013", "2013-07-01"),
        ("July 2013", "2013-07-01"),
        ("2013 Q3", "2013-07-01"),
        ("Q3/2013", "2013-07-01"),
    ],
)
def test_months_and_years_are_their_first_day(text: str, first_day: str) -> None:
    assert read(text) == [first_day]


def test_a_day_above_twelve_says_which_comes_first() -> None:
    assert read("3/4/2012", "13/4/2012") == ["2012-04-03", "2012-04-13"]
    assert read("3/4/2012", "4/13/2012") == ["2012-03-04", "2012-04-13"]
    unsure = read_dates(pd.Series(["5/5/2012", "3/4/2012"]))
    assert unsure.either_way == "3/4/2012"
    assert str(unsure.values[1]) == "2012-04-03"
    assert read_dates(pd.Series(["3.4.2012"])).either_way is None


def test_what_is_no_date() -> None:
    dates = read_dates(pd.Series(["soon", "2012-13-01", "31.2.2012", None, "n/a"]))
    assert dates.unread.tolist() == [True, True, True, False, False]
    assert read() == []


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)))
def test_iso_dates_are_read_back(day: dt.date) -> None:
    assert read(day.isoformat()) == [day.isoformat()]


def test_yes_and_no() -> None:
    values, unread = read_truths(
        pd.Series(["Yes", "TRUE", "1", "1.0", "ja", "no", "0", "falsch", None, "n/a", "maybe"])
    )
    assert values.tolist()[:8] == [1, 1, 1, 1, 1, 0, 0, 0]
    assert pd.isna(values[8:]).all()
    assert unread.tolist() == [False] * 10 + [True]

import datetime as dt

import pytest

from toolkit.sheets.texts import Texts, texts_of

ENGLISH = texts_of("candidate")
GERMAN = Texts({**ENGLISH.common, "decimal_mark": ",", "thousands_mark": "."}, {})


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (61.0, 0, "61"),
        (1234567.891, 2, "1,234,567.89"),
        (-4.5, 1, "−4.5"),
        (-0.04, 1, "0.0"),
        (0.0, 0, "0"),
    ],
)
def test_numbers_in_english(value: float, decimals: int, written: str):
    assert ENGLISH.number(value, decimals) == written


def test_numbers_follow_the_marks_of_the_language():
    assert GERMAN.number(1234567.891, 2) == "1.234.567,89"


def test_a_number_without_its_sign():
    assert ENGLISH.number(-4.5, 1, sign=False) == "4.5"


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (0.3, "30 %"),
        (1.0, "100 %"),
        (0.0, "0 %"),
        (0.001, "under 1 %"),
        (-0.001, "just under 0 %"),
        (-0.25, "−25 %"),
        (0.996, "over 99 %"),
    ],
)
def test_shares(share: float, written: str):
    assert ENGLISH.percent(share) == written.replace(" %", "\u00a0%")


def test_dates_and_lists():
    assert ENGLISH.date(dt.date(2026, 10, 9)) == "9 October 2026"
    assert ENGLISH.joined(["Klout"], "list_or") == "Klout"
    assert ENGLISH.joined(["Klout", "Kred", "stars"], "list_or") == "Klout, Kred or stars"
    assert ENGLISH.joined(["at least 2", "at most 5"], "list_and") == "at least 2 and at most 5"


def test_braces_in_the_data_are_data():
    assert ENGLISH("job_link", text="{date} {0}") == "The job requires: {date} {0}"

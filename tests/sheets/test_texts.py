import datetime as dt

import pytest

from toolkit.sheets.texts import messages, texts_of

ENGLISH = texts_of("candidate")
GERMAN = texts_of("candidate", "de")
FRENCH = texts_of("candidate", "fr")
SPANISH = texts_of("candidate", "es")


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
    assert FRENCH.number(-1234567.891, 2) == "−1\u202f234\u202f567,89"
    assert SPANISH.number(0.5, 1) == "0,5"


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


def test_dates_in_the_words_of_the_language():
    day = dt.date(2026, 10, 9)
    assert [t.date(day) for t in (ENGLISH, GERMAN, FRENCH, SPANISH)] == [
        "9 October 2026",
        "9. Oktober 2026",
        "9 octobre 2026",
        "9 de octubre de 2026",
    ]


def test_names_in_a_row():
    assert ENGLISH.joined(["Klout"], "list_or") == "Klout"
    assert ENGLISH.joined(["Klout", "Kred", "stars"], "list_or") == "Klout, Kred or stars"
    assert ENGLISH.joined(["at least 2", "at most 5"], "list_and") == "at least 2 and at most 5"


def test_braces_in_the_data_are_data():
    assert ENGLISH("job_link", text="{date} {0}") == "The job requires: {date} {0}"


def test_every_text_has_a_context_of_its_own():
    tree = {"a": {"ticks": ["yes", "no"], "kinds": {"score": "score"}}}
    assert list(messages(tree)) == [
        ("a.ticks.0", "yes"),
        ("a.ticks.1", "no"),
        ("a.kinds.score", "score"),
    ]


def test_figures_that_come_as_words_get_the_marks_of_the_language():
    assert GERMAN.figures("1,234.5 of 7. And, so on") == "1.234,5 of 7. And, so on"
    assert FRENCH.figures("0.82") == "0,82"
    assert ENGLISH.figures("1,234.5") == "1,234.5"


def test_each_language_has_its_own_singular():
    english, french = texts_of("cohort"), texts_of("cohort", "fr")
    assert [english.count("flagged", n)[:13] for n in (0, 1, 2)] == [
        "0 candidates ",
        "1 candidate h",
        "2 candidates ",
    ]
    assert [french.count("flagged", n)[:14] for n in (0, 1, 2)] == [
        "0 candidature ",
        "1 candidature ",
        "2 candidatures",
    ]

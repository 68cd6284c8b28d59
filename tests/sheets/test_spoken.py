"""What results say, in the language of a document."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.fairness.rules import DEFAULT_RULES
from toolkit.fairness.verdict import Facts, verdict
from toolkit.inflation import account_wording as account
from toolkit.inflation import bought_followers_wording as bought
from toolkit.inflation.dismissal_wording import dismissed
from toolkit.inflation.score_above_wording import above_work
from toolkit.influence.effort import Effort
from toolkit.influence.effort_wording import effort_phrase
from toolkit.review.rubric import portfolio_rubric
from toolkit.sentence import begun, day, figure, in_a_row, say, say_count
from toolkit.sheets.spoken import spoken
from toolkit.sheets.texts import texts_of

ENGLISH = texts_of("candidate")
GERMAN, FRENCH, SPANISH = (texts_of("candidate", language) for language in ("de", "fr", "es"))


def test_a_reason_is_told_in_the_language_of_the_document() -> None:
    reason = account.on("Twitter", bought.follow_back_ring(39_870.0, 41_200.0))
    assert spoken(reason, GERMAN).startswith("Auf Twitter: 39.870 Follower bei 41.200 Gefolgten")
    assert spoken(reason, FRENCH).startswith("Sur Twitter\u00a0: 39\u202f870 abonnés")
    assert spoken(reason, ENGLISH) == str(reason)


@pytest.mark.parametrize(
    ("amount", "low", "high", "said"),
    [
        (2312.0, 1402.0, 3980.0, "unos 2.300 seguidores más (1.400 a 4.000)"),
        (-610.0, None, -590.0, "unos 610 seguidores menos (590 o más)"),
        (-31850.0, None, -31790.0, "la pérdida de casi todos los seguidores"),
    ],
)
def test_an_effort_is_told_in_spanish(
    amount: float, low: float | None, high: float | None, said: str
) -> None:
    audience = 31_877.0 if amount < -30_000 else 1_100.0
    effort = Effort("klout", 5.0, "followers", amount, low, high, "own audience", audience, None)
    assert spoken(effort_phrase(effort), SPANISH) == said


def test_decimals_and_ends_keep_their_digits() -> None:
    assert "46,5\u00a0%" in spoken(bought.audited(46.5, 12.0), GERMAN)
    above = above_work("Klout", 61.0, 48.2, 40.0, 55.5, 0.9999, 60)
    assert "über 99\u00a0%" in spoken(above, GERMAN)
    assert "40 bis 55,5, aus 60" in spoken(above, GERMAN)


def test_each_language_has_its_own_plural() -> None:
    posts = [account.posts(n) for n in (0, 1, 2)]
    assert [spoken(said, GERMAN) for said in posts] == ["keine Beiträge", "1 Beitrag", "2 Beiträge"]
    # French says none in the singular.
    none = say_count("{n} candidate", "{n} candidates", 0, n=0)
    assert [str(none), spoken(none, FRENCH)] == ["0 candidates", "0 candidature"]


def test_facts_of_a_list_are_told_one_by_one() -> None:
    said = bought.looks_sold(12.0, 3400.0, [account.posts(1.0), account.NO_PICTURE])
    assert spoken(said, GERMAN).endswith("außerdem 1 Beitrag und kein Bild.")
    assert spoken(said, FRENCH).endswith("avec 1 publication et pas de photo.")


def test_numbers_in_words_dates_and_beginnings() -> None:
    assert spoken(figure("seven", "7"), GERMAN) == "7"
    assert spoken(day(dt.date(2026, 11, 22)), GERMAN) == "22. November 2026"
    assert spoken(begun(say("the last digit is off by one.")), GERMAN).startswith("Die letzte")
    two = in_a_row([say("Nobody is selected, so the screen rewards nothing."), "As I wrote."])
    assert spoken(two, SPANISH).endswith("no premia nada. As I wrote.")


def test_a_reading_has_the_names_of_groups_as_they_are() -> None:
    judged = verdict(
        Facts("Women", "Men", 76, 34, 92, 50, 0.823, 0.6, 1.13, 0.6, False, 0.27, 0.7, False),
        DEFAULT_RULES,
    )
    said = spoken(judged.reading, GERMAN)
    assert said.startswith("Women: 34 von 76 (44,7\u00a0%) ausgewählt, gegenüber 50 von 92")
    assert "Impact Ratio 0,82 (0,60 bis 1,13)" in said


def test_a_dismissal_is_told_with_the_words_of_the_person() -> None:
    said = dismissed("The account of the whole newsroom.", dt.date(2026, 11, 22), "")
    assert spoken(said, GERMAN) == (
        "Von einer beurteilenden Person am 22. November 2026 zurückgewiesen: "
        "„The account of the whole newsroom.“"
    )


def test_a_rubric_that_came_with_the_program_is_told_and_any_other_stays() -> None:
    first = portfolio_rubric().criteria[0]
    assert spoken(first.label, GERMAN) == "Qualität der gezeigten Arbeit"
    assert spoken("Quality of our work", GERMAN) == "Quality of our work"


def test_what_people_wrote_stays() -> None:
    for text in ("", "Knows the harbour.", "On leave: back in May", "{n}", "followers\nand more"):
        assert spoken(text, GERMAN) == text


@settings(max_examples=40)
@given(st.text(max_size=60))
def test_any_text_is_told_somehow(text: str) -> None:
    assert text in spoken(say("On {platform}: {sentence}", platform="x", sentence=text), SPANISH)

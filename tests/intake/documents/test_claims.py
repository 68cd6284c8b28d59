"""Figures in realistic sentences. What each one says was worked out by reading it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.documents.made import DATA
from toolkit.intake.documents.changes import MOST
from toolkit.intake.documents.claims import Claims, find_claims
from toolkit.intake.documents.document import Document, Section
from toolkit.intake.documents.read_document import read_document


def claims(text: str, place: str = "") -> Claims:
    return find_claims(Document("a.txt", "text", "", (Section(place, "", text),)))


def test_from_what_to_what() -> None:
    found = claims(
        "Intro.\nRaised the conversion rate from 1.5 % to 4.5 % in six months.", "page 2"
    )
    (change,) = found.changes
    assert (change.before, change.after, change.unit) == (Decimal("1.5"), Decimal("4.5"), "%")
    assert (change.absolute, change.relative) == (Decimal(3), Fraction(2))
    assert change.place == "page 2, line 2"
    assert change.words == "from 1.5 % to 4.5 %"
    assert change.around == "Raised the conversion rate from 1.5 % to 4.5 % in six months."
    assert found.amounts == ()


@pytest.mark.parametrize(
    ("text", "before", "after", "unit", "relative"),
    [
        ("Conversion 1.5 % to 4.5 %", "1.5", "4.5", "%", "2"),
        ("Grew the newsletter from 200 to 1,400 sign-ups.", "200", "1400", "sign-ups", "6"),
        ("Die Öffnungsrate stieg von 1,5 % auf 4,5 %.", "1.5", "4.5", "%", "2"),
        ("Anmeldungen von 200 auf 1.400 gesteigert.", "200", "1400", "", "6"),
        ("Revenue grew from $2.5m to $10m.", "2500000", "10000000", "$", "3"),
        ("Umsatz von 2 Mio. € auf 5 Mio. € gesteigert", "2000000", "5000000", "€", "3/2"),
        ("Load time 900 ms → 300 ms", "900", "300", "ms", "-2/3"),
        ("Cut onboarding from 14 days to 7 days", "14", "7", "days", "-1/2"),
        ("We reduced tickets from over 1,200 to about 300 a week", "1200", "300", "", "-3/4"),
        ("Took the app from 0 to 50,000 users", "0", "50000", "users", None),
        ("Bounce rate dropped from 60 percent to 45 percent", "60", "45", "%", "-1/4"),
        ("Fehlerquote von 3,2 Prozent auf 0,8 Prozent gesenkt", "3.2", "0.8", "%", "-3/4"),
        ("Raised sales from 12'500 to 25'000 units", "12500", "25000", "units", "1"),
        ("lifted output from\n200 to 250 tonnes", "200", "250", "tonnes", "1/4"),
    ],
)
def test_before_and_after(
    text: str, before: str, after: str, unit: str, relative: str | None
) -> None:
    (change,) = claims(text).changes
    assert (change.before, change.after) == (Decimal(before), Decimal(after))
    assert change.unit == unit
    assert change.relative == (None if relative is None else Fraction(relative))
    assert change.absolute == Decimal(after) - Decimal(before)


def test_what_stands_in_the_next_line_is_no_part_of_it() -> None:
    found = claims("Campaigns\nGrew the list from 200 to 1,400 sign-ups\nKlout 63")
    assert found.changes[0].unit == "sign-ups"
    assert found.changes[0].around == "Grew the list from 200 to 1,400 sign-ups"


@pytest.mark.parametrize(
    ("text", "relative"),
    [
        ("Doubled revenue.", "1"),
        ("The team tripled its output", "2"),
        ("Halved the error rate", "-1/2"),
        ("Den Umsatz verdoppelt", "1"),
        ("Kosten halbiert", "-1/2"),
        ("Traffic up 35 %", "7/20"),
        ("Sales: +35 %", "7/20"),
        ("Bounce rate −12 %", "-3/25"),
        ("Churn was cut by 40%", "-2/5"),
        ("Costs were reduced by 12.5 percent", "-1/8"),
        ("Increased profits by > 20%", "1/5"),
        ("saved over 30% of the hosting bill", "-3/10"),
        ("Den Umsatz um 35 % gesteigert", "7/20"),
        ("Kosten um 12,5 Prozent gesenkt", "-1/8"),
        ("a 35 % increase in leads", "7/20"),
        ("eine Steigerung der Anfragen um 8 %", "2/25"),
        ("20 % fewer complaints", "-1/5"),
        ("Grew 3x in a year", "2"),
        ("made builds 10x faster", "9"),
        ("a threefold rise", "2"),
        ("increased output by a factor of 2.5", "3/2"),
        ("cut the time by a factor of 4", "-3/4"),
    ],
)
def test_how_much_it_changed(text: str, relative: str) -> None:
    (change,) = claims(text).changes
    assert change.relative == Fraction(relative)
    assert (change.before, change.after, change.absolute) == (None, None, None)


def test_percentage_points_are_no_percentages() -> None:
    (change,) = claims("Satisfaction rose by 12 percentage points.").changes
    assert (change.absolute, change.relative, change.unit) == (Decimal(12), None, "%")
    (german,) = claims("Quote um 2,5 Prozentpunkte erhöht.").changes
    assert german.absolute == Decimal("2.5")


@pytest.mark.parametrize(
    "text",
    [
        "Open from 9 to 5.",
        "Teams from 5 to 12 people.",
        "Worked there from 2010 to 2014.",
        "Tätig von 2010 auf 2014 hin",
        "For ages from 18 to 35.",
        "Discounts ranging from 5 % to 20 %.",
        "Doubled as office manager, and doubled down on quality.",
        "A 3x3 grid, 2x per week, 1024x768, an iPhone 4x and 4x100 m.",
        "A double-blind study.",
        "The aim was to be doubled; it was not doubled.",
        "We plan to raise it by 20 %.",
        "From 3 users to 5 countries, grown.",
        "Chapter 2 to 4 of the book, pages from 10 to 20.",
        "Python 3 to Python 4, version 1.2 to 1.3",
        "von 5 bis 12 Personen; von 9 auf dem Weg",
        "Up to 35 people and 5 % of them",
        "10 - 20 % of the work – 5 % elsewhere",
        "Moved from Berlin to 3 other cities",
    ],
)
def test_what_is_no_change(text: str) -> None:
    assert claims(text).changes == ()


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Budget of $2.5m a year", "2500000", "$"),
        ("Einen Etat von 30.000 € verwaltet", "30000", "€"),
        ("3.6 million users now", "3600000", "users"),
        ("managed 300+ pods", "300", "pods"),
        ("1.400 Kunden betreut", "1400", "Kunden"),
        ("over 90 % of the resources", "90", "%"),
        ("EUR 12,50 an hour", "12.5", "€"),
        ("2,000 new subscribers", "2000", "new subscribers"),
    ],
)
def test_amounts(text: str, value: str, unit: str) -> None:
    (amount,) = claims(text).amounts
    assert (amount.value, amount.unit) == (Decimal(value), unit)


@pytest.mark.parametrize("text", ["20 enterprise systems", "room 12", "RFC 9106", "C-017", "4 VPC"])
def test_what_is_no_amount(text: str) -> None:
    assert claims(text).amounts == ()


@pytest.mark.parametrize(
    ("text", "start", "end", "goes_on", "precision"),
    [
        ("Mar. 2010 – Aug. 2017", "2010-03-01", "2017-08-01", False, "month"),
        ("since 2008", "2008-01-01", None, True, "year"),
        ("seit März 2008", "2008-03-01", None, True, "month"),
        ("Mar. 2021 – Present", "2021-03-01", None, True, "month"),
        ("05/2019 – heute", "2019-05-01", None, True, "month"),
        ("12 March 2010", "2010-03-12", None, False, "day"),
        ("March 12th, 2010", "2010-03-12", None, False, "day"),
        ("12. März 2010", "2010-03-12", None, False, "day"),
        ("01.03.2010", "2010-03-01", None, False, "day"),
        ("03/25/2010", "2010-03-25", None, False, "day"),
        ("2013-09", "2013-09-01", None, False, "month"),
        ("2013-09-30", "2013-09-30", None, False, "day"),
        ("2010-2014", "2010-01-01", "2014-01-01", False, "year"),
        ("2010/11", "2010-01-01", "2011-01-01", False, "year"),
        ("from 2010 to 2014", "2010-01-01", "2014-01-01", False, "year"),
        ("Q3 2014", "2014-07-01", None, False, "month"),
        ("won the prize (2013)", "2013-01-01", None, False, "year"),
        ("im Jahr 2013", "2013-01-01", None, False, "year"),
    ],
)
def test_dates(text: str, start: str, end: str | None, goes_on: bool, precision: str) -> None:
    (date,) = claims(text).dates
    assert date.start.isoformat() == start
    assert (date.end.isoformat() if date.end else None) == end
    assert (date.goes_on, date.precision) == (goes_on, precision)
    assert date.is_span == (end is not None or goes_on)


@pytest.mark.parametrize(
    "text",
    [
        "2000 users",
        "ISO 27001",
        "version 2.0.2014",
        "€ 2010",
        "2,010 orders",
        "model 2014-X",
        "1999 %",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert claims(text).dates == ()


def test_one_document_decides_on_its_decimal_mark() -> None:
    # 4,5 can only be a decimal comma, so 1.234 is over a thousand there.
    found = claims("Zinsen von 4,5 %.\nWe raised sales from 1.234 to 2.468 units.")
    assert found.changes[0].before == Decimal(1234)


def test_more_than_anybody_checks_is_cut_and_told() -> None:
    found = claims("Sales: +35 %\n" * (MOST + 5))
    assert len(found.changes) == MOST
    assert not found.complete


def test_the_figures_of_a_cv() -> None:
    read = read_document((DATA / "documents" / "awesomecv_cv.pdf").read_bytes(), "cv.pdf")
    found = find_claims(read)
    assert [(c.words, c.relative) for c in found.changes] == [("Saved over 30%", Fraction(-3, 10))]
    assert (Decimal(3_600_000), "users") in [(a.value, a.unit) for a in found.amounts]
    spans = [d for d in found.dates if d.is_span and d.place.startswith("page 1")]
    assert [d.words for d in spans] == [
        "Mar. 2010 – Aug. 2017",
        "Mar. 2021 – Present",
        "Feb. 2021 – Mar. 2021",
    ]


@given(
    before=st.integers(1, 10**6),
    after=st.integers(1, 10**6),
    verb=st.sampled_from(["raised", "cut", "moved"]),
    style=st.sampled_from(["{:d}", "{:,d}"]),
)
def test_any_two_counts(before: int, after: int, verb: str, style: str) -> None:
    if 1950 <= before < 2050 and 1950 <= after < 2050:
        return
    text = f"We {verb} it from {style.format(before)} to {style.format(after)} units."
    (change,) = claims(text).changes
    assert (change.before, change.after) == (before, after)
    assert change.relative == Fraction(after, before) - 1


@given(text=st.text(alphabet="0123456789.,% €$-–/+x fromtbyvuauf\n", max_size=80))
def test_any_text_is_searched_without_a_fault(text: str) -> None:
    found = claims(text)
    assert found.to_dict()["complete"]

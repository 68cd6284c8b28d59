from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from tests.sheets.statutory_example import TOLD, city, guideline
from toolkit.sheets.content import digest_of
from toolkit.sheets.statutory_page import StatutorySheet, percent_of, ratio_words, statutory_page


def sheet(found: Any) -> StatutorySheet:
    return StatutorySheet(found, dt.date(2026, 11, 22))


def page_of(found: Any) -> dict[str, Any]:
    return dict(statutory_page(sheet(found)))


def test_the_tables_are_printed_as_the_rules_print_them() -> None:
    page = page_of(city())
    (part,) = page["parts"]
    sex, race, both = part["tables"]
    assert sex["rows"] == [
        ["Male", "92", "50", "54.3\u00a0%", "1.00", "–"],
        ["Female", "83", "37", "44.6\u00a0%", "0.82", "0.61 to 1.11"],
    ]
    assert [row[4] for row in race["rows"]] == ["–", "1.00", "0.91", "–", "left out", "–", "–"]
    assert race["says"] == (
        "Highest rate: White. 7 people of unknown category are in no row of this table. "
        "Under 2 % of this table: Asian."
    )
    assert len(both["rows"]) == 5


def test_what_is_left_out_stands_there_with_its_reason() -> None:
    page = page_of(city())
    assert page["left_out"] == (
        "Left out of the ratios: Asian and Female × Asian. The reason given: Two people are too "
        "few for a rate."
    )
    assert page_of(city(left_out=()))["left_out"] == ""


def test_the_dates_stand_beside_the_tables_or_leave_a_line() -> None:
    assert [date["value"] for date in page_of(city())["dates"]] == [
        "2 November 2026",
        "1 January 2025",
        "31 December 2025",
        "1 March 2025",
    ]
    assert [date["value"] for date in page_of(guideline())["dates"]] == ["", "", ""]


def test_the_limit_is_the_guidelines_alone() -> None:
    assert "Below 4/5" not in page_of(city())["columns"]
    page = page_of(guideline())
    assert page["columns"][-1] == "Below 4/5"
    assert [part["heading"] for part in page["parts"]] == [
        "All jobs together",
        "Job: clerk",
        "Job: driver",
    ]
    clerk = page["parts"][1]["tables"][0]["rows"]
    assert [row[-1] for row in clerk] == ["no", "yes"]


def test_without_the_name_of_a_tool_the_law_stands_in_the_footer() -> None:
    page = page_of(city(particulars=replace(TOLD, tool="")))
    assert page["belongs_to"] == "New York City Local Law 144 of 2021"


def test_no_ratio_is_rounded_over_a_limit() -> None:
    row = guideline().table("sex").rows[1]
    assert ratio_words(replace(row, impact_ratio=0.7999), guideline()) == "0.7999"
    assert ratio_words(replace(row, impact_ratio=0.7999), city()) == "0.80"
    assert percent_of(0.4474) == "44.7\u00a0%"


def test_the_digest_is_of_all_that_is_said() -> None:
    assert digest_of(sheet(city())) == digest_of(sheet(city()))
    assert digest_of(sheet(city())) != digest_of(sheet(city(left_out=())))

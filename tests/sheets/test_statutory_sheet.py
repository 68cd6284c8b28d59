from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import openpyxl
import pytest

from tests.sheets.reading import failures, squeezed, text_of
from tests.sheets.statutory_example import TOLD, city, guideline
from toolkit.sheets.statutory_sheet import render_statutory, statutory_workbook

DAY = dt.date(2026, 11, 22)

PRINTED = [
    "Statutory tables",
    "New York City Local Law 144 of 2021",
    "Shortlist screen",
    "Date of the audit",
    "2 November 2026",
    "All applicants of 2025.",
    "Sex categories",
    "54.3 %",
    "0.82",
    "Race/ethnicity categories",
    "White (Not Hispanic or Latino)",
    "left out",
    "7 people of unknown category are in no row of this table.",
    "Intersectional categories",
    "The reason given: Two people are too few for a rate.",
    "This law sets no limit of 0.80, nor any other limit",
    "6 RCNY 5-300 to 5-304",
    "It is not legal advice.",
]


def test_the_page_says_everything_in_reading_order() -> None:
    text = text_of(render_statutory(city(), DAY))
    at = 0
    for words in PRINTED:
        found = text.find(squeezed(words), at)
        assert found >= 0, words
        at = found


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_both_standards_are_kept(paper: str) -> None:
    assert failures(render_statutory(city(), DAY, paper)) == []  # type: ignore[arg-type]
    assert failures(render_statutory(guideline(), DAY, paper)) == []  # type: ignore[arg-type]


def test_the_same_tables_give_the_same_bytes() -> None:
    assert render_statutory(city(), DAY) == render_statutory(city(), DAY)
    assert render_statutory(city()) == render_statutory(city(), TOLD.dates["audit"])
    assert statutory_workbook(guideline()) == statutory_workbook(guideline())


def test_hostile_words_are_printed_as_words() -> None:
    told = replace(TOLD, tool='#panic("x") *bold* =HYPERLINK("y")', data_source="$x$ " * 200)
    found = city(particulars=told)
    assert squeezed('#panic("x") *bold*') in text_of(render_statutory(found, DAY))
    assert failures(render_statutory(found, DAY)) == []


def test_the_workbook_has_a_sheet_for_each_table() -> None:
    book = openpyxl.load_workbook(io.BytesIO(statutory_workbook(city())))
    assert book.sheetnames == [
        "Sex categories",
        "Race ethnicity categories",
        "Intersectional categories",
        "How to read this",
    ]
    rows = list(book["Sex categories"].iter_rows(values_only=True))
    assert rows[0][:5] == ("Category", "Applicants", "Selected", "Selection rate", "Impact ratio")
    assert rows[1][:5] == ("Male", 92, 50, 50 / 92, 1)
    assert rows[2][4] == pytest.approx((37 / 83) / (50 / 92), rel=1e-15)
    assert rows[3][:3] == ("Unknown category", 0, 0)
    told = [row[1] for row in book["How to read this"].iter_rows(values_only=True)]
    assert "This law sets no limit of 0.80, nor any other limit, for the impact ratio." in told
    assert "Date of the audit: 2026-11-02" in told
    assert "Left out of the ratios because: Two people are too few for a rate." in told


def test_the_workbook_of_a_guideline_by_job_says_what_was_not_given() -> None:
    book = openpyxl.load_workbook(io.BytesIO(statutory_workbook(guideline())))
    assert book.sheetnames == [
        "Sex",
        "Race and ethnic group",
        "Sex by job",
        "Race and ethnic group by job",
        "How to read this",
    ]
    rows = list(book["Sex by job"].iter_rows(values_only=True))
    assert rows[0][0] == "Job"
    assert [row[:2] for row in rows[1:]] == [
        ("clerk", "Male"),
        ("clerk", "Female"),
        ("clerk", "Unknown category"),
        ("driver", "Male"),
        ("driver", "Female"),
        ("driver", "Unknown category"),
    ]
    assert rows[2][-1] is True  # below four-fifths
    told = [row[1] for row in book["How to read this"].iter_rows(values_only=True)]
    assert "Not given: Date of the determination." in told


def test_figures_follow_the_language() -> None:
    text = text_of(render_statutory(city(), DAY, language="de"))
    for words in ("54,3 %", "0,82", "2. November 2026"):
        assert squeezed(words) in text

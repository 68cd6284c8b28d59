"""Ratings read candidate by candidate, and as they stand on a sheet."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.sheets.examples import REQUISITION, SHEET, UNBLINDED, criteria
from tests.sheets.reading import failures, pages_of, squeezed, text_of
from tests.sheets.test_from_results import DATE, SCREEN, cohort
from toolkit.errors import InputError
from toolkit.influence.influence import influence
from toolkit.review.rubric import portfolio_rubric
from toolkit.sheets.blank_sheet import BlankSheet
from toolkit.sheets.candidate_page import candidate_page
from toolkit.sheets.candidate_sheet import CandidateSheet
from toolkit.sheets.content import content_of, value_of
from toolkit.sheets.from_results import candidate_sheet
from toolkit.sheets.given_reviews import (
    CandidateReviews,
    Given,
    GivenReview,
    read_reviews,
    total_of,
)
from toolkit.sheets.person_decision import PersonDecision
from toolkit.sheets.rendering import render_pdf
from toolkit.sheets.requisition import Requisition

KEYS = [criterion.key for criterion in portfolio_rubric().criteria]
TABLE = (
    "candidate,criterion,reviewer,rating,note,reason\n"
    "A1,craft,Ann,4,Piece 1 is complete.,Needs the usual editing.\n"
    "A1,Results that can be checked,Ann,2,,\n"
    "A1,craft,Bo,,,Nothing shows it.\n"
    "A1,craft,agreed,3,,Bo had not seen piece 1.\n"
    "A2,craft,Ann,5,,\n"
)


def written(folder: Path, text: str) -> Path:
    path = folder / "ratings.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_ratings_by_candidate_and_reviewer(tmp_path: Path) -> None:
    found = read_reviews(written(tmp_path, TABLE), portfolio_rubric(), ["A1", "A2"])
    ann, bo = found["A1"].reviews
    assert (ann.reviewer, bo.reviewer) == ("Ann", "Bo")
    assert ann.on("craft") == Given(
        "craft", 4.0, "Piece 1 is complete.", "Needs the usual editing."
    )
    assert ann.on("results") == Given("results", 2.0)
    assert bo.ratings == (Given("craft", None, "", "Nothing shows it."),)
    assert found["A1"].agreed == (Given("craft", 3.0, "", "Bo had not seen piece 1."),)
    assert found["A2"].agreed == ()


def test_the_total_leaves_out_what_there_was_no_basis_for() -> None:
    rubric = portfolio_rubric()
    weights = [criterion.weight for criterion in rubric.criteria]
    assert weights == [30, 30, 20, 20]
    given = [Given(key, value) for key, value in zip(KEYS, (4, 3, None, 5), strict=True)]
    # (30 · 4 + 30 · 3 + 20 · 5) / 80
    assert total_of(given, rubric) == pytest.approx(3.875)
    assert total_of([Given("craft", None)], rubric) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("candidate,criterion,reviewer,rating\nA9,craft,Ann,4\n", "row 2: there is no candidate"),
        (
            "candidate,criterion,reviewer,rating\nA1,charm,Ann,4\n",
            "'charm' is no criterion of the rubric 'Portfolio review'",
        ),
        ("candidate,criterion,reviewer,rating\nA1,craft,Ann,6\n", "the rating is 6. Ratings go"),
        ("candidate,criterion,reviewer,rating\nA1,craft,Ann,good\n", "'good'"),
        (
            "candidate,criterion,reviewer,rating\nA1,craft,Ann,4\nA1,craft,Ann,5\n",
            "Ann has rated A1 on craft before",
        ),
        ("candidate,reviewer,rating\nA1,Ann,4\n", "has no column 'criterion'"),
        ("candidate,Ann,Bo\nA1,4,5\n", "no table with the columns candidate, criterion"),
    ],
)
def test_what_cannot_be_used_is_said(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_reviews(written(tmp_path, text), portfolio_rubric(), ["A1"])


NOTE = "The shop's own report shows orders rising from 40 to 130 a month."


def review(name: str, *values: float | None) -> GivenReview:
    return GivenReview(
        name,
        tuple(Given(key, v, NOTE, "Checked.") for key, v in zip(KEYS, values, strict=True)),
    )


FILLED = replace(
    UNBLINDED,
    reviews=(review("Ann Attersee", 4, 3, None, 5), review("Bo Birch", 2, 3, 4, 4)),
    agreed=(Given("craft", 4.0, "", "Bo had not seen the second piece."),),
    person=PersonDecision("A-017", "hold", "A reference is missing.", "M. Okafor", DATE),
)
BLIND = replace(
    SHEET, reviews=tuple(replace(one, reviewer="") for one in FILLED.reviews), agreed=FILLED.agreed
)

PRINTED = [
    "Ann Attersee, Bo Birch",
    "For the panel, once all ratings are locked.",
    "Each reviewer declares this for themselves.",
    "Connection with the candidate",
    "The task",
    "Ratings",
    "Quality of the work shown",
    "Errors that a client or user would notice",
    "What was seen, and where",
    "Ann Attersee",
    "4",
    NOTE,
    "Checked.",
    "Own part and reasoning",
    "no basis",
    "Summary of each reviewer",
    "3.88",
    "3.10",
    "Part 2 · For the panel",
    "Panel",
    "Spread",
    "Quality of the work shown",
    "Bo had not seen the second piece.",
    "Total",
    "0.77",
    "hold",
    "A reference is missing.",
    "M. Okafor",
]


def test_a_filled_sheet_says_everything_in_reading_order() -> None:
    text, at = text_of(render_pdf(FILLED)), 0
    for words in PRINTED:
        found = text.find(squeezed(words), at)
        assert found >= 0, f"'{words}' does not stand after '{text[max(at - 80, 0) : at]}'"
        at = found


def test_a_blind_sheet_numbers_its_reviewers() -> None:
    text = text_of(render_pdf(BLIND))
    assert squeezed("Reviewer 1") in text
    assert "Attersee" not in text


def test_no_score_stands_in_part_one_of_a_filled_sheet() -> None:
    pages = pages_of(render_pdf(FILLED))
    part_two = [page.startswith(squeezed("Part 2 · For the panel")) for page in pages].index(True)
    for page in pages[:part_two]:
        body = page.replace(squeezed("Social score seen"), "")
        for word in ("Klout", "Rank", "composite", "suspected"):
            assert word not in body


def test_names_and_reviewers_are_withheld_where_the_sheet_is_made_blind() -> None:
    everyone = cohort()
    name = everyone.name_of("ann")
    given = GivenReview("Bo Birch", (Given("craft", 4.0, f"{name} made this alone."),))

    sheets = {
        blind: candidate_sheet(
            everyone,
            influence(everyone, SCREEN),
            "ann",
            blind=blind,
            reviews=CandidateReviews((given,)),
            date=DATE,
        )
        for blind in (True, False)
    }
    assert sheets[True].reviews[0].reviewer == ""
    assert name not in sheets[True].reviews[0].ratings[0].note
    assert sheets[False].reviews == (given,)


def many(reviewers: int, count: int) -> CandidateSheet:
    rubric = criteria(count)
    given = tuple(Given(one.key, 3.0) for one in rubric.criteria)
    return replace(
        UNBLINDED,
        rubric=rubric,
        reviews=tuple(GivenReview(f"Reviewer {n}", given) for n in range(reviewers)),
    )


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
@pytest.mark.parametrize("sheet", [FILLED, BLIND, many(1, 1), many(14, 4), many(3, 30)], ids=str)
def test_every_filled_sheet_is_accessible_and_archival(sheet: CandidateSheet, paper: str) -> None:
    assert failures(render_pdf(sheet, paper)) == []  # type: ignore[arg-type]


def test_reviewers_beyond_six_get_a_table_of_their_own() -> None:
    tables = candidate_page(many(14, 2))["panel"]
    assert [len(table["columns"]) for table in tables] == [7, 7, 6]  # type: ignore[attr-defined]
    assert [table["last"] for table in tables] == [False, False, True]  # type: ignore[attr-defined]


def test_it_can_be_made_again_from_its_record() -> None:
    assert value_of(CandidateSheet, content_of(FILLED)) == FILLED


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
@pytest.mark.parametrize("requisition", [REQUISITION, Requisition()], ids=["named", "empty"])
def test_a_blank_sheet_names_nobody_and_asks_for_everything(
    requisition: Requisition, paper: str
) -> None:
    sheet = BlankSheet(requisition, dt.date(2026, 11, 22))
    pdf = render_pdf(sheet, paper)  # type: ignore[arg-type]
    assert failures(pdf) == []
    text = text_of(pdf)
    for words in (
        "Candidate code",
        "List here what you reviewed:",
        "No basis to judge",
        "Summary of this reviewer",
        "Reviewer 3",
        "Deciding person",
        portfolio_rubric().digest,
    ):
        assert squeezed(words) in text
    for word in ("Klout", "What the screen decided", "suspected"):
        assert squeezed(word) not in text
    assert len(PdfReader(io.BytesIO(pdf)).pages) in (3, 4)

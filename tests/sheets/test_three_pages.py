"""A review sheet is two to three pages, whatever the paper and the language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.sheets.examples import REQUISITION, SHEET, UNBLINDED, criteria
from tests.sheets.reading import pages_of, squeezed
from tests.sheets.test_given_reviews import FILLED
from toolkit.inflation.inflation import inflation
from toolkit.influence.attribution import attribute
from toolkit.influence.influence import influence
from toolkit.influence.score_noise import score_noise
from toolkit.intake.read import read_cohort
from toolkit.screening.screen import Screen
from toolkit.sheets.blank_sheet import BlankSheet
from toolkit.sheets.candidate_sheet import CandidateSheet
from toolkit.sheets.documents import Document, pictures_of
from toolkit.sheets.look import PAPERS, Look
from toolkit.sheets.plan import SheetOptions, plan
from toolkit.sheets.rendering import render_pdf
from toolkit.sheets.texts import LANGUAGES

SAMPLES = Path(__file__).parents[2] / "sample_data"
#: Who has the most to say: a flag with two reasons; a flag, a median that stood in and four
#: detectors without facts; a condition not met and two medians.
TALL = {"agency-2011": ["A22"], "engineer-2026": ["E219", "E051"]}


def pages(document: Document, paper: str, language: str) -> int:
    return len(pictures_of(document, Look(paper, language), 6))  # type: ignore[arg-type]


def sheets_of(folder: str) -> Iterator[CandidateSheet]:
    """Blind, with names and links, and filled in."""
    cohort = read_cohort(SAMPLES / folder)
    found = influence(cohort, Screen.read(SAMPLES / folder / "screen.toml"))
    options = SheetOptions(
        candidates=TALL[folder],
        requisition=REQUISITION,
        date=SHEET.date,
        influence=found,
        inflation=inflation(cohort),
        attribution=found.attribution or attribute(cohort, found.decisions),
        noise=score_noise(cohort, found.decisions),
    )
    for blind in (True, False):
        options["blind"] = blind
        for planned in plan(cohort, found.decisions.screen, "candidate", options).documents():
            made = planned.make()
            assert isinstance(made, CandidateSheet)
            yield made
            yield replace(made, reviews=FILLED.reviews)


@pytest.mark.parametrize("folder", TALL)
def test_the_fullest_sheets_of_a_sample_are_three_pages(folder: str) -> None:
    for sheet in sheets_of(folder):
        for language in LANGUAGES:
            for paper in PAPERS:
                at = f"{sheet.candidate_code}, {language}, {paper}, blind: {sheet.blind}"
                assert pages(sheet, paper, language) == 3, at


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_written_by_hand_are_three_pages(language: str, paper: str) -> None:
    blank = BlankSheet(SHEET.requisition, SHEET.date)
    for document in (SHEET, UNBLINDED, FILLED, blank):
        assert pages(document, paper, language) == 3


def test_a_single_criterion_stands_with_the_summary() -> None:
    one = replace(SHEET, rubric=criteria(1))
    first, second, _ = pages_of(render_pdf(one))
    assert squeezed("Criterion number 1") not in first
    assert squeezed("Criterion number 1") in second
    assert squeezed("Summary of this reviewer") in second

"""The requisition report: all of it, in order, from the figures of the pages."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.sheets.reading import failures, pages_of, squeezed, text_of
from tests.sheets.report_examples import DATE, agency, requisition_report
from toolkit.influence.attribution import attribute
from toolkit.influence.influence import influence
from toolkit.influence.sweep import sweep
from toolkit.influence.wording import headline
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.screen import Screen
from toolkit.sheets.cohort_from_results import cohort_report
from toolkit.sheets.cohort_page import cohort_page
from toolkit.sheets.cohort_report import CohortReport
from toolkit.sheets.content import content_of, value_of
from toolkit.sheets.decided_page import LISTED_AT_MOST
from toolkit.sheets.rendering import render_pdf

PRINTED = [
    "Requisition report",
    "Social media manager, spring 2011",
    "Candidates",
    "60",
    "12",
    "19",
    "Kred influence and Klout together decided 9 of 12 places",
    "The screen",
    "The screen is called “Agency screen, autumn 2011”. Ties are broken by Klout.",
    "Portfolio",
    "at least 50",
    "What each score changed",
    "Klout decided 9 of 12 places",
    "Decisions that flip",
    "Selected only because of the scores",
    "Left out only because of the scores",
    "Every weight and every cut-off",
    "Cut-off on Klout",
    "If the scores were measured again",
    "Suspected inflation, and whether the screen rewards it",
    "Most evidence",
    "2 of 2 suspected; 4 of 13 others",
    "Structured review",
    "How far reviewers agree",
    "Bo rates about",
    "Craft",
    "The ranking beside the screen’s",
    "Chance of a place",
    "Weights: Craft 67 %, Results 33 %.",
    "Decisions and overrides",
    "People decided about 2 candidates; 1 of these decisions differs from the screen’s.",
    "Two pieces are not their own.",
    "Deciding person",
    "Record",
    "candidates.csv",
]


def test_the_report_says_everything_in_reading_order() -> None:
    text, at = text_of(render_pdf(requisition_report())), 0
    for words in PRINTED:
        found = text.find(squeezed(words), at)
        assert found >= 0, f"'{words}' does not stand after '{text[max(at - 80, 0) : at]}'"
        at = found


def test_every_figure_is_the_one_of_the_pages() -> None:
    report, (cohort, found) = requisition_report(), agency()
    assert report.headline == headline(found)
    shares = attribute(cohort, found.decisions).shares
    for line, (name, signal) in zip(report.signals, found.signals.items(), strict=True):
        assert (line.flips, line.only_with) == (signal.flips, len(signal.gained))
        assert line.decision_share == shares[name]
    klout, page = report.sweeps[0], sweep(cohort, found.screen, "klout")
    assert klout.label == "Klout"
    cutoffs = [-np.inf if one is None else one for one in klout.cutoffs]
    columns = np.searchsorted(page.cutoffs, cutoffs)
    rows = np.searchsorted(page.weights, klout.weights)
    assert np.array_equal(page.flips[np.ix_(rows, columns)], np.array(klout.flips))
    assert klout.current is not None
    row, column = klout.current
    assert (klout.weights[row], klout.cutoffs[column], klout.flips[row][column]) == (0, 50, 18)


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_it_is_accessible_and_archival(paper: str) -> None:
    pdf = render_pdf(requisition_report(), paper)  # type: ignore[arg-type]
    assert failures(pdf) == []
    for number, page in enumerate(pages_of(pdf), 1):
        assert squeezed(f"Page {number} of") in page
        assert squeezed("No group membership stands in this report.") in page


def test_it_can_be_made_again_from_its_record() -> None:
    report = requisition_report()
    assert value_of(CohortReport, content_of(report)) == report


def test_names_stand_there_only_where_asked_for() -> None:
    cohort, found = agency()
    name = cohort.name_of(found.decisions.selected_ids[0])
    assert squeezed(name) not in text_of(render_pdf(requisition_report()))
    named = replace(requisition_report(), names=((found.decisions.selected_ids[0], name),))
    assert squeezed(name) in text_of(render_pdf(named))


def invented(people: int, scores: int) -> CohortReport:
    """So many candidates with so many scores and a portfolio."""
    draw = np.random.default_rng(3)
    frame = pd.DataFrame(
        {f"score_{n}": draw.integers(0, 100, people).astype(float) for n in range(scores)}
        | {"portfolio": draw.integers(0, 100, people).astype(float)}
    )
    roles = {f"score_{n}": "score" for n in range(scores)} | {"portfolio": "evidence"}
    cohort = cohort_from_frame(frame, roles=roles)  # type: ignore[arg-type]
    screen = Screen(places=people // 3, weights=dict.fromkeys(roles, 1.0))
    return cohort_report(cohort, influence(cohort, screen), date=DATE)


@pytest.mark.parametrize(("people", "scores"), [(0, 1), (1, 1), (9, 0), (30, 9)])
def test_from_nobody_to_many_scores(people: int, scores: int) -> None:
    report = invented(people, scores)
    assert len(report.sweeps) == min(scores, 4)
    assert failures(render_pdf(report)) == []
    if not scores:
        assert squeezed("The screen uses no score from outside.") in text_of(render_pdf(report))


def test_what_is_not_listed_is_counted() -> None:
    report = invented(9 + 3 * LISTED_AT_MOST, 1)
    decided = cohort_page(report)["decided"]
    assert len(decided["rows"]) == LISTED_AT_MOST  # type: ignore[index]
    assert decided["remarks"] == [  # type: ignore[index]
        "3 more are selected and not listed.",
        "246 are not selected, and no person decided about them; they are not listed.",
    ]

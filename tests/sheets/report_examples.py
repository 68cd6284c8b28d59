"""Reports on the sample of 2011 and on invented ratings, made once for all tests."""

from __future__ import annotations

import datetime as dt
from functools import cache

from tests.cli.running import AGENCY
from toolkit.influence.influence import Influence, influence
from toolkit.intake.cohort import Cohort
from toolkit.intake.read import read_cohort
from toolkit.review.ratings import Ratings, ratings_of
from toolkit.screening.screen import Screen
from toolkit.sheets.audit_report import AuditReport, audit_report
from toolkit.sheets.cohort_from_results import cohort_report
from toolkit.sheets.cohort_report import CohortReport
from toolkit.sheets.person_decision import PersonDecision
from toolkit.sheets.requisition import Requisition

DATE = dt.date(2026, 11, 22)
REQUISITION = Requisition(
    title="Social media manager, spring 2011",
    role="Social media manager",
    organisation="Harbour Street Agency",
)


@cache
def agency() -> tuple[Cohort, Influence]:
    """The sample of 2011 and what its screen's signals change."""
    cohort = read_cohort(AGENCY)
    return cohort, influence(cohort, Screen.read(AGENCY / "screen.toml"))


def ratings() -> Ratings:
    """Three reviewers, two criteria, twenty candidates; the second reviewer is severe."""
    rows = [
        (f"A{n:02d}", criterion, reviewer, 1 + (n * step + shift) % 5 - (reviewer == "Bo") * 0.5)
        for n in range(1, 21)
        for criterion, step in (("craft", 3), ("results", 7))
        for reviewer, shift in (("Ann", 0), ("Bo", 0), ("Cy", n % 2))
    ]
    candidate, criterion, reviewer, value = zip(*rows, strict=True)
    return ratings_of(list(candidate), list(reviewer), list(value), list(criterion))


@cache
def requisition_report() -> CohortReport:
    """With ratings, and with two decisions by a person, one of them an override."""
    cohort, found = agency()
    taken = found.decisions.selected_ids
    people = {
        taken[0]: PersonDecision(taken[0], "take forward", by="M. Okafor", on=DATE),
        taken[1]: PersonDecision(taken[1], "hold", "Two pieces are not their own.", "M. Okafor"),
    }
    return cohort_report(
        cohort,
        found,
        ratings=ratings(),
        weights={"craft": 2, "results": 1},
        people=people,
        requisition=REQUISITION,
        date=DATE,
    )


@cache
def adverse_impact_report() -> AuditReport:
    cohort, found = agency()
    return audit_report(cohort, found, stratum="age_band", requisition=REQUISITION, date=DATE)

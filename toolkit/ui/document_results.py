"""Reports, notices and blank sheets, each made once."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.influence.attribution import Attribution
from toolkit.influence.score_noise import ScoreNoise
from toolkit.screening.screen import Screen
from toolkit.sheets.audit_report import AuditReport, audit_report
from toolkit.sheets.blank_sheet import BlankSheet
from toolkit.sheets.cohort_from_results import cohort_report
from toolkit.sheets.cohort_report import CohortReport
from toolkit.sheets.counted_report import counted_report
from toolkit.sheets.notice_sheet import Contact, NoticeSheet, notice_sheet
from toolkit.ui.brought import Brought, brought_to, ratings_of
from toolkit.ui.components.sheet_settings import SheetSettings
from toolkit.ui.results import attribution_of, cohort_of, inflation_of, influence_of, noise_of
from toolkit.ui.state import Workspace, content_hash
from toolkit.ui.stopping import unless_stopped


def notice_of(
    work: Workspace,
    screen: Screen,
    candidate_id: str,
    contact: Contact,
    settings: SheetSettings,
    brought: Brought | None = None,
) -> NoticeSheet:
    """The notice to one candidate."""
    people = (brought or brought_to(work)).people
    return notice_sheet(
        cohort_of(work),
        influence_of(work, screen),
        candidate_id,
        requisition=settings.requisition,
        contact=contact,
        person=people.get(candidate_id),
        date=settings.date,
        named=not settings.blind,
    )


def cohort_report_of(
    work: Workspace, screen: Screen, settings: SheetSettings, brought: Brought | None = None
) -> CohortReport:
    """The report on the requisition, without what the user stopped."""
    told = brought or brought_to(work)
    cohort, found = cohort_of(work), influence_of(work, screen)
    shared: Attribution | None = None
    noise: ScoreNoise | None = None
    with unless_stopped():
        shared = attribution_of(work, screen)
    with unless_stopped():
        noise = noise_of(work, screen)
    judged = inflation_of(work, screen)
    ratings, weights = ratings_of(work, told)
    counts = None if told.kept is None else told.kept.counts

    def make() -> CohortReport:
        report = cohort_report(
            cohort,
            found,
            inflation=judged,
            attribution=shared,
            noise=noise,
            ratings=ratings,
            weights=weights,
            people=told.people,
            requisition=settings.requisition,
            date=settings.date,
            named=not settings.blind,
        )
        return report if counts is None else counted_report(report, counts)

    return work.keep(
        "cohort-report",
        work.cohort_key,
        screen.digest,
        content_hash(
            repr(settings),
            told.digest,
            repr((work.false_flag_rate, work.assumed, *work.dismissals.values())),
            "without" if shared is None else "with",
        ),
        make=make,
        doing="Going through weights and cut-offs",
    )


def audit_report_of(
    work: Workspace,
    screen: Screen,
    attributes: Sequence[str],
    stratum: str | None,
    settings: SheetSettings,
) -> AuditReport:
    """The report on groups."""
    cohort, found = cohort_of(work), influence_of(work, screen)
    return work.keep(
        "audit-report",
        work.cohort_key,
        screen.digest,
        content_hash(list(attributes), stratum, repr(settings)),
        make=lambda: audit_report(
            cohort,
            found,
            attributes=attributes,
            stratum=stratum,
            requisition=settings.requisition,
            date=settings.date,
        ),
        doing="Counting groups",
    )


def blank_of(settings: SheetSettings, brought: Brought) -> BlankSheet:
    """The sheet for pen and paper."""
    return BlankSheet(settings.requisition, settings.date, brought.rubric)

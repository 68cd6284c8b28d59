"""Reports, notices and blank sheets, each made once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toolkit.errors import InputError
from toolkit.influence.attribution import Attribution
from toolkit.influence.score_noise import ScoreNoise
from toolkit.intake.raw_table import RawTable
from toolkit.review.ratings import Ratings
from toolkit.review.read_ratings import long_tables, ratings_in
from toolkit.screening.screen import Screen
from toolkit.sheets.audit_report import AuditReport, audit_report
from toolkit.sheets.blank_sheet import BlankSheet
from toolkit.sheets.cohort_from_results import cohort_report
from toolkit.sheets.cohort_report import CohortReport
from toolkit.sheets.given_reviews import CandidateReviews, reviews_in, weights_of, without_panel
from toolkit.sheets.notice_sheet import Contact, NoticeSheet, notice_sheet
from toolkit.ui.components.rubric_picker import rubric_of
from toolkit.ui.components.sheet_settings import SheetSettings
from toolkit.ui.results import attribution_of, cohort_of, inflation_of, influence_of, noise_of
from toolkit.ui.state import Workspace, content_hash
from toolkit.ui.stopping import unless_stopped


def ratings_table_of(work: Workspace) -> RawTable | None:
    """The one table of ratings that came with the candidates; None where there is none."""
    tables = long_tables(work.reading.tables) if work.reading is not None else []
    return tables[0] if len(tables) == 1 else None


def reviews_of(work: Workspace) -> dict[str, CandidateReviews]:
    """What reviewers gave each candidate, by the rubric in use; nothing where it does not fit.

    Raises
    ------
    InputError
        If the ratings are of another rubric, or cannot be used.
    """
    table = ratings_table_of(work)
    if table is None:
        return {}
    rubric = rubric_of(work.own_rubric)
    return work.keep(
        "reviews",
        work.cohort_key,
        rubric.digest,
        make=lambda: reviews_in(table, rubric, [*cohort_of(work).ids]),
        doing="Reading ratings",
    )


def notice_of(
    work: Workspace, screen: Screen, candidate_id: str, contact: Contact, settings: SheetSettings
) -> NoticeSheet:
    """The notice to one candidate."""
    return notice_sheet(
        cohort_of(work),
        influence_of(work, screen),
        candidate_id,
        requisition=settings.requisition,
        contact=contact,
        date=settings.date,
        named=not settings.blind,
    )


def cohort_report_of(work: Workspace, screen: Screen, settings: SheetSettings) -> CohortReport:
    """The report on the requisition, without what the user stopped."""
    cohort, found = cohort_of(work), influence_of(work, screen)
    shared: Attribution | None = None
    noise: ScoreNoise | None = None
    with unless_stopped():
        shared = attribution_of(work, screen)
    with unless_stopped():
        noise = noise_of(work, screen)
    judged = inflation_of(work, screen)
    table = ratings_table_of(work)
    ratings = None if table is None else without_panel(ratings_in(table))
    return work.keep(
        "cohort-report",
        work.cohort_key,
        screen.digest,
        content_hash(
            repr(settings),
            work.own_rubric,
            repr((work.false_flag_rate, work.assumed, *work.dismissals.values())),
            "without" if shared is None else "with",
        ),
        make=lambda: cohort_report(
            cohort,
            found,
            inflation=judged,
            attribution=shared,
            noise=noise,
            ratings=ratings,
            weights=None if ratings is None else _weights(work, ratings),
            requisition=settings.requisition,
            date=settings.date,
            named=not settings.blind,
        ),
        doing="Going through weights and cut-offs",
    )


def _weights(work: Workspace, ratings: Ratings) -> Mapping[str, float] | None:
    """The rubric's weights, where the ratings were given by it; None otherwise."""
    try:
        return weights_of(ratings, rubric_of(work.own_rubric))
    except InputError:
        return None


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


def blank_of(work: Workspace, settings: SheetSettings) -> BlankSheet:
    """The sheet for pen and paper."""
    return BlankSheet(settings.requisition, settings.date, rubric_of(work.own_rubric))

"""A document computed once more from the data, to compare it with the one at hand.

What people brought to it is taken from the document, since it is not in the data: requisition,
rubric, ratings, decisions, date, assumed noise, answers to flags, which columns were meant.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from toolkit.errors import UnknownName
from toolkit.fairness.recheck_tables import recheck_tables
from toolkit.fairness.statutory_task import statutory_of_candidates, statutory_of_table
from toolkit.influence.explain import explanation_of
from toolkit.influence.stress import Spread
from toolkit.intake.cohort import Cohort
from toolkit.intake.raw_tables import table_with
from toolkit.screening.screen import Screen
from toolkit.sheets.audit_report import AuditReport, audit_report
from toolkit.sheets.candidate_sheet import CandidateSheet, Judgement
from toolkit.sheets.cohort_from_results import cohort_report
from toolkit.sheets.cohort_report import CohortReport
from toolkit.sheets.counted_report import counted_report
from toolkit.sheets.from_results import candidate_sheet
from toolkit.sheets.notice_sheet import NoticeSheet, notice_sheet
from toolkit.sheets.recheck_page import RecheckSheet
from toolkit.sheets.recomputation import CannotBeTold, Recomputation
from toolkit.sheets.statutory_page import StatutorySheet
from toolkit.store.decision_counts import DecisionCounts

#: What a standard deviation is called that somebody gave; see `toolkit.influence.stress`.
_GIVEN = "as given"
_DRAWS = 1000


def candidate_again(
    sheet: CandidateSheet, results: Recomputation, screen: Screen
) -> CandidateSheet:
    """What a review sheet would say of these data under this screen.

    Raises
    ------
    UnknownName
        If the data hold no such candidate.
    """
    cohort, found, course = results.everything, results.influence(screen), sheet.course
    noise = None
    if course.noise is not None:
        given = _given(results, course.noise.spreads.items())
        noise = results.noise(screen, course.noise.draws, given)
    again = candidate_sheet(
        cohort,
        found,
        sheet.candidate_code,
        inflation=results.inflation(sheet.false_flag_rate),
        explanation=explanation_of(
            cohort,
            found,
            sheet.candidate_code,
            attribution=results.attribution(screen) if course.steps else None,
            noise=noise,
        ),
        rubric=sheet.rubric,
        requisition=sheet.requisition,
        date=sheet.date,
        blind=sheet.blind,
    )
    answered = {judgement.label: judgement for judgement in sheet.judgements}
    return replace(
        again,
        judgements=tuple(
            _with_answers(judgement, answered.get(judgement.label))
            for judgement in again.judgements
        ),
        reviews=sheet.reviews,
        agreed=sheet.agreed,
        person=sheet.person,
    )


def notice_again(sheet: NoticeSheet, results: Recomputation, screen: Screen) -> NoticeSheet:
    """What a notice would say of these data under this screen.

    Raises
    ------
    UnknownName
        If the data hold no such candidate.
    """
    return notice_sheet(
        results.everything,
        results.influence(screen),
        sheet.candidate_code,
        requisition=sheet.requisition,
        contact=sheet.contact,
        person=sheet.person,
        date=sheet.date,
        named=sheet.candidate_name is not None,
    )


def cohort_again(sheet: CohortReport, results: Recomputation, screen: Screen) -> CohortReport:
    """What a requisition report would say of these data under this screen."""
    cohort = results.everything if sheet.counted is None else results.cohort
    labels = {about.label: name for name, about in cohort.about.items()}
    noise = None
    if sheet.noise is not None:
        spreads = (
            (labels.get(label, ""), Spread(sd, how)) for label, sd, how in sheet.noise.spreads
        )
        noise = results.noise(screen, _DRAWS, _given(results, spreads))
    again = cohort_report(
        cohort,
        results.influence(screen),
        inflation=results.inflation(sheet.reward.false_flag_rate, screen),
        attribution=results.attribution(screen),
        noise=noise,
        people={one.candidate_id: one.person for one in sheet.decided if one.person is not None},
        requisition=sheet.requisition,
        date=sheet.date,
        named=bool(sheet.names),
    )
    counted = sheet.counted
    if counted is not None:
        told = DecisionCounts(counted.decided, counted.forward, counted.overrides)
        again = counted_report(again, told)
    return replace(
        again, agreement=sheet.agreement, ranking=sheet.ranking, no_review=sheet.no_review
    )


def audit_again(report: AuditReport, results: Recomputation, screen: Screen) -> AuditReport:
    """What an adverse-impact report would say of these data under this screen.

    Raises
    ------
    CannotBeTold
        If the data hold no groups, for instance since whoever asks may not see them.
    UnknownName, InputError
        If the data lack a column, or a value belongs to no category.
    """
    cohort, asked = results.cohort, report.asked
    _require_groups(cohort)
    return audit_report(
        cohort,
        results.influence(screen),
        attributes=asked.attributes,
        stratum=asked.stratum,
        law_keys=asked.laws,
        categories=asked.categories,
        particulars=asked.particulars,
        requisition=report.requisition,
        date=report.date,
    )


def statutory_again(
    sheet: StatutorySheet, results: Recomputation, screen: Screen | None
) -> StatutorySheet:
    """The tables of a law counted once more.

    Raises
    ------
    CannotBeTold
        If the document does not say how they came about, or the data hold no groups.
    UnknownName, InputError
        If the data lack a column, or a cell is not what it should be.
    """
    task, told = sheet.task, sheet.found.particulars
    if task is None:
        raise CannotBeTold("The document does not say which columns it was counted from.")
    if not task.of_candidates:
        table = table_with(results.reading.tables, task.needed)
        return replace(sheet, found=statutory_of_table(task, table, told))
    cohort = results.cohort
    _require_groups(cohort)
    if task.source == "signal":
        if task.score not in cohort.signals:
            raise UnknownName("signal", task.score, [*cohort.about], "the candidates")
        scores = cohort.signals[task.score].to_numpy(dtype=np.float64)
        found = statutory_of_candidates(task, cohort.groups, told, scores=scores)
    else:
        if screen is None:
            raise CannotBeTold("The document does not say by which screen people were selected.")
        selected = results.influence(screen).decisions.selected
        found = statutory_of_candidates(task, cohort.groups, told, selected=selected)
    return replace(sheet, found=found)


def recheck_again(sheet: RecheckSheet, results: Recomputation, _: Screen | None) -> RecheckSheet:
    """A published table recomputed once more.

    Raises
    ------
    UnknownName, InputError
        If these are not such tables.
    """
    return replace(sheet, found=recheck_tables(results.reading.tables, sheet.columns))


def _require_groups(cohort: Cohort) -> None:
    if not len(cohort.groups.columns):
        raise CannotBeTold(
            "These data have no group columns, or you may not see them, so that figures of groups "
            "cannot be computed again."
        )


def _given(results: Recomputation, spreads: Iterable[tuple[str, Spread]]) -> dict[str, float]:
    """The noise that somebody gave, of scores that these data have."""
    return {
        score: spread.standard_deviation
        for score, spread in spreads
        if spread.source == _GIVEN and score in results.cohort.scores
    }


def _with_answers(judgement: Judgement, stated: Judgement | None) -> Judgement:
    """The judgement with what people wrote against the flag, where that is all that differs."""
    if stated is None or not set(judgement.against) <= set(stated.against):
        return judgement
    return replace(judgement, against=stated.against)

"""A document computed once more from the data, to compare it with the one at hand.

What people brought to it is taken from the document, since it is not in the data: requisition,
rubric, ratings, decisions, date, assumed noise, answers to flags.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from toolkit.influence.explanation import explanation_of
from toolkit.influence.stress import Spread
from toolkit.screening.screen import Screen
from toolkit.sheets.candidate_sheet import CandidateSheet, Judgement
from toolkit.sheets.cohort_from_results import cohort_report
from toolkit.sheets.cohort_report import CohortReport
from toolkit.sheets.from_results import candidate_sheet
from toolkit.sheets.notice_sheet import NoticeSheet, notice_sheet
from toolkit.sheets.recomputation import Recomputation

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
    cohort, found, course = results.cohort, results.influence(screen), sheet.course
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
        results.cohort,
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
    labels = {about.label: name for name, about in results.cohort.about.items()}
    noise = None
    if sheet.noise is not None:
        spreads = (
            (labels.get(label, ""), Spread(sd, how)) for label, sd, how in sheet.noise.spreads
        )
        noise = results.noise(screen, _DRAWS, _given(results, spreads))
    again = cohort_report(
        results.cohort,
        results.influence(screen),
        inflation=results.inflation(sheet.reward.false_flag_rate, screen),
        attribution=results.attribution(screen),
        noise=noise,
        people={one.candidate_id: one.person for one in sheet.decided if one.person is not None},
        requisition=sheet.requisition,
        date=sheet.date,
        named=bool(sheet.names),
    )
    return replace(
        again, agreement=sheet.agreement, ranking=sheet.ranking, no_review=sheet.no_review
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

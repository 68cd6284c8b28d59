"""A candidate's sheet computed once more from the data, to compare it with the one at hand."""

from __future__ import annotations

from dataclasses import replace

from toolkit.inflation.inflation import inflation
from toolkit.influence.attribution import attribute
from toolkit.influence.explanation import NoiseShare, explanation_of
from toolkit.influence.influence import Influence, influence
from toolkit.influence.score_noise import ScoreNoise, score_noise
from toolkit.intake.cohort import Cohort
from toolkit.screening.screen import Screen
from toolkit.sheets.candidate_sheet import CandidateSheet, Judgement
from toolkit.sheets.from_results import candidate_sheet

#: What a standard deviation is called that somebody gave; see `toolkit.influence.stress`.
_GIVEN = "as given"


def candidate_again(sheet: CandidateSheet, cohort: Cohort, screen: Screen) -> CandidateSheet:
    """What the sheet would say of these data under this screen.

    What people brought to it (requisition, rubric, ratings, date, assumed noise, answers to flags)
    is taken from the sheet: it is not in the data.

    Parameters
    ----------
    sheet : CandidateSheet
    cohort : Cohort
    screen : Screen

    Raises
    ------
    UnknownName
        If the data hold no such candidate.
    """
    found = influence(cohort, screen)
    course = sheet.course
    again = candidate_sheet(
        cohort,
        found,
        sheet.candidate_code,
        inflation=inflation(cohort)
        if sheet.false_flag_rate is None
        else inflation(cohort, false_flag_rate=sheet.false_flag_rate),
        explanation=explanation_of(
            cohort,
            found,
            sheet.candidate_code,
            attribution=attribute(cohort, found.decisions) if course.steps else None,
            noise=None if course.noise is None else _noise(course.noise, cohort, found),
        ),
        rubric=sheet.rubric,
        requisition=sheet.requisition,
        date=sheet.date,
        blind=sheet.blind,
    )
    answered = {judgement.label: judgement for judgement in sheet.judgements}
    return replace(
        again,
        reviews=sheet.reviews,
        agreed=sheet.agreed,
        person=sheet.person,
        judgements=tuple(
            _with_answers(judgement, answered.get(judgement.label))
            for judgement in again.judgements
        ),
    )


def _noise(noise: NoiseShare, cohort: Cohort, found: Influence) -> ScoreNoise | None:
    given = {
        score: spread.standard_deviation
        for score, spread in noise.spreads.items()
        if spread.source == _GIVEN and score in cohort.scores
    }
    return score_noise(cohort, found.decisions, draws=noise.draws, noise=given)


def _with_answers(judgement: Judgement, stated: Judgement | None) -> Judgement:
    """The judgement with what people wrote against the flag, where that is all that differs."""
    if stated is None or not set(judgement.against) <= set(stated.against):
        return judgement
    return replace(judgement, against=stated.against)

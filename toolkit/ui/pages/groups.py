"""Groups: selection rates by group, and what each score does to them."""

from __future__ import annotations

import streamlit as st

from toolkit.errors import TooFewData
from toolkit.fairness.before_after import BeforeAfter
from toolkit.fairness.outcome_impact import OutcomeImpact
from toolkit.fairness.result import AttributeImpact
from toolkit.fairness.score_impact import ScoreImpact
from toolkit.influence.group_comparison import AS_IT_IS, strata_columns
from toolkit.influence.group_wording import impact_sentence
from toolkit.screening.screen import Screen
from toolkit.sheets.audit_report import audit_report
from toolkit.sheets.content_hash import sha256
from toolkit.sheets.documents import typeset_document
from toolkit.ui import faults, places
from toolkit.ui.components.attribute_picker import attribute_picker
from toolkit.ui.components.before_after_picture import before_after_picture
from toolkit.ui.components.counts_form import counts_question, counts_upload
from toolkit.ui.components.download import download
from toolkit.ui.components.empty_state import empty_state, screen_missing
from toolkit.ui.components.group_report import (
    group_files,
    group_tabs,
    outcome_section,
    score_section,
)
from toolkit.ui.components.group_source import CANDIDATES, group_source
from toolkit.ui.components.group_table import group_formulas
from toolkit.ui.components.heading import heading, lead_sentence, section
from toolkit.ui.components.outcome_picker import outcome_picker
from toolkit.ui.components.signal_names import signal_name
from toolkit.ui.components.signal_picker import signal_picker
from toolkit.ui.components.stratum_picker import stratum_picker
from toolkit.ui.group_results import (
    counts_answer_of,
    groups_compared_of,
    outcomes_compared_of,
    scores_compared_of,
)
from toolkit.ui.opened_requisition import noting_sheets
from toolkit.ui.plain_text import plain
from toolkit.ui.results import cohort_of, influence_of, screen_of
from toolkit.ui.state import Workspace, content_hash, workspace


def page() -> None:
    """Draw the page."""
    heading(places.GROUPS.title)
    work = workspace()
    lead = st.container()
    if group_source() == CANDIDATES:
        _candidates(work, lead)
    else:
        _counts(work, lead)


def _candidates(work: Workspace, lead: st.delta_generator.DeltaGenerator) -> None:
    if screen_missing(work):
        return
    cohort = cohort_of(work)
    if cohort.groups.empty or not len(cohort.groups.columns):
        empty_state(
            "There are no group columns, so nothing can be said about groups. Add a column such "
            "as sex or age band to the file, or a table of its own with candidate codes, or mark "
            "a column as a group. Groups are kept apart from the screen and from reviewers.",
            ("Mark a column as a group", places.CANDIDATES),
        )
        return
    attributes = attribute_picker(cohort, work.cohort_key)
    if not attributes:
        st.markdown("Choose at least one group column.")
        return
    screen = screen_of(work)
    stratum = stratum_picker(strata_columns(cohort, attributes), work.cohort_key)
    compared = groups_compared_of(work, screen, attributes, stratum)
    impact = compared.impacts[AS_IT_IS]
    with lead:
        lead_sentence(plain(impact_sentence(impact)))
    group_tabs(impact, work.cohort_key[:16], lambda table: _by_decision(compared, table))
    group_formulas()
    scores = _scores(work, screen, attributes)
    outcomes = _outcomes(work, screen, attributes, scores, impact.rules.alpha)
    group_files(impact, compared, scores, outcomes)
    _report(work, screen, attributes, stratum)
    places.ALTERNATIVES.link("Look for weights that select groups more alike")


def _report(
    work: Workspace, screen: Screen, attributes: tuple[str, ...], stratum: str | None
) -> None:
    """The same with the tables of the laws and definitions, to print, sign and keep."""
    cohort, found = cohort_of(work), influence_of(work, screen)

    note = noting_sheets(work)

    def report() -> bytes:
        made = audit_report(cohort, found, attributes=attributes, stratum=stratum)
        pdf = typeset_document(made).pdf
        note("audit", [(None, sha256(pdf))])
        return pdf

    download("Download as a report (PDF)", "adverse-impact-report.pdf", report, key="groups-report")
    places.SHEETS.link("The same in another language, or with your logo")


def _by_decision(compared: BeforeAfter, table: AttributeImpact) -> None:
    if len(compared.impacts) > 1:
        section(
            "With and without each score",
            "The same people, decided by other rules. Taking a score away changes the rates; "
            "whether the result is just is not a number.",
        )
        before_after_picture(compared, table.name)


def _scores(work: Workspace, screen: Screen, attributes: tuple[str, ...]) -> ScoreImpact | None:
    cohort = cohort_of(work)
    section(
        "On a score itself",
        "Where the groups stand on one signal, whatever the screen makes of it.",
    )
    signal = signal_picker(cohort, screen, work.cohort_key)
    try:
        found = scores_compared_of(work, screen, signal, attributes)
    except TooFewData as error:
        st.markdown(plain(str(error)))
        return None
    score_section(found, signal_name(cohort, signal))
    return found


def _outcomes(
    work: Workspace,
    screen: Screen,
    attributes: tuple[str, ...],
    scores: ScoreImpact | None,
    alpha: float,
) -> OutcomeImpact | None:
    cohort = cohort_of(work)
    if not len(cohort.outcomes.columns):
        return None
    section(
        "Against how people turned out",
        "Whom the screen takes and whom it misses, and whether the score says the same of every "
        "group.",
    )
    outcome, good_from = outcome_picker(cohort, work.cohort_key)
    try:
        found = outcomes_compared_of(
            work, screen, outcome, None if scores is None else scores.score, good_from, attributes
        )
    except TooFewData as error:
        st.markdown(plain(str(error)))
        return None
    outcome_section(found, alpha)
    return found


def _counts(work: Workspace, lead: st.delta_generator.DeltaGenerator) -> None:
    st.markdown(
        "Give how many people of each group there were and how many of them were selected. No "
        "person's data is needed, and nothing is kept when you leave."
    )
    with faults.shown_in_place():
        given = counts_upload()
        if given is not None:
            work.counts = given
    if work.counts is None:
        return
    section("What the columns are", plain(work.counts.name))
    asked = counts_question(work.counts, content_hash(list(work.counts.frame.columns))[:16])
    if asked is None:
        return
    with faults.shown_in_place():
        found = counts_answer_of(work, work.counts, asked)
        with lead:
            lead_sentence(plain(impact_sentence(found.impact)))
        if found.meaning:
            st.info(plain(found.meaning))
        group_tabs(found.impact, "counts")
        group_formulas()
        if found.scores is not None:
            section("On a score itself")
            score_section(found.scores, found.scores.score)
        group_files(found.impact, None, found.scores)

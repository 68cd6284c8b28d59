"""A candidate's sheet out of the results: what they say about this one candidate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from toolkit import __version__
from toolkit.errors import UnknownName
from toolkit.inflation.finding import Finding
from toolkit.inflation.inflation import Inflation
from toolkit.inflation.inflation import inflation as inflated
from toolkit.inflation.wording import TITLES
from toolkit.influence.effort_wording import effort_phrase
from toolkit.influence.explain import explain
from toolkit.influence.explanation import Explanation
from toolkit.influence.influence import Influence
from toolkit.intake.cohort import Cohort
from toolkit.review.blinding.names import without_name
from toolkit.review.rubric import Rubric, portfolio_rubric
from toolkit.screening.decisions import Decisions
from toolkit.sheets.candidate_sheet import (
    CandidateSheet,
    Course,
    EvidenceItem,
    GateCheck,
    Judgement,
    Outcome,
    SignalChange,
    StandIn,
    WithoutIt,
)
from toolkit.sheets.given_reviews import CandidateReviews, Given, GivenReview
from toolkit.sheets.person_decision import PersonDecision
from toolkit.sheets.requisition import Requisition

#: A detector's strength is scaled so that one half is its operating point.
FLAGGED_FROM = 0.5


def candidate_sheet(
    cohort: Cohort,
    influence: Influence,
    candidate_id: str,
    *,
    inflation: Inflation | None = None,
    explanation: Explanation | None = None,
    rubric: Rubric | None = None,
    requisition: Requisition | None = None,
    date: dt.date | None = None,
    blind: bool = True,
    reviews: CandidateReviews | None = None,
    person: PersonDecision | None = None,
) -> CandidateSheet:
    """What the results say about one candidate.

    Parameters
    ----------
    cohort : Cohort
    influence : Influence
        Of a screen on this cohort.
    candidate_id : str
    inflation : Inflation, optional
        Of the same cohort; computed when left out, so hand it over for more than one sheet.
    explanation : Explanation, optional
        Of this candidate's decision, out of the same results; computed when left out, so take
        each candidate's from results for all where there is more than one sheet.
    rubric : Rubric, optional
        That of a portfolio review when left out; `reviews` may have one of their own.
    requisition : Requisition, optional
        Blanks to fill in by hand when left out.
    date : date, optional
        Of the sheet; today when left out. The same bytes come out for the same date only.
    blind : bool
        Withhold the candidate's name, the links to their work, and the name wherever it
        stands in the texts about it; reviewers are numbered instead of named.
    reviews : CandidateReviews, optional
        What reviewers gave; a sheet to be filled in by hand when left out.
    person : PersonDecision, optional
        What the deciding person decided.

    Returns
    -------
    CandidateSheet
        Without group membership, whether blind or not.

    Raises
    ------
    UnknownName
        If the cohort has no such candidate.
    """
    if candidate_id not in cohort.candidate_ids:
        raise UnknownName("candidate", candidate_id, cohort.candidate_ids, "the cohort")
    position = int(cohort.candidate_ids.get_indexer(pd.Index([candidate_id]))[0])
    judged = inflated(cohort) if inflation is None else inflation
    name = cohort.name_of(candidate_id)
    told = explanation or explain(cohort, influence.screen, candidate_id, influence=influence)
    return CandidateSheet(
        requisition=requisition or Requisition(),
        candidate_code=candidate_id,
        candidate_name=None if blind else name,
        date=date or dt.date.today(),
        outcome=_outcome(cohort, influence, position),
        signals=tuple(_change(cohort, influence, name, position) for name in influence.signals),
        course=Course(told.places, told.steps, told.attribution == "estimated", told.noise),
        judgements=_judgements(judged, position),
        false_flag_rate=judged.false_flag_rate,
        evidence=_evidence(cohort, candidate_id, blind),
        rubric=(reviews.rubric if reviews else None) or rubric or portfolio_rubric(),
        inputs=tuple(sorted(cohort.sources.items())),
        version=__version__,
        reviews=_reviews(reviews.reviews, name, blind) if reviews else (),
        agreed=_given(reviews.agreed, name, blind) if reviews else (),
        person=person,
    )


def _reviews(reviews: Sequence[GivenReview], name: str, blind: bool) -> tuple[GivenReview, ...]:
    """What reviewers gave; where the candidate's name is withheld, theirs are too."""
    return tuple(
        GivenReview(
            "" if blind else one.reviewer,
            _given(one.ratings, name, blind),
            without_name(one.abstained, name) if blind else one.abstained,
        )
        for one in reviews
    )


def _given(ratings: Sequence[Given], name: str, blind: bool) -> tuple[Given, ...]:
    if not blind:
        return tuple(ratings)
    return tuple(
        replace(one, note=without_name(one.note, name), reason=without_name(one.reason, name))
        for one in ratings
    )


def _outcome(cohort: Cohort, influence: Influence, position: int) -> Outcome:
    decisions, screen = influence.decisions, influence.screen
    rank, composite = float(decisions.rank[position]), float(decisions.composite[position])
    return Outcome(
        screen=screen.name,
        screen_digest=screen.digest,
        selected=bool(decisions.selected[position]),
        rank=None if np.isnan(rank) else int(rank),
        candidates=len(cohort),
        places_taken=int(np.count_nonzero(decisions.selected)),
        composite=None if np.isnan(composite) else composite,
        gates=_gates(cohort, decisions, position),
        tie_breakers=tuple(cohort.about[name].label for name in screen.tie_breakers),
        stand_ins=tuple(
            _stand_in(cohort, decisions, name) for name in decisions.missing_of(position)
        ),
        tied_at_cut=bool(decisions.tied_at_cut[position]),
        without_scores=_without(decisions, influence.without_scores, position),
        screen_toml=screen.to_toml(),
    )


def _gates(cohort: Cohort, decisions: Decisions, position: int) -> tuple[GateCheck, ...]:
    gates = decisions.screen.gates
    return tuple(
        GateCheck(
            label=cohort.about[gate.signal].label,
            at_least=gate.at_least,
            at_most=gate.at_most,
            one_of=gate.one_of,
            decimals=cohort.about[gate.signal].decimals,
            met=bool(met),
        )
        for gate, met in zip(gates, decisions.passed[:, position], strict=True)
    )


def _stand_in(cohort: Cohort, decisions: Decisions, name: str) -> StandIn:
    about, frozen = cohort.about[name], decisions.frozen.signals[name]
    return StandIn(
        label=about.label,
        value=frozen.fill / (2 * 10**frozen.decimals) if frozen.fills else None,
        decimals=about.decimals,
        how=decisions.screen.missing,
    )


def _change(cohort: Cohort, influence: Influence, name: str, position: int) -> SignalChange:
    signal, about = influence.signals[name], cohort.about[name]
    role = "fact" if about.role == "score" else about.role
    efforts = influence.efforts.get(name)
    effort = None if efforts is None else efforts.at(position)
    return SignalChange(
        label=signal.label,
        kind="score" if signal.is_score else role,
        value=_number(cohort.signals[name], position),
        decimals=about.decimals,
        nominal_weight=signal.nominal_weight,
        effective_weight=signal.effective_weight,
        without_it=_without(influence.decisions, influence.without[name], position),
        margin=_number(influence.margins[name], position),
        effort=None if effort is None else effort_phrase(effort),
    )


def _without(decisions: Decisions, others: Decisions, position: int) -> WithoutIt:
    """The other decision about the same candidate, where it differs."""
    selected = bool(others.selected[position])
    if selected == bool(decisions.selected[position]):
        return "same"
    return "selected" if selected else "not selected"


def _judgements(inflation: Inflation, position: int) -> tuple[Judgement, ...]:
    """What each detector says of one candidate, the strongest first, the silent ones last."""
    strengths = {
        name: float(finding.strength[position]) for name, finding in inflation.findings.items()
    }
    silent = {name: np.isnan(strength) for name, strength in strengths.items()}
    order = sorted(strengths, key=lambda name: (silent[name], -strengths[name]))
    return tuple(_judgement(name, inflation.findings[name], position) for name in order)


def _judgement(name: str, finding: Finding, position: int) -> Judgement:
    probability = float(finding.probability[position])
    if np.isnan(probability):
        return Judgement(TITLES[name], None, lacking=finding.lacking)
    told = finding.explain(position)
    return Judgement(
        label=TITLES[name],
        probability=probability,
        flagged=bool(finding.strength[position] >= FLAGGED_FROM),
        reasons=told.reasons,
        against=told.against,
        would_change=told.would_change,
    )


def _evidence(cohort: Cohort, candidate_id: str, blind: bool) -> tuple[EvidenceItem, ...]:
    portfolio = cohort.portfolio
    name = cohort.name_of(candidate_id) if blind else ""

    def text(row: pd.Series, column: str) -> str:
        value = row[column] if column in portfolio.columns else None
        return without_name(_text(value), name)

    own = portfolio[portfolio["candidate_id"] == candidate_id]
    return tuple(
        EvidenceItem(
            title=text(row, "title"),
            role=text(row, "role"),
            outcome=text(row, "outcome"),
            date=text(row, "date"),
            link=_link(text(row, "url"), blind),
        )
        for _, row in own.iterrows()
    )


def _link(url: str, blind: bool) -> str | None:
    return None if blind and url else url


def _text(value: object) -> str:
    """A cell as text; empty where nothing stands in it."""
    if value is None or value is pd.NaT or (isinstance(value, float) and np.isnan(value)):
        return ""
    if value is pd.NA:
        return ""
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else str(value)


def _number(column: pd.Series, position: int) -> float | None:
    value = float(column.to_numpy(dtype=np.float64)[position])
    return None if np.isnan(value) else value

"""A requisition report out of the results for one cohort."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np

from toolkit.errors import TooFewData
from toolkit.inflation.inflation import Inflation
from toolkit.inflation.inflation import inflation as inflated
from toolkit.inflation.reward import Reward
from toolkit.inflation.reward_wording import deflated_sentence, without_sentence
from toolkit.inflation.wording import TITLES
from toolkit.influence.attribution import Attribution, attribute
from toolkit.influence.influence import RISES, Influence
from toolkit.influence.notice import Condition
from toolkit.influence.score_noise import ScoreNoise, score_noise
from toolkit.influence.sweep import Sweep, sweep
from toolkit.influence.wording import headline, noise_sentence, signal_sentence, sweep_headline
from toolkit.intake.cohort import Cohort
from toolkit.intake.plain_name import shown_name
from toolkit.review.agreement import Agreement, AgreementOn, agreement
from toolkit.review.agreement_wording import headline as agreement_headline
from toolkit.review.agreement_wording import sentences as agreement_sentences
from toolkit.review.ranking import Ranking, rank_candidates
from toolkit.review.ranking_wording import beside_the_screen
from toolkit.review.ranking_wording import headline as ranking_headline
from toolkit.review.ratings import Ratings
from toolkit.screening.decisions import Decisions
from toolkit.sentence import NOTHING, Sentence
from toolkit.sheets.cohort_report import (
    AgreementLine,
    AgreementPart,
    CohortReport,
    Decided,
    Noise,
    RankedCandidate,
    RankingPart,
    RewardTest,
    Rule,
    SignalLine,
    SweepMap,
)
from toolkit.sheets.person_decision import PersonDecision
from toolkit.sheets.requisition import Requisition

#: Scores whose every weight and cut-off is drawn: those that decided most.
SWEPT_AT_MOST = 4
#: Weights on paper go in steps of so many percent, and about so many cut-offs are drawn: the
#: same screens as on the page's map, fewer of them. The one in use is always among them.
WEIGHT_STEP, CUTOFFS = 5, 41


def cohort_report(
    cohort: Cohort,
    influence: Influence,
    *,
    inflation: Inflation | None = None,
    attribution: Attribution | None = None,
    noise: ScoreNoise | None = None,
    ratings: Ratings | None = None,
    weights: Mapping[str, float] | None = None,
    people: Mapping[str, PersonDecision] | None = None,
    requisition: Requisition | None = None,
    date: dt.date | None = None,
    named: bool = False,
) -> CohortReport:
    """The report on one opening.

    Parameters
    ----------
    cohort : Cohort
    influence : Influence
        Of a screen on this cohort.
    inflation : Inflation, optional
        With the screen, so that it holds the reward test; computed when left out.
    attribution : Attribution, optional
        Of the screen's decisions; computed when left out.
    noise : ScoreNoise, optional
        Of the screen's decisions; computed when left out.
    ratings : Ratings, optional
        Of candidates by reviewers.
    weights : mapping of str to float, optional
        Of the ratings' criteria; equal when left out.
    people : mapping of str to PersonDecision, optional
        What people decided, by candidate.
    requisition : Requisition, optional
    date : date, optional
        Today when left out.
    named : bool
        Whether names stand beside codes.

    Returns
    -------
    CohortReport

    Raises
    ------
    UnknownName
        If a weight names a criterion that nobody rated.
    """
    decisions = influence.decisions
    judged = inflation or inflated(cohort, influence.screen)
    shared = attribution or influence.attribution or attribute(cohort, decisions)
    again = noise or score_noise(cohort, decisions)
    agreed, ranked, no_review = _reviewed(ratings, decisions, weights)
    swept = swept_scores(influence)
    return CohortReport(
        requisition=requisition or Requisition(),
        date=date or dt.date.today(),
        names=tuple((str(code), cohort.name_of(code)) for code in cohort.candidate_ids)
        if named
        else (),
        headline=headline(influence),
        rule=_rule(cohort, decisions),
        signals=tuple(_signal(cohort, influence, shared, name) for name in influence.signals),
        only_with=influence.all_scores_removed.gained,
        only_without=influence.all_scores_removed.lost,
        sweeps=tuple(_swept(cohort, influence, score) for score in swept),
        not_swept=tuple(cohort.about[s].label for s in influence.scores if s not in swept),
        noise=None if again is None else _noise(cohort, again),
        reward=_reward(cohort, judged),
        agreement=agreed,
        ranking=ranked,
        no_review=no_review,
        decided=_decided(decisions, people or {}),
        inputs=tuple(sorted(cohort.sources.items())),
    )


def swept_scores(influence: Influence) -> list[str]:
    """The scores whose every weight and cut-off is drawn, those that decided most first."""
    ordered = sorted(influence.scores, key=lambda name: -influence.signals[name].flips)
    return ordered[:SWEPT_AT_MOST]


def _rule(cohort: Cohort, decisions: Decisions) -> Rule:
    screen = decisions.screen
    return Rule(
        name=screen.name,
        digest=screen.digest,
        toml=screen.to_toml(),
        scale=screen.scale,
        missing=screen.missing,
        tie_breakers=tuple(cohort.about[name].label for name in screen.tie_breakers),
        candidates=len(cohort),
        places=decisions.places,
        eligible=int(np.count_nonzero(decisions.eligible)),
        selected=int(np.count_nonzero(decisions.selected)),
        tied=int(np.count_nonzero(decisions.tied_at_cut)),
    )


def _signal(cohort: Cohort, influence: Influence, shared: Attribution, name: str) -> SignalLine:
    one, about = influence.signals[name], cohort.about[name]
    role = "fact" if about.role == "score" else about.role
    gates = [gate for gate in influence.screen.gates if gate.signal == name]
    return SignalLine(
        label=one.label,
        kind="score" if one.is_score else role,
        decimals=about.decimals,
        conditions=tuple(
            Condition(gate.at_least, gate.at_most, gate.one_of, met=True) for gate in gates
        ),
        nominal_weight=one.nominal_weight,
        effective_weight=one.effective_weight,
        decision_share=shared.shares[name],
        flips=one.flips,
        only_with=len(one.gained),
        only_without=len(one.lost),
        order_kept=one.rank_correlation_without,
        seats_bought=tuple((rise, one.seats_bought[str(rise)]) for rise in RISES),
        sentence=signal_sentence(influence, one),
    )


def _swept(cohort: Cohort, influence: Influence, score: str) -> SweepMap:
    own = round(100 * abs(influence.screen.nominal_weight(score)))
    weights = sorted({*range(0, 101, WEIGHT_STEP), own})
    found = sweep(cohort, influence.screen, score, weights=weights)
    columns = _columns(found)
    about = cohort.about[score]
    return SweepMap(
        label=about.label,
        decimals=about.decimals,
        weights=tuple(found.weights.tolist()),
        cutoffs=tuple(_known(found.cutoffs[at]) for at in columns),
        flips=tuple(tuple(map(int, row[columns])) for row in found.flips),
        evidence=tuple(tuple(map(_known, row[columns])) for row in found.evidence),
        current=None
        if found.current is None
        else (found.current[0], columns.index(found.current[1])),
        sentence=sweep_headline(about.label, found),
    )


def _columns(found: Sweep) -> list[int]:
    """Positions of the cut-offs that are drawn."""
    even = np.linspace(0, found.cutoffs.size - 1, min(CUTOFFS, found.cutoffs.size))
    own = [] if found.current is None else [found.current[1]]
    return sorted({*np.rint(even).astype(np.int64).tolist(), *own})


def _noise(cohort: Cohort, again: ScoreNoise) -> Noise:
    return Noise(
        sentence=noise_sentence(again.again),
        spreads=tuple(
            (cohort.about[score].label, spread.standard_deviation, spread.source)
            for score, spread in again.spreads.items()
        ),
    )


def _reward(cohort: Cohort, judged: Inflation) -> RewardTest:
    reward = judged.reward
    return RewardTest(
        flagged=len(judged.flagged_ids),
        false_flag_rate=judged.false_flag_rate,
        lacking=tuple(
            (TITLES[name], finding.lacking)
            for name, finding in judged.findings.items()
            if np.isnan(finding.probability).all()
        ),
        sentence=NOTHING if reward is None else reward.sentence,
        remarks=() if reward is None else _rewarded(cohort, reward),
        not_assessed=0 if reward is None else reward.not_assessed,
        strata=() if reward is None else reward.strata,
    )


def _rewarded(cohort: Cohort, reward: Reward) -> tuple[Sentence, ...]:
    said = []
    if reward.odds_ratio is not None:
        said += [
            without_sentence(
                cohort.about[name].label,
                one.odds_ratio,
                one.low or 0.0,
                float("inf") if one.high is None else one.high,
            )
            for name, one in reward.without.items()
        ]
    if reward.deflated is not None and reward.inflated:
        lowered = reward.deflated
        # By code alone: a report is passed on.
        out, displaced = ([code for code, _ in who] for who in (lowered.out, lowered.displaced))
        said.append(deflated_sentence(len(lowered.lowered), out, displaced))
    return tuple(said)


def _reviewed(
    ratings: Ratings | None, decisions: Decisions, weights: Mapping[str, float] | None
) -> tuple[AgreementPart | None, RankingPart | None, str]:
    if ratings is None:
        return None, None, ""
    try:
        agreed = _agreement(agreement(ratings))
    except TooFewData as error:
        return None, None, error.message
    try:
        ranking = rank_candidates(ratings, max(decisions.places, 1), weights)
    except TooFewData as error:
        return agreed, None, error.message
    return agreed, _ranking(ranking, decisions), ""


def _agreement(found: Agreement) -> AgreementPart:
    whole = found.overall
    lines = [_agreement_line("", whole)]
    if len(found.criteria) > 1:
        lines += [_agreement_line(shown_name(name), one) for name, one in found.criteria.items()]
    return AgreementPart(
        sentences=(agreement_headline(found), *agreement_sentences(whole)),
        lines=tuple(lines),
        severity=whole.severity if whole.connected else (),
        without_rating=found.without_rating,
    )


def _agreement_line(label: str, on: AgreementOn) -> AgreementLine:
    return AgreementLine(
        label,
        on.candidates,
        on.reviewers,
        one=on.icc["ICC(A,1)"],
        mean=on.icc["ICC(A,k)"],
        alpha=on.alpha["ordinal"],
        ac2=on.gwet["ac2_quadratic"],
    )


def _ranking(found: Ranking, decisions: Decisions) -> RankingPart:
    ids = [str(code) for code in decisions.candidate_ids]
    selected = dict(zip(ids, decisions.selected.tolist(), strict=True))
    rank = dict(zip(ids, map(_rank, decisions.rank), strict=True))
    rated = set(found.candidates)
    return RankingPart(
        sentence=ranking_headline(found),
        beside=beside_the_screen(found, selected),
        weights=tuple((shown_name(name), share) for name, share in found.weights.items()),
        ranked=tuple(
            RankedCandidate(
                candidate_id=str(one["candidate_id"]),
                taken=bool(one["taken"]),
                rank=_number(one["rank"]),
                total=_number(one["total"]),
                adjusted_total=_number(one["adjusted_total"]),
                probability_in_top=_number(one["probability_in_top"]),
                rank_low=_number(one["rank_low"]),
                rank_high=_number(one["rank_high"]),
                selected=selected.get(str(one["candidate_id"])),
                screen_rank=rank.get(str(one["candidate_id"])),
            )
            for one in found.records()
        ),
        not_rated=tuple(code for code in ids if selected[code] and code not in rated),
    )


def _decided(decisions: Decisions, people: Mapping[str, PersonDecision]) -> tuple[Decided, ...]:
    order = np.argsort(decisions.rank, kind="stable")
    return tuple(
        Decided(
            candidate_id=str(decisions.candidate_ids[at]),
            selected=bool(decisions.selected[at]),
            rank=_rank(decisions.rank[at]),
            tied_at_cut=bool(decisions.tied_at_cut[at]),
            person=people.get(str(decisions.candidate_ids[at])),
        )
        for at in order
    )


def _rank(value: float) -> int | None:
    return None if np.isnan(value) else int(value)


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None

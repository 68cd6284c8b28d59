"""Whose score is higher than audience, activity and work support, and does the screen reward it?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd

from toolkit.arrays import Bools, Floats
from toolkit.errors import InputError, UnknownName
from toolkit.inflation.account_facts import account_facts
from toolkit.inflation.automated import automated
from toolkit.inflation.bought_followers import bought_followers
from toolkit.inflation.candidate_samples import candidate_samples, together
from toolkit.inflation.deflation import deflation
from toolkit.inflation.dismissal import AnsweredFinding, Dismissal
from toolkit.inflation.evidence_level import evidence_level, evidence_strata
from toolkit.inflation.finding import Finding
from toolkit.inflation.followers import Followers
from toolkit.inflation.growth_spike import GrowthCurve, GrowthSpike, growth_spike
from toolkit.inflation.reward import Reward, reward
from toolkit.inflation.score_above_audience import ScoreAboveAudience, score_above_audience
from toolkit.inflation.score_above_work import ScoreAboveWork, score_above_work
from toolkit.inflation.suspicion import (
    FALSE_FLAG_RATE,
    flagged_from_rate,
    rate_of_one_detector,
    suspicion,
)
from toolkit.inflation.topics import TopicMatch, TopicsOfOne, topic_match
from toolkit.intake.cohort import Cohort
from toolkit.screening.decisions import decide, decide_frozen
from toolkit.screening.screen import Screen
from toolkit.sentence import Sentence


@dataclass(frozen=True)
class AccountEvidence:
    """What the detectors say of one candidate, with the reasons.

    Parameters
    ----------
    candidate_id : str
    bought_followers, automated, growth_spike : float or None
    score_above_audience, score_above_work : float or None
        Probabilities in [0, 1]; None where there were not enough facts.
    suspicion : float or None
        At least one half exactly where a detector reaches its operating point; None where no
        detector had facts.
    flagged_from_rate : float or None
        The smallest share of genuine candidates that has to be risked for this one to be
        flagged: the smaller, the stronger. Read like a p-value.
    flagged : bool
    reasons, against : tuple of Sentence
        What speaks for inflation and what speaks against it, with the figures.
    would_change : tuple of Sentence
        What would change the judgement.
    not_assessed : mapping of detector to str
        What would have to be known for the detectors that had not enough facts.
    dismissed : Dismissal or None
        A reviewer's answer to the flag.
    topics : TopicsOfOne or None
        What the score credits the candidate with, beside the criteria; no part of `suspicion`.
    """

    candidate_id: str
    bought_followers: float | None
    automated: float | None
    growth_spike: float | None
    score_above_audience: float | None
    score_above_work: float | None
    suspicion: float | None
    flagged_from_rate: float | None
    flagged: bool
    reasons: tuple[Sentence, ...]
    against: tuple[Sentence, ...]
    would_change: tuple[Sentence, ...]
    not_assessed: Mapping[str, str]
    dismissed: Dismissal | None = None
    topics: TopicsOfOne | None = None

    def to_dict(self) -> dict[str, object]:
        """One entry of ``accounts`` in the JSON of the command ``inflation``."""
        return {
            **vars(self),
            "reasons": list(self.reasons),
            "against": list(self.against),
            "would_change": list(self.would_change),
            "not_assessed": dict(self.not_assessed),
            "dismissed": None if self.dismissed is None else self.dismissed.to_dict(),
            "topics": None if self.topics is None else self.topics.to_dict(),
        }


@dataclass(frozen=True, eq=False)
class Inflation:
    """Evidence of inflation for every candidate, and the reward test.

    Parameters
    ----------
    candidate_ids : Index, length n
    findings : mapping of detector to Finding
    suspicion : float array, shape (n,)
        NaN where no detector had facts.
    flagged : bool array, shape (n,)
        Some detector is at or above its operating point.
    false_flag_rate : float
        Share of genuine candidates that all detectors together may flag.
    reward : Reward or None
        None without a screen.
    dismissals : mapping of str to Dismissal
        By candidate.
    topics : TopicMatch or None
        None without criteria, or where nobody's topics are known.
    """

    candidate_ids: pd.Index
    findings: Mapping[str, Finding]
    suspicion: Floats
    flagged: Bools
    false_flag_rate: float
    reward: Reward | None
    dismissals: Mapping[str, Dismissal] = field(default_factory=dict)
    topics: TopicMatch | None = None

    @property
    def probabilities(self) -> pd.DataFrame:
        """One column a detector, index ``candidate_id``; NaN where there were not enough facts."""
        columns = {name: finding.probability for name, finding in self.findings.items()}
        return pd.DataFrame(columns, index=self.candidate_ids)

    @property
    def flagged_ids(self) -> list[str]:
        return [str(c) for c in self.candidate_ids[self.flagged]]

    def detectors_of(self, candidate_id: str) -> tuple[str, ...]:
        """The detectors that are at or above their operating point for this candidate."""
        place = self._position(candidate_id)
        return tuple(name for name, f in self.findings.items() if f.strength[place] >= 0.5)

    def dismiss(
        self, candidate_id: str, reason: str, date: dt.date, reviewer: str = ""
    ) -> Dismissal:
        """A reviewer's answer to this candidate's flag, for `with_dismissals`.

        Raises
        ------
        InputError
            If nothing is flagged, or there is no reason.
        UnknownName
            If there is no such candidate.
        """
        detectors = self.detectors_of(candidate_id)
        if not detectors:
            raise InputError(f"Nothing is suspected of '{candidate_id}', so there is no flag.")
        return Dismissal(candidate_id, detectors, reason, date, reviewer)

    def with_dismissals(self, dismissals: Mapping[str, Dismissal]) -> Inflation:
        """The same findings with reviewers' answers beside them.

        No probability, flag or test changes. An answer that does not cover every detector that
        now flags the candidate is left out, and so is one to a candidate who is not here.
        """
        standing = {
            one: answer
            for one, answer in dismissals.items()
            if one in self.candidate_ids and answer.covers(self.detectors_of(one))
        }
        if not standing and not self.dismissals:
            return self
        places = {self._position(one): answer for one, answer in standing.items()}
        findings: dict[str, Finding] = {}
        for name, finding in self.findings.items():
            bare = finding.finding if isinstance(finding, AnsweredFinding) else finding
            own = {place: a for place, a in places.items() if name in a.detectors}
            findings[name] = AnsweredFinding(bare, own) if own else bare
        return replace(self, findings=findings, dismissals=standing)

    def not_standing(self, dismissals: Mapping[str, Dismissal]) -> list[str]:
        """Why each of these answers is not beside a flag, in words; empty where all are."""
        said = []
        for one in dismissals:
            if one not in self.candidate_ids:
                said.append(f"the dismissal for '{one}' is left out: there is no such candidate.")
            elif one not in self.dismissals:
                said.append(
                    f"the dismissal for '{one}' is left out: another detector flags the candidate "
                    "now, which nobody has looked at."
                )
        return said

    @cached_property
    def flagged_from_rate(self) -> Floats:
        """See `toolkit.inflation.suspicion.flagged_from_rate`, shape (n,)."""
        return flagged_from_rate({n: f.false_flag_rate for n, f in self.findings.items()})

    @cached_property
    def accounts(self) -> tuple[AccountEvidence, ...]:
        """Every candidate's evidence in cohort order, with sentences."""
        return tuple(self._evidence(position) for position in range(len(self.candidate_ids)))

    def of(self, candidate_id: str) -> AccountEvidence:
        """One candidate's evidence.

        Raises
        ------
        UnknownName
            If there is no such candidate.
        """
        return self._evidence(self._position(candidate_id))

    def curves(self, candidate_id: str) -> tuple[GrowthCurve, ...]:
        """The candidate's histories of counts, with the months that stand out."""
        growth = self.findings["growth_spike"]
        if isinstance(growth, AnsweredFinding):
            growth = growth.finding
        assert isinstance(growth, GrowthSpike)
        return growth.curves(self._position(candidate_id))

    def to_dict(self) -> dict[str, object]:
        """The JSON of the command ``inflation``."""
        return {
            "false_flag_rate": self.false_flag_rate,
            "flagged": len(self.flagged_ids),
            "dismissed": len(self.dismissals),
            "accounts": [evidence.to_dict() for evidence in self.accounts],
            "reward": None if self.reward is None else self.reward.to_dict(),
        }

    def _position(self, candidate_id: str) -> int:
        if candidate_id not in self.candidate_ids:
            raise UnknownName("candidate", candidate_id, map(str, self.candidate_ids))
        position = self.candidate_ids.get_loc(candidate_id)
        assert isinstance(position, int)
        return position

    def _evidence(self, position: int) -> AccountEvidence:
        told = {name: finding.explain(position) for name, finding in self.findings.items()}
        return AccountEvidence(
            candidate_id=str(self.candidate_ids[position]),
            **{name: _known(f.probability[position]) for name, f in self.findings.items()},
            suspicion=_known(self.suspicion[position]),
            flagged_from_rate=_known(self.flagged_from_rate[position]),
            flagged=bool(self.flagged[position]),
            reasons=tuple(text for e in told.values() for text in e.reasons),
            against=tuple(text for e in told.values() for text in e.against),
            would_change=tuple(text for e in told.values() for text in e.would_change),
            not_assessed={
                name: f"Not enough facts: needs {finding.lacking}."
                for name, finding in self.findings.items()
                if np.isnan(finding.probability[position])
            },
            dismissed=self.dismissals.get(str(self.candidate_ids[position])),
            topics=None if self.topics is None else self.topics.of(position),
        )


def inflation(
    cohort: Cohort,
    screen: Screen | None = None,
    *,
    false_flag_rate: float = FALSE_FLAG_RATE,
    as_of: dt.date | None = None,
    criteria: str = "",
    samples: Mapping[str, Followers] | None = None,
) -> Inflation:
    """Judge every candidate by five detectors, and test whether a screen rewards inflation.

    Parameters
    ----------
    cohort : Cohort
        n candidates.
    screen : Screen, optional
        Whose decisions the reward test looks at; no test without one.
    false_flag_rate : float
        Share of genuine candidates that may be flagged by any detector; each of the five has
        an equal part of it.
    as_of : date, optional
        When the account facts were read; the newest date of the score histories when left out.
    criteria : str
        What the post asks for; topics that scores credit are compared with it.
    samples : mapping of str to Followers, optional
        Samples of followers by candidate, beside those of the cohort; of two of one candidate,
        this one counts. Their fake share speaks in the detector of bought followers.

    Returns
    -------
    Inflation

    Raises
    ------
    InputError
        If a count is negative, or an account or history belongs to nobody in the cohort.
    UnknownName, ScreenError
        If the screen does not fit the cohort, or a sample belongs to nobody in it.
    ValueError
        If the false-flag rate is not between 0 and 1.

    Examples
    --------
    >>> from toolkit.intake.from_frame import cohort_from_frame
    >>> cohort = cohort_from_frame(
    ...     pd.DataFrame({"klout": [50]}, index=["ann"]),
    ...     accounts=pd.DataFrame(
    ...         {"candidate_id": ["ann"], "followers": [10**6], "following": [0], "posts": [1]}
    ...     ),
    ... )
    >>> inflation(cohort).of("ann").reasons[0]
    '1,000,000 followers for 1 post: the account has published next to nothing and follows 0. \
Consistent with bought followers.'
    """
    rate = rate_of_one_detector(false_flag_rate)
    facts = account_facts(cohort, as_of)
    level = evidence_level(cohort)
    known = together(candidate_samples(cohort), samples or {})
    findings: dict[str, Finding] = {
        "bought_followers": bought_followers(facts, rate, _placed(cohort, known)),
        "automated": automated(facts, rate),
        "growth_spike": growth_spike(cohort, rate),
        "score_above_audience": score_above_audience(cohort, facts, rate),
        "score_above_work": score_above_work(cohort, level, rate),
    }
    suspected = suspicion({name: finding.strength for name, finding in findings.items()})
    flagged: Bools = suspected >= 0.5
    tested = None
    if screen is not None:
        tested = _tested(cohort, screen, flagged, ~np.isnan(suspected), level, findings)
    return Inflation(
        cohort.candidate_ids,
        findings,
        suspected,
        flagged,
        false_flag_rate,
        tested,
        topics=topic_match(cohort, criteria) if criteria.strip() else None,
    )


def _placed(cohort: Cohort, samples: Mapping[str, Followers]) -> dict[int, Followers]:
    """Samples by the candidate's place in the cohort."""
    who = list(samples)
    places = cohort.candidate_ids.get_indexer(pd.Index(who, dtype="str")).tolist()
    if -1 in places:
        raise UnknownName("candidate", who[places.index(-1)], map(str, cohort.candidate_ids))
    return {place: samples[one] for one, place in zip(who, places, strict=True)}


def _tested(
    cohort: Cohort,
    screen: Screen,
    flagged: Bools,
    assessed: Bools,
    level: Floats,
    findings: Mapping[str, Finding],
) -> Reward:
    """The reward test, the same without each score, and with the flagged scores lowered."""
    decisions, strata = decide(cohort, screen), evidence_strata(level)

    def test(selected: Bools) -> Reward:
        return reward(selected, flagged, strata, assessed, level)

    expectations = [
        finding.predictions
        for finding in findings.values()
        if isinstance(finding, ScoreAboveAudience | ScoreAboveWork)
    ]
    scores = [name for name in screen.signals if cohort.about[name].is_score]
    without = {
        name: test(decide_frozen(cohort, decisions.frozen.without(name)).selected)
        for name in scores
    }
    return replace(
        test(decisions.selected),
        without=without,
        deflated=deflation(cohort, decisions, flagged, expectations),
    )


def _known(probability: float) -> float | None:
    return None if np.isnan(probability) else float(probability)

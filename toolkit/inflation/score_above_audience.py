"""Scores above what audience and activity support, on the relation of 2013.

For Klout and Kred influence the relation between score and audience is known from real accounts
(`toolkit.inflation.score_relation`). The probability is the share of accounts with the same
followers, follows, posts and lists that have a lower score; 0.5 is a usual score. Only Twitter
accounts are compared: the sample has no others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from toolkit.arrays import Floats, Ints
from toolkit.inflation import score_above_wording as wording
from toolkit.inflation.account_facts import AccountFacts, per_candidate
from toolkit.inflation.finding import Explanation
from toolkit.inflation.prediction import Predictions, stacked
from toolkit.inflation.score_relation import ScoreRelation, score_relations
from toolkit.inflation.suspicion import strength
from toolkit.intake.cohort import Cohort, Signal
from toolkit.scores.catalogue import load_catalogue
from toolkit.sentence import Sentence

FACTS = ("followers", "following", "posts", "listed")
NOTABLE = 0.9


@dataclass(frozen=True, eq=False)
class ScoreAboveAudience:
    """What was found; see `toolkit.inflation.finding.Finding`.

    Parameters
    ----------
    probability, strength : float array, shape (n_candidates,)
    score : int array, shape (n_candidates,)
        Which of the scores is the most unusual; −1 where none could be compared.
    predictions : Predictions
    r_squared : float array, shape (m, n_candidates)
        Of the relation that was used for a score and candidate.
    """

    probability: Floats
    strength: Floats
    score: Ints
    predictions: Predictions
    r_squared: Floats

    def explain(self, position: int) -> Explanation:
        score = int(self.score[position])
        if score < 0:
            return Explanation()
        label, value, expected, low, high, share = self.predictions.in_words(score, position)
        if self.probability[position] < NOTABLE:
            return Explanation(against=(wording.within_audience(label, value, expected),))
        r_squared = float(self.r_squared[score, position])
        text = wording.above_audience(label, value, expected, low, high, share, r_squared)
        return Explanation((text,), would_change=(wording.WOULD_CHANGE_AUDIENCE,))

    @property
    def false_flag_rate(self) -> Floats:
        return 1.0 - self.probability

    @property
    def lacking(self) -> Sentence:
        return wording.NEEDS_AUDIENCE


def score_above_audience(cohort: Cohort, facts: AccountFacts, rate: float) -> ScoreAboveAudience:
    """Compare each candidate's scores with the candidate's largest Twitter account.

    Parameters
    ----------
    cohort : Cohort
    facts : AccountFacts
    rate : float
        Share of accounts that may be flagged.
    """
    columns = {
        name: cohort.signals[name].to_numpy(dtype=np.float64) for name in comparable(cohort.about)
    }
    return beside_audience(columns, cohort.about, facts, rate)


def comparable(about: Mapping[str, Signal]) -> tuple[str, ...]:
    """The scores among some signals whose relation to the audience is known."""
    return tuple(name for name, one in about.items() if one.is_score and _relation(name))


def _relation(name: str) -> ScoreRelation | None:
    score = load_catalogue().recognise(name)
    return None if score is None else score_relations().get(score.key)


def beside_audience(
    columns: Mapping[str, Floats],
    about: Mapping[str, Signal],
    facts: AccountFacts,
    rate: float,
) -> ScoreAboveAudience:
    """Some scores beside the largest Twitter account of each candidate.

    Parameters
    ----------
    columns : mapping of str to float array, shape (n,)
        Scores of `comparable`.
    about : mapping of str to Signal
        At least of these.
    facts : AccountFacts
        Of the same candidates.
    rate : float
    """
    n = facts.n_candidates
    _, row = per_candidate(np.where(facts.on_twitter(), facts.followers, np.nan), facts.position, n)
    has = row >= 0
    own = {
        name: np.where(has, getattr(facts, name)[row] if len(facts) else np.nan, np.nan)
        for name in FACTS
    }
    found = [
        relation.expectation(column, own)
        for name, column in columns.items()
        if (relation := _relation(name)) is not None
    ]
    labels = tuple(about[name].label for name in columns)
    predictions = Predictions(
        labels,
        stacked(list(columns.values()), n),
        stacked([f.expected for f in found], n),
        stacked([f.error for f in found], n),
        stacked([f.probability for f in found], n),
        stacked([f.degrees_of_freedom for f in found], n),
        (False,) * len(labels),
        tuple(columns),
    )
    probability, which = predictions.most_unusual()
    return ScoreAboveAudience(
        probability,
        strength(probability, 1.0 - rate),
        which,
        predictions,
        stacked([f.r_squared for f in found], n),
    )

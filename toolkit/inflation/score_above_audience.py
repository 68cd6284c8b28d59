"""Scores above what audience and activity support, on the relation of 2013.

For Klout and Kred influence the relation between score and audience is known from real accounts
(`toolkit.inflation.score_relation`). The probability is the share of accounts with the same
followers, follows, posts and lists that have a lower score; 0.5 is a usual score. Only Twitter
accounts are compared: the sample has no others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from toolkit.arrays import Floats, Ints
from toolkit.inflation import wording
from toolkit.inflation.account_facts import AccountFacts, per_candidate
from toolkit.inflation.finding import Explanation
from toolkit.inflation.prediction import Predictions, stacked
from toolkit.inflation.score_relation import score_relations
from toolkit.inflation.suspicion import strength
from toolkit.intake.cohort import Cohort
from toolkit.scores.catalogue import load_catalogue

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
        return Explanation((text,), would_change=(wording.WOULD_CHANGE["audience"],))

    @property
    def false_flag_rate(self) -> Floats:
        return 1.0 - self.probability

    @property
    def lacking(self) -> str:
        return "a Klout or Kred score together with the followers of a Twitter account"


def score_above_audience(cohort: Cohort, facts: AccountFacts, rate: float) -> ScoreAboveAudience:
    """Compare each candidate's scores with the candidate's largest Twitter account.

    Parameters
    ----------
    cohort : Cohort
    facts : AccountFacts
    rate : float
        Share of accounts that may be flagged.
    """
    n = len(cohort)
    _, row = per_candidate(np.where(facts.on_twitter(), facts.followers, np.nan), facts.position, n)
    has = row >= 0
    own = {
        name: np.where(has, getattr(facts, name)[row] if len(facts) else np.nan, np.nan)
        for name in FACTS
    }
    relations, catalogue = score_relations(), load_catalogue()
    names, labels, found, values = [], [], [], []
    for name in cohort.scores:
        score = catalogue.recognise(name)
        if score is not None and score.key in relations:
            column = cohort.signals[name].to_numpy(dtype=np.float64)
            names.append(name)
            labels.append(cohort.about[name].label)
            values.append(column)
            found.append(relations[score.key].expectation(column, own))
    predictions = Predictions(
        tuple(labels),
        stacked(values, n),
        stacked([f.expected for f in found], n),
        stacked([f.error for f in found], n),
        stacked([f.probability for f in found], n),
        stacked([f.degrees_of_freedom for f in found], n),
        (False,) * len(labels),
        tuple(names),
    )
    probability, which = predictions.most_unusual()
    return ScoreAboveAudience(
        probability,
        strength(probability, 1.0 - rate),
        which,
        predictions,
        stacked([f.r_squared for f in found], n),
    )

"""The relation between a score and the audience and activity behind it, with its spread.

score = b₀ + Σⱼ bⱼ · log₁₀(1 + factⱼ) + e, fitted by least squares on real accounts of 2013. For
every set of facts that an account may have there is a fit of its own, so that nothing has to be
guessed where, say, the number of lists is not known. Only coefficients, spread and counts are
kept; the sample itself is not part of the product.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from scipy.special import stdtr, stdtrit

from toolkit.arrays import Bools, Floats
from toolkit.inflation.additive_model import shipped_text

FILE = "score_above_audience"


@dataclass(frozen=True, eq=False)
class Relation:
    """One least-squares fit of a score on some facts.

    Parameters
    ----------
    facts : tuple of str, length k
        Always with ``followers``.
    coefficients : float array, shape (k + 1,)
        Intercept first.
    inverse : float array, shape (k + 1, k + 1)
        (XᵀX)⁻¹ of the sample, for the uncertainty of the line itself.
    spread : float
        Residual standard deviation, in points of the score.
    n : int
    r_squared : float
    """

    facts: tuple[str, ...]
    coefficients: Floats
    inverse: Floats
    spread: float
    n: int
    r_squared: float

    @property
    def degrees_of_freedom(self) -> int:
        return self.n - self.coefficients.size

    def expected(self, facts: Mapping[str, Floats]) -> tuple[Floats, Floats]:
        """Expected score of accounts with these facts, and the spread of single scores.

        Parameters
        ----------
        facts : mapping of str to float array, shape (m,)
            Counts, none of them missing.

        Returns
        -------
        float array, shape (m,)
            xᵀb.
        float array, shape (m,)
            s · √(1 + xᵀ(XᵀX)⁻¹x), the standard error of a prediction.
        """
        logs = [np.log10(1.0 + facts[name]) for name in self.facts]
        x = [np.ones(logs[0].size), *logs]
        # Term by term: a matrix product may round an account differently among others.
        line, leverage = np.zeros((2, logs[0].size))
        for own, coefficient, row in zip(x, self.coefficients, self.inverse, strict=True):
            line += coefficient * own
            for other, weight in zip(x, row, strict=True):
                leverage += own * weight * other
        return line, self.spread * np.sqrt(1.0 + leverage)

    def slope(self, fact: str, confidence: float) -> tuple[float, float, float]:
        """Points for ten times as much of one fact, with its confidence interval.

        bⱼ ± t · s · √((XᵀX)⁻¹ⱼⱼ), with Student's t at the relation's degrees of freedom.

        Returns
        -------
        slope, low, high : float
        """
        at = 1 + self.facts.index(fact)
        error = self.spread * float(np.sqrt(self.inverse[at, at]))
        half = float(stdtrit(self.degrees_of_freedom, (1 + confidence) / 2)) * error
        slope = float(self.coefficients[at])
        return slope, slope - half, slope + half

    def behind(self, scores: Floats, confidence: float) -> tuple[Floats, Floats, Floats]:
        """How many followers are behind a score, from a relation on followers alone.

        The audience x = log₁₀(1 + f) at which the relation expects the score y, and those at
        which y stands at an end of the prediction interval: the roots of

            (y − b₀ − b₁x)² = t² s² (1 + v₀₀ + 2 v₀₁ x + v₁₁ x²),  V = (XᵀX)⁻¹

        (inverse prediction: Fieller 1954; Draper and Smith 1998, section 3.2).

        Parameters
        ----------
        scores : float array, shape (m,)
            NaN where missing.
        confidence : float
            Of the prediction interval.

        Returns
        -------
        audience, low, high : float array, shape (m,)
            Followers, at least 0.
        """
        intercept, slope = self.coefficients
        t = float(stdtrit(self.degrees_of_freedom, (1 + confidence) / 2))
        q = (t * self.spread) ** 2
        above = scores - intercept
        a = slope**2 - q * self.inverse[1, 1]
        b = above * slope + q * self.inverse[0, 1]
        c = above**2 - q * (1 + self.inverse[0, 0])
        half = np.sqrt(b**2 - a * c)
        logs = (above / slope, (b - half) / a, (b + half) / a)
        middle, low, high = (np.maximum(10.0**x - 1.0, 0.0) for x in logs)
        return middle, low, high


@dataclass(frozen=True)
class Expectation:
    """What an account's facts lead one to expect of a score; NaN where too little is known.

    Parameters
    ----------
    expected, error : float array, shape (m,)
        In points of the score; the expectation is kept inside the score's scale.
    probability : float array, shape (m,)
        Share of accounts with these facts that have a lower score: Student's distribution
        function at (score − expected) / error.
    degrees_of_freedom, r_squared : float array, shape (m,)
        Of the relation that was used.
    """

    expected: Floats
    error: Floats
    probability: Floats
    degrees_of_freedom: Floats
    r_squared: Floats


@dataclass(frozen=True, eq=False)
class ScoreRelation:
    """All fits of one score.

    Parameters
    ----------
    score : str
        Catalogue key.
    low, high : float
        Ends of the scale.
    relations : tuple of Relation
        Those with the most facts first.
    about : mapping
        Source, checks and so on, as the model card shows them.
    """

    score: str
    low: float
    high: float
    relations: tuple[Relation, ...]
    about: Mapping[str, Any]

    @property
    def on_followers(self) -> Relation:
        """The fit on followers alone."""
        return next(r for r in self.relations if r.facts == ("followers",))

    @property
    def audiences(self) -> tuple[float, float]:
        """Fewest and most followers in the sample, to two digits; open where not known."""
        low, high = self.about.get("audience", (0.0, np.inf))
        return float(low), float(high)

    def expectation(self, scores: Floats, facts: Mapping[str, Floats]) -> Expectation:
        """Compare scores with what the facts support.

        Each account is compared by the relation that uses all the facts it has.

        Parameters
        ----------
        scores : float array, shape (m,)
        facts : mapping of str to float array, shape (m,)
            ``followers, following, posts, listed``; NaN where unknown.
        """
        expected, error, probability, freedom, r_squared = np.full((5, scores.size), np.nan)
        left: Bools = ~np.isnan(scores)
        for relation in self.relations:
            known = left & np.all([~np.isnan(facts[name]) for name in relation.facts], axis=0)
            if known.any():
                line, error[known] = relation.expected({f: facts[f][known] for f in relation.facts})
                expected[known] = line.clip(self.low, self.high)
                t = (scores[known] - expected[known]) / error[known]
                probability[known] = stdtr(relation.degrees_of_freedom, t)
                freedom[known], r_squared[known] = relation.degrees_of_freedom, relation.r_squared
                left &= ~known
        return Expectation(expected, error, probability, freedom, r_squared)


@lru_cache(maxsize=1)
def score_relations() -> dict[str, ScoreRelation]:
    """The shipped relations by catalogue key."""
    content = json.loads(shipped_text(FILE))
    return {
        score: ScoreRelation(
            score,
            float(entry["low"]),
            float(entry["high"]),
            tuple(
                Relation(
                    tuple(r["facts"]),
                    np.array(r["coefficients"]),
                    np.array(r["inverse"]),
                    float(r["spread"]),
                    int(r["n"]),
                    float(r["r_squared"]),
                )
                for r in entry["relations"]
            ),
            {**content["about"], **entry["about"]},
        )
        for score, entry in content["scores"].items()
    }

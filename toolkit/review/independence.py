"""Do two criteria say the same, and do their ratings measure one thing?

Criteria that overlap count the same twice: the effective weight of what they share is more
than the rubric says. Before there are ratings the words are compared; once there are, the
ratings are.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from toolkit.correlation import pearson
from toolkit.estimate import Estimate
from toolkit.likeness import similarities
from toolkit.review.ratings import Ratings
from toolkit.review.rubric import Criterion, Rubric, rubric_templates

#: From this cosine on two criteria say much the same. Within the shipped rubrics the largest
#: is .25; pairs written to say the same in other words begin at .3 to .7.
SAME_FROM = 0.35
#: From this correlation on two criteria are usually taken not to be told apart: Kline (2016),
#: Principles and Practice of Structural Equation Modeling, 4th ed., chapter 13.
ONE_THING_FROM = 0.85

ONE_THING = "one thing"
PERHAPS = "may be one thing"
APART = "told apart"
UNKNOWN = "cannot be said"


@dataclass(frozen=True)
class SameSaying:
    """Two criteria whose label and definition use much the same words.

    Parameters
    ----------
    first, second : str
        Their labels.
    similarity : float
        Cosine of their TF-IDF vectors.
    """

    first: str
    second: str
    similarity: float

    @property
    def sentence(self) -> str:
        return (
            f"'{self.first}' and '{self.second}' say much the same (likeness "
            f"{self.similarity:.2f} of 1). What they share would count twice: join them, or say "
            "what one asks for and the other does not."
        )

    def to_dict(self) -> dict[str, object]:
        return {"criteria": [self.first, self.second], "similarity": self.similarity}


@dataclass(frozen=True)
class Overlap:
    """How the ratings on two criteria go together.

    Parameters
    ----------
    first, second : str
    candidates : int
        Who have ratings on both.
    correlation : Estimate
        Of the candidates' mean ratings.
    """

    first: str
    second: str
    candidates: int
    correlation: Estimate

    @property
    def verdict(self) -> str:
        """`ONE_THING` where the whole interval lies above the limit, and so on."""
        found = self.correlation
        if found.value is None:
            return UNKNOWN
        low = found.value if found.low is None else found.low
        high = found.value if found.high is None else found.high
        if low >= ONE_THING_FROM:
            return ONE_THING
        return PERHAPS if high >= ONE_THING_FROM <= found.value else APART

    @property
    def sentence(self) -> str:
        found = self.correlation
        if found.value is None:
            return f"'{self.first}' and '{self.second}' cannot be compared. {found.why}"
        between = (
            ""
            if found.low is None or found.high is None
            else f", between {found.low:.2f} and {found.high:.2f}"
        )
        figures = f"(correlation {found.value:.2f}{between}; {self.candidates:,} candidates)"
        two = f"'{self.first}' and '{self.second}'"
        if self.verdict == ONE_THING:
            return (
                f"The ratings on {two} measure one thing {figures}: it counts twice. Join them, "
                "or sharpen what sets them apart."
            )
        if self.verdict == PERHAPS:
            return f"The ratings on {two} may measure one thing {figures}: more ratings will tell."
        return f"The ratings on {two} are told apart {figures}."

    def to_dict(self) -> dict[str, object]:
        return {
            "criteria": [self.first, self.second],
            "candidates": self.candidates,
            **self.correlation.to_dict("correlation"),
            "verdict": self.verdict,
        }


def same_saying(rubric: Rubric) -> tuple[SameSaying, ...]:
    """Pairs of criteria that use much the same words, most alike first.

    Words are weighed by how common they are among this rubric's criteria and those that come
    with the program, so that "work" and "candidate" count little.

    Examples
    --------
    >>> from toolkit.review.rubric import portfolio_rubric
    >>> same_saying(portfolio_rubric())
    ()
    """
    texts = [_said(one) for one in rubric.criteria]
    if len(texts) < 2:
        return ()
    shipped = [_said(one) for other in rubric_templates().values() for one in other.criteria]
    alike = similarities(texts, texts, shipped)
    found = [
        SameSaying(rubric.criteria[i].label, rubric.criteria[j].label, float(alike[i, j]))
        for i, j in combinations(range(len(texts)), 2)
        if alike[i, j] >= SAME_FROM
    ]
    return tuple(sorted(found, key=lambda one: -one.similarity))


def overlaps(ratings: Ratings) -> tuple[Overlap, ...]:
    """How the ratings on every two criteria go together, most alike first.

    Each candidate's mean rating on one criterion is set beside that on the other, over the
    reviewers who rated both. Noise makes the correlation smaller than that of what is meant;
    a reviewer whose ratings on one criterion spill over to the next makes it larger.

    Parameters
    ----------
    ratings : Ratings

    Returns
    -------
    tuple of Overlap
        Empty for one criterion and for ratings in words.
    """
    if ratings.in_words or len(ratings.criteria) < 2:
        return ()
    shape = (len(ratings.candidates), len(ratings.reviewers))
    tables = np.full((len(ratings.criteria), *shape), np.nan)
    tables[ratings.criterion, ratings.candidate, ratings.reviewer] = ratings.value
    found = []
    for i, j in combinations(range(len(ratings.criteria)), 2):
        both = ~(np.isnan(tables[i]) | np.isnan(tables[j]))
        counts = both.sum(axis=1)
        rated = counts > 0
        first, second = (
            np.where(both, table, 0.0).sum(axis=1)[rated] / counts[rated]
            for table in (tables[i], tables[j])
        )
        found.append(
            Overlap(
                ratings.criteria[i], ratings.criteria[j], int(rated.sum()), pearson(first, second)
            )
        )
    return tuple(sorted(found, key=_least_alike_last))


def _least_alike_last(one: Overlap) -> float:
    return 2.0 if one.correlation.value is None else -one.correlation.value


def _said(criterion: Criterion) -> str:
    return f"{criterion.label}. {criterion.definition}"

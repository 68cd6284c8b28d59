"""What seeing a social score did to the ratings: the same reviewer before and after.

Each reviewer rates and locks, is then shown the candidate's score, and says what they would
give now. What changed is set beside the score, within each reviewer:

    after − before  =  μ_reviewer + b · z + residual,

z being the score in standard deviations of the candidates who were shown. Without an effect of
seeing it b is nothing, whatever the score is worth: what it shares with the work was in the
rating before. Standard errors take candidates, not ratings, as what was sampled (clusters,
with the correction of MacKinnon and White 1985 for their number) and Student's t with one
degree of freedom less than there are candidates (Cameron and Miller 2015, Journal of Human
Resources 50, 317-372).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from toolkit.arrays import Floats, Ints
from toolkit.estimate import CONFIDENCE, Estimate

#: Fewer candidates than this, and nothing is said about a trend.
FEWEST_CANDIDATES = 8
#: Changes and scores that differ by less are the same.
_NOTHING = 1e-12


@dataclass(frozen=True)
class Exposure:
    """How ratings changed once reviewers knew a score.

    Parameters
    ----------
    score : str
        What it is called.
    reviews, candidates, reviewers : int
        How many there are with a rating before and after, and a score.
    changed : int
        Reviews whose rating is not the same as before.
    towards : int
        Of these, changed upwards for a score above the mean of those shown, or downwards for
        one below.
    mean : Estimate
        Mean change in points.
    slope : Estimate
        Points of rating for a standard deviation of the score, within reviewers.
    without_score : int
        Reviews of candidates who have no such score, which are left out.
    """

    score: str
    reviews: int
    candidates: int
    reviewers: int
    changed: int
    towards: int
    mean: Estimate
    slope: Estimate
    without_score: int

    def to_dict(self) -> dict[str, object]:
        return {
            "score": self.score,
            "reviews": self.reviews,
            "candidates": self.candidates,
            "reviewers": self.reviewers,
            "changed": self.changed,
            "towards": self.towards,
            **self.mean.to_dict("mean"),
            **self.slope.to_dict("slope"),
            "without_score": self.without_score,
        }

    def sentences(self) -> list[str]:
        """What is worth saying."""
        if not self.reviews:
            return [f"No review was rated again after {self.score} was shown."]
        said = [
            f"{self.changed:,} of {self.reviews:,} reviews were changed after {self.score} was "
            f"shown, {self.towards:,} of them towards it."
            if self.changed
            else f"None of {self.reviews:,} reviews was changed after {self.score} was shown."
        ]
        slope = self.slope
        if slope.value is None:
            said.append(f"What seeing it does cannot be said. {slope.why}")
        elif slope.differs_from_zero:
            way = "higher" if slope.value > 0 else "lower"
            said.append(
                f"A standard deviation more of {self.score} went with ratings about "
                f"{abs(slope.value):.2f} points {way} than before{_between(slope)}: consistent "
                "with an effect of seeing it. The ratings made before are the official ones."
            )
        elif self.changed:
            said.append(
                f"The changes do not follow the score as far as can be told: {slope.value:+.2f} "
                f"points for a standard deviation{_between(slope)}."
            )
        if self.without_score:
            said.append(f"{self.without_score:,} reviews of candidates without it are left out.")
        return said


def exposure(
    candidate: Sequence[str],
    reviewer: Sequence[str],
    before: Sequence[float] | Floats,
    after: Sequence[float] | Floats,
    score: Sequence[float] | Floats,
    name: str = "the score",
) -> Exposure:
    """Set changes of ratings beside the score that was shown.

    Parameters
    ----------
    candidate, reviewer : sequence of str, length n
        Of each rating; a reviewer's ratings of a candidate on several criteria are averaged.
    before, after : sequence of float, length n
        What was given before the score was shown, and what would be given now.
    score : sequence of float, length n
        The candidate's score; NaN for none.
    name : str
        What the score is called.

    Examples
    --------
    >>> found = exposure(["a", "b"], ["Ann", "Ann"], [3, 3], [3, 4], [20, 80], "Klout")
    >>> found.changed, found.towards, found.slope.value
    (1, 1, None)
    """
    values = np.asarray(score, dtype=np.float64)
    known = ~np.isnan(values)
    names = np.asarray(candidate, dtype=object)
    people = np.asarray(reviewer, dtype=object)
    review = [f"{len(one)}:{one}{two}" for one, two in zip(names, people, strict=True)]
    without = len({one for one, has in zip(review, known, strict=True) if not has})
    _, first, where = np.unique(
        np.asarray(review, dtype=object)[known], return_index=True, return_inverse=True
    )
    change = np.asarray(after, dtype=np.float64) - np.asarray(before, dtype=np.float64)
    counts = np.bincount(where, minlength=len(first))
    means = np.bincount(where, weights=change[known], minlength=len(first)) / np.maximum(counts, 1)
    moved = np.bincount(where, weights=np.abs(change[known]), minlength=len(first)) > _NOTHING
    cluster = _codes(names[known][first])
    who = _codes(people[known][first])
    shown = values[known][first]
    centre, spread = _of_candidates(cluster, shown)
    away = np.sign(shown - centre) * np.sign(means)
    return Exposure(
        score=name,
        reviews=len(first),
        candidates=int(cluster.max(initial=-1)) + 1,
        reviewers=int(who.max(initial=-1)) + 1,
        changed=int(moved.sum()),
        towards=int((away > 0).sum()),
        mean=_mean(means, cluster),
        slope=_slope(means, shown, centre, spread, who, cluster),
        without_score=without,
    )


def _slope(
    change: Floats, score: Floats, centre: float, spread: float, who: Ints, cluster: Ints
) -> Estimate:
    n_clusters = int(cluster.max(initial=-1)) + 1
    if n_clusters < FEWEST_CANDIDATES:
        return Estimate.none(
            f"Scores of {n_clusters} candidates were shown; at least {FEWEST_CANDIDATES} are "
            "needed."
        )
    if spread <= _NOTHING * max(abs(centre), 1.0):
        return Estimate.none("All candidates shown have the same score.")
    z = _within((score - centre) / spread, who)
    y = _within(change, who)
    information = float(z @ z)
    if information <= _NOTHING * len(z):
        return Estimate.none("No reviewer was shown two candidates with different scores.")
    slope = float(z @ y) / information
    residual = y - slope * z
    sums = np.bincount(cluster, weights=z * residual, minlength=n_clusters)
    n, columns = len(y), int(who.max()) + 2
    if n <= columns:
        return Estimate.none("There are no more reviews than reviewers to judge them by.")
    correction = n_clusters / (n_clusters - 1) * (n - 1) / (n - columns)
    return _interval(slope, correction * float(sums @ sums) / information**2, n_clusters)


def _mean(change: Floats, cluster: Ints) -> Estimate:
    n_clusters = int(cluster.max(initial=-1)) + 1
    if not len(change):
        return Estimate.none("No review was rated again.")
    mean = float(change.mean())
    if n_clusters < FEWEST_CANDIDATES:
        return Estimate(mean, why=f"At least {FEWEST_CANDIDATES} candidates are needed.")
    sums = np.bincount(cluster, weights=change - mean, minlength=n_clusters)
    variance = n_clusters / (n_clusters - 1) * float(sums @ sums) / len(change) ** 2
    return _interval(mean, variance, n_clusters)


def _interval(value: float, variance: float, n_clusters: int) -> Estimate:
    half = float(stats.t.ppf((1 + CONFIDENCE) / 2, n_clusters - 1)) * variance**0.5
    return Estimate(value, value - half, value + half)


def _within(values: Floats, who: Ints) -> Floats:
    """Less each reviewer's mean."""
    counts = np.bincount(who)
    centred: Floats = values - (np.bincount(who, weights=values) / counts)[who]
    return centred


def _of_candidates(cluster: Ints, score: Floats) -> tuple[float, float]:
    """Mean and standard deviation of the score, each candidate counted once."""
    if not len(score):
        return 0.0, 0.0
    _, first = np.unique(cluster, return_index=True)
    return float(score[first].mean()), float(score[first].std())


def _codes(names: np.ndarray[tuple[int, ...], np.dtype[np.object_]]) -> Ints:
    return np.unique(names.astype(str), return_inverse=True)[1].astype(np.int64)


def _between(estimate: Estimate) -> str:
    if estimate.low is None or estimate.high is None:
        return ""
    return f" (between {estimate.low:+.2f} and {estimate.high:+.2f})"

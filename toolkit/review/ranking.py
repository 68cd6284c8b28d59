"""Who comes out ahead in a structured review, and how sure that is.

The official figure is the plain weighted total. Beside it, as advice, stands the total
adjusted for how severe each candidate's reviewers are, and how sure the order is: the
probability of being among the best, and who cannot be told apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from toolkit.arrays import Bools, Floats, Ints
from toolkit.errors import TooFewData, UnknownName
from toolkit.review.ratings import Ratings
from toolkit.review.severity import islands, severities
from toolkit.review.variance_components import VarianceComponents, variance_components
from toolkit.sentence import say, say_count

#: Draws behind the probabilities; their standard error is then at most .008.
DRAWS = 4_000
#: Probability from which one candidate is told to be better than another.
TOLD_APART = 0.95
#: A reviewer with fewer ratings cannot be adjusted for.
FEWEST_RATINGS = 3
IN_WORDS = say("Ratings that are words without an order cannot be added up.")


@dataclass(frozen=True, eq=False)
class Ranking:
    """Candidates by the total of their ratings.

    Arrays have an entry for each candidate, in the order of `candidates`; NaN where a figure
    is not defined.

    Parameters
    ----------
    candidates : tuple of str
    places : int
        How many are taken.
    weights : dict of str to float
        By criterion, adding up to 1.
    total : float array
        The official total: the weighted mean over criteria of the reviewers' mean rating.
        Not defined where a criterion with weight was rated by nobody.
    rank : float array
        By the total, 1 for the best; those with the same total share the middle.
    reviewers : int array
        How many rated the candidate.
    adjusted : float array
        The total less what its reviewers' severity did to it.
    in_top : float array
        Probability of being among the best `places`.
    rank_low, rank_high : float array
        The candidate's true rank lies between these with probability .90.
    tier : int array
        1 for those who cannot be told apart from the best, and so on; 0 where not known.
    why_not : str or None
        Why there is no adjusted total and no probability.
    """

    candidates: tuple[str, ...]
    places: int
    weights: dict[str, float]
    total: Floats
    rank: Floats
    reviewers: Ints
    adjusted: Floats
    in_top: Floats
    rank_low: Floats
    rank_high: Floats
    tier: Ints
    why_not: str | None

    @property
    def taken(self) -> Bools:
        """Who is taken by the official total; ties at the end are taken together."""
        # Sums of equal ratings in another order may differ in their last digit.
        total = np.round(self.total, 12)
        ordered = np.sort(total[~np.isnan(total)])[::-1]
        if not len(ordered):
            return np.zeros(len(self.candidates), dtype=np.bool_)
        last = ordered[min(self.places, len(ordered)) - 1]
        return np.asarray(total >= last, dtype=np.bool_)

    def records(self) -> list[dict[str, object]]:
        """One entry a candidate, best first."""
        order = np.lexsort((np.arange(len(self.candidates)), np.nan_to_num(self.rank, nan=np.inf)))
        taken = self.taken

        def figure(values: Floats, i: int) -> float | None:
            return None if np.isnan(values[i]) else float(values[i])

        return [
            {
                "candidate_id": self.candidates[i],
                "taken": bool(taken[i]),
                "rank": figure(self.rank, i),
                "total": figure(self.total, i),
                "reviewers": int(self.reviewers[i]),
                "adjusted_total": figure(self.adjusted, i),
                "probability_in_top": figure(self.in_top, i),
                "rank_low": figure(self.rank_low, i),
                "rank_high": figure(self.rank_high, i),
                "tier": int(self.tier[i]) or None,
            }
            for i in order
        ]

    def to_dict(self) -> dict[str, object]:
        """As the command's JSON says it."""
        return {
            "places": self.places,
            "weights": self.weights,
            "why_not_adjusted": self.why_not,
            "ranking": self.records(),
        }


def rank_candidates(
    ratings: Ratings,
    places: int,
    weights: Mapping[str, float] | None = None,
    *,
    draws: int = DRAWS,
    seed: int = 0,
) -> Ranking:
    """Rank candidates by structured review.

    Parameters
    ----------
    ratings : Ratings
    places : int
        How many are taken.
    weights : mapping of str to float, optional
        By criterion; equal without it. A criterion without a weight has none.
    draws, seed : int
        Of the probabilities.

    Raises
    ------
    UnknownName
        If a weight names a criterion that nobody rated.
    TooFewData
        If the ratings are words, or no criterion has weight.
    """
    if ratings.in_words:
        raise TooFewData(IN_WORDS)
    share = _shares(ratings, weights)
    means = _criterion_means(ratings)
    counted = share > 0
    total = means[:, counted] @ share[counted]
    pairs = np.unique(ratings.candidate * len(ratings.reviewers) + ratings.reviewer)
    reviewers = np.bincount(pairs // len(ratings.reviewers), minlength=len(ratings.candidates))
    nothing = np.full(len(total), np.nan)
    figures, why_not = (nothing, nothing, nothing, nothing, np.zeros(len(total), np.int64)), None
    try:
        figures = _uncertain(ratings, share, total, places, draws, seed)
    except TooFewData as error:
        why_not = error.message
    return Ranking(
        ratings.candidates,
        places,
        dict(zip(ratings.criteria, map(float, share), strict=True)),
        total,
        _ranks(total),
        reviewers.astype(np.int64),
        *figures,
        why_not,
    )


def _shares(ratings: Ratings, weights: Mapping[str, float] | None) -> Floats:
    if weights is None:
        return np.full(len(ratings.criteria), 1 / len(ratings.criteria))
    for name in weights:
        if name not in ratings.criteria:
            raise UnknownName("criterion", name, ratings.criteria, "the weights")
    share: Floats = np.array([weights.get(name, 0.0) for name in ratings.criteria])
    whole = float(share.sum())
    if not whole > 0:
        raise TooFewData(say("No criterion has a weight. Give at least one a weight above zero."))
    return share / whole


def _criterion_means(ratings: Ratings) -> Floats:
    """Mean rating of each candidate on each criterion, NaN where nobody rated."""
    n_criteria = len(ratings.criteria)
    cell = ratings.candidate * n_criteria + ratings.criterion
    size = len(ratings.candidates) * n_criteria
    sums = np.bincount(cell, weights=ratings.value, minlength=size)
    counts = np.bincount(cell, minlength=size)
    with np.errstate(invalid="ignore"):
        means: Floats = np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)
    return means.reshape(-1, n_criteria)


def _reviewers_totals(ratings: Ratings, share: Floats) -> tuple[Ints, Ints, Floats]:
    """Each reviewer's weighted total of each candidate, where no criterion is missing."""
    kept = share[ratings.criterion] > 0
    pair = (ratings.candidate * len(ratings.reviewers) + ratings.reviewer)[kept]
    pairs, where = np.unique(pair, return_inverse=True)
    counts = np.bincount(where, minlength=len(pairs))
    weighted = (ratings.value * share[ratings.criterion])[kept]
    totals = np.bincount(where, weights=weighted, minlength=len(pairs)).astype(np.float64)
    whole = counts == np.count_nonzero(share)
    candidate, reviewer = np.divmod(pairs[whole], len(ratings.reviewers))
    return candidate, reviewer, totals[whole]


def _uncertain(
    ratings: Ratings, share: Floats, total: Floats, places: int, draws: int, seed: int
) -> tuple[Floats, Floats, Floats, Floats, Ints]:
    """Adjusted total, probability of a place, range of ranks and tier of each candidate."""
    candidate, reviewer, value = _reviewers_totals(ratings, share)
    known, dense = np.unique(candidate, return_inverse=True)
    names, by = np.unique(reviewer, return_inverse=True)
    _check_comparable(dense, by)
    components = variance_components(dense, by, value)
    effects = components.design.draw(*components.ratios, draws, np.random.default_rng(seed))
    ranks = _ranks_by_draw(effects)
    low, high = np.quantile(ranks, [0.05, 0.95], axis=1, method="inverted_cdf")

    def spread(values: Floats) -> Floats:
        """Over all candidates, those without a whole review included."""
        everyone = np.full(len(total), np.nan)
        everyone[known] = values
        return everyone

    tier = np.zeros(len(total), dtype=np.int64)
    tier[known] = _tiers(effects, components)
    return (
        total + spread(_mean_severity(components, dense, by, tuple(map(str, names)))),
        spread((ranks <= places).mean(axis=1)),
        spread(low),
        spread(high),
        tier,
    )


def _ranks_by_draw(effects: Floats) -> Floats:
    """Each candidate's rank in each draw, 1 for the highest; shape as `effects`."""
    # A draw's candidates lie beside each other in memory: sorting them is quicker than in columns.
    order = np.argsort(-np.ascontiguousarray(effects.T), axis=1)
    ranks = np.empty(order.shape)
    np.put_along_axis(ranks, order, np.arange(1.0, len(effects) + 1)[None, :], axis=1)
    return np.ascontiguousarray(ranks.T)


def _check_comparable(candidate: Ints, reviewer: Ints) -> None:
    """Refuse to adjust where reviewers cannot be compared, or one hardly rated.

    Raises
    ------
    TooFewData
    """
    if islands(candidate, reviewer).any():
        raise TooFewData(
            say(
                "Reviewers cannot all be compared: no chain of candidates links them. Totals are "
                "not adjusted; let reviewers share some candidates."
            )
        )
    if not len(reviewer):
        raise TooFewData(say("Nobody rated a candidate on all criteria. Totals are not adjusted."))
    fewest = int(np.bincount(reviewer).min())
    if fewest < FEWEST_RATINGS:
        raise TooFewData(
            say_count(
                "A reviewer rated {n} candidates on all criteria; below {needed} severity cannot "
                "be told. Totals are not adjusted.",
                "A reviewer rated {n} candidates on all criteria; below {needed} severity cannot "
                "be told. Totals are not adjusted.",
                fewest,
                n=str(fewest),
                needed=str(FEWEST_RATINGS),
            )
        )


def _mean_severity(
    components: VarianceComponents, candidate: Ints, reviewer: Ints, names: tuple[str, ...]
) -> Floats:
    severity = np.array([one.severity for one in severities(components, reviewer, names)])
    mean: Floats = np.bincount(candidate, weights=severity[reviewer]) / np.bincount(candidate)
    return mean


def _tiers(effects: Floats, components: VarianceComponents) -> Ints:
    """Tiers of candidates, each led by the best who is told apart from the one before."""
    order = np.argsort(-components.solved.candidate, kind="stable")
    tier = np.zeros(len(order), dtype=np.int64)
    number = 0
    left = order
    while len(left):
        number += 1
        better = (effects[left[0]] > effects[left]).mean(axis=1)
        together = better < TOLD_APART
        together[0] = True
        tier[left[together]] = number
        left = left[~together]
    return tier


def _ranks(total: Floats) -> Floats:
    """Ranks by the total, 1 for the highest; equal totals share the middle."""
    rank = np.full(len(total), np.nan)
    known = ~np.isnan(total)
    # Sums of equal ratings in another order may differ in their last digit.
    values, where = np.unique(np.round(-total[known], 12), return_inverse=True)
    counts = np.bincount(where, minlength=len(values))
    rank[known] = (np.cumsum(counts) - (counts - 1) / 2)[where]
    return rank

"""Agreement beyond chance: Krippendorff's alpha, Gwet's AC1 and AC2, Fleiss' kappa.

All three are one figure, ``(a − e) / (1 − e)``: agreement a between two ratings of the same
candidate, beside the agreement e that chance would give. They differ in what they call
chance. Ratings need not be complete. Standard errors are the linearised ones: how each
candidate moves the figure, so that candidates, not ratings, are what was sampled.

Sources: Krippendorff (2004), Content Analysis, chapter 11; Gwet (2008), British Journal of
Mathematical and Statistical Psychology 61, 29-48; Gwet (2014), Handbook of Inter-Rater
Reliability, chapters 2-5; Fleiss (1971), Psychological Bulletin 76, 378-382.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import stats

from toolkit.arrays import Floats
from toolkit.estimate import CONFIDENCE, Estimate

NO_VARIATION = "All ratings are the same: agreement cannot be told from a lack of differences."
TOO_FEW = "Fewer than two candidates have ratings by two reviewers."


def counts_of(table: Floats) -> tuple[Floats, Floats]:
    """How many reviewers gave each candidate each rating.

    Parameters
    ----------
    table : float array, shape (n_candidates, n_reviewers)
        NaN where there is no rating.

    Returns
    -------
    counts : float array, shape (n_candidates, n_values)
        Candidates without a rating are left out.
    values : float array, shape (n_values,)
        The distinct ratings, rising.
    """
    rated = ~np.isnan(table)
    values, codes = np.unique(table[rated], return_inverse=True)
    counts = np.zeros((len(table), len(values)))
    np.add.at(counts, (np.nonzero(rated)[0], codes), 1.0)
    return counts[counts.any(axis=1)], values


def identical(values: Floats) -> Floats:
    """Agreement of two ratings: 1 where they are the same, else 0."""
    return np.eye(len(values))


def quadratic(values: Floats) -> Floats:
    """Agreement of two ratings: less by the square of their distance."""
    apart = values[:, None] - values[None, :]
    return _as_agreement(apart * apart)


def linear(values: Floats) -> Floats:
    """Agreement of two ratings: less by their distance."""
    return _as_agreement(np.abs(values[:, None] - values[None, :]))


def ordinal(values: Floats) -> Floats:
    """Agreement of two ratings by how many ratings lie from one to the other (Gwet).

    ``1 − C(m, 2) / C(q, 2)`` with m the ratings from one to the other, both included.
    """
    place = np.arange(len(values))
    span = np.abs(place[:, None] - place[None, :]) + 1.0
    return _as_agreement(span * (span - 1) / 2)


def by_rank(counts: Floats) -> Floats:
    """Agreement of two ratings by Krippendorff's ordinal metric.

    Their distance is that of their mid-ranks among all ratings that can be paired.
    """
    used = counts[counts.sum(axis=1) >= 2].sum(axis=0)
    middle = np.cumsum(used) - used / 2
    return quadratic(middle)


def alpha(counts: Floats, agreement: Floats) -> Estimate:
    """Krippendorff's alpha.

    Parameters
    ----------
    counts : float array, shape (n_candidates, n_values)
    agreement : float array, shape (n_values, n_values)
        1 on the diagonal, 0 for what is furthest apart.
    """
    counts = counts[counts.sum(axis=1) >= 2]
    why = _why_not(counts)
    if why:
        return Estimate.none(why)
    each = counts.sum(axis=1)
    mean = each.mean()
    agreeing = _agreeing(counts, agreement) / (each - 1)
    a = agreeing.mean() / mean
    share = counts.sum(axis=0) / counts.sum()
    expected = agreement @ share
    e = float(share @ expected)
    # Pairs are drawn without putting the first rating back: a candidate's ratings are not
    # compared with themselves, nor are they by chance.
    kept = 1 - 1 / each.sum()
    a_moves = kept * (agreeing - a * each) / mean
    e_moves = 2 * (counts @ expected - e * each) / mean
    return _estimate(1 - kept * (1 - a), e, a_moves, e_moves)


def gwet(counts: Floats, agreement: Floats) -> Estimate:
    """Gwet's AC1 (with `identical`) or AC2.

    Parameters
    ----------
    counts : float array, shape (n_candidates, n_values)
    agreement : float array, shape (n_values, n_values)
    """
    why = _why_not(counts)
    if why:
        return Estimate.none(why)
    mixed = agreement.sum() / (len(agreement) * (len(agreement) - 1))
    shares = counts / counts.sum(axis=1, keepdims=True)
    share = shares.mean(axis=0)
    e = float(mixed * (share @ (1 - share)))
    e_moves = 2 * (mixed * (shares @ (1 - share)) - e)
    a, a_moves = _paired(counts, agreement)
    return _estimate(a, e, a_moves, e_moves)


def fleiss(counts: Floats, agreement: Floats) -> Estimate:
    """Fleiss' kappa, for any number of ratings a candidate.

    Parameters
    ----------
    counts : float array, shape (n_candidates, n_values)
    agreement : float array, shape (n_values, n_values)
    """
    why = _why_not(counts)
    if why:
        return Estimate.none(why)
    shares = counts / counts.sum(axis=1, keepdims=True)
    expected = agreement @ shares.mean(axis=0)
    e = float(shares.mean(axis=0) @ expected)
    a, a_moves = _paired(counts, agreement)
    return _estimate(a, e, a_moves, 2 * (shares @ expected - e))


def _paired(counts: Floats, agreement: Floats) -> tuple[float, Floats]:
    """Mean agreement within candidates who have two ratings, and how each moves it."""
    each = counts.sum(axis=1)
    paired = each >= 2
    within = np.zeros(len(counts))
    within[paired] = _agreeing(counts[paired], agreement) / (each * (each - 1))[paired]
    a = float(within[paired].mean())
    return a, np.where(paired, within - a, 0.0) * (len(counts) / paired.sum())


def _agreeing(counts: Floats, agreement: Floats) -> Floats:
    """Agreement summed over all ordered pairs of two ratings of each candidate."""
    summed: Floats = (counts * (counts @ agreement - 1)).sum(axis=1)
    return summed


def _why_not(counts: Floats) -> str | None:
    if int((counts.sum(axis=1) >= 2).sum()) < 2:
        return TOO_FEW
    return NO_VARIATION if int(counts.any(axis=0).sum()) < 2 else None


def _estimate(a: float, e: float, a_moves: Floats, e_moves: Floats) -> Estimate:
    value = float((a - e) / (1 - e))
    moves = (a_moves - (1 - value) * e_moves) / (1 - e)
    n = len(moves)
    error = math.sqrt(float(moves @ moves) / (n * (n - 1)))
    reach = error * float(stats.t.ppf((1 + CONFIDENCE) / 2, n - 1))
    return Estimate(value, value - reach, min(1.0, value + reach))


def _as_agreement(apart: Floats) -> Floats:
    furthest = apart.max(initial=0.0)
    return 1 - apart / furthest if furthest else np.ones_like(apart)

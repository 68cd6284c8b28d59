"""Intraclass correlations: what share of the spread of ratings is the candidates'.

Names follow McGraw and Wong (1996, Psychological Methods 1, 30-46): ``ICC(1, ·)`` where
nobody knows which reviewer gave which rating, ``ICC(A, ·)`` for agreement in the rating
itself, ``ICC(C, ·)`` for agreement up to each reviewer's own level; ``(·, 1)`` for a single
rating, ``(·, k)`` for the mean of k.

Where every reviewer rated every candidate, estimates and intervals are theirs, from
analysis of variance. Where not, estimates come from the restricted-likelihood variance
components, and intervals from the profile of that likelihood.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy import optimize, stats

from toolkit.arrays import Floats, Ints
from toolkit.estimate import CONFIDENCE, Estimate
from toolkit.review.crossed_design import check_enough
from toolkit.review.variance_components import variance_components
from toolkit.sentence import say

_UPPER = (1 + CONFIDENCE) / 2
#: How far the deviance may rise above its lowest within the interval.
_RISE = float(stats.chi2.ppf(CONFIDENCE, 1))
FORMS = ("ICC(1,1)", "ICC(A,1)", "ICC(C,1)", "ICC(1,k)", "ICC(A,k)", "ICC(C,k)")


@dataclass(frozen=True)
class Intraclass:
    """All forms of the intraclass correlation.

    Parameters
    ----------
    forms : dict of str to Estimate
        By the names in `FORMS`.
    k : float
        Ratings in a mean of k: the reviewers of a complete design, else the harmonic mean
        of the candidates' numbers of ratings.
    complete : bool
        Whether every reviewer rated every candidate.
    """

    forms: dict[str, Estimate]
    k: float
    complete: bool


def spearman_brown(single: float, k: float) -> float:
    """The reliability of the mean of k ratings, from that of one.

    Examples
    --------
    >>> [round(spearman_brown(0.44, k), 2) for k in (2, 3, 4)]
    [0.61, 0.7, 0.76]
    """
    return k * single / (1 + (k - 1) * single)


def intraclass(table: Floats) -> Intraclass:
    """Every intraclass correlation of a table of ratings.

    Parameters
    ----------
    table : float array, shape (n_candidates, n_reviewers)
        NaN where there is no rating.

    Raises
    ------
    TooFewData
        If there are not two candidates with one of them rated twice, or nothing varies.
    """
    rated = ~np.isnan(table)
    table = table[rated.any(axis=1)][:, rated.any(axis=0)]
    rated = ~np.isnan(table)
    check_enough(len(table), int(rated.sum()), table[rated])
    n_ratings = rated.sum(axis=1)
    complete = bool(rated.all()) and table.shape[1] >= 2
    k = float(stats.hmean(n_ratings)) if np.ptp(n_ratings) else float(n_ratings[0])
    single = _by_variance(table) if complete else _by_likelihood(table)
    rises = partial(spearman_brown, k=k)
    means = {name.replace(",1)", ",k)"): one.through(rises) for name, one in single.items()}
    return Intraclass({**single, **means}, k, complete)


def _by_variance(table: Floats) -> dict[str, Estimate]:
    """Analysis of variance of a complete table (McGraw and Wong, tables 4 and 7)."""
    n, k = table.shape
    centred = table - table.mean()
    rows, columns = centred.mean(axis=1), centred.mean(axis=0)
    rest = centred - rows[:, None] - columns[None, :]
    ms_rows = k * float(rows @ rows) / (n - 1)
    ms_columns = n * float(columns @ columns) / (k - 1)
    ms_rest = float((rest * rest).sum()) / ((n - 1) * (k - 1))
    ms_within = float(np.square(centred - rows[:, None]).sum()) / (n * (k - 1))
    return {
        "ICC(1,1)": _from_f(ms_rows, ms_within, n - 1, n * (k - 1), k),
        "ICC(A,1)": _agreement(ms_rows, ms_columns, ms_rest, n, k),
        "ICC(C,1)": _from_f(ms_rows, ms_rest, n - 1, (n - 1) * (k - 1), k),
    }


def _from_f(between: float, within: float, df_between: int, df_within: int, k: int) -> Estimate:
    """From a ratio of mean squares, whose distribution is F times a known factor."""

    def of(f: float) -> float:
        return (f - 1) / (f + k - 1)

    if within == 0:
        return Estimate(1.0, 1.0, 1.0)
    f = between / within
    low = f / float(stats.f.ppf(_UPPER, df_between, df_within))
    high = f * float(stats.f.ppf(_UPPER, df_within, df_between))
    return Estimate(of(f), of(low), of(high))


def _agreement(rows: float, columns: float, rest: float, n: int, k: int) -> Estimate:
    """ICC(A,1), with the interval by Satterthwaite's degrees of freedom."""
    whole = rows + (k - 1) * rest + k * (columns - rest) / n
    if whole <= 0:
        return Estimate.none(say("Reviewers agree so little that the figure is not defined."))
    value = (rows - rest) / whole
    if value >= 1:
        return Estimate(1.0, 1.0, 1.0)
    a = k * value / (n * (1 - value))
    b = 1 + k * value * (n - 1) / (n * (1 - value))
    mixed = a * columns + b * rest
    shares = (a * columns) ** 2 / (k - 1) + (b * rest) ** 2 / ((n - 1) * (k - 1))
    if shares == 0 or mixed == 0:
        return Estimate(value, why="Without any residual there is no interval.")
    df = mixed * mixed / shares
    level = k * columns + (k * n - k - n) * rest
    below = float(stats.f.ppf(_UPPER, n - 1, df))
    above = float(stats.f.ppf(_UPPER, df, n - 1))
    low = n * (rows - below * rest) / (below * level + n * rows)
    high = n * (above * rows - rest) / (level + n * above * rows)
    return Estimate(value, min(low, value), max(high, value))


def _by_likelihood(table: Floats) -> dict[str, Estimate]:
    """Restricted-likelihood estimates with profile intervals, for an incomplete table."""
    two = variance_components(*_long(table))
    one = variance_components(*_long(table), one_way=True)
    candidates, reviewers = two.ratios
    deviance = two.design.deviance

    def without_reviewers(share: float) -> float:
        return deviance(share / (1 - share), 0.0)

    def of_the_whole(share: float) -> float:
        return _lowest(lambda r: deviance(share * (1 + r) / (1 - share), r))

    def beside_the_residual(share: float) -> float:
        return _lowest(lambda r: deviance(share / (1 - share), r))

    found = {
        "ICC(1,1)": _profiled(one.ratios[0] / (1 + one.ratios[0]), without_reviewers),
        "ICC(A,1)": _profiled(candidates / (candidates + reviewers + 1), of_the_whole),
        "ICC(C,1)": _profiled(candidates / (candidates + 1), beside_the_residual),
    }
    if two.design.n_reviewers < 2:
        why = say("One reviewer rated everybody: reviewers cannot be compared.")
        found["ICC(A,1)"] = found["ICC(C,1)"] = Estimate.none(why)
    return found


def _lowest(deviance: Callable[[float], float]) -> float:
    """The lowest deviance over a variance ratio from nothing upwards."""
    found = optimize.minimize_scalar(
        lambda share: deviance(share / (1 - share)),
        bounds=(0.0, 0.999),
        method="bounded",
        options={"xatol": 1e-5},
    )
    return min(float(found.fun), deviance(0.0))


def _profiled(value: float, deviance: Callable[[float], float]) -> Estimate:
    """An estimate with the values that the likelihood does not speak against."""
    limit = deviance(value) + _RISE

    def above(share: float) -> float:
        return deviance(share) - limit

    most = 1 - 1e-6
    low = 0.0 if above(0.0) <= 0 else optimize.brentq(above, 0.0, value, xtol=1e-6)
    high = 1.0 if above(most) <= 0 else optimize.brentq(above, value, most, xtol=1e-6)
    return Estimate(value, float(low), float(high))


def _long(table: Floats) -> tuple[Ints, Ints, Floats]:
    candidate, reviewer = np.nonzero(~np.isnan(table))
    return candidate, reviewer, table[candidate, reviewer]

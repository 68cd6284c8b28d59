"""Correlation of a score with a criterion: Pearson, Spearman and Kendall, with intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import stats

from toolkit.arrays import Floats
from toolkit.estimate import Estimate, Z

#: Fewer candidates with both values than this, and no correlation is shown.
FEWEST = 4
#: Correlations this near to 1 or −1 are exact but for rounding.
_EXACT = 1e-12


@dataclass(frozen=True)
class Correlations:
    """How a score goes with a criterion, in three ways.

    Parameters
    ----------
    n : int
        Candidates who have both values.
    pearson : Estimate
        How well a straight line describes the relation.
    spearman : Estimate
        The same for the ranks: any rising relation counts.
    kendall : Estimate
        τ-b: of two candidates taken at random, how much more often the order on both agrees
        than disagrees, with ties allowed for.
    """

    n: int
    pearson: Estimate
    spearman: Estimate
    kendall: Estimate

    def to_dict(self) -> dict[str, object]:
        return {
            "n": self.n,
            **self.pearson.to_dict("pearson"),
            **self.spearman.to_dict("spearman"),
            **self.kendall.to_dict("kendall"),
        }


def correlations(score: Floats, criterion: Floats) -> Correlations:
    r"""Correlate a score with a criterion over the candidates who have both.

    Each interval is symmetric on Fisher's scale, z = artanh r, with the standard errors

    .. math::
        \sigma_{\text{Pearson}}^2 = \frac{1}{n-3}, \qquad
        \sigma_{\text{Spearman}}^2 = \frac{1 + r_s^2/2}{n-3}, \qquad
        \sigma_{\text{Kendall}}^2 = \frac{0.437}{n-4}\,t

    where t, 1 without ties, is the variance of τ-b with these ties over that without any,
    both for unrelated values (`tie_factor`).

    Parameters
    ----------
    score, criterion : float array, shape (n_candidates,)
        NaN where missing.

    Returns
    -------
    Correlations
        An estimate is None below four candidates with both values, and where either is the
        same for all of them. There is no interval where the correlation is exactly 1 or −1,
        and none for Kendall below five candidates.

    Notes
    -----
    R. A. Fisher (1921), Metron 1, 3–32. D. G. Bonett and T. A. Wright (2000), Sample size
    requirements for estimating Pearson, Kendall and Spearman correlations, Psychometrika 65,
    23–28. E. C. Fieller, H. O. Hartley and E. S. Pearson (1957), Biometrika 44, 470–481. The
    errors hold for two normal variables; with a τ beyond ±.8 Kendall's is too small.
    """
    x, y = _pairs(score, criterion)
    n = int(x.size)
    why = _unusable(x, y)
    if why:
        nothing = Estimate.none(why)
        return Correlations(n, nothing, nothing, nothing)
    x_ranks, y_ranks = stats.rankdata(x), stats.rankdata(y)
    spearman = product_moment(x_ranks, y_ranks)
    kendall = float(stats.kendalltau(x, y, method="asymptotic").statistic)
    return Correlations(
        n,
        _with_interval(product_moment(x, y), 1 / (n - 3)),
        _with_interval(spearman, (1 + spearman**2 / 2) / (n - 3)),
        _with_interval(kendall, 0.437 / (n - 4) * tie_factor(x, y) if n > 4 else None),
    )


def pearson(score: Floats, criterion: Floats) -> Estimate:
    """Pearson's correlation alone, as `correlations` gives it."""
    x, y = _pairs(score, criterion)
    why = _unusable(x, y)
    if why:
        return Estimate.none(why)
    return _with_interval(product_moment(x, y), 1 / (x.size - 3))


def product_moment(x: Floats, y: Floats) -> float:
    """Pearson's r of two columns that are complete and not constant."""
    return float(product_moments(x[None], y)[0])


def product_moments(rows: Floats, y: Floats) -> Floats:
    """Pearson's r of each row with one column, to the last digit as `product_moment` gives it.

    Parameters
    ----------
    rows : float array, shape (n_rows, n)
        Complete.
    y : float array, shape (n,)
        Complete and not constant.

    Returns
    -------
    float array, shape (n_rows,)
        NaN for a row that is the same for all.
    """
    x, y = _centred(rows), _centred(y)
    spread = np.sqrt((x * x).sum(axis=-1) * float((y * y).sum()))
    r = np.full(spread.shape, np.nan)
    np.divide((x * y).sum(axis=-1), spread, out=r, where=spread > 0)
    return np.clip(r, -1.0, 1.0)


def product_moments_of_sums(coefficients: Floats, columns: Floats, y: Floats) -> Floats:
    r"""Pearson's r of many weighted sums of the same columns with one column.

    With A the columns' covariances and b their covariances with y, both over all rows once,

    .. math:: r(c) = \frac{c^\top b}{\sqrt{c^\top A c \cdot \operatorname{var} y}}

    Parameters
    ----------
    coefficients : float array, shape (n_sums, n_columns)
    columns : float array, shape (n_columns, n)
        Complete.
    y : float array, shape (n,)
        Complete and not constant.

    Returns
    -------
    float array, shape (n_sums,)
        NaN where all coefficients are of columns that are the same for all. Up to rounding what
        `product_moments` finds from the sums themselves, in time that does not depend on n.
    """
    centred = columns - columns.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=1))
    apart = spread > 0
    centred = centred[apart] / spread[apart, None]
    y = _centred(y)
    scaled = coefficients[:, apart] * spread[apart]
    scaled = scaled / np.maximum(np.abs(scaled).max(axis=1, initial=0.0, keepdims=True), 1e-300)
    variance = ((scaled @ (centred @ centred.T)) * scaled).sum(axis=1)
    r = np.full(len(scaled), np.nan)
    divisor = np.sqrt(np.maximum(variance, 0.0) * float((y * y).sum()))
    np.divide(scaled @ (centred @ y), divisor, out=r, where=divisor > 0)
    clipped: Floats = np.clip(r, -1.0, 1.0)
    return clipped


def tie_factor(x: Floats, y: Floats) -> float:
    """How much ties widen τ-b: its null variance with these ties, over that without ties.

    Parameters
    ----------
    x, y : float array, shape (n,)
        Complete and not constant; n at least 3.

    Notes
    -----
    Variance of Kendall's S with ties: M. G. Kendall (1955), Rank Correlation Methods, 4.9.
    """
    n = float(x.size)
    tied = [np.unique(column, return_counts=True)[1].astype(np.float64) for column in (x, y)]
    t, u = tied
    pairs = n * (n - 1) / 2
    first = (
        n * (n - 1) * (2 * n + 5)
        - (t * (t - 1) * (2 * t + 5)).sum()
        - (u * (u - 1) * (2 * u + 5)).sum()
    ) / 18
    second = (t * (t - 1) * (t - 2)).sum() * (u * (u - 1) * (u - 2)).sum()
    third = (t * (t - 1)).sum() * (u * (u - 1)).sum()
    variance = first + second / (9 * n * (n - 1) * (n - 2)) + third / (2 * n * (n - 1))
    squared = (pairs - (t * (t - 1)).sum() / 2) * (pairs - (u * (u - 1)).sum() / 2)
    untied = 2 * (2 * n + 5) / (9 * n * (n - 1))
    return float(variance / squared / untied)


def _pairs(score: Floats, criterion: Floats) -> tuple[Floats, Floats]:
    """The values of those who have both."""
    both = ~(np.isnan(score) | np.isnan(criterion))
    return score[both], criterion[both]


def _unusable(x: Floats, y: Floats) -> str | None:
    """Why these values cannot be correlated."""
    if x.size < FEWEST:
        people = "candidate has" if x.size == 1 else "candidates have"
        count = "No" if x.size == 0 else f"Only {x.size}"
        return f"{count} {people} both values; at least {FEWEST} are needed."
    if np.ptp(x) == 0:
        return f"The score is the same for all {x.size:,} candidates who have both values."
    if np.ptp(y) == 0:
        return f"The criterion is the same for all {x.size:,} candidates who have both values."
    return None


def _centred(values: Floats) -> Floats:
    """Deviations from the mean, at a scale whose squares neither vanish nor overflow."""
    scaled = _scaled(values)
    return _scaled(scaled - scaled.mean(axis=-1, keepdims=True))


def _scaled(values: Floats) -> Floats:
    """Each row over its largest absolute value; zeros stay."""
    largest = np.abs(values).max(axis=-1, keepdims=True)
    scaled: Floats = values / np.where(largest > 0, largest, 1.0)
    return scaled


def _with_interval(r: float, variance: float | None) -> Estimate:
    if 1 - abs(r) < _EXACT:
        sign = math.copysign(1.0, r)
        return Estimate(
            sign, why="All candidates agree without exception, so there is no spread to judge by."
        )
    if variance is None:
        return Estimate(r, why="At least 5 candidates are needed for an interval.")
    half = Z * math.sqrt(variance)
    return Estimate(r, math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half))

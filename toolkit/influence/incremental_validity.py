"""What a score adds to evidence in predicting people who were not used to fit the prediction."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import stats
from scipy.special import ndtri
from sklearn.model_selection import KFold

from toolkit.arrays import Bools, Floats
from toolkit.estimate import CONFIDENCE, Estimate
from toolkit.influence.ridge import ridge_predictions

FOLDS = 5
MOST_REPEATS = 20
FEWEST_REPEATS = 3
#: With more candidates the division matters less: so many predictions are made in all, with
#: at least three repeats and at most twenty.
PREDICTIONS = 20_000
SEED = 2011
#: Ridge penalties tried, as multiples of the number of people fitted on.
PENALTIES = (0.0003, 0.003, 0.03, 0.3, 3.0)
#: Fewest candidates with score, evidence and criterion.
FEWEST = 20
#: Evidence known for fewer of those with score and criterion than this is left out.
FEWEST_KNOWN = 0.8


@dataclass(frozen=True)
class IncrementalValidity:
    """Out-of-sample R² of evidence alone, of evidence with the score, and the difference.

    Parameters
    ----------
    n : int
        Candidates with the score, the criterion and all the evidence.
    evidence : tuple of str
        Signals that predict; empty where there is no (other) evidence.
    left_out : mapping of str to str
        Evidence that was not used, and why.
    r2_evidence, r2_with_score, gain : Estimate
        Shares of the criterion's variance predicted, and the score's addition. Can be below
        0, where predicting everybody's mean would have been better. The intervals speak of
        other candidates, with the fitted predictions taken as they are.
    splits_low, splits_high : float or None
        Middle 95 % of the gain over the repeated splits: how much it depends on how these
        candidates happened to be divided, and nothing else.
    folds, repeats : int
    """

    n: int
    evidence: tuple[str, ...]
    left_out: Mapping[str, str]
    r2_evidence: Estimate
    r2_with_score: Estimate
    gain: Estimate
    splits_low: float | None
    splits_high: float | None
    folds: int
    repeats: int

    def to_dict(self) -> dict[str, object]:
        return {
            "n": self.n,
            "evidence": list(self.evidence),
            "left_out": dict(self.left_out),
            **self.r2_evidence.to_dict("r2_evidence"),
            **self.r2_with_score.to_dict("r2_with_score"),
            **self.gain.to_dict("r2_gain"),
            "splits_low": self.splits_low,
            "splits_high": self.splits_high,
            "folds": self.folds,
            "repeats": self.repeats,
        }


def incremental_validity(
    score: Floats, criterion: Floats, evidence: Mapping[str, Floats]
) -> IncrementalValidity:
    r"""Predict the criterion from evidence, without and with the score.

    People are divided into five parts at random; each part is predicted by a ridge regression
    fitted on the others, whose penalty is chosen among the others alone (leave one out). The
    division is repeated. Averaged over the repeats,

    .. math::
        R^2 = 1 - \frac{\sum_i (y_i - \hat y_i)^2}{\sum_i (y_i - \bar y_{(i)})^2}, \qquad
        \Delta R^2 = R^2_{\text{with score}} - R^2_{\text{evidence}}

    with ȳ₍ᵢ₎ the mean of the people fitted on. Each predictor enters by its normal score: its
    mid-rank's place on the normal curve. So the result is the same on any rising scale of the
    score, and no outlier governs it.

    The interval comes from the people: with dᵢ the mean loss of i that the score saves, and
    sᵢ the mean loss of predicting the mean, ΔR² = Σd/Σs has the linearised standard error
    √(Σ(dᵢ − ΔR² sᵢ)² · n/(n − 1)) / Σs.

    Parameters
    ----------
    score, criterion : float array, shape (n_candidates,)
        NaN where missing. Candidates must stand in an order that does not depend on the file,
        because the seeded division goes by position.
    evidence : mapping of str to float array, shape (n_candidates,)
        May be empty; then the score is compared with predicting the mean.

    Returns
    -------
    IncrementalValidity

    Notes
    -----
    Nested cross-validation: S. Varma and R. Simon (2006), BMC Bioinformatics 7, 91. Intervals
    that take fitted predictions as given are somewhat too narrow: S. Bates, T. Hastie and
    R. Tibshirani (2024), Journal of the American Statistical Association 119, 1434–1445.
    """
    both = ~(np.isnan(score) | np.isnan(criterion))
    used, left_out = _usable(evidence, both)
    complete = both & ~np.any([np.isnan(evidence[name]) for name in used] or [~both], axis=0)
    y, n = criterion[complete], int(complete.sum())
    why = _unusable(score[complete], y)
    if why:
        nothing = Estimate.none(why)
        return IncrementalValidity(
            n, tuple(used), left_out, nothing, nothing, nothing, None, None, FOLDS, 0
        )
    base = np.array([normal_scores(evidence[name][complete]) for name in used])
    base = base.reshape(len(used), n).T
    whole = np.column_stack([base, normal_scores(score[complete])])
    y = (y - y.mean()) / y.std()
    repeats = int(np.clip(PREDICTIONS // n, FEWEST_REPEATS, MOST_REPEATS))
    losses = np.array([_losses(base, whole, y, SEED + repeat) for repeat in range(repeats)])
    mean, without, with_score = losses.mean(axis=0)
    gains = (losses[:, 1] - losses[:, 2]).sum(axis=1) / losses[:, 0].sum(axis=1)
    low, high = np.quantile(gains, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return IncrementalValidity(
        n=n,
        evidence=tuple(used),
        left_out=left_out,
        r2_evidence=_share(mean - without, mean) if used else Estimate(0.0, 0.0, 0.0),
        r2_with_score=_share(mean - with_score, mean),
        gain=_share(without - with_score, mean),
        splits_low=float(low),
        splits_high=float(high),
        folds=FOLDS,
        repeats=repeats,
    )


def normal_scores(values: Floats) -> Floats:
    """Mid-ranks as quantiles of the standard normal, Φ⁻¹((rank − ½)/n); ties stay ties."""
    scores: Floats = ndtri((stats.rankdata(values) - 0.5) / values.size)
    return scores


def _usable(evidence: Mapping[str, Floats], both: Bools) -> tuple[list[str], dict[str, str]]:
    used, left_out = [], {}
    for name, values in evidence.items():
        known = both & ~np.isnan(values)
        if np.count_nonzero(known) < max(FEWEST_KNOWN * np.count_nonzero(both), 1):
            left_out[name] = (
                "It is known of fewer than four in five of those with score and criterion."
            )
        elif np.ptp(values[known]) == 0:
            left_out[name] = "It is the same for everybody."
        else:
            used.append(name)
    return used, left_out


def _unusable(score: Floats, criterion: Floats) -> str | None:
    n = score.size
    if n < FEWEST:
        people = "candidate has" if n == 1 else "candidates have"
        return (
            f"{n or 'No'} {people} the score, the criterion and the evidence; at least {FEWEST} "
            "are needed."
        )
    if np.ptp(score) == 0:
        return f"The score is the same for all {n:,} candidates."
    if np.ptp(criterion) == 0:
        return f"The criterion is the same for all {n:,} candidates."
    return None


def _losses(base: Floats, whole: Floats, y: Floats, seed: int) -> Floats:
    """Squared errors of each person, shape (3, n): by the mean, by evidence, with the score."""
    predicted = np.zeros((3, y.size))
    for fitted, held_out in KFold(FOLDS, shuffle=True, random_state=seed).split(y):
        predicted[:2, held_out] = y[fitted].mean()
        for row, columns in ((1, base), (2, whole)):
            if columns.shape[1]:
                predicted[row, held_out] = ridge_predictions(
                    columns[fitted],
                    y[fitted],
                    columns[held_out],
                    [penalty * fitted.size for penalty in PENALTIES],
                )
    losses: Floats = (y - predicted) ** 2
    return losses


def _share(saved: Floats, spread: Floats) -> Estimate:
    """Σ saved / Σ spread with its linearised interval."""
    n, whole = saved.size, float(spread.sum())
    share = float(saved.sum()) / whole
    error = math.sqrt(float(((saved - share * spread) ** 2).sum()) * n / (n - 1)) / whole
    half = float(stats.t.ppf((1 + CONFIDENCE) / 2, n - 1)) * error
    return Estimate(share, share - half, share + half)

"""Logistic regression with Firth's penalty, for data in which some odds would be infinite.

The penalised log likelihood is

    ℓ*(β) = Σᵢ yᵢ log pᵢ + (1 − yᵢ) log(1 − pᵢ) + ½ log det(XᵀWX),   W = diag(pᵢ(1 − pᵢ)),

which is the posterior under Jeffreys' prior; its mode is finite whatever the data (Firth 1993;
Heinze and Schemper 2002). In a two-by-two table it adds one half to every cell. Interval and p
come from the profile of ℓ*: twice its fall from the mode is compared with chi-squared, 1 degree
of freedom.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc, chdtri, expit, log_expit

from toolkit.arrays import Bools, Floats

ROUNDS = 200
CLOSE = 1e-9
#: The largest step of a coefficient in one round.
LONGEST_STEP = 2.0
#: Levels of evidence that are told apart.
MOST_LEVELS = 200
#: |coefficient| beyond this is looked at no more.
FARTHEST = 60.0


@dataclass(frozen=True)
class PenalisedOdds:
    """An odds ratio by penalised likelihood, with its profile interval and p."""

    odds_ratio: float
    low: float
    high: float
    p: float


def penalised_odds(
    selected: Bools, suspected: Bools, evidence: Floats, confidence: float = 0.95
) -> PenalisedOdds | None:
    """Odds of selection, suspected against others, at the same evidence.

    None where the evidence alone tells who is suspected: nobody is at the same evidence then.

    Parameters
    ----------
    selected, suspected : bool array, shape (n,)
    evidence : float array, shape (n,)
        NaN without evidence: such candidates have a level of their own.
    confidence : float
    """
    x, trials, y = _grouped(selected, suspected, evidence)
    if np.linalg.matrix_rank(x) < x.shape[1]:
        return None
    beta = _mode(x, trials, y, np.zeros(x.shape[1]), free_from=0)
    highest = _likelihood(x, trials, y, beta)
    step = float(chdtri(1.0, 1.0 - confidence)) / 2.0

    def fall(b: float) -> float:
        held = beta.copy()
        held[0] = b
        return highest - _likelihood(x, trials, y, _mode(x, trials, y, held, free_from=1))

    def end(direction: int) -> float:
        reach = 1.0
        while fall(beta[0] + direction * reach) < step and reach < FARTHEST:
            reach *= 2.0
        if reach >= FARTHEST:
            return float(direction * np.inf)
        away = float(beta[0] + direction * reach)
        low, high = sorted((float(beta[0]), away))

        def rise(b: float) -> float:
            return fall(b) - step

        # Few ask for an interval, and everybody would load what this takes.
        from scipy.optimize import brentq

        return float(brentq(rise, low, high, xtol=1e-6))

    p = float(chdtrc(1.0, max(2.0 * fall(0.0), 0.0)))
    with np.errstate(over="ignore"):
        ratio, low, high = np.exp([beta[0], end(-1), end(1)])
    return PenalisedOdds(float(ratio), float(low), float(high), p)


def _grouped(selected: Bools, suspected: Bools, evidence: Floats) -> tuple[Floats, Floats, Floats]:
    """Candidates alike in suspicion and evidence as one row: predictors, how many, selected.

    More than `MOST_LEVELS` levels of evidence are put together into that many of equal size.
    """
    unknown = np.isnan(evidence)
    level = np.nan_to_num(evidence)
    if np.unique(level[~unknown]).size > MOST_LEVELS:
        cuts = np.quantile(level[~unknown], np.arange(1, MOST_LEVELS) / MOST_LEVELS)
        bins = np.searchsorted(cuts, level)
        bins[unknown] = MOST_LEVELS
        people = np.bincount(bins, minlength=MOST_LEVELS + 1)
        level = (np.bincount(bins, level, MOST_LEVELS + 1) / np.maximum(people, 1))[bins]
    rows = np.column_stack([suspected, np.ones(level.size), level, unknown]).astype(np.float64)
    x, of = np.unique(rows, axis=0, return_inverse=True)
    of = of.ravel()
    # A column that the constant and those before it give says nothing beside them.
    kept = [1]
    for j in range(2, x.shape[1]):
        if np.linalg.matrix_rank(x[:, [*kept, j]]) > len(kept):
            kept.append(j)
    x = x[:, [0, *kept]]
    trials = np.bincount(of).astype(np.float64)
    taken: Floats = np.bincount(of, selected.astype(np.float64)).astype(np.float64)
    return x, trials, taken


def _likelihood(x: Floats, trials: Floats, y: Floats, beta: Floats) -> float:
    eta = x @ beta
    p = expit(eta)
    information = x.T @ (x * (trials * p * (1.0 - p))[:, None])
    sign, log_det = np.linalg.slogdet(information)
    if sign <= 0:
        return -np.inf
    return float(y @ log_expit(eta) + (trials - y) @ log_expit(-eta) + 0.5 * log_det)


def _mode(x: Floats, trials: Floats, y: Floats, start: Floats, free_from: int) -> Floats:
    """The coefficients from `free_from` on that maximise ℓ*, the ones before held."""
    beta = start.copy()
    value = _likelihood(x, trials, y, beta)
    for _ in range(ROUNDS):
        p = expit(x @ beta)
        weight = trials * p * (1.0 - p)
        weighted = x * np.sqrt(weight)[:, None]
        information = weighted.T @ weighted
        leverage = np.einsum("ij,jk,ik->i", weighted, np.linalg.pinv(information), weighted)
        score = x.T @ (y - trials * p + leverage * (0.5 - p))
        free = slice(free_from, None)
        if free_from == beta.size:
            return beta
        step = np.linalg.pinv(information[free, free]) @ score[free]
        step *= min(1.0, LONGEST_STEP / max(float(np.abs(step).max()), CLOSE))
        while True:
            tried = beta.copy()
            tried[free] += step
            reached = _likelihood(x, trials, y, tried)
            if reached >= value - CLOSE or float(np.abs(step).max()) < CLOSE:
                break
            step /= 2.0
        beta, value = tried, reached
        if float(np.abs(step).max()) < CLOSE:
            break
    return beta

"""Whether the same score goes with the same outcome in every group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from toolkit.arrays import Floats
from toolkit.fairness.intervals import wilson
from toolkit.fairness.result import finite_or_none

#: Bands of the score, with as many people each as its values allow.
BANDS = 5


@dataclass(frozen=True)
class Band:
    """One group's people in one band of the score.

    Parameters
    ----------
    band : int
        Counted from the lowest scores, from 0.
    score_from, score_to : float
        Lowest and highest score in the band, of all groups.
    n : int
    mean_score : float or None
    outcome, outcome_low, outcome_high : float or None
        Mean outcome, or the share with an outcome of 1; with its interval.
    """

    band: int
    score_from: float
    score_to: float
    n: int
    mean_score: float | None
    outcome: float | None
    outcome_low: float | None
    outcome_high: float | None


def bands_of(scores: Floats, most: int = BANDS) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """The band of every score; equal scores are in the same band.

    Parameters
    ----------
    scores : float array, shape (n,)
        Complete.
    most : int
    """
    edges = np.unique(np.quantile(scores, np.linspace(0, 1, most + 1)[1:-1], method="higher"))
    band = np.searchsorted(edges, scores, side="right")
    return np.unique(band, return_inverse=True)[1].reshape(-1)


def calibration(
    scores: Floats,
    outcomes: Floats,
    band: np.ndarray[tuple[int], np.dtype[np.intp]],
    mine: np.ndarray[tuple[int], np.dtype[np.bool_]],
    confidence: float = 0.95,
) -> tuple[Band, ...]:
    r"""One group's outcomes by band of the score.

    Of outcomes that are 0 or 1 the share of ones has Wilson's interval; of others the mean has
    :math:`\bar y \pm t_{n-1}\, s/\sqrt n`.

    Parameters
    ----------
    scores, outcomes : float array, shape (n,)
        Of everybody with both.
    band : int array, shape (n,)
        From `bands_of`.
    mine : bool array, shape (n,)
        Who belongs to the group.
    confidence : float
    """
    yes_or_no = bool(np.isin(outcomes, (0.0, 1.0)).all())
    result = []
    for number in range(int(band.max()) + 1):
        inside = band == number
        own = outcomes[inside & mine]
        low, high = _ends(own, yes_or_no, confidence)
        result.append(
            Band(
                band=number,
                score_from=float(scores[inside].min()),
                score_to=float(scores[inside].max()),
                n=len(own),
                mean_score=float(scores[inside & mine].mean()) if len(own) else None,
                outcome=float(own.mean()) if len(own) else None,
                outcome_low=low,
                outcome_high=high,
            )
        )
    return tuple(result)


def _ends(own: Floats, yes_or_no: bool, confidence: float) -> tuple[float | None, float | None]:
    n = len(own)
    if yes_or_no:
        ones, people = np.array([int(own.sum())]), np.array([n])
        low, high = wilson(ones, people, confidence)
        return finite_or_none(low[0]), finite_or_none(high[0])
    if n < 2:
        return None, None
    half = float(stdtrit(n - 1, (1 + confidence) / 2) * own.std(ddof=1) / np.sqrt(n))
    return float(own.mean()) - half, float(own.mean()) + half

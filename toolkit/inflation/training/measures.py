"""How well held-out probabilities do: ranking, calibration, share found; with intervals."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from sklearn.metrics import average_precision_score, roc_auc_score

from toolkit.arrays import Floats
from toolkit.inflation.training.additive import Labels

RESAMPLES = 1_000


def auc(labels: Labels, probability: Floats) -> float:
    """Area under the ROC curve, to four decimals."""
    return round(float(roc_auc_score(labels, probability)), 4)


def calibration_error(labels: Labels, probability: Floats, bins: int = 10) -> float:
    """Expected calibration error: mean |observed share − mean probability| over equal bins."""
    which = np.minimum((probability * bins).astype(int), bins - 1)
    n = np.bincount(which, minlength=bins)
    gap = np.bincount(which, labels, bins) - np.bincount(which, probability, bins)
    return round(float(np.abs(gap).sum() / n.sum()), 4)


def measures(
    labels: Labels, held_out: Floats, owners: npt.ArrayLike, threshold: float
) -> dict[str, object]:
    """AUC and average precision with 95 % intervals, calibration, and shares at a threshold.

    The figures are over all partitions together. The intervals are percentiles of 1,000
    bootstrap resamples of owners, so that examples of one owner come and go together, whatever
    the partition.

    Parameters
    ----------
    labels : int array, shape (n,)
    held_out : float array, shape (partitions, n)
    owners : array, shape (n,)
    threshold : float
    """
    partitions = held_out.shape[0]
    many, probability = np.tile(labels, partitions), held_out.ravel()
    resampled = _resampled(many, probability, np.tile(np.asarray(owners), partitions))
    low, high = np.round(np.quantile(resampled, [0.025, 0.975], axis=0), 4).tolist()
    reached = probability >= threshold
    return {
        "n": len(labels),
        "positive": int(labels.sum()),
        "auc": auc(many, probability),
        "auc_low": low[0],
        "auc_high": high[0],
        "average_precision": round(float(average_precision_score(many, probability)), 4),
        "average_precision_low": low[1],
        "average_precision_high": high[1],
        "calibration_error": calibration_error(many, probability),
        "found_at_operating_point": round(float(reached[many == 1].mean()), 4),
        "falsely_flagged_at_operating_point": round(float(reached[many == 0].mean()), 4),
        "reliability": reliability(many, probability),
    }


def reliability(labels: Labels, probability: Floats, bins: int = 10) -> dict[str, list[float]]:
    """Mean probability and observed share of equal bins of probability, empty ones left out."""
    which = np.minimum((probability * bins).astype(int), bins - 1)
    n = np.bincount(which, minlength=bins)
    held = n > 0
    return {
        "n": n[held].tolist(),
        "predicted": np.round(np.bincount(which, probability, bins)[held] / n[held], 4).tolist(),
        "observed": np.round(np.bincount(which, labels, bins)[held] / n[held], 4).tolist(),
    }


def _resampled(labels: Labels, probability: Floats, owners: npt.NDArray[np.generic]) -> Floats:
    generator = np.random.default_rng(0)
    _, owner = np.unique(owners, return_inverse=True)
    rows = np.argsort(owner, kind="stable")
    starts = np.searchsorted(owner[rows], np.arange(owner.max() + 2))
    results = []
    for _ in range(RESAMPLES):
        drawn = generator.integers(0, owner.max() + 1, owner.max() + 1)
        chosen = np.concatenate([rows[starts[o] : starts[o + 1]] for o in drawn])
        y, p = labels[chosen], probability[chosen]
        if 0 < y.sum() < y.size:
            results.append((roc_auc_score(y, p), average_precision_score(y, p)))
    return np.array(results)

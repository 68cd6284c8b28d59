"""Measures the errors of the follower detector, for each set of facts that a row may have.

Sensitivity and specificity are those of examples held out of the fitting, the mean of the labelled
sets. With two sets the spread of a third around their mean is the difference of the two: its
variance is estimated as 3/2 · d²/2, to which the sampling variance of the mean is added. The
threshold is the one at which the standard error of the corrected share, averaged over true shares
of 0 to 60 %, is least.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from toolkit.arrays import Floats
from toolkit.inflation.fake_share import DetectorError, fake_share
from toolkit.inflation.follower_detector import COMPARED, Spread
from toolkit.inflation.training.additive import DECIMALS, Labels, Recipe, held_out
from toolkit.inflation.training.labelled_accounts import LabelledAccounts, together

#: Facts of an account that a row may lack, and the features that go with them.
PATTERNS: Mapping[tuple[str, ...], tuple[str, ...]] = {
    (): (),
    ("has_bio",): ("has_bio",),
    ("has_picture", "has_bio"): ("has_picture", "has_bio"),
    ("has_picture", "has_bio", "posts"): (
        "has_picture",
        "has_bio",
        "posts",
        "posts_over_followers",
    ),
}
TRUE_SHARES = np.linspace(0.0, 0.6, 7)
SIZES = (50, 200, 1_000, 2_000)
SAMPLES = 400
BINS = 10


def follower_samples(recipe: Recipe, sets: Mapping[str, LabelledAccounts]) -> dict[str, Any]:
    """The entry ``follower_samples`` of the model."""
    every = together(*sets.values())
    ends = np.cumsum([len(s.labels) for s in sets.values()])[:-1]
    patterns, coverage = [], {}
    for unknown, features in PATTERNS.items():
        out = held_out(recipe, every.features, every.labels, every.owners, features)
        parts = list(zip(np.split(out, ends, axis=1), np.split(every.labels, ends), strict=True))
        threshold = _threshold(parts)
        error = _error(parts, threshold)
        patterns.append({"unknown": list(unknown), "threshold": threshold, **_plain(error)})
        named = zip([*sets, "both"], [*parts, (out, every.labels)], strict=True)
        coverage["all facts known" if not unknown else f"unknown: {', '.join(unknown)}"] = {
            name: _coverage(p[0] >= threshold, y, error) for name, (p, y) in named
        }
    spreads = {name: _spread(every.features[name], every.labels) for name in COMPARED}
    distances = [
        max(
            spread.distance(s.features[name], float(s.labels.mean()), granted=0.0)
            for name, spread in spreads.items()
        )
        for s in sets.values()
    ]
    return {
        "about": "threshold from which a sampled follower counts as fake, with sensitivity and "
        "specificity held out of the fitting; _sd is what they may differ on another set",
        "patterns": patterns,
        "coverage_of_the_95_percent_interval": coverage,
        "spreads": {
            name: {
                "edges": spread.edges.tolist(),
                "genuine": spread.genuine.tolist(),
                "fake": spread.fake.tolist(),
            }
            for name, spread in spreads.items()
        },
        # Farther from both sets together than either of them, by half as much again.
        "unlike_from": round(1.5 * max(distances), 2),
    }


Part = tuple[Floats, Labels]


def _threshold(parts: Sequence[Part]) -> float:
    tried = np.round(np.arange(0.1, 0.91, 0.02), 2)

    def cost(threshold: float) -> float:
        error = _error(parts, threshold)
        apart = error.sensitivity + error.specificity - 1.0
        if apart <= 0.1:
            return float("inf")
        sd = np.hypot(TRUE_SHARES * error.sensitivity_sd, (1 - TRUE_SHARES) * error.specificity_sd)
        return float(sd.mean() / apart)

    return float(min(tried.tolist(), key=cost))


def _error(parts: Sequence[Part], threshold: float) -> DetectorError:
    found = []
    for wanted in (1, 0):
        rates, variances = [], []
        for out, labels in parts:
            right = (out[:, labels == wanted] >= threshold) == bool(wanted)
            rate, n = float(right.mean()), int((labels == wanted).sum())
            rates.append(rate)
            variances.append(rate * (1 - rate) / n)
        sampling = float(np.mean(variances)) / len(rates)
        between = float(np.var(rates, ddof=1)) * (1 + 1 / len(rates))
        found += [round(float(np.mean(rates)), 4), round(float(np.sqrt(between + sampling)), 4)]
    return DetectorError(found[0], found[2], found[1], found[3])


def _plain(error: DetectorError) -> dict[str, float]:
    names = ("sensitivity", "specificity", "sensitivity_sd", "specificity_sd")
    return {name: getattr(error, name) for name in names}


def _coverage(positive: np.ndarray[Any, Any], labels: Labels, error: DetectorError) -> Any:
    """Least and mean share of simulated samples whose interval holds the true share."""
    generator = np.random.default_rng(0)
    fakes, genuine = positive[labels == 1], positive[labels == 0]
    shares = []
    for n in SIZES:
        for share in TRUE_SHARES:
            hits = 0
            for _ in range(SAMPLES):
                k = int(generator.binomial(n, share))
                x = int(generator.choice(fakes, k).sum() + generator.choice(genuine, n - k).sum())
                found = fake_share(x, n, error)
                hits += found.low <= share <= found.high
            shares.append(hits / SAMPLES)
    return {"least": round(min(shares), 4), "mean": round(float(np.mean(shares)), 4)}


def _spread(values: Floats, labels: Labels) -> Spread:
    edges = np.unique(np.round(np.quantile(values, np.linspace(0, 1, BINS + 1)[1:-1]), DECIMALS))
    bins = np.searchsorted(edges, values, side="left")

    def shares(wanted: int) -> Floats:
        counts = np.bincount(bins[labels == wanted], minlength=edges.size + 1)
        found: Floats = np.round(counts / counts.sum(), DECIMALS)
        return found

    return Spread(edges, shares(0), shares(1))

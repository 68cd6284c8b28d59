"""What is known of the follower detector's errors, and of the accounts that it was fitted on.

Kept with the model (``models/bought_followers.json``, entry ``follower_samples``): for each set of
facts that a row may have, the threshold from which a follower counts as fake, with sensitivity and
specificity there; and how the counts of the fitted accounts are spread, genuine and fake apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from toolkit.arrays import Bools, Floats
from toolkit.inflation.account_facts import AccountFacts
from toolkit.inflation.additive_model import AdditiveModel, shipped_model
from toolkit.inflation.fake_share import DetectorError

MODEL = "bought_followers"
ENTRY = "follower_samples"
#: The facts whose spread is compared with that of the accounts fitted on.
COMPARED = ("followers", "following", "posts")
#: A small sample differs by chance alone; so many times the distance to expect is granted.
GRANTED = 2.0


@dataclass(frozen=True)
class Pattern:
    """Rows of which the same facts are unknown.

    Parameters
    ----------
    unknown : tuple of str
        Facts of the account that are not known.
    threshold : float
        From this probability on a follower counts as fake.
    error : DetectorError
    """

    unknown: tuple[str, ...]
    threshold: float
    error: DetectorError


@dataclass(frozen=True, eq=False)
class Spread:
    """How one count of the fitted accounts is spread over bins.

    Parameters
    ----------
    edges : float array, shape (k,), increasing
        Of the feature, a logarithm; the bins before, between and after them.
    genuine, fake : float array, shape (k + 1,)
        Shares, adding up to 1.
    """

    edges: Floats
    genuine: Floats
    fake: Floats

    def distance(self, values: Floats, share: float, granted: float = GRANTED) -> float:
        """Total variation distance from the mix with this share of fakes; 0 to 1.

        What chance alone makes of a sample of this size is taken off, `granted` times.
        """
        known = values[~np.isnan(values)]
        if not known.size:
            return 0.0
        bins = np.searchsorted(self.edges, known, side="left")
        seen = np.bincount(bins, minlength=self.genuine.size) / known.size
        mix = (1.0 - share) * self.genuine + share * self.fake
        chance = 0.5 * float(np.sqrt(mix * (1.0 - mix) / known.size).sum())
        return max(0.5 * float(np.abs(seen - mix).sum()) - granted * chance, 0.0)


@dataclass(frozen=True, eq=False)
class FollowerDetector:
    """The model with its errors and the spread of what it was fitted on.

    Parameters
    ----------
    model : AdditiveModel
    patterns : tuple of Pattern
        Those with the fewest unknown facts first.
    spreads : mapping of feature to Spread
    unlike_from : float
        Distance from which a sample is unlike the fitted accounts.
    """

    model: AdditiveModel
    patterns: tuple[Pattern, ...]
    spreads: Mapping[str, Spread]
    unlike_from: float

    def unlikeness(self, features: Mapping[str, Floats], share: float) -> float:
        """The largest distance of a count's spread from the mix with this share of fakes."""
        return max(spread.distance(features[f], share) for f, spread in self.spreads.items())


@lru_cache(maxsize=1)
def follower_detector() -> FollowerDetector:
    """The shipped detector, read once."""
    return detector_of(shipped_model(MODEL))


def detector_of(model: AdditiveModel) -> FollowerDetector:
    """The detector of a model that carries the entry ``follower_samples``."""
    about: Mapping[str, Any] = model.about[ENTRY]
    patterns = tuple(
        Pattern(
            tuple(p["unknown"]),
            float(p["threshold"]),
            DetectorError(
                p["sensitivity"], p["specificity"], p["sensitivity_sd"], p["specificity_sd"]
            ),
        )
        for p in about["patterns"]
    )
    spreads = {
        name: Spread(*(np.array(s[part]) for part in ("edges", "genuine", "fake")))
        for name, s in about["spreads"].items()
    }
    return FollowerDetector(model, patterns, spreads, float(about["unlike_from"]))


def pattern_numbers(facts: AccountFacts, patterns: Sequence[Pattern]) -> np.ndarray[Any, Any]:
    """Which pattern each row is judged by: the first of whose known facts none is missing.

    Returns
    -------
    int array, shape (n,)
        −1 where followers or following are unknown.
    """
    found = np.full(len(facts), -1, dtype=np.int64)
    optional = {name for p in patterns for name in p.unknown}
    countable = ~(np.isnan(facts.followers) | np.isnan(facts.following))
    for number in reversed(range(len(patterns))):
        fits: Bools = countable.copy()
        for name in optional - set(patterns[number].unknown):
            fits &= ~np.isnan(getattr(facts, name))
        found[fits] = number
    return found

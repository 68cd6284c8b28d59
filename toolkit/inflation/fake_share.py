"""The share of fakes behind a count of positives, with the detector's own error taken out.

A detector with sensitivity Se and specificity Sp calls a share

    π(θ) = θ · Se + (1 − θ) · (1 − Sp)

of a sample positive when the share θ is fake. Solved for θ at the observed share x/n this is the
estimate of Rogan and Gladen (1978), kept between 0 and 1. The interval holds every θ that a score
test does not reject,

    (x/n − π(θ))² ≤ z² · (π(θ)(1 − π(θ))/n + θ² Var Se + (1 − θ)² Var Sp),

so that it carries the uncertainty of sample, sensitivity and specificity together (Fieller's
construction, the delta-method variance of Lang and Reiczigel 2014), reaches 0 where nothing need
be fake, and becomes Wilson's interval where the detector makes no errors.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from toolkit.arrays import Floats

#: Shares that are tried for the ends of the interval.
STEPS = 20_001


@dataclass(frozen=True)
class DetectorError:
    """How well a detector tells fake from genuine, and how surely that is known.

    Parameters
    ----------
    sensitivity, specificity : float
    sensitivity_sd, specificity_sd : float
        Standard deviations of what they may be on data nobody has tried yet.
    """

    sensitivity: float
    specificity: float
    sensitivity_sd: float = 0.0
    specificity_sd: float = 0.0

    def positives(self, share: Floats | float) -> Floats:
        """π(θ), the share called positive when this share is fake."""
        found = share * self.sensitivity + (1.0 - np.asarray(share)) * (1.0 - self.specificity)
        return np.asarray(found, dtype=np.float64)


@dataclass(frozen=True)
class FakeShare:
    """An estimated share with its interval, all between 0 and 1."""

    share: float
    low: float
    high: float


def fake_share(positive: int, n: int, error: DetectorError, confidence: float = 0.95) -> FakeShare:
    """The share of fakes among n of whom so many were called positive.

    Parameters
    ----------
    positive, n : int
    error : DetectorError
    confidence : float

    Raises
    ------
    ValueError
        If n is not positive, or the detector calls genuine ones positive as often as fakes.

    Examples
    --------
    >>> found = fake_share(30, 100, DetectorError(0.9, 0.9))
    >>> round(found.share, 4), round(found.low, 3), round(found.high, 3)
    (0.25, 0.149, 0.37)
    """
    if n < 1 or not 0 <= positive <= n:
        raise ValueError(f"{positive} of {n} is not a share of a sample.")
    apart = error.sensitivity + error.specificity - 1.0
    if apart <= 0.0:
        raise ValueError("The detector tells nothing: sensitivity + specificity is not above 1.")
    seen = positive / n
    share = float(np.clip((seen + error.specificity - 1.0) / apart, 0.0, 1.0))
    tried = np.linspace(0.0, 1.0, STEPS)
    expected = error.positives(tried)
    variance = (
        expected * (1.0 - expected) / n
        + (tried * error.sensitivity_sd) ** 2
        + ((1.0 - tried) * error.specificity_sd) ** 2
    )
    z = float(ndtri((1.0 + confidence) / 2.0))
    kept = np.flatnonzero((seen - expected) ** 2 <= z**2 * variance)
    # Fewer positives than even the false ones explain, or more than all: the nearest end.
    ends = tried[kept[[0, -1]]] if kept.size else np.array([share, share])
    return FakeShare(share, min(float(ends[0]), share), max(float(ends[1]), share))

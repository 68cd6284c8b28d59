"""How reliable a decision would be with one, two, three or more reviewers a candidate.

``φ(k) = candidate / (candidate + (reviewer + residual) / k)``: the dependability of
generalisability theory. Source: Brennan (2001), Generalizability Theory, section 2.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from toolkit.estimate import Estimate
from toolkit.review.icc import spearman_brown

#: As many reviewers as anybody would ask for.
MOST_REVIEWERS = 10


@dataclass(frozen=True)
class Dependability:
    """What a panel of some size would reach.

    Parameters
    ----------
    reviewers : int
    phi : Estimate
    """

    reviewers: int
    phi: Estimate

    def to_dict(self) -> dict[str, object]:
        return {"reviewers": self.reviewers, **self.phi.to_dict("phi")}


def decision_study(single: Estimate, most: int = MOST_REVIEWERS) -> tuple[Dependability, ...]:
    """Dependability of the mean of 1 to `most` reviewers.

    Parameters
    ----------
    single : Estimate
        Dependability of one rating, ICC(A,1): from ratings made, or assumed beforehand.
    """

    def of(k: int) -> Estimate:
        return single.through(lambda value: spearman_brown(value, k))

    return tuple(Dependability(k, of(k)) for k in range(1, most + 1))


def reviewers_needed(single: float, target: float) -> int | None:
    """The fewest reviewers whose mean reaches a dependability; None where none would.

    Examples
    --------
    >>> reviewers_needed(0.44, 0.70), reviewers_needed(0.0, 0.70)
    (3, None)
    """
    if single <= 0:
        return None
    if single >= 1:
        return 1
    # Within rounding of the target is at the target.
    return max(1, ceil(target * (1 - single) / (single * (1 - target)) - 1e-9))

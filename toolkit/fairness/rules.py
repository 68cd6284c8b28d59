"""The thresholds that an impact analysis works with, in one place and stated in its result."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from fractions import Fraction
from functools import cached_property

from toolkit.errors import InputError


@dataclass(frozen=True)
class Rules:
    """Thresholds of an impact analysis. None of them is a limit set by law.

    Parameters
    ----------
    minimum_people : int
        A group with fewer people is listed, but never becomes the referent, takes no part
        in the correction for several comparisons, and no conclusion is drawn about it.
    minimum_share : float
        A group that makes up a smaller share of the people with known membership never
        becomes the referent. It is tested like any other.
    confidence : float
        Confidence level of every interval.
    alpha : float
        A difference counts as beyond chance below this adjusted p-value.
    power : float
        Chance of noticing that `smallest_detectable_ratio` and "too small to say" ask for.

    Raises
    ------
    InputError
        If a threshold is outside its range.
    """

    minimum_people: int = 5
    minimum_share: float = 0.02
    confidence: float = 0.95
    alpha: float = 0.05
    power: float = 0.80

    def __post_init__(self) -> None:
        if self.minimum_people < 1:
            raise InputError(
                f"The minimum group size is {self.minimum_people}. It must be 1 or more."
            )
        if not 0 <= self.minimum_share < 1:
            raise InputError(
                f"The minimum share of a referent is {self.minimum_share}. "
                "It must be at least 0 and below 1, for instance 0.02 for 2 %."
            )
        for name in ("confidence", "alpha", "power"):
            value = getattr(self, name)
            if not 0 < value < 1:
                raise InputError(f"The {name} is {value}. It must lie between 0 and 1.")

    def meets_share(self, n: int, total: int) -> bool:
        """Whether `n` of `total` people reach the minimum share, compared exactly.

        In floating point 0.07 · 100 exceeds 7, and a group of exactly 7 % would be lost.
        """
        share = self._share
        return n * share.denominator >= share.numerator * total

    @cached_property
    def _share(self) -> Fraction:
        """The minimum share as it is written, 0.07 and not the nearest binary fraction."""
        return Fraction(repr(self.minimum_share))

    def to_dict(self) -> dict[str, float | int]:
        return asdict(self)


#: The thresholds used unless others are given; docs/methods/adverse-impact.md explains them.
DEFAULT_RULES = Rules()

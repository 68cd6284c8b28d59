"""An estimate with its interval, or with the reason why there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from toolkit.sentence import Sentence

#: All intervals cover with this probability.
CONFIDENCE = 0.95
#: Normal quantile of (1 + CONFIDENCE) / 2.
Z = 1.959963984540054


@dataclass(frozen=True)
class Estimate:
    """A figure estimated from these candidates, and how sure it is.

    Parameters
    ----------
    value : float or None
        None where these data cannot carry it.
    low, high : float or None
        Ends of the 95 % interval; None where there is none.
    why : Sentence, str or None
        Why the value or its interval is not there, as a sentence.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    why: Sentence | str | None = None

    @classmethod
    def none(cls, why: Sentence | str) -> Estimate:
        """No estimate, for this reason."""
        return cls(None, why=why)

    @property
    def differs_from_zero(self) -> bool | None:
        """Whether the interval leaves zero out; None where there is no interval."""
        if self.low is None or self.high is None:
            return None
        return self.low > 0 or self.high < 0

    def through(self, curve: Callable[[float], float]) -> Estimate:
        """The estimate of a quantity that rises with this one; the ends go with it."""
        if self.value is None:
            return self
        low = None if self.low is None else curve(self.low)
        high = None if self.high is None else curve(self.high)
        return replace(self, value=curve(self.value), low=low, high=high)

    def to_dict(self, name: str) -> dict[str, object]:
        """``name``, ``name_low``, ``name_high``, and ``name_why`` as keys of the JSON."""
        return {
            name: self.value,
            f"{name}_low": self.low,
            f"{name}_high": self.high,
            f"{name}_why": self.why,
        }

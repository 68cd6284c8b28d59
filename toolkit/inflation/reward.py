"""Does the screen reward inflation? The odds of selection, suspected against others.

Both are compared at the same evidence: candidates are put in quarters of their structured
evidence and the odds ratio is the exact conditional one over these strata. Above 1, a suspected
candidate is selected more often than another whose work is as good.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from toolkit.arrays import Bools, Ints
from toolkit.inflation import wording
from toolkit.inflation.odds_ratio import OddsRatio, common_odds_ratio


@dataclass(frozen=True)
class StratumCounts:
    """One stratum of candidates with about the same evidence.

    Parameters
    ----------
    label : str
    inflated, selected_inflated, other, selected_other : int
    """

    label: str
    inflated: int
    selected_inflated: int
    other: int
    selected_other: int


@dataclass(frozen=True)
class Reward:
    """The reward test; the odds ratio and its company are None where they cannot be had.

    Parameters
    ----------
    odds_ratio, low, high, p : float or None
        Conditional estimate, exact 95 % interval, two-sided p. Infinite where all suspected
        and not all others are selected.
    inflated, selected_inflated, other, selected_other : int
        Counts over all strata.
    not_assessed : int
        Candidates left out because no detector had facts on them.
    strata : tuple of StratumCounts
    sentence : str
        The result in words, or why there is none.
    """

    odds_ratio: float | None
    low: float | None
    high: float | None
    p: float | None
    inflated: int
    selected_inflated: int
    other: int
    selected_other: int
    not_assessed: int
    strata: tuple[StratumCounts, ...]
    sentence: str

    def to_dict(self) -> dict[str, object]:
        """The entry ``reward`` of the command ``inflation``."""
        return {
            "odds_ratio": _finite(self.odds_ratio),
            "low": _finite(self.low),
            "high": _finite(self.high),
            "p": _finite(self.p),
            "selected_inflated": self.selected_inflated,
            "selected_other": self.selected_other,
            "inflated": self.inflated,
            "other": self.other,
            "not_assessed": self.not_assessed,
            "strata": [vars(stratum) for stratum in self.strata],
            "sentence": self.sentence,
        }


def reward(selected: Bools, inflated: Bools, strata: Ints, assessed: Bools | None = None) -> Reward:
    """Test whether suspected candidates are selected more often at the same evidence.

    Parameters
    ----------
    selected, inflated : bool array, shape (n,)
    strata : int array, shape (n,)
        From `toolkit.inflation.evidence_level.evidence_strata`; −1 without evidence.
    assessed : bool array, shape (n,), optional
        False where no detector had facts: such candidates are on neither side.
    """
    known = np.ones(selected.shape, dtype=np.bool_) if assessed is None else assessed
    names, of = np.unique(strata, return_inverse=True)

    def count(who: Bools) -> Ints:
        return np.bincount(of[who & known], minlength=names.size).astype(np.int64)

    n1, n0 = count(inflated), count(~inflated)
    x, other = count(inflated & selected), count(~inflated & selected)
    result = common_odds_ratio(x, n1, other, n0)
    counts = (int(x.sum()), int(n1.sum()), int(other.sum()), int(n0.sum()))
    return Reward(
        odds_ratio=None if result is None else result.estimate,
        low=None if result is None else result.low,
        high=None if result is None else result.high,
        p=None if result is None else result.p,
        inflated=counts[1],
        selected_inflated=counts[0],
        other=counts[3],
        selected_other=counts[2],
        not_assessed=int((~known).sum()),
        strata=tuple(
            StratumCounts(_label(int(name)), int(n1[k]), int(x[k]), int(n0[k]), int(other[k]))
            for k, name in enumerate(names)
        ),
        sentence=_sentence(result, counts, int((names >= 0).sum())),
    )


def _label(stratum: int) -> str:
    quarters = ("least evidence", "second quarter", "third quarter", "most evidence")
    return quarters[stratum] if 0 <= stratum < len(quarters) else "no evidence"


def _sentence(result: OddsRatio | None, counts: tuple[int, int, int, int], strata: int) -> str:
    if result is not None:
        return wording.reward_sentence(
            result.estimate, result.low, result.high, result.p, counts, strata
        )
    selected_inflated, inflated, selected_other, other = counts
    return wording.no_reward(selected_inflated + selected_other, inflated, other)


def _finite(value: float | None) -> float | None:
    return None if value is None or not np.isfinite(value) else value

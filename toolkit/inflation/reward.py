"""Does the screen reward inflation? The odds of selection, suspected against others.

Both are compared at the same evidence: candidates are put in quarters of their structured
evidence and the odds ratio is the exact conditional one over these strata. Above 1, a suspected
candidate is selected more often than another whose work is as good.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from toolkit.arrays import Bools, Floats, Ints
from toolkit.inflation import reward_wording as wording
from toolkit.inflation.deflation import Deflation
from toolkit.inflation.firth import PenalisedOdds, penalised_odds
from toolkit.inflation.odds_ratio import OddsRatio
from toolkit.inflation.reward_counts import RewardCounts, counts_of
from toolkit.sentence import Sentence, in_a_row


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
    sentence : Sentence
        The result in words, or why there is none.
    penalised : PenalisedOdds or None
        By penalised logistic regression on the evidence itself, where strata are thin and the
        evidence alone does not tell who is suspected.
    without : mapping of str to Reward
        The same test of the screen without each of its scores.
    deflated : Deflation or None
        Who would be selected if the flagged scores were what supports them.
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
    sentence: Sentence
    penalised: PenalisedOdds | None = None
    without: Mapping[str, Reward] = field(default_factory=dict)
    deflated: Deflation | None = None

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
            "penalised": None
            if self.penalised is None
            else {name: _finite(value) for name, value in vars(self.penalised).items()},
            "without": {name: one._briefly() for name, one in self.without.items()},
            "deflated": None if self.deflated is None else self.deflated.to_dict(),
        }

    def _briefly(self) -> dict[str, object]:
        return {
            "odds_ratio": _finite(self.odds_ratio),
            "low": _finite(self.low),
            "high": _finite(self.high),
            "p": _finite(self.p),
            "selected_inflated": self.selected_inflated,
            "selected_other": self.selected_other,
        }


def reward(
    selected: Bools,
    inflated: Bools,
    strata: Ints,
    assessed: Bools | None = None,
    evidence: Floats | None = None,
) -> Reward:
    """Test whether suspected candidates are selected more often at the same evidence.

    Parameters
    ----------
    selected, inflated : bool array, shape (n,)
    strata : int array, shape (n,)
        From `toolkit.inflation.evidence_level.evidence_strata`; −1 without evidence.
    assessed : bool array, shape (n,), optional
        False where no detector had facts: such candidates are on neither side.
    evidence : float array, shape (n,), optional
        Level of evidence, for the penalised regression where strata are thin; NaN without.
    """
    known = np.ones(selected.shape, dtype=np.bool_) if assessed is None else assessed
    counts = counts_of(selected, inflated, strata, known)
    result = reward_of(counts)
    if evidence is None or not counts.thin:
        return result
    penalised = penalised_odds(selected[known], inflated[known], evidence[known])
    if penalised is None:
        return result
    sentence = wording.penalised_sentence(
        penalised.odds_ratio, penalised.low, penalised.high, penalised.p
    )
    return replace(result, penalised=penalised, sentence=in_a_row([result.sentence, sentence]))


def reward_of(counts: RewardCounts) -> Reward:
    """The test on counts by stratum, without the penalised regression."""
    result = counts.odds
    sums = (
        int(counts.selected_inflated.sum()),
        int(counts.inflated.sum()),
        int(counts.selected_other.sum()),
        int(counts.other.sum()),
    )
    there = np.flatnonzero(counts.people).tolist()
    return Reward(
        odds_ratio=None if result is None else result.estimate,
        low=None if result is None else result.low,
        high=None if result is None else result.high,
        p=None if result is None else result.p,
        inflated=sums[1],
        selected_inflated=sums[0],
        other=sums[3],
        selected_other=sums[2],
        not_assessed=counts.not_assessed,
        strata=tuple(
            StratumCounts(
                _label(k - 1),
                int(counts.inflated[k]),
                int(counts.selected_inflated[k]),
                int(counts.other[k]),
                int(counts.selected_other[k]),
            )
            for k in there
        ),
        sentence=_sentence(result, sums, sum(k > 0 for k in there)),
    )


def _label(stratum: int) -> str:
    quarters = ("least evidence", "second quarter", "third quarter", "most evidence")
    return quarters[stratum] if 0 <= stratum < len(quarters) else "no evidence"


def _sentence(result: OddsRatio | None, counts: tuple[int, int, int, int], strata: int) -> Sentence:
    selected_inflated, inflated, selected_other, other = counts
    if result is not None:
        return wording.reward_sentence(
            result.estimate,
            result.low,
            result.high,
            result.p,
            counts,
            strata,
        )
    return wording.no_reward(selected_inflated + selected_other, inflated, other)


def _finite(value: float | None) -> float | None:
    return None if value is None or not np.isfinite(value) else value

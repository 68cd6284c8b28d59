"""What the reward test counts: the suspected and the selected, by stratum of evidence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from toolkit.arrays import Bools, Ints
from toolkit.inflation.evidence_level import STRATA
from toolkit.inflation.odds_ratio import OddsRatio, common_odds_ratio

#: Share of the suspected who may stand in strata that cannot tell.
UNTOLD = 0.2


@dataclass(frozen=True, eq=False)
class RewardCounts:
    """How many are suspected and selected, by stratum; those of parts add up.

    Parameters
    ----------
    people : int64 array, shape (1 + n_strata,)
        Of each stratum, those without evidence first.
    inflated, selected_inflated, other, selected_other : int64 array, shape (1 + n_strata,)
        Of those on whom some detector had facts.
    """

    people: Ints
    inflated: Ints
    selected_inflated: Ints
    other: Ints
    selected_other: Ints

    def __add__(self, other: RewardCounts) -> RewardCounts:
        return RewardCounts(
            self.people + other.people,
            self.inflated + other.inflated,
            self.selected_inflated + other.selected_inflated,
            self.other + other.other,
            self.selected_other + other.selected_other,
        )

    @property
    def not_assessed(self) -> int:
        return int((self.people - self.inflated - self.other).sum())

    @property
    def thin(self) -> bool:
        """Whether the strata are too thin for the exact test alone; see `thin`."""
        return thin(
            self.odds, self.selected_inflated, self.inflated, self.selected_other, self.other
        )

    @cached_property
    def odds(self) -> OddsRatio | None:
        return common_odds_ratio(
            self.selected_inflated, self.inflated, self.selected_other, self.other
        )


def counts_of(selected: Bools, inflated: Bools, strata: Ints, known: Bools) -> RewardCounts:
    """Count some candidates; the arguments are those of `toolkit.inflation.reward.reward`."""

    def count(who: Bools) -> Ints:
        return np.bincount(strata[who] + 1, minlength=STRATA + 1).astype(np.int64)

    return RewardCounts(
        count(np.ones_like(known)),
        count(known & inflated),
        count(known & inflated & selected),
        count(known & ~inflated),
        count(known & ~inflated & selected),
    )


def thin(result: OddsRatio | None, x: Ints, n1: Ints, other: Ints, n0: Ints) -> bool:
    """Whether the strata are too thin for the exact test alone.

    So they are where there is something to compare (suspected and others, selected and not)
    and yet the estimate is missing, zero or infinite, or more than a fifth of the suspected
    stand in strata that cannot tell.
    """
    picked, everyone = int((x + other).sum()), int((n1 + n0).sum())
    if not (n1.sum() and n0.sum() and 0 < picked < everyone):
        return False
    if result is None or result.estimate == 0.0 or not np.isfinite(result.estimate):
        return True
    selected = x + other
    telling = np.minimum(selected, n1) > np.maximum(0, selected - n0)
    return int(n1[~telling].sum()) > UNTOLD * int(n1.sum())

"""Removal: whose decision changes when signals are taken out of the screen."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.intake.cohort import Cohort
from toolkit.screening.decisions import Decisions, decide_frozen


@dataclass(frozen=True)
class Removal:
    """What taking signals out of a screen changes.

    Parameters
    ----------
    flips : int
        Candidates whose decision changes.
    gained : tuple of str
        Selected only because of the signals: they lose their place without them.
    lost : tuple of str
        Not selected because of the signals: they have a place without them.
    """

    flips: int
    gained: tuple[str, ...]
    lost: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        return {"flips": self.flips, "gained": list(self.gained), "lost": list(self.lost)}


def decide_without(cohort: Cohort, decisions: Decisions, *signals: str) -> Decisions:
    """The decisions of the same frozen screen with signals removed; places stay.

    The composites of the result are not renormalised: dividing by the remaining weight
    would change nobody's place.
    """
    return decide_frozen(cohort, decisions.frozen.without(*signals))


def removal(with_signals: Decisions, without_signals: Decisions) -> Removal:
    """Compare two decisions on one cohort."""
    before, after = with_signals.selected, without_signals.selected
    ids = with_signals.candidate_ids
    gained, lost = tuple(ids[before & ~after]), tuple(ids[~before & after])
    return Removal(len(gained) + len(lost), gained, lost)

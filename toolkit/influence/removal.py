"""Removal: whose decision changes when signals are taken out of the screen."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.intake.cohort import Cohort
from toolkit.screening import kernels
from toolkit.screening.decisions import Decisions, take


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
    would change nobody's place. All that the removed signals have no part in is taken over.

    Parameters
    ----------
    cohort : Cohort
    decisions : Decisions
        Made on this cohort.
    *signals : str
        Of the screen.

    Raises
    ------
    UnknownName
        If the screen does not use one of them.
    """
    whole = decisions.frozen
    frozen = whole.without(*signals)
    composites, complete = decisions.composites, decisions.complete
    for signal in signals:
        weight = whole.weights.get(signal)
        if weight is not None and weight.coefficient:
            halves = kernels.filled(whole, signal, {signal: cohort.fixed(signal)})
            composites = composites - kernels.term(weight, halves)
    if not complete.all():
        columns = {signal: cohort.fixed(signal) for signal in frozen.screen.signals}
        complete = kernels.complete(frozen, columns, composites.size)
    breakers = zip(whole.screen.tie_breakers, decisions.tie_keys, strict=True)
    return take(
        frozen,
        decisions.lottery,
        composites=composites,
        tie_keys=[key for name, key in breakers if name not in signals],
        passed=decisions.passed[[gate.signal not in signals for gate in whole.gates]],
        complete=complete,
        missing={s: who for s, who in decisions.missing.items() if s not in signals},
    )


def removal(with_signals: Decisions, without_signals: Decisions) -> Removal:
    """Compare two decisions on one cohort."""
    before, after = with_signals.selected, without_signals.selected
    ids = with_signals.candidate_ids
    gained, lost = ids[before & ~after].tolist(), ids[~before & after].tolist()
    return Removal(len(gained) + len(lost), tuple(gained), tuple(lost))

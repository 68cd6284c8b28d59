"""Rescaling: the provider changes its formula overnight, and the screen decides anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from toolkit.arrays import Floats
from toolkit.influence.removal import Removal, removal
from toolkit.intake.cohort import Cohort, Signal
from toolkit.scores.score import Rescaling
from toolkit.screening.decisions import Decisions, decide
from toolkit.screening.gate import Gate
from toolkit.screening.screen import Screen


@dataclass(frozen=True)
class Rescaled:
    """What one rescaling of one score changes.

    Parameters
    ----------
    signal, label : str
    rescaling : Rescaling
    threshold_moved : bool
        Whether the gates on the score were moved along.
    clipped : int
        Candidates whose score met the end of its scale.
    change : Removal
        `gained` hold a place that the rescaling takes; `lost` would win one by it.
    """

    signal: str
    label: str
    rescaling: Rescaling
    threshold_moved: bool
    clipped: int
    change: Removal

    def to_dict(self) -> dict[str, object]:
        return {
            "signal": self.signal,
            "date": self.rescaling.date or None,
            "kind": self.rescaling.kind,
            "amount": self.rescaling.amount,
            "shift": self.rescaling.shift,
            "points": [list(point) for point in self.rescaling.points],
            "note": self.rescaling.note,
            "threshold_moved": self.threshold_moved,
            "clipped": self.clipped,
            "flips": self.change.flips,
            "losing_a_place": list(self.change.gained),
            "winning_a_place": list(self.change.lost),
        }


def rescale(
    cohort: Cohort, decisions: Decisions, signal: str, rescalings: Sequence[Rescaling]
) -> list[Rescaled]:
    """Apply each rescaling to one score, with the gates left and with the gates moved.

    Everyone's score changes at once, so means and spreads are taken anew: on a z or
    percentile scale, a shift changes nobody's composite, and only gates can flip a decision.
    A reform has no figure and is passed over. Values stay on the score's own scale and at
    its own decimals. A gate is moved as a score of its value would be, so that nobody who met
    it before fails it after.

    Parameters
    ----------
    cohort : Cohort
    decisions : Decisions
        Made on this cohort.
    signal : str
        A signal of the screen.
    rescalings : sequence of Rescaling

    Returns
    -------
    list of Rescaled
        Two for each rescaling where the score has a gate, one otherwise.
    """
    screen, about = decisions.screen, cohort.signal(signal)
    before = cohort.signals[signal].to_numpy(dtype=np.float64)
    found = []
    for rescaling in rescalings:
        if not rescaling.has_figures:
            continue
        values = _moved(before, about, rescaling)
        raw = rescaling.applied_to(before)
        low, high = _ends(about)
        clipped = int(np.count_nonzero((raw < low) | (raw > high)))
        changed = cohort.with_signal(signal, values)
        moved = _gates_moved(screen, about, rescaling)
        for threshold_moved, rule in ((False, screen), (True, moved)):
            if threshold_moved and rule == screen:
                continue
            after = decide(changed, rule)
            found.append(
                Rescaled(
                    signal,
                    about.label,
                    rescaling,
                    threshold_moved,
                    clipped,
                    removal(decisions, after),
                )
            )
    return found


def _ends(about: Signal) -> tuple[float, float]:
    """The ends of the score's scale, infinite where it is open."""
    return (
        -np.inf if about.low is None else about.low,
        np.inf if about.high is None else about.high,
    )


def _moved(values: Floats, about: Signal, rescaling: Rescaling) -> Floats:
    """Values after the change, at the score's decimals and within its scale."""
    moved: Floats = np.clip(
        np.round(rescaling.applied_to(values), about.decimals), about.low, about.high
    )
    return moved


def _gates_moved(screen: Screen, about: Signal, rescaling: Rescaling) -> Screen:
    """The screen with its gates on the score rescaled like the score."""

    def moved(bound: float | None) -> float | None:
        return None if bound is None else float(_moved(np.array([bound]), about, rescaling)[0])

    gates = tuple(
        Gate(
            signal=gate.signal,
            at_least=moved(gate.at_least),
            at_most=moved(gate.at_most),
            one_of=None
            if gate.one_of is None
            else tuple(dict.fromkeys(_moved(np.array(gate.one_of), about, rescaling).tolist())),
        )
        if gate.signal == about.name
        else gate
        for gate in screen.gates
    )
    return screen.model_copy(update={"gates": gates})

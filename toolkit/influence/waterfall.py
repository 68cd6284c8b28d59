"""The steps from the chance that everyone starts with to one candidate's decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

StepKind = Literal["start", "for", "against", "neither", "lot", "decision"]

#: Parts below this are nothing: what is left of sums in floating point.
NOTHING = 5e-7


@dataclass(frozen=True)
class Part:
    """One signal's part in one decision, in places.

    Parameters
    ----------
    signal, label : str
    part : float
        Shapley's value; see `toolkit.influence.attribution`.
    standard_error : float or None
        Where the part was estimated.
    """

    signal: str
    label: str
    part: float
    standard_error: float | None = None


@dataclass(frozen=True)
class Step:
    """One bar of a waterfall.

    Parameters
    ----------
    kind : {"start", "for", "against", "neither", "lot", "decision"}
        The start is places / n; ``"lot"`` is what drawing lots added, where no signal tells
        two candidates apart.
    signal, label : str
        Empty where the step is not a signal's.
    part : float
        What the step adds, in places; the height itself for start and decision.
    begin, end : float
        Between which heights the bar stands; it leads to `end`.
    standard_error : float or None
    """

    kind: StepKind
    signal: str
    label: str
    part: float
    begin: float
    end: float
    standard_error: float | None = None

    @property
    def low(self) -> float:
        return min(self.begin, self.end)

    @property
    def high(self) -> float:
        return max(self.begin, self.end)

    def to_dict(self) -> dict[str, object]:
        return {
            "kind": self.kind,
            "signal": self.signal or None,
            "part": self.part,
            "from": self.begin,
            "to": self.end,
            "standard_error": self.standard_error,
        }


def waterfall(baseline: float, parts: Sequence[Part], outcome: float) -> tuple[Step, ...]:
    """From the baseline over the parts, the largest first, to the outcome.

    Parameters
    ----------
    baseline : float
        places / n for a decision, ½ for a percentile rank.
    parts : sequence of Part
    outcome : float
        True or False for a decision; the percentile rank.

    Returns
    -------
    tuple of Step
        Start, one step a part, a lot where the parts do not lead to the decision, decision.

    Examples
    --------
    >>> steps = waterfall(0.25, [Part("k", "Klout", 0.75)], True)
    >>> [(step.kind, step.begin, step.end) for step in steps]
    [('start', 0.0, 0.25), ('for', 0.25, 1.0), ('decision', 0.0, 1.0)]
    """
    at = baseline
    steps = [Step("start", "", "", baseline, 0.0, baseline)]
    for part in sorted(parts, key=lambda one: -abs(one.part)):
        kind: StepKind = "for" if part.part > 0 else "against"
        steps.append(
            Step(
                "neither" if abs(part.part) < NOTHING else kind,
                part.signal,
                part.label,
                part.part,
                at,
                at + part.part,
                part.standard_error,
            )
        )
        at += part.part
    decision = float(outcome)
    if abs(decision - at) >= NOTHING:
        steps.append(Step("lot", "", "", decision - at, at, decision))
    return (*steps, Step("decision", "", "", decision, 0.0, decision))

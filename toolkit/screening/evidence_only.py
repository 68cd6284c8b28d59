"""The screen that looks at structured evidence and at nothing else."""

from __future__ import annotations

from toolkit.intake.cohort import Cohort
from toolkit.screening.screen import WEIGHT_DECIMALS, Screen


def evidence_only(cohort: Cohort, screen: Screen) -> Screen | None:
    """The screen restricted to its own evidence, or all evidence weighed equally.

    Places, scale, missing values and the name, on which the lots hang, stay; gates and
    tie-breakers on anything but evidence go.

    Parameters
    ----------
    cohort : Cohort
    screen : Screen

    Returns
    -------
    Screen or None
        None where the cohort has no evidence. All evidence is weighed equally where the screen
        weighs none.
    """
    evidence = cohort.evidence
    if any(screen.weights.get(name, 0.0) for name in evidence):
        return screen.only(*(name for name in screen.signals if name in evidence))
    if not evidence:
        return None
    equal = round(1 / len(evidence), WEIGHT_DECIMALS)
    return screen.changed(weights=dict.fromkeys(evidence, equal), gates=(), tie_breakers=())

"""Names of signals, as people read them in lists and on labels."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.intake.cohort import Cohort

_ROLES = {"score": "score", "evidence": "evidence", "fact": "fact"}


def signal_name(cohort: Cohort, signal: str) -> str:
    """The signal's label, or its column name where the cohort does not have it."""
    return cohort.about[signal].label if signal in cohort.about else signal


def signal_with_role(cohort: Cohort, signal: str) -> str:
    """Label and what kind of signal it is, for instance ``"Klout (score)"``."""
    if signal not in cohort.about:
        return f"{signal} (not in this file)"
    return f"{signal_name(cohort, signal)} ({_ROLES[cohort.about[signal].role]})"


def listed(cohort: Cohort, signals: Iterable[str]) -> list[str]:
    """Signals in the order of a list to choose from: evidence, scores, facts."""
    order = ("evidence", "score", "fact")
    return sorted(signals, key=lambda name: order.index(cohort.about[name].role))

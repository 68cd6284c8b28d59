"""The screen's definition written for reading: one candidate at a time, in 60 digits.

Nothing here shares code with the product. Composites are equal when they agree to 45 of 60
digits, which for these small cohorts means that they are equal as real numbers.
"""

from __future__ import annotations

import hashlib
import math
from decimal import Decimal, localcontext
from itertools import groupby

from toolkit.intake.cohort import Cohort
from toolkit.screening.screen import Screen

Values = dict[str, dict[str, Decimal]]


def values_of(cohort: Cohort) -> Values:
    """Present values by signal and candidate, as their decimal text reads."""
    return {
        signal: {
            candidate: Decimal(repr(float(value)))
            for candidate, value in cohort.signals[signal].items()
            if not math.isnan(value)
        }
        for signal in cohort.about
    }


def order(cohort: Cohort, screen: Screen, changed: Values | None = None) -> list[str]:
    """Eligible candidates, best first. Means and spreads always come from the cohort."""
    with localcontext() as context:
        context.prec = 60
        return _order(cohort, screen, changed)


def levels(cohort: Cohort, screen: Screen) -> list[list[str]]:
    """Eligible candidates, best first, those together whom the screen cannot tell apart."""
    with localcontext() as context:
        context.prec = 60
        values = values_of(cohort)
        everyone = map(str, cohort.candidate_ids)
        eligible = [c for c in everyone if _eligible(screen, values, values, c)]

        def key(candidate: str) -> tuple[Decimal, ...]:
            composite = _composite(cohort, screen, values, values, candidate)
            ties = [-_value(screen, values, values, s, candidate) for s in screen.tie_breakers]
            return (-round(composite, 45), *ties)

        return [list(level) for _, level in groupby(sorted(eligible, key=key), key=key)]


def selected(cohort: Cohort, screen: Screen, changed: Values | None = None) -> set[str]:
    places = screen.places
    if screen.share is not None:
        places = max(math.floor(Decimal(repr(screen.share)) * len(cohort)), 1)
    return set(order(cohort, screen, changed)[:places])


def composite_of(cohort: Cohort, screen: Screen) -> dict[str, Decimal]:
    with localcontext() as context:
        context.prec = 60
        original = values_of(cohort)
        return {
            str(c): _composite(cohort, screen, original, original, str(c))
            for c in cohort.candidate_ids
        }


def _order(cohort: Cohort, screen: Screen, changed: Values | None) -> list[str]:
    original = values_of(cohort)
    now = changed if changed is not None else original

    def key(candidate: str) -> tuple[object, ...]:
        composite = _composite(cohort, screen, original, now, candidate)
        ties = [-_value(screen, original, now, signal, candidate) for signal in screen.tie_breakers]
        text = screen.name.encode() + b"\0" + candidate.encode()
        return (-round(composite, 45), *ties, hashlib.sha256(text).digest()[:8], candidate)

    everyone = [str(c) for c in cohort.candidate_ids]
    return sorted((c for c in everyone if _eligible(screen, original, now, c)), key=key)


def _fill(screen: Screen, original: Values, signal: str) -> Decimal | None:
    present = sorted(original[signal].values())
    if not present or screen.missing == "reject":
        return None
    if screen.missing == "median":
        n = len(present)
        return (present[(n - 1) // 2] + present[n // 2]) / 2
    return present[-1] if screen.weights.get(signal, 0) < 0 else present[0]


def _value(screen: Screen, original: Values, now: Values, signal: str, candidate: str) -> Decimal:
    value = now[signal].get(candidate, _fill(screen, original, signal))
    return Decimal(0) if value is None else value


def _eligible(screen: Screen, original: Values, now: Values, candidate: str) -> bool:
    if screen.missing == "reject" and any(candidate not in now[s] for s in screen.signals):
        return False
    for gate in screen.gates:
        value = now[gate.signal].get(candidate, _fill(screen, original, gate.signal))
        if value is None:
            return False
        if gate.at_least is not None and value < Decimal(repr(gate.at_least)):
            return False
        if gate.at_most is not None and value > Decimal(repr(gate.at_most)):
            return False
        if gate.one_of is not None and value not in [Decimal(repr(v)) for v in gate.one_of]:
            return False
    return True


def _composite(
    cohort: Cohort, screen: Screen, original: Values, now: Values, candidate: str
) -> Decimal:
    whole = sum(abs(Decimal(repr(weight))) for weight in screen.weights.values())
    total = Decimal(0)
    for signal, weight in screen.weights.items():
        present = list(original[signal].values())
        if weight == 0 or not present or min(present) == max(present):
            continue
        value = _value(screen, original, now, signal, candidate)
        total += Decimal(repr(weight)) / whole * _scaled(cohort, screen, signal, present, value)
    return total


def _scaled(
    cohort: Cohort, screen: Screen, signal: str, present: list[Decimal], value: Decimal
) -> Decimal:
    n = len(present)
    if screen.scale == "percentile":
        return Decimal(sum((p < value) + (p <= value) for p in present)) / (2 * n)
    if screen.scale == "range":
        about = cohort.about[signal]
        low = min(present) if about.low is None else Decimal(repr(float(about.low)))
        high = max(present) if about.high is None else Decimal(repr(float(about.high)))
        return (value - low) / (high - low)
    mean = sum(present) / n
    return (value - mean) / (sum((p - mean) ** 2 for p in present) / n).sqrt()

"""Effective weight: the share of the composite's variance that a signal carries."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from toolkit.intake.cohort import Cohort
from toolkit.intake.exact_sums import exact_dots, exact_sum
from toolkit.screening import kernels
from toolkit.screening.decisions import Decisions


def effective_weights(cohort: Cohort, decisions: Decisions) -> dict[str, float | None]:
    """Share of the composite's variance carried by each signal of the screen.

    For the weighted, scaled signals tᵢ = wᵢzᵢ and the composite C = Σ tᵢ,

        eᵢ = cov(tᵢ, C) / var(C),    Σ eᵢ = 1

    (Wang and Stanley 1970, "Differential weighting", Review of Educational Research 40).
    A signal that is correlated with the others carries more than its nominal weight; a
    signal without a weight carries 0. Computed over all candidates, from exact sums.

    Parameters
    ----------
    cohort : Cohort
    decisions : Decisions
        Made on this cohort.

    Returns
    -------
    dict of str to float or None
        None for every signal where all composites are equal.
    """
    frozen = decisions.frozen
    columns = {signal: cohort.fixed(signal) for signal in frozen.screen.signals}
    composites = np.ascontiguousarray(decisions.composites)
    total, size = exact_sum(composites), composites.size
    # n² cov(tᵢ, C), as unbounded integers. A term is its coefficient times a small reading and
    # a constant, which no covariance sees.
    readings, wholes, reach = {}, {}, 1
    for signal, weight in frozen.weights.items():
        if weight.coefficient:
            column = columns[signal]
            halves = kernels.filled(frozen, signal, columns)
            reading = halves if weight.table is None else weight.table.positions(halves)
            readings[signal] = reading
            wholes[signal] = column.total if reading is column.present else exact_sum(reading)
            ends = (column.lowest or 0, column.highest or 0, frozen.signals[signal].fill)
            farthest = max(map(abs, ends)) if weight.table is None else 2 * weight.table.total
            reach = max(reach, farthest)
    dots = exact_dots(list(readings.values()), reach, composites)
    carried = dict.fromkeys(frozen.screen.signals, 0)
    for (signal, whole), dot in zip(wholes.items(), dots, strict=True):
        carried[signal] = frozen.weights[signal].coefficient * (size * dot - whole * total)
    spread = sum(carried.values())
    return {
        signal: float(Fraction(part, spread)) if spread else None
        for signal, part in carried.items()
    }

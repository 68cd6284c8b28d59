"""Effective weight: the share of the composite's variance that a signal carries."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from toolkit.arrays import Ints
from toolkit.intake.cohort import Cohort
from toolkit.intake.exact_sums import exact_dot, exact_sum
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
    spread = _covariance(composites, composites)
    shares: dict[str, float | None] = {}
    for signal in frozen.screen.signals:
        weight = frozen.weights.get(signal)
        if spread == 0:
            shares[signal] = None
        elif weight is None or weight.coefficient == 0:
            shares[signal] = 0.0
        else:
            part = kernels.term(weight, kernels.filled(frozen, signal, columns))
            shares[signal] = float(Fraction(_covariance(part, composites), spread))
    return shares


def _covariance(left: Ints, right: Ints) -> int:
    """n² times the covariance, as an unbounded integer."""
    return left.size * exact_dot(left, right) - exact_sum(left) * exact_sum(right)

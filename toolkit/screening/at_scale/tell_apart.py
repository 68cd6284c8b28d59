"""On which side of a cut that is known about a row lies."""

from __future__ import annotations

import numpy as np

from toolkit.arrays import Floats
from toolkit.compiled import loop
from toolkit.engine.counting import Marks

#: Below the cut, near it, above it; and, whatever the composite, not eligible.
BELOW, OPEN, ABOVE, OUT = range(4)
SIDES = 4

#: Rows whose composites stay in the nearest cache.
_AT_ONCE = 1024


def sides(composite: Floats, slack: Floats, low: float, high: float) -> Marks:
    """Who is above or open if composites may be off by so much and the cut lies in between.

    Parameters
    ----------
    composite, slack : float64 array, shape (n,)
    low, high : float

    Returns
    -------
    uint8 array, shape (n,)
    """
    # Who exceeds the upper end does not stay under the lower.
    return np.add(composite - slack > high, composite + slack >= low, dtype=np.uint8)


@loop
def tell_apart(
    steps: Floats,
    coefficients: Floats,
    errors: Floats,
    middle: Floats,
    low: float,
    high: float,
    side: Marks,
) -> None:
    """The sides of rows by Σ ĉ (x − g) and Σ e |x − g|, compiled.

    Parameters
    ----------
    steps : float64 array, shape (k, n) or with more columns
    coefficients, errors, middle : float64 array, shape (k,)
        ĉ, e and g.
    low, high : float
    side : uint8 array, shape (n,)
        Is told of each row.
    """
    composites, slacks = np.empty(_AT_ONCE), np.empty(_AT_ONCE)
    for start in range(0, side.size, _AT_ONCE):
        own_side = side[start : start + _AT_ONCE]
        composite, slack = composites[: own_side.size], slacks[: own_side.size]
        composite[:] = 0.0
        slack[:] = 0.0
        for signal in range(coefficients.size):
            coefficient, error, centre = coefficients[signal], errors[signal], middle[signal]
            own = steps[signal, start : start + own_side.size]
            for i in range(own.size):
                away = own[i] - centre
                composite[i] += coefficient * away
                slack[i] += error * abs(away)
        for i in range(own_side.size):
            own_side[i] = np.uint8(composite[i] - slack[i] > high) + np.uint8(
                composite[i] + slack[i] >= low
            )

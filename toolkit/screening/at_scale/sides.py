"""On which side of a cut that is known about a row lies."""

from __future__ import annotations

import numpy as np

from toolkit.arrays import Floats
from toolkit.engine.counting import Marks

#: Below the cut, near it, above it; and, whatever the composite, not eligible.
BELOW, OPEN, ABOVE, OUT = range(4)
SIDES = 4


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

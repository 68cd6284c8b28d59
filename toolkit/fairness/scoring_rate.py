"""Who scores above the median of everybody: the decision behind a scoring rate."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from toolkit.arrays import Bools
from toolkit.errors import TooFewData
from toolkit.fairness.four_fifths import Floats


def median_score(scores: npt.ArrayLike) -> float:
    """The median of all scores that are known, of two middle ones their mean.

    Parameters
    ----------
    scores : float array, shape (n,)
        NaN where there is none.

    Raises
    ------
    TooFewData
        If there is no score at all.
    """
    known = _known(scores)
    middle = len(known) // 2
    if len(known) % 2:
        return float(np.partition(known, middle)[middle])
    low, high = np.partition(known, [middle - 1, middle])[middle - 1 : middle + 1].tolist()
    return float(low / 2 + high / 2)


def above_median(scores: npt.ArrayLike) -> Bools:
    r"""Who has a score strictly above the median of the whole sample.

    .. math:: x_i > m, \qquad m = \tfrac12\,(x_{(\lfloor (n+1)/2 \rfloor)} + x_{(\lfloor n/2
        \rfloor + 1)})

    Nobody lies between the two middle scores, so x > m says the same as x > the lower of
    them. That comparison is made, since their mean can be rounded onto the higher one.

    Parameters
    ----------
    scores : float array, shape (n,)
        NaN where there is none, which is not above anything.

    Returns
    -------
    bool array, shape (n,)

    Raises
    ------
    TooFewData
        If there is no score at all.

    Notes
    -----
    The scoring rate of 6 RCNY 5-300 is the share of a category for which this holds.

    Examples
    --------
    >>> above_median([1.0, 2.0, 2.0, 3.0]).tolist()
    [False, False, False, True]
    """
    values = np.asarray(scores, dtype=np.float64)
    known = _known(values)
    middle = (len(known) - 1) // 2
    result: Bools = values > np.partition(known, middle)[middle]
    return result


def _known(scores: npt.ArrayLike) -> Floats:
    values = np.asarray(scores, dtype=np.float64)
    known: Floats = values[~np.isnan(values)]
    if not len(known):
        raise TooFewData(
            "There is no score, so there is no median to be above. Choose a column with numbers."
        )
    return known

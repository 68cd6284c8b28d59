"""A column of scores as numbers, one a row of the group table."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.arrays import Floats
from toolkit.errors import InputError


def as_scores(scores: npt.ArrayLike, rows: int) -> Floats:
    """Scores as numbers, in the order of the group table; NaN where there is none.

    Raises
    ------
    InputError
        If there are more or fewer than rows, they are not numbers, or one is infinite.
    """
    try:
        if isinstance(scores, pd.Series):
            scores = scores.to_numpy(dtype=np.float64, na_value=np.nan)
        values: Floats = np.asarray(scores, dtype=np.float64)
    except (TypeError, ValueError):
        raise InputError("The scores are not numbers. Choose a column with numbers.") from None
    if values.shape != (rows,):
        raise InputError(
            f"There are {values.size:,} scores for {rows:,} rows of groups. There must be one a "
            "row; leave it empty where somebody has none."
        )
    if np.isinf(values).any():
        raise InputError("A score is infinite. Correct it, or leave it empty.")
    return values

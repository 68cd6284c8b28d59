"""Text cells → yes, no or not known."""

from __future__ import annotations

import numpy as np
import pandas as pd

from toolkit.arrays import Bools, Floats
from toolkit.intake.vocabulary import vocabulary


def read_truths(cells: pd.Series) -> tuple[Floats, Bools]:
    """Read a column of yes and no.

    Returns
    -------
    float array, shape (n_rows,)
        1 for yes, 0 for no, NaN where the cell is empty or was not read.
    bool array, shape (n_rows,)
        Filled cells that say neither.

    Examples
    --------
    >>> read_truths(pd.Series(["Yes", "0", None, "maybe"]))
    (array([ 1.,  0., nan, nan]), array([False, False, False,  True]))
    """
    words = vocabulary().cells
    codes, texts = pd.factorize(cells.astype(object), use_na_sentinel=True)
    folded = [str(text).strip().casefold().removesuffix(".0") for text in texts]
    values = np.array(
        [1.0 if w in words["true"] else 0.0 if w in words["false"] else np.nan for w in folded]
    )
    strange = np.array(
        [not (w in words["true"] or w in words["false"] or w in words["missing"]) for w in folded]
    )
    found = np.full(len(cells), np.nan)
    unread = np.zeros(len(cells), dtype=np.bool_)
    filled = codes >= 0
    if filled.any():
        found[filled] = values[codes[filled]]
        unread[filled] = strange[codes[filled]]
    return found, unread

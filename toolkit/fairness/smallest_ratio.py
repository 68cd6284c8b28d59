"""The smallest impact ratio of many decisions at once, for searching among screens."""

from __future__ import annotations

import numpy as np

from toolkit.arrays import Bools, Floats, Ints
from toolkit.fairness.rules import DEFAULT_RULES, Rules


def may_be_referent(n: Ints, rules: Rules = DEFAULT_RULES) -> Bools:
    """Which groups are large enough to be compared with, as `choose_referent` has it."""
    total = int(n.sum())
    return np.array(
        [size >= rules.minimum_people and rules.meets_share(size, total) for size in n.tolist()],
        dtype=np.bool_,
    )


def smallest_ratio(selected: Ints, n: Ints, rules: Rules = DEFAULT_RULES) -> Floats:
    """Lowest selection rate over the referent's, among groups large enough to be referents.

    Parameters
    ----------
    selected : int array, shape (..., n_groups)
        Selected people of each group, for any number of decisions.
    n : int array, shape (n_groups,)
        People of each group.
    rules : Rules

    Returns
    -------
    float array, shape (...)
        NaN where fewer than two groups are large enough, or nobody of them is selected.
    """
    allowed = may_be_referent(n, rules)
    if np.count_nonzero(allowed) < 2:
        return np.full(selected.shape[:-1], np.nan)
    rates = selected[..., allowed] / n[allowed]
    highest: Floats = rates.max(axis=-1)
    ratios = np.full(highest.shape, np.nan)
    np.divide(rates.min(axis=-1), highest, out=ratios, where=highest > 0)
    return ratios

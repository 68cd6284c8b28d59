"""One candidate's values change, the others' stay: who would be selected then?"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from toolkit.arrays import Bools
from toolkit.influence.rivals import Standing
from toolkit.intake.fixed_column import FixedColumn
from toolkit.screening.decisions import Decisions, decide_columns


def selected_alone(
    decisions: Decisions, against: Standing, columns: Mapping[str, FixedColumn]
) -> Bools:
    """Whether each candidate is selected if that candidate alone has these values.

    Each row of `columns` is a separate question, asked against the same rival at the cut.

    Parameters
    ----------
    decisions : Decisions
        As they are.
    against : Standing
        Of those decisions.
    columns : mapping of str to FixedColumn
        All signals of the screen, with the values to try.

    Returns
    -------
    bool array, shape (n,)
    """
    tried = decide_columns(decisions.frozen, columns, decisions.lottery)
    rivals = np.where(against.rival < 0, 0, against.rival)
    order = np.sign(tried.composites - decisions.composites[rivals])
    for key, theirs in zip(tried.tie_keys, against.tie_keys, strict=True):
        order = np.where(order == 0, np.sign(key - theirs), order)
    level = np.flatnonzero(order == 0)
    if level.size:
        order[level] = np.where(decisions.lottery.ahead(level, rivals[level]), 1, -1)
    ahead: Bools = ((order > 0) | against.unopposed) & ~against.hopeless
    return tried.eligible & ahead

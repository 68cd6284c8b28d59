"""Selection rates through fairlearn's MetricFrame, for a cohort in memory.

The counts of this package are the truth; fairlearn computes the same rates from the rows by
its own way, which makes it the judge of the counts in the tests, and gives notebooks the
familiar object. docs/decisions/0003-fairlearn-and-counts.md says why `impact` does not go
through it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from fairlearn.metrics import MetricFrame, count, selection_rate

from toolkit.fairness.cells import checked
from toolkit.fairness.impact import as_decision
from toolkit.fairness.membership import membership


def selection_frame(
    groups: pd.DataFrame, selected: npt.ArrayLike, attributes: Sequence[str] | None = None
) -> MetricFrame:
    """A fairlearn MetricFrame of ``n`` and ``selection_rate``.

    Parameters
    ----------
    groups : DataFrame, shape (n_candidates, n_columns)
    selected : bool array, shape (n_candidates,)
    attributes : sequence of str, optional
        One column, or several for their intersection; all when left out.

    Returns
    -------
    fairlearn.metrics.MetricFrame
        Over the people with known membership in every attribute: fairlearn refuses missing
        values.

    Raises
    ------
    UnknownName, InputError
        As `impact`.
    """
    names = checked(groups, list(groups.columns) if attributes is None else attributes)
    decision = as_decision(selected, groups)
    read = [membership(groups[name], name) for name in names]
    known = np.logical_and.reduce([column.codes >= 0 for column in read])
    features = pd.DataFrame(
        {
            column.attribute: np.array(column.labels, dtype=object)[column.codes[known]]
            for column in read
        }
    )
    decided = decision[known].astype(np.int64)
    return MetricFrame(
        metrics={"n": count, "selection_rate": selection_rate},
        y_true=decided,
        y_pred=decided,
        sensitive_features=features,
    )


def rates_by_group(
    groups: pd.DataFrame, selected: npt.ArrayLike, attributes: Sequence[str] | None = None
) -> pd.DataFrame:
    """People and selection rate of each group or intersection, by fairlearn.

    Parameters
    ----------
    groups, selected, attributes
        As in `selection_frame`.

    Returns
    -------
    DataFrame, index group (or combination of groups)
        Columns ``n`` and ``selection_rate``; combinations that do not occur have n 0.
    """
    frame: pd.DataFrame = selection_frame(groups, selected, attributes).by_group.copy()
    frame["n"] = frame["n"].fillna(0).astype(np.int64)
    return frame

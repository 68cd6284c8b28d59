"""What a score is measured against: task results, ratings of work, and later outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from toolkit.arrays import Floats
from toolkit.errors import UnknownName
from toolkit.intake.cohort import Cohort

#: Criterion made of the ratings of portfolio items, where no signal holds them.
PORTFOLIO_ITEMS = "portfolio_items"


@dataclass(frozen=True, eq=False)
class Criterion:
    """One thing that a score may or may not say something about.

    Parameters
    ----------
    name, label : str
    kind : {"outcome", "evidence"}
        An outcome was seen later, on the job; evidence was collected with the application.
    values : float array, shape (n_candidates,)
        NaN where not known.
    """

    name: str
    label: str
    kind: Literal["outcome", "evidence"]
    values: Floats


def criteria_of(cohort: Cohort, only: Sequence[str] | None = None) -> list[Criterion]:
    """Everything in a cohort that scores can be measured against, outcomes first.

    Ratings of portfolio items are averaged by candidate where no evidence speaks of a
    portfolio already.

    Parameters
    ----------
    cohort : Cohort
    only : sequence of str, optional
        Names of those that are wanted, in this order.

    Raises
    ------
    UnknownName
        If `only` names one that is not there.
    """
    found = [
        Criterion(str(name), _readable(str(name)), "outcome", _floats(cohort.outcomes[name]))
        for name in cohort.outcomes.columns
    ]
    taken = {criterion.name for criterion in found}
    found += [
        Criterion(
            f"{name} (evidence)" if name in taken else name,
            cohort.about[name].label,
            "evidence",
            _floats(cohort.signals[name]),
        )
        for name in cohort.evidence
    ]
    found += _portfolio_items(cohort)
    if only is None:
        return found
    by_name = {criterion.name: criterion for criterion in found}
    for name in only:
        if name not in by_name:
            raise UnknownName("outcome or evidence", name, by_name, "these candidates")
    return [by_name[name] for name in dict.fromkeys(only)]


def _portfolio_items(cohort: Cohort) -> list[Criterion]:
    items = cohort.portfolio
    if "rating" not in items.columns or any("portfolio" in name for name in cohort.evidence):
        return []
    ratings = pd.to_numeric(items["rating"], errors="coerce")
    means = ratings.groupby(items["candidate_id"].astype(str)).mean()
    values = means.reindex(cohort.candidate_ids).to_numpy(dtype=np.float64, na_value=np.nan)
    if np.isnan(values).all():
        return []
    return [Criterion(PORTFOLIO_ITEMS, "Portfolio items (mean rating)", "evidence", values)]


def _floats(column: pd.Series) -> Floats:
    return column.to_numpy(dtype=np.float64, na_value=np.nan)


def _readable(name: str) -> str:
    return name.replace("_", " ").strip().capitalize() or name

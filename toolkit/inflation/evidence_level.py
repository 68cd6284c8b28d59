"""One figure for each candidate's structured evidence: portfolio ratings and task results.

Each evidence signal is put in standard deviations from its mean (population standard deviation,
as in a screen); a candidate's level is the mean of those that the candidate has. Signals on which
all are alike add nothing and are left out. Mean and deviation come from exact sums, and levels are
held to 44 binary places: a level is the same for any order of the candidates, wherever their rows
are.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from toolkit.arrays import Floats, Ints
from toolkit.inflation.line_points import PLACES
from toolkit.intake.cohort import Cohort
from toolkit.intake.column_figures import Figures
from toolkit.intake.fixed_column import FixedColumn

STRATA = 4


def evidence_level(cohort: Cohort) -> Floats:
    """Mean standardised evidence.

    Parameters
    ----------
    cohort : Cohort

    Returns
    -------
    float array, shape (n,)
        NaN for candidates without evidence; all NaN where no signal tells candidates apart.
    """
    columns = {name: cohort.fixed(name) for name in cohort.evidence}
    return level_of(columns, columns, len(cohort))


def level_of(
    columns: Mapping[str, FixedColumn], figures: Mapping[str, Figures], size: int
) -> Floats:
    """Mean standardised evidence of some candidates, on the figures of all.

    Parameters
    ----------
    columns : mapping of str to FixedColumn
        The evidence of n candidates.
    figures : mapping of str to Figures
        Of the same columns for everybody.
    size : int
        n.

    Returns
    -------
    float array, shape (n,)
    """
    total, count = np.zeros(size), np.zeros(size)
    for name, column in columns.items():
        whole = figures[name]
        if not whole.count or whole.lowest == whole.highest:
            continue
        mean, spread = float(whole.mean), math.sqrt(whole.variance)
        known = ~column.missing
        total += np.where(known, (column.halves - mean) / spread, 0.0)
        count += known
    level = np.ldexp(np.rint(np.ldexp(total / np.maximum(count, 1.0), PLACES)), -PLACES)
    return np.where(count > 0, level, np.nan)


def evidence_strata(level: Floats) -> Ints:
    """Quarters of the evidence, from 0 (least) to 3; −1 without evidence.

    Candidates with the same evidence are in the same stratum, so that strata may be unequal
    or empty.

    Parameters
    ----------
    level : float array, shape (n,)
    """
    known = level[~np.isnan(level)]
    cuts = np.quantile(known, np.arange(1, STRATA) / STRATA) if known.size else np.empty(0)
    return strata_between(level, cuts)


def strata_between(level: Floats, cuts: Floats) -> Ints:
    """The stratum of each level, by the levels at which the upper ones begin."""
    known = ~np.isnan(level)
    strata = np.full(level.shape, -1, dtype=np.int64)
    strata[known] = np.searchsorted(cuts, level[known], side="left")
    return strata
